"""Small SOPs and what is asked of their sheets, shared by the tests of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopdesk.document.form import to_form
from sopdesk.document.office import Office
from sopdesk.document.values import Flow, Kind, Lane, Procedure, SheetSettings, Sop, Step, Symbol
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from tests.sheet.geometry import faults

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

OFFICE = Office(lines=("PEMERINTAH KOTA CONTOH",))
UUID = "0" * 32


def chain(activities: Sequence[str], lanes: int = 3) -> Procedure:
    """Return a flow table of these activities in sequence, one symbol each, from lane to lane."""
    last = len(activities) - 1
    kinds = [Kind.START, *[Kind.PROCESS] * (last - 1), Kind.END]
    return Procedure(
        tuple(Lane(f"l{i}", f"Pelaksana {i + 1}") for i in range(lanes)),
        tuple(Step(f"s{i}", activity) for i, activity in enumerate(activities)),
        tuple(
            Symbol(f"s{i}", (f"l{i % lanes}",), kind, "", f"n{i}")
            for i, kind in enumerate(kinds[: last + 1])
        ),
        tuple(Flow(f"n{i}", f"n{i + 1}") for i in range(last)),
    )


def sop_of(*procedures: Procedure, **settings: Any) -> Sop:
    """Return an SOP of these flow tables with these sheet settings."""
    return Sop(procedures=procedures, sheet=SheetSettings(**settings), uuid=UUID)


def listed(sop: Sop, office: Office = OFFICE, **asked: Any) -> dict[str, Any]:
    """Return the geometry listing of an SOP's sheet."""
    return listing(lay_out(sop, office, **asked))


def faults_of(sop: Sop, office: Office = OFFICE, **asked: Any) -> Counter[str]:
    """Return what is wrong with an SOP's sheet."""
    return faults(listed(sop, office, **asked), to_form(sop)["procedures"])


def flow_pages(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of a listing that hold rows."""
    return [page for page in found["pages"] if page["rows"]]


def texts(found: dict[str, Any], role: str) -> list[str]:
    """Return the texts of one role, in order."""
    return [t["text"] for page in found["pages"] for t in page["texts"] if t["role"] == role]


def words(found: dict[str, Any], role: str) -> list[str]:
    """Return the words of the texts of one role, in order."""
    return " ".join(texts(found, role)).split()
