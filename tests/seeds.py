"""The real SOPs that lie beside a development checkout, as an exchange file's data and as values.

They belong to their offices and are only read here. Where they are missing, the test that asks for
them is skipped.
"""

from __future__ import annotations

import json
import re
import uuid
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopdesk.document.form import from_form

if TYPE_CHECKING:
    from sopdesk.document.values import Sop

TRANSCRIPT = Path(__file__).resolve().parents[2] / "shared" / "seeds" / "transcript.json"

Data = dict[str, Any]

LISTS = {
    "dasar_hukum": "legal_basis",
    "kualifikasi_pelaksana": "qualifications",
    "keterkaitan": "related",
    "peralatan": "equipment",
    "peringatan": "warnings",
    "pencatatan": "records",
    "kegiatan_butir": "activity_items",
    "kelengkapan": "requirements",
    "output": "outputs",
}
STYLES = {"butir": "bullets", "angka": "numbers", "polos": "plain"}
KINDS = {"mulai": "start", "proses": "process", "keputusan": "decision", "selesai": "end"}


def transcript() -> list[Data]:
    """Return the transcription as it stands, or skip the test."""
    if not TRANSCRIPT.exists():
        pytest.skip("the 42 real SOPs do not lie beside this checkout (../shared/seeds)")
    found: list[Data] = json.loads(TRANSCRIPT.read_text(encoding="utf-8"))
    return found


def seed_exchange() -> Data:
    """Return all of them as the data of one exchange file."""
    return {
        "format": "sopdesk-exchange",
        "version": 1,
        "office": {
            "lines": ["PEMERINTAH KOTA SERANG", "SEKRETARIAT DAERAH"],
            "address": [],
            "city": "Serang",
        },
        "sops": [_sop(seed) for seed in transcript()],
    }


def seed_sops() -> tuple[Sop, ...]:
    """Return all of them as values."""
    if not TRANSCRIPT.exists():
        transcript()
    return _values()


@cache
def _values() -> tuple[Sop, ...]:
    forms = seed_exchange()["sops"]
    return tuple(from_form(form, f"sops[{index}]")[0] for index, form in enumerate(forms))


def _sop(seed: Data) -> Data:
    approver = seed["disahkan_oleh"]
    return {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"seed/{seed['id']}")),
        "number": seed["nomor"],
        "title": seed["nama"],
        "status": "approved",
        "unit": _unit(seed["instansi"]),
        "institution": seed["instansi"],
        "created_on": seed["tanggal_pembuatan"],
        "revised_on": seed["tanggal_revisi"],
        "revision": seed["revisi_ke"],
        "effective_on": seed["tanggal_efektif"],
        "approved_by": {
            "position": [approver["jabatan"]],
            "name": approver["nama"],
            "rank": approver["pangkat"],
            "employee_id": approver["nip"],
        },
        **{LISTS[key]: seed[key] for key in list(LISTS)[:6]},
        "list_styles": _list_styles(seed),
        "sheet": {"columns": _columns(seed), "labels": _labels(seed)},
        "procedures": [_procedure(seed)],
        "closing": _closing(seed["tanda_tangan_akhir"]),
    }


def _unit(lines: list[str]) -> list[str]:
    """Return the path in the office: the division, and the section whose head signs for it."""
    path = []
    for line in lines:
        name = re.sub(r"\s*&\s*", " DAN ", line).replace("KLEMBAGAAN", "KELEMBAGAAN")
        if name.startswith("BAGIAN "):
            path.append(name)
        elif match := re.match(r"K?ASUBAG ", name):
            path.append("SUBBAG " + name[match.end() :])
    return path


def _list_styles(seed: Data) -> Data:
    found = dict(seed["gaya_daftar"])
    for step in seed["langkah"]:
        found.update(step["gaya"])
    return {LISTS[key]: STYLES[style] for key, style in found.items() if style in STYLES}


def _columns(seed: Data) -> list[str]:
    columns = ["number", "activity", "lanes", "requirements", "duration", "outputs"]
    return columns + ["remarks"] * seed["kolom_ket"]


def _labels(seed: Data) -> Data:
    """Return the headings as printed; the number column may stand under a blank one."""
    top, below = seed["kepala_tabel"]
    number, *top = top if seed["kolom_no"] else (" ", *top)
    words = below[below.index(seed["pelaksana"][-1]) + 1 :]
    labels = dict(zip(("activity", "lanes", "standard", "remarks"), top, strict=False))
    labels |= dict(zip(("requirements", "duration", "outputs"), words, strict=False))
    return {f"column_{key}": word for key, word in ({"number": number} | labels).items()}


def _procedure(seed: Data) -> Data:
    lanes = {name: f"a{index}" for index, name in enumerate(seed["pelaksana"], 1)}
    symbols, together = _symbols(seed["inferred"]["symbols"], lanes)
    first = {symbol["step"]: symbol["id"] for symbol in reversed(symbols)}
    return {
        "title": seed["judul_uraian"],
        "lanes": [{"id": name, "name": lane, "group": []} for lane, name in lanes.items()],
        "steps": [_step(step) for step in seed["langkah"]],
        "symbols": symbols,
        "flows": together
        + [
            {"from": first[f"s{flow['dari']}"], "to": first[f"s{flow['ke']}"]}
            | {"label": flow["label"]}
            for flow in seed["inferred"]["alur"]
        ],
        "notes": [],
    }


def _step(step: Data) -> Data:
    return {
        "id": f"s{step['no']}",
        "number": step["no_text"],
        "activity": step["kegiatan"],
        "activity_items": step["kegiatan_butir"],
        "requirements": step["kelengkapan"],
        "duration": step["waktu_text"],
        "outputs": step["output"],
        "remarks": step["keterangan"],
    }


def _symbols(found: list[Data], lanes: dict[str, str]) -> tuple[list[Data], list[Data]]:
    """Return the symbols, and plain lines between the two of a step whose lanes lie apart."""
    symbols: list[Data] = []
    together: list[Data] = []
    order = list(lanes)
    for entry in found:
        names = sorted(entry["pelaksana"], key=order.index)
        is_one = order.index(names[-1]) - order.index(names[0]) == len(names) - 1
        parts = [names] if is_one else [[name] for name in names]
        ids = [f"n{len(symbols) + number}" for number in range(1, len(parts) + 1)]
        symbols += [
            {"id": name, "step": f"s{entry['no']}", "kind": KINDS[entry["jenis"]]}
            | {"lanes": [lanes[lane] for lane in part]}
            for name, part in zip(ids, parts, strict=True)
        ]
        together += [{"from": one, "to": other, "line": "plain"} for one, other in pairwise(ids)]
    return symbols, together


def _closing(block: Data | None) -> Data | None:
    if block is None:
        return None
    return {
        "place_date": None,
        "position": [block["jabatan"]],
        "name": block["nama"],
        "rank": block["pangkat"],
        "employee_id": block["nip"],
    }
