"""The parts that an SOP and an office share, both ways: sheet settings, list styles, approval.

What is absent reads as the value given for it, so that a complete value stays complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args

from sopdesk.document.form.limits import (
    LARGEST_PT,
    NARROWEST_MM,
    SMALLEST_PT,
    WIDEST_MARGIN_MM,
    WIDEST_MM,
)
from sopdesk.document.form.node import Node, fault, plain_number, shown
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.office import FONTS, PAPERS
from sopdesk.document.values import COLUMNS, Approval, ListStyle, ListStyles, SheetSettings

if TYPE_CHECKING:
    from sopdesk.document.values import Closing

Form = dict[str, object]
Margins = tuple[float, float, float, float]
Orientation = Literal["landscape", "portrait"]
Kept = TypeVar("Kept")

LISTS_WITH_STYLE = (
    "legal_basis", "qualifications", "related", "equipment", "warnings", "records",
    "activity_items", "requirements", "outputs",
)  # fmt: skip

_FONT_NAMES = {name: name for name in FONTS} | {"arial": "sans", "bookman old style": "serif"}
_UNSET = SheetSettings()
_NO_STYLES = ListStyles()


def settings_to_form(settings: SheetSettings) -> Form:
    """Return the sheet settings that are set."""
    form: Form = {
        "paper": settings.paper,
        "orientation": settings.orientation,
        "margins_mm": settings.margins_mm and [plain_number(n) for n in settings.margins_mm],
        "font": settings.font,
        "size_pt": settings.size_pt and plain_number(settings.size_pt),
        "columns": settings.columns and list(settings.columns),
        "labels": dict(settings.labels) or None,
        "widths_mm": {key: plain_number(width) for key, width in settings.widths_mm} or None,
        "number_row": settings.number_row,
        "identity_on_same_page": settings.identity_on_same_page,
    }
    return {key: value for key, value in form.items() if value is not None}


def settings_from_form(
    data: object, path: str = "sheet", absent: SheetSettings = _UNSET
) -> SheetSettings:
    """Return the sheet settings; a key that is absent is taken from `absent`.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    return read_sheet(Node(data, path), absent)


def read_sheet(node: Node, absent: SheetSettings = _UNSET) -> SheetSettings:
    """Read the object `sheet`."""
    margins = cast("Margins | None", node.numbers("margins_mm", 4, 0.0, WIDEST_MARGIN_MM))
    orientation = node.choice("orientation", get_args(Orientation))
    return SheetSettings(
        paper=node.choice("paper", PAPERS) or absent.paper,
        orientation=cast("Orientation | None", orientation) or absent.orientation,
        margins_mm=margins or absent.margins_mm,
        font=_font(node) or absent.font,
        size_pt=node.number("size_pt", SMALLEST_PT, LARGEST_PT) or absent.size_pt,
        columns=_columns(node) or absent.columns,
        labels=_labels(node.child("labels")) or absent.labels,
        widths_mm=_widths(node.child("widths_mm")) or absent.widths_mm,
        number_row=given_or(node.truth("number_row"), absent.number_row),
        identity_on_same_page=given_or(
            node.truth("identity_on_same_page"), absent.identity_on_same_page
        ),
    )


def list_styles_to_form(styles: ListStyles) -> Form:
    """Return the list styles that are set."""
    return {
        key: style.value for key in LISTS_WITH_STYLE if (style := getattr(styles, key)) is not None
    }


def list_styles_from_form(
    data: object, path: str = "list_styles", absent: ListStyles = _NO_STYLES
) -> ListStyles:
    """Return the list styles; a list that is absent is taken from `absent`.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    return read_list_styles(Node(data, path), absent)


def read_list_styles(node: Node, absent: ListStyles = _NO_STYLES) -> ListStyles:
    """Read the object `list_styles`."""
    return ListStyles(
        **{key: node.word(key, ListStyle) or getattr(absent, key) for key in LISTS_WITH_STYLE}
    )


def approval_to_form(approval: Approval | Closing) -> Form:
    """Return who signs, with every key; empty is null."""
    return {
        "position": list(approval.position),
        "name": approval.name or None,
        "rank": approval.rank or None,
        "employee_id": approval.employee_id or None,
    }


def read_approval(node: Node) -> Approval:
    """Read the object `approved_by`."""
    return Approval(
        position=node.texts("position"),
        name=node.text("name"),
        rank=node.text("rank"),
        employee_id=node.text("employee_id"),
    )


def given_or(value: Kept | None, absent: Kept) -> Kept:
    """Return the value, unless it is absent; false and 0 are not."""
    return absent if value is None else value


def _font(node: Node) -> str | None:
    """Read a font by our name or by the name of the face it stands for.

    The contract does not say which fonts there are, so another is no fault: it is left as an
    unknown key is, and the office's font serves.
    """
    font = _FONT_NAMES.get(node.text("font").lower())
    if font is None:
        node.leave("font")
    return font


def _columns(node: Node) -> tuple[str, ...]:
    columns = node.texts("columns")
    for index, column in enumerate(columns):
        path = f"{node.at('columns')}[{index}]"
        if column not in COLUMNS:
            raise fault("unknown_word", path, value=shown(column), words=", ".join(COLUMNS))
        if column in columns[:index]:
            raise fault("duplicate", path, value=shown(column))
    return columns


def _labels(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((key, node.text(key)) for key in node.present(DEFAULT_LABELS))


def _widths(node: Node) -> tuple[tuple[str, float], ...]:
    widths = ((key, node.number(key, NARROWEST_MM, WIDEST_MM)) for key in node.present(COLUMNS))
    return tuple((key, width) for key, width in widths if width is not None)
