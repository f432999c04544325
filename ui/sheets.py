"""The sheet of the SOP that is looked at, laid out once for each of its values."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.sheet.values import Sheet

References = Mapping[str, tuple[str, str]]
"""Number and title of each SOP by its uuid, for the steps that refer to it."""


class Sheets:
    """Remembers the last sheet; values are told apart by identity, so that asking is free."""

    def __init__(self) -> None:
        self._known: tuple[Sop, Office, References, Sheet] | None = None

    def of(self, sop: Sop, office: Office, references: References) -> Sheet:
        """Return the sheet of an SOP."""
        known = self._known
        if known and all(map(is_, known, (sop, office, references))):
            return known[3]
        sheet = lay_out(sop, office, references)
        self._known = (sop, office, references, sheet)
        return sheet


def lay_out(sop: Sop, office: Office, references: References, paper: str | None = None) -> Sheet:
    """Lay out an SOP on its own or another paper; the layout is imported when first needed."""
    from sopdesk.sheet.layout import lay_out as lay_out_sheet

    return lay_out_sheet(sop, office, paper=paper, references=references)
