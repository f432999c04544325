"""The office that owns a file, and what it has settled for all its SOPs."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Literal

from sopdesk.document.values import COLUMNS, Approval, ListStyle, ListStyles, SheetSettings

if TYPE_CHECKING:
    from sopdesk.document.dates import DateForm

PAPERS = ("f4", "f4-210", "a4", "legal", "letter")
FONTS = ("sans", "serif")
"""The faces that are shipped: metrically like Arial and like Bookman Old Style."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """How the office counts working time; a month is `days_per_month` working days."""

    hours_per_day: float = 7.5
    days_per_week: float = 5
    days_per_month: float = 20


@dataclass(frozen=True, slots=True)
class PrintCustoms:
    """What the office prints alike on every sheet.

    `empty_date` stands where a date is missing (`""` or `"-"`). `signature` is the room left for
    the approver: for a pen, or for the square code of an electronic signature. `footer_mm` is kept
    free below the bottom margin's inner edge for an electronic signature's footer.
    """

    date_form: DateForm = "words"
    empty_date: str = ""
    signature: Literal["pen", "code"] = "pen"
    signature_mm: float = 18.0
    footer_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class RecapForm:
    """The recap's own words: title, place, and who signs it."""

    title: str = ""
    place: str = ""
    signatory: Approval = Approval()


OFFICE_SHEET = SheetSettings(
    paper="f4",
    orientation="landscape",
    margins_mm=(15.0, 12.0, 12.0, 12.0),
    font="sans",
    size_pt=9.0,
    columns=COLUMNS,
    number_row=False,
    identity_on_same_page=False,
)
"""The sheet where neither the SOP nor the office says otherwise."""

OFFICE_LIST_STYLES = ListStyles(
    legal_basis=ListStyle.NUMBERS,
    qualifications=ListStyle.NUMBERS,
    related=ListStyle.NUMBERS,
    equipment=ListStyle.NUMBERS,
    warnings=ListStyle.PLAIN,
    records=ListStyle.NUMBERS,
    activity_items=ListStyle.DASHES,
    requirements=ListStyle.BULLETS,
    outputs=ListStyle.BULLETS,
)

MOST_LOGO_PIXELS = 4_000_000
"""More than any that was ever stored: the window makes a logo small before it keeps it."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its letterhead lines, address and city, and its customs.

    `units` are the paths of its units in the order of the recap; a unit that an SOP names and this
    list does not follows after them. `logo` is a PNG. `sheet` and `list_styles` are complete:
    every field is set.
    """

    lines: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    city: str = ""
    units: tuple[tuple[str, ...], ...] = ()
    logo: bytes | None = None
    sheet: SheetSettings = OFFICE_SHEET
    list_styles: ListStyles = OFFICE_LIST_STYLES
    calendar: WorkCalendar = WorkCalendar()
    customs: PrintCustoms = PrintCustoms()
    recap: RecapForm = RecapForm()

    def letterhead(self, unit: tuple[str, ...]) -> tuple[str, ...]:
        """Return the lines above an SOP of a unit: the office's, then the unit's that they lack.

        A unit's name that the office's lines have in capitals is there already.
        """
        there = {line.casefold() for line in self.lines}
        return (*self.lines, *(name for name in unit if name.casefold() not in there))


def office_over(theirs: Office, base: Office, mine: Office) -> Office:
    """Return an office with all that `mine` has otherwise than `base`, setting by setting."""
    merged = _over(theirs, base, mine)
    assert isinstance(merged, Office)
    return merged


def _over(theirs: object, base: object, mine: object) -> object:
    """Return what is mine where I have changed the base, else theirs; of a record, each part."""
    if mine == base:
        return theirs
    if not is_dataclass(theirs) or isinstance(theirs, type):
        return mine
    names = [field.name for field in fields(theirs)]
    parts = {n: _over(getattr(theirs, n), getattr(base, n), getattr(mine, n)) for n in names}
    return replace(theirs, **parts)
