"""The identity of an SOP as a form that looks like its sheet; every keystroke is in the value."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.values import Status
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.fields.line_fields import LineField, LinesField
from ui.editor.identity.bindings import NotReadable, bindings, spaced_employee_id
from ui.editor.identity.marks import ListMarks
from ui.plain_words import PlainLabel
from ui.statuses import force_word, status_word
from ui.theme import colors

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from sopdesk.document.values import Sop
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.editor.identity.bindings import Binding
    from ui.session import Session

_PAIRS = (
    ("legal_basis", "qualifications"),
    ("related", "equipment"),
    ("warnings", "records"),
)
_SHEET_STYLE = """
#identity_sheet { background: palette(mid); border: 1px solid palette(mid); }
#identity_cell { background: palette(base); }
#identity_cell QLineEdit, #identity_cell QPlainTextEdit { border: 1px solid transparent;
    border-radius: 3px; background: transparent; padding: 1px 3px; }
#identity_cell QLineEdit:hover, #identity_cell QPlainTextEdit:hover { border-color: palette(mid); }
#identity_cell QLineEdit:focus, #identity_cell QPlainTextEdit:focus {
    border-color: palette(highlight); }
#identity_label { color: palette(placeholder-text); }
"""
_OF_ROLE = {
    "letterhead": "institution",
    "approved_by": "approved_by_position",
    "closing": "closing_position",
}
"""The field that a box of the sheet stands for, where it is not named alike."""


class IdentityForm(QScrollArea):
    """The fields of the identity sheet, where they stand on it."""

    def __init__(
        self, session: Session, vocabulary: Vocabulary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._vocabulary = session, vocabulary
        self._bindings = bindings()
        self._fields: dict[str, LineField | LinesField] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._faults: dict[str, PlainLabel] = {}
        self._styles: dict[str, ListMarks] = {}
        self._shown = ""
        self._seen: tuple[object, ...] = ()
        self.setObjectName("identity_form")
        self.setAccessibleName(tr("Identity"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._status = self._make_status()
        self._force = PlainLabel()
        self._force.setObjectName("status_force")
        self._force.setWordWrap(True)  # Narrow, it would press the particulars out of sight.
        self._force.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._build()
        session.sop_changed.connect(self._follow)
        self._follow()

    # Building

    def _build(self) -> None:
        """Lay the fields out as the sheet does: letterhead left, particulars right, lists below."""
        sheet = QFrame()
        sheet.setObjectName("identity_sheet")
        grid = QGridLayout(sheet)
        grid.setSpacing(1)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._letterhead(), 0, 0)
        grid.addWidget(self._particulars(), 0, 1)
        for row, pair in enumerate(_PAIRS, 1):
            for column, name in enumerate(pair):
                grid.addWidget(self._list_cell(name), row, column)
        grid.addWidget(self._closing(), len(_PAIRS) + 1, 0, 1, 2)
        holder = self._holder = QWidget()
        column_layout = QVBoxLayout(holder)
        column_layout.setContentsMargins(10, 6, 10, 10)
        column_layout.addWidget(sheet)
        column_layout.addStretch()
        # Last: a style that is there already is worked out anew for each field that comes.
        sheet.setStyleSheet(_SHEET_STYLE + f"#identity_fault {{ color: {colors().error}; }}")
        self.setWidget(holder)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go from field to field, and to the marks of the lists behind the last one.

        Words typed on a button would choose from its menu.
        """
        last: QWidget = list(self._fields.values())[-1]
        for marks in self._styles.values():
            QWidget.setTabOrder(last, marks)
            last = marks
        self.setFocusProxy(self._fields["title"])

    def _letterhead(self) -> QWidget:
        cell, column = _cell()
        institution = self._field("institution", least_lines=3)
        institution.setToolTip(tr("Letterhead"))
        column.addWidget(self._label("institution", tr("Letterhead")))
        column.addWidget(institution)
        column.addStretch()
        column.addWidget(self._label("unit", tr("Unit, from the top: Sekretariat / Subbag Umum")))
        unit = self._field("unit")
        if isinstance(unit, LineField):
            unit.set_choices(self._units)
        column.addWidget(unit)
        row = QHBoxLayout()
        status = self._label("status", tr("Status"))
        status.setBuddy(self._status)
        row.addWidget(status)
        row.addWidget(self._status, 1)
        column.addLayout(row)
        column.addWidget(self._force)
        return cell

    def _particulars(self) -> QWidget:
        cell, column = _cell()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        names = ("number", "created_on", "revised_on", "effective_on", "approved_by", "title")
        for row, name in enumerate(names):
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
            for part, hint in (
                ("position", tr("Position")),
                ("name", tr("Name")),
                ("rank", tr("Rank")),
                ("employee_id", tr("Employee number")),
            ):
                column.addWidget(self._hinted(self._field(f"approved_by_{part}"), hint))
        elif name == "revised_on":
            row = QHBoxLayout()
            row.addWidget(self._field(name), 3)
            row.addWidget(self._hinted(self._field("revision"), tr("Revision")), 1)
            column.addLayout(row)
        else:
            column.addWidget(self._field(name))
        if name in self._bindings and self._bindings[name].form == "date":
            fault = PlainLabel()
            fault.setObjectName("identity_fault")
            fault.setWordWrap(True)
            fault.hide()
            self._faults[name] = fault
            column.addWidget(fault)
        return column

    def _list_cell(self, name: str) -> QWidget:
        cell, column = _cell()
        head = QHBoxLayout()
        head.addWidget(self._label(name, ""), 1)
        style = ListMarks(self._session, name, self)
        self._styles[name] = style
        head.addWidget(style)
        column.addLayout(head)
        column.addWidget(self._field(name, least_lines=2))
        column.addStretch()
        return cell

    def _closing(self) -> QWidget:
        cell, column = _cell()
        column.addWidget(self._label("closing", tr("Second signature below the table")))
        grid = QGridLayout()
        grid.setVerticalSpacing(1)
        for place, (part, hint) in enumerate(
            (
                ("place_date", tr("Place and date")),
                ("position", tr("Position")),
                ("name", tr("Name")),
                ("rank", tr("Rank")),
                ("employee_id", tr("Employee number")),
            )
        ):
            field = self._hinted(self._field(f"closing_{part}"), hint)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        return cell

    def _field(self, name: str, least_lines: int = 1) -> LineField | LinesField:
        binding = self._bindings[name]
        field = LinesField(least_lines) if binding.form == "lines" else LineField()
        field.setObjectName(f"field_{name}")
        field.setAccessibleName(binding.said)
        field.edited.connect(lambda: self._on_edited(binding))
        field.left.connect(lambda: self._on_left(binding))
        self._fields[name] = field
        if name in self._labels:
            self._labels[name].setBuddy(field)
        return field

    def _hinted(self, field: LineField | LinesField, hint: str) -> LineField | LinesField:
        field.setPlaceholderText(hint)
        return field

    def _label(self, name: str, text: str) -> PlainLabel:
        label = PlainLabel(text)
        label.setObjectName("identity_label")
        label.setWordWrap(True)
        self._labels[name] = label
        return label

    def _make_status(self) -> QComboBox:
        status = _StatusField()
        status.setObjectName("field_status")
        status.setAccessibleName(tr("Status"))
        for value in Status:
            status.addItem(status_word(value), value)
        status.activated.connect(self._on_status_chosen)
        return status

    # Following the value

    def _follow(self, _sop: object = None) -> None:
        """Show the SOP; what is being typed stays as typed where it says the same."""
        sop = self._session.sop
        self._holder.setEnabled(sop is not None)
        if sop is None:
            return
        seen = (
            sop.identity, sop.closing, sop.status, sop.sheet,
            self._session.office, self._session.is_read_only,
        )  # fmt: skip
        is_other = sop.uuid != self._shown
        if not is_other and all(
            now is before for now, before in zip(seen, self._seen, strict=True)
        ):
            return  # Typing in the table changes nothing here.
        self._seen = seen
        self._shown = sop.uuid
        for name, field in self._fields.items():
            binding = self._bindings[name]
            if is_other or not self._says_the_same(binding, sop):
                field.show_texts(binding.read(sop))
                self._tell_fault(name, "")
            field.setReadOnly(self._session.is_read_only)
        self._status.setCurrentIndex(self._status.findData(sop.status))
        self._status.setEnabled(not self._session.is_read_only)
        force = force_word(sop.status, sop.identity.effective_on, date.today())
        self._force.setText(force)
        self._force.setVisible(bool(force))
        for style in self._styles.values():
            style.follow()
        self._follow_words(sop)

    def _says_the_same(self, binding: Binding, sop: Sop) -> bool:
        """Return whether a field's text means what the SOP has, or means nothing yet."""
        field = self._fields[binding.name]
        try:
            return binding.write(sop, field.texts()) == sop
        except NotReadable:
            return field.hasFocus() or bool(self._faults[binding.name].text())

    def _follow_words(self, sop: Sop) -> None:
        """Name the fields with the words that are printed on this SOP's sheet."""
        look = look_of(sop, self._session.office)
        for name in (*_lists(), "number", "title", "created_on", "revised_on", "effective_on",
                     "approved_by"):  # fmt: skip
            self._labels[name].setText(look.label(name))
        # What the sheet prints where no letterhead is typed.
        letterhead = self._session.office.letterhead(sop.identity.unit)
        self._fields["institution"].setPlaceholderText("\n".join(letterhead))

    def _units(self) -> list[str]:
        """Return the units that the office has SOPs of."""
        units = dict.fromkeys(" / ".join(entry.unit) for entry in self._session.entries)
        return [unit for unit in units if unit]

    # Writing

    def _on_edited(self, binding: Binding) -> None:
        sop, texts = self._session.sop, self._fields[binding.name].texts()
        if sop is None:
            return
        try:
            binding.write(sop, texts)
        except NotReadable:
            return  # Half a date; it is told when the field is left.
        self._tell_fault(binding.name, "")
        self._session.apply(
            tr("Edit {field}", field=binding.said),
            lambda value: binding.write(value, texts),
            f"identity/{binding.name}",
        )

    def _on_left(self, binding: Binding) -> None:
        """Say what cannot be read, and show what can as it will stand."""
        sop, field = self._session.sop, self._fields[binding.name]
        if sop is None or self._session.is_read_only:
            return
        if binding.form == "employee_id":
            spaced = spaced_employee_id(" ".join(field.texts()))
            if (spaced,) != field.texts():
                field.show_texts((spaced,))
                self._on_edited(binding)
            return
        try:
            binding.write(sop, field.texts())
        except NotReadable as fault:
            self._tell_fault(binding.name, str(fault))
            return
        self._tell_fault(binding.name, "")
        if binding.form == "date":
            field.show_texts(binding.read(sop))

    def _tell_fault(self, name: str, sentence: str) -> None:
        fault = self._faults.get(name)
        if fault is not None:
            fault.setText(sentence)
            fault.setVisible(bool(sentence))

    def _on_status_chosen(self, index: int) -> None:
        status = Status(self._status.itemData(index))
        self._session.apply(
            tr("Change status"), lambda sop: dataclasses.replace(sop, status=status)
        )

    # What the window asks

    def commit_pending(self) -> None:
        """Write what is typed but not written yet: an employee number that is not spaced yet."""
        for name, field in self._fields.items():
            if field.hasFocus():
                self._on_left(self._bindings[name])

    def focus_role(self, role: str) -> None:
        """Put the cursor into the field that a box of the sheet stands for."""
        field = self._fields.get(_OF_ROLE.get(role, role))
        if field is not None:
            self.ensureWidgetVisible(field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)


class _StatusField(QComboBox):
    """A status is chosen by opening the list: scrolling the form must not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


def _lists() -> tuple[str, ...]:
    return tuple(name for pair in _PAIRS for name in pair)


def _cell() -> tuple[QFrame, QVBoxLayout]:
    cell = QFrame()
    cell.setObjectName("identity_cell")
    column = QVBoxLayout(cell)
    column.setContentsMargins(8, 5, 8, 5)
    column.setSpacing(2)
    return cell, column
