"""A field over a text of the sheet: typing where the text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFont

from sopdesk.foundation.wording import tr
from sopdesk.sheet.faces import MM_PER_PT
from sopdesk.sheet.look import look_of
from ui.editor.cell_editor import CellEditor
from ui.editor.fields.choice_list import Choices
from ui.editor.sheet.hits import CELL_COLUMNS, cell_of
from ui.editor.sheet.targets import cell_target, label_target
from ui.editor.words import NO, YES

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from ui.editor.sheet.flow_view import FlowView
    from ui.editor.sheet.targets import TextTarget

_LEAST_FONT_PX = 12
_MOST_FONT_PX = 40


class InPlaceEditing(QObject):
    """The one field that may be open on the canvas."""

    def __init__(self, view: FlowView) -> None:
        super().__init__(view)
        self._view = view
        self._editor: CellEditor | None = None
        self._target: TextTarget | None = None
        self._page = 0

    @property
    def is_open(self) -> bool:
        """Whether a text is being typed."""
        return self._editor is not None

    @property
    def editor(self) -> CellEditor | None:
        """The field that is open."""
        return self._editor

    def edit_step(self, step: str, column: str = "activity") -> bool:
        """Edit a step's cell where it stands; False where the sheet has no such cell."""
        view, session = self._view, self._view.session
        view.flush()
        sop, procedure = session.sop, session.procedure
        if view.sheet is None or sop is None or procedure is None or session.is_read_only:
            return False
        look = look_of(sop, session.office)
        found = cell_of(view.sheet, session.procedure_index, step, column, look)
        if found is None:
            return False
        page, cell = found
        view.show_rect(page, cell.rect)
        self.open(page, cell_target(session, procedure, cell))
        return True

    def edit_label(self) -> bool:
        """Edit the selected flow's label; False where there is none to edit."""
        parts, session = self._view.selected_parts(), self._view.session
        if not parts or session.procedure is None or session.is_read_only:
            return False
        page, connector = parts[0]
        self.open(page, label_target(session, session.procedure, connector))
        return True

    def open(self, page: int, target: TextTarget) -> None:
        """Open a field over a text, its words selected."""
        self.commit()
        is_label = target.name == tr("Label of the arrow")
        choices = Choices.of((YES, NO)) if is_label else Choices()
        editor = CellEditor(self._view.viewport(), choices)
        editor.setStyleSheet(
            "QPlainTextEdit { background: palette(base); color: palette(text); padding: 0;"
            " border: 2px solid palette(highlight); border-radius: 3px; }"
        )
        editor.setAccessibleName(target.name)
        editor.setFont(self._font())
        editor.fill(target.text)
        editor.selectAll()
        editor.left.connect(self._on_left)
        editor.commanded.connect(self._on_commanded)
        editor.undo_asked.connect(self._on_undo_asked)
        editor.installEventFilter(self)
        self._editor, self._target, self._page = editor, target, page
        self.follow()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Stay over the text when the canvas scrolls or zooms."""
        if self._editor is not None and self._target is not None:
            cell = self._view.to_view(self._page, self._target.rect)
            if cell.width() < 80:
                cell = QRectF(cell.center().x() - 40, cell.top(), 80, cell.height())
            self._editor.fit_into(cell.adjusted(-2, -2, 2, 2).toRect())

    def commit(self) -> None:
        """Write what was typed and close the field."""
        editor, target = self._editor, self._target
        if editor is None or target is None:
            return
        self._close()
        if editor.is_changed:
            target.write(editor.toPlainText())

    def as_typed(self) -> Sop | None:
        """Return the SOP with what is being typed in it, None for nothing; the field stays open."""
        editor, target = self._editor, self._target
        if editor is None or target is None or not editor.is_changed:
            return None
        return self._view.session.rehearse(lambda: target.write(editor.toPlainText()))

    def cancel(self) -> None:
        """Close the field and leave the text as it was."""
        self._close()

    def _close(self) -> None:
        editor, self._editor, self._target = self._editor, None, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.removeEventFilter(self)
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write when the focus goes elsewhere in the window."""
        if event.type() == QEvent.Type.FocusOut and self._view.window().isActiveWindow():
            self.commit()
        return super().eventFilter(watched, event)

    def _on_left(self, where: str) -> None:
        target = self._target
        if where == "cancel":
            self.cancel()
            return
        self.commit()
        if where in ("right", "left") and target is not None and target.cell is not None:
            self._go_on(target.cell.step, target.cell.column, 1 if where == "right" else -1)

    def _go_on(self, step: str, column: str, by: int) -> None:
        """Edit the neighbouring text cell of the step that the sheet has."""
        place = CELL_COLUMNS.index(column) + by
        while 0 <= place < len(CELL_COLUMNS):
            if self.edit_step(step, CELL_COLUMNS[place]):
                return
            place += by

    def _on_commanded(self, command: object) -> None:
        self.commit()
        self._view.commanded.emit(command)

    def _on_undo_asked(self) -> None:
        self.cancel()
        self._view.session.undo()

    def _font(self) -> QFont:
        """Return the interface's face as large as the sheet's text shows, within reason."""
        sop, office = self._view.session.sop, self._view.session.office
        size_pt = (sop.sheet.size_pt if sop else None) or office.sheet.size_pt or 9.0
        font = QFont(self._view.font())
        size_px = round(size_pt * MM_PER_PT * self._view.scale)
        font.setPixelSize(max(_LEAST_FONT_PX, min(size_px, _MOST_FONT_PX)))
        return font
