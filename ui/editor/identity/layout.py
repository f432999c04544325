"""The fields of the identity form, laid out as they stand on the sheet. Knows no SOP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.fields.line_fields import LineField, LinesField
from ui.editor.identity.bindings import signatory_words
from ui.plain_words import PlainLabel
from ui.theme import colors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.editor.identity.bindings import Binding

_PAIRS = (
    ("legal_basis", "qualifications"),
    ("related", "equipment"),
    ("warnings", "records"),
)
_PARTICULARS = ("number", "created_on", "revised_on", "effective_on", "approved_by", "title")
LISTS = tuple(name for pair in _PAIRS for name in pair)
"""The lists of the identity, as they stand below its head."""
PRINTED = (*LISTS, *_PARTICULARS)
"""The fields whose labels are the words that the sheet prints."""
_STYLE = """
#identity_sheet { background: palette(mid); border: 1px solid palette(mid); }
#identity_cell { background: palette(base); }
#identity_cell QLineEdit, #identity_cell QPlainTextEdit { border: 1px solid transparent;
    border-radius: 3px; background: transparent; padding: 1px 3px; }
#identity_cell QLineEdit:hover, #identity_cell QPlainTextEdit:hover { border-color: palette(mid); }
#identity_cell QLineEdit:focus, #identity_cell QPlainTextEdit:focus {
    border-color: palette(highlight); }
#identity_label { color: palette(placeholder-text); }
"""


class IdentityLayout(QFrame):
    """Letterhead left, particulars right, the lists below, and the second signature.

    `marks` makes the button at a list's head from its name, `status` the line of the status from
    its label.
    """

    def __init__(
        self,
        bindings: Mapping[str, Binding],
        marks: Callable[[str], QWidget],
        status: Callable[[PlainLabel], QWidget],
    ) -> None:
        super().__init__()
        self._bindings = bindings
        self.fields: dict[str, LineField | LinesField] = {}
        self.labels: dict[str, PlainLabel] = {}
        self.faults: dict[str, PlainLabel] = {}
        """Where it is told that a field's text makes no sense; for dates alone."""
        self.setObjectName("identity_sheet")
        grid = QGridLayout(self)
        grid.setSpacing(1)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._letterhead(status), 0, 0)
        grid.addWidget(self._particulars(), 0, 1)
        buttons: list[QWidget] = []
        for row, pair in enumerate(_PAIRS, 1):
            for column, name in enumerate(pair):
                buttons.append(marks(name))
                grid.addWidget(self._list_cell(name, buttons[-1]), row, column)
        grid.addWidget(self._closing(), len(_PAIRS) + 1, 0, 1, 2)
        # Last: a style that is there already is worked out anew for each field that comes.
        self.setStyleSheet(_STYLE + f"#identity_fault {{ color: {colors().error}; }}")
        self._order_tabs(buttons)

    def _order_tabs(self, buttons: list[QWidget]) -> None:
        """Let Tab go from field to field, and to the marks of the lists behind the last one.

        Words typed on a button would choose from its menu.
        """
        last: QWidget = list(self.fields.values())[-1]
        for button in buttons:
            QWidget.setTabOrder(last, button)
            last = button

    # Its cells

    def _letterhead(self, status: Callable[[PlainLabel], QWidget]) -> QWidget:
        cell, column = _cell()
        institution = self._field("institution", least_lines=3)
        institution.setToolTip(tr("Letterhead"))
        column.addWidget(self._label("institution", tr("Letterhead")))
        column.addWidget(institution)
        column.addStretch()
        column.addWidget(self._label("unit", tr("Unit, from the top: Sekretariat / Subbag Umum")))
        column.addWidget(self._field("unit"))
        column.addWidget(status(self._label("status", tr("Status"))))
        return cell

    def _particulars(self) -> QWidget:
        cell, column = _cell()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(_PARTICULARS):
            label = self._label(name, "")
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._particular(name), row, 1)
        column.addLayout(grid)
        column.addStretch()
        return cell

    def _particular(self, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        if name == "approved_by":
            for part, hint in signatory_words().items():
                column.addWidget(self._field(f"approved_by_{part}", hint))
            return column
        if name == "revised_on":
            row = QHBoxLayout()
            row.addWidget(self._field(name), 3)
            row.addWidget(self._field("revision", tr("Revision")), 1)
            column.addLayout(row)
        else:
            column.addWidget(self._field(name))
        if self._bindings[name].form == "date":
            column.addWidget(self._fault(name))
        return column

    def _list_cell(self, name: str, marks: QWidget) -> QWidget:
        cell, column = _cell()
        head = QHBoxLayout()
        head.addWidget(self._label(name, ""), 1)
        head.addWidget(marks)
        column.addLayout(head)
        column.addWidget(self._field(name, least_lines=2))
        column.addStretch()
        return cell

    def _closing(self) -> QWidget:
        cell, column = _cell()
        column.addWidget(self._label("closing", tr("Second signature below the table")))
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        parts = (("place_date", tr("Place and date")), *signatory_words().items())
        for place, (part, hint) in enumerate(parts):
            field = self._field(f"closing_{part}", hint)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        return cell

    # What stands in them

    def _field(self, name: str, hint: str = "", least_lines: int = 1) -> LineField | LinesField:
        binding = self._bindings[name]
        field = LinesField(least_lines) if binding.form == "lines" else LineField()
        field.setObjectName(f"field_{name}")
        field.setAccessibleName(binding.said)
        field.setPlaceholderText(hint)
        self.fields[name] = field
        if name in self.labels:
            self.labels[name].setBuddy(field)
        return field

    def _label(self, name: str, text: str) -> PlainLabel:
        label = PlainLabel(text)
        label.setObjectName("identity_label")
        label.setWordWrap(True)
        self.labels[name] = label
        return label

    def _fault(self, name: str) -> PlainLabel:
        fault = PlainLabel()
        fault.setObjectName("identity_fault")
        fault.setWordWrap(True)
        fault.hide()
        self.faults[name] = fault
        return fault


def _cell() -> tuple[QFrame, QVBoxLayout]:
    cell = QFrame()
    cell.setObjectName("identity_cell")
    column = QVBoxLayout(cell)
    column.setContentsMargins(8, 5, 8, 5)
    column.setSpacing(2)
    return cell, column
