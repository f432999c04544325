"""The recap sheet itself: the SOPs by unit, their counts, the total with its parts, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.markup import plain
from sopdesk.output.recap.words import STATUS_ORDER, numeral, print_day, status_word

if TYPE_CHECKING:
    import datetime

    from sopdesk.document.office import Office
    from sopdesk.output.recap.grid import Book, Grid
    from sopdesk.output.recap.grouping import Entry, Group

_HEADINGS = ("NO", "BAGIAN / BIDANG", "NAMA / JUDUL SOP", "KET.")
_WIDTHS = (9, 36, 84, 40)
_LAST = len(_HEADINGS)
_BLANK = "." * 30
_ROOM_FOR_SIGNATURE = 4


def write_overview(
    book: Book, title: str, root: Group, signing: Office, on: datetime.date | None
) -> None:
    """Append the recap sheet; `signing` is the office whose place and signatory stand below."""
    grid = book.grid("Rekap", _WIDTHS)
    grid.write_wide(1, _LAST, title, "title")
    grid.write_wide(1, _LAST, f"Keadaan {print_day(on)}" if on else "", "signature")
    grid.row += 1
    heading = grid.row
    grid.write(_HEADINGS, ("heading",) * _LAST)
    _write_entries(grid, root, on)
    _write_groups(grid, root, (), on)
    grid.filter_from(heading, _LAST)
    _write_total(grid, root, on)
    _write_signature(grid, signing, on)
    grid.set_up(repeated_rows=f"{heading}:{heading}", frozen=f"A{heading + 1}")


def _write_groups(
    grid: Grid, parent: Group, places: tuple[int, ...], on: datetime.date | None
) -> None:
    for place, group in enumerate(parent.filled, 1):
        here = (*places, place)
        style = "subunit" if places else "unit"
        grid.put(1, numeral(here), style)
        grid.write_wide(2, _LAST, _heading(group, is_outermost=not places), style)
        _write_entries(grid, group, on)
        _write_groups(grid, group, here, on)


def _heading(group: Group, *, is_outermost: bool) -> str:
    if is_outermost:
        return f"{group.name.upper()} = {group.count} SOP"
    return f"{group.name} ({group.count} SOP)"


def _write_entries(grid: Grid, group: Group, on: datetime.date | None) -> None:
    for number, entry in enumerate(group.entries, 1):
        grid.write(
            (number, group.name, entry.sop.identity.title, status_word(entry.sop, on)),
            ("counter", "faint", "text", "text"),
        )


def _write_total(grid: Grid, root: Group, on: datetime.date | None) -> None:
    grid.row += 1
    parts = [
        f"{place}. {part.name} = {part.count} SOP" for place, part in enumerate(root.filled, 1)
    ]
    ending = ", terdiri dari:" if parts else ""
    grid.write_wide(2, 3, f"JUMLAH = {root.count} SOP{ending}", "strong note")
    for part in parts:
        grid.write_wide(2, 3, part, "note")
    if not root.count:
        return
    grid.write_wide(2, 3, "Menurut status:", "strong note")
    for word, count in _count_by_status(list(root.walk()), on).items():
        grid.write_wide(2, 3, f"{word} = {count} SOP", "note")


def _count_by_status(entries: list[Entry], on: datetime.date | None) -> dict[str, int]:
    """Return how many SOPs have each status that occurs, in the order of an SOP's life."""
    words = [status_word(entry.sop, on) for entry in entries]
    return {word: words.count(word) for word in STATUS_ORDER if word in words}


def _write_signature(grid: Grid, office: Office, on: datetime.date | None) -> None:
    """Write place, date and signatory below the list, dots where the pen must fill in."""
    signatory = office.recap.signatory
    place = plain(office.recap.place or office.city) or _BLANK
    grid.row += 1
    _sign(grid, f"{place}, {print_day(on) if on else _BLANK}")
    for line in signatory.position:
        _sign(grid, line)
    grid.row += _ROOM_FOR_SIGNATURE
    _sign(grid, signatory.name or _BLANK, "signed name" if signatory.name else "signature")
    if signatory.rank:
        _sign(grid, signatory.rank)
    if signatory.employee_id:
        label = dict(office.sheet.labels).get("employee_id", DEFAULT_LABELS["employee_id"])
        _sign(grid, f"{label} {signatory.employee_id}")


def _sign(grid: Grid, text: str, style: str = "signature") -> None:
    grid.put(_LAST, text, style)
    grid.row += 1
