"""How one sheet looks, with nothing left open: the SOP's own settings over its office's."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import OFFICE_LIST_STYLES, OFFICE_SHEET, PrintCustoms
from sopdesk.document.values import COLUMNS, ListStyle, ListStyles, Pairs, SheetSettings
from sopdesk.sheet.values import Paper

if TYPE_CHECKING:
    from typing import TypeVar

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

    Settings = TypeVar("Settings", SheetSettings, ListStyles)

Orientation = Literal["landscape", "portrait"]
PAPER_SIZES: dict[str, tuple[float, float]] = {
    "f4": (215.0, 330.0),
    "f4-210": (210.0, 330.0),
    "a4": (210.0, 297.0),
    "legal": (215.9, 355.6),
    "letter": (215.9, 279.4),
}
"""Width and height in mm, upright."""

_CUSTOMS = PrintCustoms()
_LARGEST_PT = 30.0
_WIDEST_MARGIN = 1 / 3
"""Of the paper's side; so that there is room for a table, whatever a file says."""


@dataclass(frozen=True, slots=True)
class SheetLook:
    """The settings of one sheet, complete and hashable.

    `columns` orders the columns that are present, the lanes always among them; `list_styles` has
    every style set.
    """

    paper: Paper
    font: str = "sans"
    size_pt: float = 9.0
    columns: tuple[str, ...] = COLUMNS
    number_row: bool = False
    identity_on_same_page: bool = False
    labels: Pairs = ()
    widths_mm: tuple[tuple[str, float], ...] = ()
    list_styles: ListStyles = OFFICE_LIST_STYLES
    customs: PrintCustoms = _CUSTOMS

    def label(self, key: str) -> str:
        """Return the word printed for a key of `DEFAULT_LABELS`."""
        return _words(self.labels)[key]

    def fixed_width_mm(self, column: str) -> float | None:
        """Return the width that the user has fixed for a column (each lane: `lanes`), or None."""
        return dict(self.widths_mm).get(column)

    def list_style(self, name: str) -> ListStyle:
        """Return the style of a list, e.g. `legal_basis`."""
        style: ListStyle | None = getattr(self.list_styles, name)
        return style or ListStyle.PLAIN


@lru_cache(maxsize=256)
def _words(labels: Pairs) -> dict[str, str]:
    return DEFAULT_LABELS | dict(labels)


def look_of(
    sop: Sop, office: Office, paper: str | None = None, orientation: Orientation | None = None
) -> SheetLook:
    """Return how the SOP's sheet looks; `paper` and `orientation` go before all settings.

    The same settings give the same look, so that what is remembered by its identity stays so.
    """
    asked = SheetSettings(paper=paper, orientation=orientation)
    settings = (asked, sop.sheet, office.sheet)
    return _look(settings, sop.identity.list_styles, office.list_styles, office.customs)


@lru_cache(maxsize=256)
def _look(
    settings: tuple[SheetSettings, SheetSettings, SheetSettings],
    styles: ListStyles,
    office_styles: ListStyles,
    customs: PrintCustoms,
) -> SheetLook:
    """Return the look of what is asked for, over the SOP's settings, over the office's."""
    asked, own, office = settings
    settled = _over(asked, _over(own, _over(office, OFFICE_SHEET)))
    return _same(
        SheetLook(
            paper=_paper(settled, customs.footer_mm),
            font=settled.font or "sans",
            size_pt=min(settled.size_pt or 9.0, _LARGEST_PT),
            columns=_with_lanes(settled.columns or COLUMNS),
            number_row=bool(settled.number_row),
            identity_on_same_page=bool(settled.identity_on_same_page),
            labels=tuple(sorted((dict(office.labels) | dict(own.labels)).items())),
            widths_mm=tuple(sorted((dict(office.widths_mm) | dict(own.widths_mm)).items())),
            list_styles=_over(styles, _over(office_styles, OFFICE_LIST_STYLES)),
            customs=customs,
        )
    )


@lru_cache(maxsize=256)
def _same(look: SheetLook) -> SheetLook:
    """Return the first look that was equal."""
    return look


def _with_lanes(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns with the lanes, behind the activity where they were left out."""
    if "lanes" in columns:
        return columns
    place = columns.index("activity") + 1 if "activity" in columns else len(columns)
    return (*columns[:place], "lanes", *columns[place:])


def _over(upper: Settings, lower: Settings) -> Settings:
    """Return `lower` with every field that `upper` sets."""
    values = {field.name: getattr(upper, field.name) for field in fields(upper)}
    return replace(lower, **{name: value for name, value in values.items() if value is not None})


def _paper(settled: SheetSettings, footer_mm: float) -> Paper:
    name = settled.paper if settled.paper in PAPER_SIZES else "f4"
    width, height = PAPER_SIZES[name]
    if settled.orientation != "portrait":
        width, height = height, width
    top, right, bottom, left = settled.margins_mm or (0.0, 0.0, 0.0, 0.0)
    margins = (
        min(top, height * _WIDEST_MARGIN),
        min(right, width * _WIDEST_MARGIN),
        min(max(bottom, footer_mm), height * _WIDEST_MARGIN),
        min(left, width * _WIDEST_MARGIN),
    )
    return Paper(name, width, height, margins)
