"""The office file that is worn out here, and what must be true of it afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_uuid
from sopdesk.document.values import Flow, Identity, Kind, Lane, Procedure, Sop, Step, Symbol
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from pathlib import Path

STEPS = tuple(
    Step(id=f"s{number}", activity=f"Menerima surat ke-{number}. ") for number in range(3)
)
LANES = (Lane("a", "Staf"), Lane("b", "Kepala"))
SYMBOLS = tuple(
    Symbol(step.id, ("ab"[index % 2],), Kind.PROCESS, id=f"n{index}")
    for index, step in enumerate(STEPS)
)
FLOWS = tuple(Flow(f"n{index}", f"n{index + 1}") for index in range(len(STEPS) - 1))


def sop_named(title: str) -> Sop:
    """Return a small SOP that has a row in every table."""
    return Sop(
        identity=Identity(title=title, unit=("Sekretariat",), legal_basis=("Peraturan",)),
        procedures=(Procedure(LANES, STEPS, SYMBOLS, FLOWS),),
        uuid=new_uuid(),
    )


def retitled(sop: Sop, title: str) -> Sop:
    """Return the SOP under another title."""
    return replace(sop, identity=replace(sop.identity, title=title))


def numbered(sop: Sop, rev: int) -> Sop:
    """Return the SOP as its save of that number holds it here."""
    return retitled(sop, f"ke-{rev}")


def make(path: Path, count: int = 1) -> list[Sop]:
    """Make an office file of some SOPs, which has had its backup of the day.

    One more save finds that backup: what Python loads for it is loaded before children are forked.
    """
    sops = [sop_named("ke-1") for _ in range(count)]
    with create(path) as file:
        file.add_new(sops)
        for city in ("", "Kota"):
            file.save_office(replace(file.office(), city=city))
    return sops


def copy(source: Path, target: Path) -> Path:
    """Put a copy of an office file in a place where nothing is."""
    clear(target)
    shutil.copyfile(source, target)
    return target


def clear(path: Path) -> None:
    """Remove an office file and all that stands beside it."""
    for found in path.parent.iterdir():
        if path.name in found.name:
            shutil.rmtree(found) if found.is_dir() else found.unlink()


def found_rev(path: Path, sop: Sop) -> int:
    """Return which save of an SOP a file holds, having looked that it holds just that.

    Raises:
        UserError: the file or the SOP is damaged.
    """
    with open_file(path) as file:
        stored = file.load(sop.uuid)
    assert stored.sop == numbered(sop, stored.rev)
    return stored.rev
