"""SOPs made from fixed seeds, to measure sheets on what real offices have not drawn yet."""

from __future__ import annotations

import random
from itertools import pairwise

from sopdesk.document.values import (
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    Sop,
    Spans,
    Step,
    Symbol,
)

WORDS = tuple(
    part
    for text in (
        "menerima memeriksa surat permohonan dokumen kepala bagian menyusun konsep",
        "paraf tanda tangan mengagendakan disposisi laporan kegiatan verifikasi berkas",
        "arsip penyelenggaraan pertanggungjawaban dan atau untuk di ke dari",
        "rapat koordinasi anggaran",
    )
    for part in text.split()
)
LABELS = ("Ya", "Tidak", "Lengkap", "Tidak lengkap", "Y", "T", "Teknis / Administratif", "Setuju")


def plain_grid(
    seed: int, steps: int, lanes: int, decisions: float = 0.2, reach: int | None = None
) -> Procedure:
    """Return one symbol a row in random lanes, in sequence, decisions with a second random exit.

    That exit goes to any row, or to one that is at most `reach` rows away.
    """
    rng = random.Random(seed)
    actors = tuple(Lane(f"l{i}", f"Pelaksana {i + 1}") for i in range(lanes))
    rows = tuple(Step(f"s{i}", f"Langkah {i + 1}") for i in range(steps))
    symbols, flows = [], []
    for i in range(steps):
        is_decision = 0 < i < steps - 1 and rng.random() < decisions
        kind = Kind.DECISION if is_decision else Kind.PROCESS
        symbols.append(Symbol(f"s{i}", (f"l{rng.randrange(lanes)}",), kind, "", f"n{i}"))
        if i + 1 == steps:
            break
        if is_decision:
            near = range(steps) if reach is None else range(max(0, i - reach), i + reach + 1)
            target = rng.choice([t for t in near if t < steps and t not in (i, i + 1)])
            flows += [Flow(f"n{i}", f"n{i + 1}", "Ya"), Flow(f"n{i}", f"n{target}", "Tidak")]
        else:
            flows.append(Flow(f"n{i}", f"n{i + 1}"))
    return Procedure(actors, rows, tuple(symbols), tuple(flows))


def wild(seed: int, steps: int, lanes: int, words: int = 40) -> Sop:
    """Return an SOP with everything that a sheet may hold, at random."""
    rng = random.Random(seed)
    actors = tuple(
        Lane(f"l{i}", _text(rng, 3).title(), ("Tim Teknis",) if lanes > 4 and 1 <= i <= 2 else ())
        for i in range(lanes)
    )
    rows = tuple(_step(rng, i, steps, words) for i in range(steps))
    symbols: list[Symbol] = []
    per_row: list[list[str]] = []
    for i in range(steps):
        per_row.append([])
        for _ in range(rng.choice((1, 1, 1, 1, 1, 1, 2, 2, 3, 0))):
            symbol = _symbol(rng, i, lanes, len(symbols))
            symbols.append(symbol)
            per_row[-1].append(symbol.id)
    flows = _flows(rng, symbols, per_row)
    procedure = Procedure(actors, rows, tuple(symbols), tuple(flows), "", ("Catatan: contoh.",))
    return Sop(Identity("Contoh", f"0{seed}"), (procedure,), uuid=f"{seed:032x}")


def _step(rng: random.Random, row: int, steps: int, words: int) -> Step:
    count = words if rng.random() < 0.04 else max(1, int(rng.expovariate(1 / 12)))
    return Step(
        f"s{row}",
        _text(rng, min(count, words)),
        None,
        tuple(_text(rng, 4) for _ in range(rng.choice((0, 0, 0, 2, 3)))),
        tuple(_text(rng, 3) for _ in range(rng.randrange(3))),
        rng.choice(("10 menit", "2 hari", "-", "1 minggu", "")),
        tuple(_text(rng, 3) for _ in range(rng.randrange(3))),
        rng.choice(("", "", "", _text(rng, 2))),
        Spans(duration=2 if row + 2 < steps and rng.random() < 0.1 else 1),
    )


def _symbol(rng: random.Random, row: int, lanes: int, number: int) -> Symbol:
    kind = Kind.START if number == 0 else rng.choice((Kind.PROCESS,) * 5 + (Kind.DECISION,) * 3)
    first = rng.randrange(lanes)
    wide = kind is Kind.PROCESS and first + 1 < lanes and rng.random() < 0.08
    chosen = (f"l{first}", f"l{first + 1}") if wide else (f"l{first}",)
    text = rng.choice(("", "", "", "", "", "Perlu disposisi?", "Paraf"))
    return Symbol(f"s{row}", chosen, kind, text, f"n{number}")


def _flows(rng: random.Random, symbols: list[Symbol], per_row: list[list[str]]) -> list[Flow]:
    filled = [row for row in per_row if row]
    flows: list[Flow] = []
    for row, following in pairwise(filled):
        for symbol in row:
            flows.append(Flow(symbol, rng.choice(following)))
    kinds = {symbol.id: symbol for symbol in symbols}
    found = []
    for flow in flows:
        if kinds[flow.source].kind is not Kind.DECISION:
            found.append(flow)
            continue
        labels = rng.sample(LABELS, rng.choice((2, 2, 2, 3)))
        found.append(Flow(flow.source, flow.target, labels[0]))
        for label in labels[1:]:
            target = rng.choice([s.id for s in symbols if s.id != flow.source])
            found.append(Flow(flow.source, target, label))
    for row in per_row:
        if len(row) == 2 and rng.random() < 0.3:
            found.append(Flow(row[0], row[1], "", Line.PLAIN))
    return found


def _text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))
