"""What the fields of an SOP and their values are called where two versions are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.dates import PartialDate, print_date
from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from ui.statuses import status_word

if TYPE_CHECKING:
    from collections.abc import Callable

_PARTS = {
    "identity": "Identity",
    "sheet": "Sheet",
    "closing": "Closing signature",
    "table": "Flow table",
    "lane": "Actors",
    "step": "Steps",
}
_FIELDS = {
    "number": "SOP number",
    "title": "Title of the SOP",
    "unit": "Unit",
    "institution": "Letterhead",
    "created_on": "Date made",
    "revised_on": "Date revised",
    "revision": "Revision",
    "effective_on": "Effective date",
    "approved_by.position": "Approved by: position",
    "approved_by.name": "Approved by: name",
    "approved_by.rank": "Approved by: rank",
    "approved_by.employee_id": "Approved by: employee number",
    "legal_basis": "Legal basis",
    "qualifications": "Qualifications",
    "related": "Related SOPs",
    "equipment": "Equipment",
    "warnings": "Warnings",
    "records": "Records",
    "status": "Status",
    "paper": "Paper",
    "orientation": "Orientation",
    "margins_mm": "Margins",
    "font": "Font",
    "size_pt": "Font size",
    "columns": "Columns of the table",
    "labels": "Printed words",
    "widths_mm": "Widths of the columns",
    "number_row": "Row of column numbers",
    "identity_on_same_page": "Identity and table on one page if they fit",
    "closing": "Closing signature",
    "place_date": "Place and date",
    "position": "Position",
    "name": "Name",
    "rank": "Rank",
    "employee_id": "Employee number",
    "group": "Heading above the actor",
    "lane": "Actor",
    "step": "Step",
    "activity": "Activity",
    "activity_items": "Parts of the activity",
    "requirements": "Requirements",
    "duration": "Duration",
    "outputs": "Output",
    "remarks": "Remarks",
    "refers_to": "Other SOP",
    "lanes": "Actor",
    "kind": "Symbol",
    "text": "Text in the symbol",
    "next": "Next step",
    "notes": "Notes below the table",
}
_OF_PART = {
    ("step", "number"): "No.",
    ("table", "title"): "Title above the table",
    ("lane", "name"): "Name of the actor",
}
_KINDS = {"start": "Start", "process": "Process", "decision": "Decision", "end": "End"}
_LIST_STYLES = {
    "bullets": "• Bullets",
    "numbers": "1. 2. 3.",
    "letters": "a. b. c.",
    "dashes": "– Dashes",
    "plain": "No marks",
}
_VALUES = {
    "landscape": "Landscape",
    "portrait": "Portrait",
    "True": "Yes",
    "False": "No",
}
_DATES = ("created_on", "revised_on", "effective_on")


def part_word(part: str) -> str:
    """Return the heading of a part of an SOP, as `Difference.part` names it."""
    return tr(_PARTS[part])


def field_word(part: str, field: str) -> str:
    """Return what a field is called, as `Difference.part` and `Difference.field` name it."""
    if (part, field) in _OF_PART:
        return tr(_OF_PART[part, field])
    owner, _, name = field.partition(".")
    if owner == "list_styles":
        return tr("Marks of: {list}", list=field_word(part, name))
    if owner == "spans":
        return tr("Rows merged: {column}", column=field_word(part, name))
    return tr(_FIELDS[field])


def value_word(field: str, text: str, title_of: Callable[[str], str] | None = None) -> str:
    """Return a value in words, given as `Difference` gives it; texts stay as they are.

    `title_of` names the SOP of a uuid.
    """
    if not text:
        return ""
    if field == "status":
        return status_word(Status(text))
    if field == "kind":
        return "\n".join(tr(_KINDS[kind]) for kind in text.split("\n"))
    if field.startswith("list_styles."):
        return tr(_LIST_STYLES[text])
    if field in _DATES:
        return print_date(PartialDate.from_iso(text))
    if field == "refers_to":
        return (title_of(text) if title_of is not None else "") or tr("an SOP of another file")
    if field in ("orientation", "number_row", "identity_on_same_page"):
        return tr(_VALUES[text])
    if field == "columns":
        return "\n".join(field_word("step", column) for column in text.split("\n"))
    return text
