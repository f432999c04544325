"""SOPs composed from a fixed seed and a wish: like offices', with everything that one may hold."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

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
from tests.sheet.generated import WORDS

EXITS = (
    "Y", "T", "Ya", "Tidak", "Setuju", "Ditolak", "Lengkap", "Tidak lengkap", "Perlu perbaikan",
    "Teknis / Administratif", "Dikembalikan ke pemohon", "Dilanjutkan ke verifikasi",
)  # fmt: skip
"""Labels of 1 to 25 letters."""

QUESTIONS = ("Lengkap?", "Perlu disposisi?", "Setuju?")
DURATIONS = ("10 menit", "2 hari", "1 minggu", "30 - 60 menit", "Sesuai kebutuhan", "-", "")
ROWS = (1,) * 14 + (2,) * 4 + (3, 0)
"""How many symbols a row has."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an SOP is to be like.

    `decisions` is their share of all symbols, `reach` how many rows a decision's further exits go
    back or forwards at most, `words` how many the longest step has.
    """

    steps: int = 20
    lanes: int = 5
    decisions: float = 1 / 3
    reach: int = 10
    words: int = 60
    tables: int = 1


def composed(seed: int, wish: Wish) -> Sop:
    """Return an SOP as wished; the same for the same seed."""
    rng = random.Random(seed)
    tables = tuple(_table(rng, wish, number) for number in range(wish.tables))
    identity = Identity(f"Contoh {seed}", f"{seed:03}/SOP", legal_basis=(_text(rng, 12),) * 3)
    return Sop(identity, tables, uuid=str(UUID(int=seed)))


def _table(rng: random.Random, wish: Wish, number: int) -> Procedure:
    lanes = _lanes(rng, wish.lanes)
    steps = tuple(_step(rng, row, wish) for row in range(wish.steps))
    rows = _symbols(rng, wish)
    title = f"Tahap {number + 1}: {_text(rng, 4)}" if wish.tables > 1 else ""
    symbols = tuple(symbol for row in rows for symbol in row)
    notes = (f"Catatan: {_text(rng, 9)}.",) * rng.randrange(2)
    return Procedure(lanes, steps, symbols, tuple(_flows(rng, rows, wish)), title, notes)


def _lanes(rng: random.Random, count: int) -> tuple[Lane, ...]:
    """Return lanes, where there are many some of them under headings of their own."""
    first = rng.randrange(count)
    grouped = range(first, first + rng.randint(2, 4)) if count > 4 else range(0)
    return tuple(
        Lane(f"l{i}", _text(rng, rng.randint(1, 3)).title(), ("Tim Teknis",) * (i in grouped))
        for i in range(count)
    )


def _step(rng: random.Random, row: int, wish: Wish) -> Step:
    words = wish.words if rng.random() < 0.04 else 1 + int(rng.expovariate(1 / 10))
    left = wish.steps - row
    return Step(
        f"s{row}",
        _text(rng, min(words, wish.words)).capitalize(),
        None,
        tuple(_text(rng, 4) for _ in range(rng.choice((0, 0, 0, 0, 2, 3)))),
        tuple(_text(rng, 3) for _ in range(rng.randrange(3))),
        rng.choice(DURATIONS),
        tuple(_text(rng, 3) for _ in range(rng.randrange(3))),
        rng.choice(("", "", "", _text(rng, 2))),
        Spans(duration=min(left, rng.choice((1,) * 9 + (2,)))),
    )


def _symbols(rng: random.Random, wish: Wish) -> list[list[Symbol]]:
    """Return the symbols of each row; the first row starts, the last one ends."""
    rows: list[list[Symbol]] = []
    number = 0
    for row in range(wish.steps):
        is_outer = row in (0, wish.steps - 1)
        rows.append([])
        for _ in range(rng.choice((1, 1, 2)) if is_outer else rng.choice(ROWS)):
            kind = _kind(rng, row, wish)
            rows[-1].append(_symbol(rng, f"s{row}", f"n{number}", kind, wish.lanes))
            number += 1
    return rows


def _kind(rng: random.Random, row: int, wish: Wish) -> Kind:
    if row in (0, wish.steps - 1):
        return Kind.END if row else Kind.START
    if rng.random() < wish.decisions:
        return Kind.DECISION
    return rng.choice((Kind.PROCESS,) * 30 + (Kind.START, Kind.END))


def _symbol(rng: random.Random, step: str, name: str, kind: Kind, lanes: int) -> Symbol:
    first = rng.randrange(lanes)
    wide = rng.randint(2, 3) if kind is Kind.PROCESS and rng.random() < 0.07 else 1
    text = ""
    if rng.random() < 0.15:
        text = rng.choice(QUESTIONS) if kind is Kind.DECISION else _text(rng, 2).capitalize()
    covered = range(first, min(lanes, first + wide))
    return Symbol(step, tuple(f"l{lane}" for lane in covered), kind, text, name)


def _flows(rng: random.Random, rows: list[list[Symbol]], wish: Wish) -> list[Flow]:
    found: list[Flow] = []
    for (_, row), (_, following) in pairwise((i, row) for i, row in enumerate(rows) if row):
        for symbol in row:
            if symbol.kind is not Kind.END:
                found.append(Flow(symbol.id, rng.choice(following).id))
    row_of = {symbol.id: number for number, row in enumerate(rows) for symbol in row}
    symbols = {symbol.id: symbol for row in rows for symbol in row}
    exits = [
        flow
        for first in found
        if symbols[first.source].kind is Kind.DECISION
        for flow in _exits(rng, first, row_of, wish.reach)
    ]
    together = [
        Flow(row[0].id, row[1].id, "", Line.PLAIN)
        for row in rows
        if [symbol.kind for symbol in row] == [Kind.PROCESS] * 2 and rng.random() < 0.4
    ]
    others = [flow for flow in found if symbols[flow.source].kind is not Kind.DECISION]
    return others + exits + together


def _exits(rng: random.Random, first: Flow, row_of: dict[str, int], reach: int) -> list[Flow]:
    """Return the labelled exits of a decision: on, and to one or two symbols before or behind."""
    row = row_of[first.source]
    within = [
        name
        for name, other in row_of.items()
        if abs(other - row) <= reach and name not in (first.source, first.target)
    ]
    count = min(rng.choice((2, 2, 2, 3)), 1 + len(within))
    targets = [first.target, *rng.sample(within, count - 1)]
    labels = rng.sample(EXITS, count)
    return [
        Flow(first.source, target, label) for target, label in zip(targets, labels, strict=True)
    ]


def _text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))
