"""The recap sheet itself: the SOPs by unit, their counts, the total with its parts, who signs."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.markup import plain
from sopdesk.output.recap.words import STATUS_ORDER, numeral, print_day, status_word

if TYPE_CHECKING:
    import datetime

    from sopdesk.document.office import Office
    from sopdesk.output.recap.grid import Book, Grid
    from sopdesk.output.recap.grouping import Group

_HEADINGS = ("NO", "BAGIAN / BIDANG", "NAMA / JUDUL SOP", "KET.")
_WIDTHS = (9, 44, 78, 40)
_LAST = len(_HEADINGS)
_BLANK = "." * 30
_ROOM_FOR_SIGNATURE = 4

_Cell = tuple[str | None, str]
_EMPTY: _Cell = (None, "note")


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
    grid.row += 1
    _write_foot(grid, root, signing, on)
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


def _write_foot(grid: Grid, root: Group, signing: Office, on: datetime.date | None) -> None:
    """Write below the list, side by side, its parts, its statuses, and who signs.

    Beside one another they take the fewest rows, so that a page seldom breaks between them.
    """
    columns = (_parts(root), _statuses(root, on), _signature(signing, on))
    for cells in zip_longest(*columns, fillvalue=_EMPTY):
        row = (_EMPTY, *cells)
        grid.write([text for text, _ in row], [style for _, style in row])


def _parts(root: Group) -> list[_Cell]:
    parts = [
        (f"{place}. {part.name} = {part.count} SOP", "note")
        for place, part in enumerate(root.filled, 1)
    ]
    ending = ", terdiri dari:" if parts else ""
    return [(f"JUMLAH = {root.count} SOP{ending}", "strong note"), *parts]


def _statuses(root: Group, on: datetime.date | None) -> list[_Cell]:
    """Return how many SOPs have each status that occurs, in the order of an SOP's life."""
    words = [status_word(entry.sop, on) for entry in root.walk()]
    counts = [
        (f"{word} = {words.count(word)} SOP", "note") for word in STATUS_ORDER if word in words
    ]
    return [("Menurut status:", "strong note"), *counts] if counts else []


def _signature(office: Office, on: datetime.date | None) -> list[_Cell]:
    """Return place, date and signatory, dots where the pen must fill in."""
    signatory = office.recap.signatory
    place = plain(office.recap.place or office.city) or _BLANK
    lines: list[_Cell] = [(f"{place}, {print_day(on) if on else _BLANK}", "signature")]
    lines += [(line, "signature") for line in signatory.position]
    lines += [_EMPTY] * _ROOM_FOR_SIGNATURE
    lines.append((signatory.name, "signed name") if signatory.name else (_BLANK, "signature"))
    if signatory.rank:
        lines.append((signatory.rank, "signature"))
    if signatory.employee_id:
        label = dict(office.sheet.labels).get("employee_id", DEFAULT_LABELS["employee_id"])
        lines.append((f"{label} {signatory.employee_id}", "signature"))
    return lines
