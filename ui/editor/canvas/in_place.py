"""A field over a text of the sheet: typing where the text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont

from sopdesk.sheet.faces import MM_PER_PT
from sopdesk.sheet.values import Rect
from ui.editor.fields.cell_editor import CellEditor
from ui.editor.keys import leaves_field
from ui.editor.sheet.hits import CELL_COLUMNS
from ui.editor.sheet.targets import CellTarget, LabelTarget
from ui.works import Selection

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.editor.sheet.flow_view import FlowView
    from ui.editor.sheet.targets import TextTarget

_LEAST_FONT_PX = 12
_MOST_FONT_PX = 40
_LEAST_WIDTH_PX = 80
_STYLE = (
    "QPlainTextEdit { background: palette(base); color: palette(text); padding: 0;"
    " border: 2px solid palette(highlight); border-radius: 3px; }"
)


class InPlaceEditing(QObject):
    """The one field that may be open on the canvas.

    It stays open over saves, undo and what colleagues do, as long as its text is there.
    """

    def __init__(self, view: FlowView, vocabulary: Vocabulary) -> None:
        super().__init__(view)
        self._view, self._session, self._vocabulary = view, view.session, vocabulary
        self._editor: CellEditor | None = None
        self._target: TextTarget | None = None
        self._owner = ("", 0)
        self._page, self._rect = 0, Rect(0.0, 0.0, 0.0, 0.0)
        self._session.sop_changed.connect(self._on_sop_changed)
        view.zoom_changed.connect(self.follow)

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
        return self._edit(CellTarget(self._session, step, column))

    def edit_label(self) -> bool:
        """Edit the selected flow's label; False where there is none to edit."""
        procedure, flow = self._session.procedure, self._session.selection.flow
        if procedure is None or flow is None:
            return False
        return self._edit(LabelTarget(self._session, procedure, flow))

    def _edit(self, target: TextTarget) -> bool:
        self._view.flush()
        page = None if self._session.is_read_only else self._page_of(target)
        if page is None:
            return False
        self.open(page, target)
        return True

    def open(self, page: int, target: TextTarget) -> None:
        """Open a field over a text that stands on this page, its words selected."""
        self.commit()
        editor = CellEditor(self._view.viewport(), target.choices(self._vocabulary))
        editor.setStyleSheet(_STYLE)
        editor.setAccessibleName(target.name)
        editor.fill(target.text() or "")
        editor.selectAll()
        editor.left.connect(self._on_left)
        editor.commanded.connect(self._on_commanded)
        editor.undo_asked.connect(self._on_undo_asked)
        editor.installEventFilter(self)
        self._editor, self._target, self._owner = editor, target, self._owner_now()
        self._stand_on(page)
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # Where it stands

    def follow(self) -> None:
        """Stay over the text when the canvas scrolls or zooms."""
        if self._editor is not None:
            cell = self._view.to_view(self._page, self._rect)
            if cell.width() < _LEAST_WIDTH_PX:
                spare = (_LEAST_WIDTH_PX - cell.width()) / 2
                cell.adjust(-spare, 0, spare, 0)
            self._editor.setFont(self._font())
            self._editor.fit_into(cell.adjusted(-2, -2, 2, 2).toRect())

    def follow_sheet(self) -> None:
        """Stand over the text where it is on another state of the sheet.

        What is no longer on it, as an emptied title, is typed on where it was.
        """
        page = self._page_of(self._target) if self._target is not None else None
        if page is not None:
            self._stand_on(page)

    def _stand_on(self, page: int) -> None:
        sheet, target, before = self._view.sheet, self._target, (self._page, self._rect)
        rect = target.rect_on(sheet.pages[page]) if sheet and target is not None else None
        if rect is None:
            return
        self._page, self._rect = page, rect
        if before != (page, rect):
            self._view.show_rect(page, rect)
        self.follow()

    def _page_of(self, target: TextTarget) -> int | None:
        """Return a page on which a text stands: the one it stood on before, else the first."""
        pages = self._view.sheet.pages if self._view.sheet is not None else ()
        found = [
            index
            for index, page in enumerate(pages)
            if page.procedure == self._session.procedure_index and target.rect_on(page) is not None
        ]
        return self._page if self._page in found else next(iter(found), None)

    # What it says

    def write(self) -> None:
        """Write what was typed; the field stays open, to be typed into further."""
        editor, target = self._editor, self._target
        if editor is not None and target is not None and editor.is_changed:
            target.write(editor.toPlainText())
            editor.note_written(target.text() or "")

    def commit(self) -> None:
        """Write what was typed and close the field."""
        self.write()
        self._close()

    def as_typed(self) -> Sop | None:
        """Return the SOP with what is being typed in it, None for nothing; the field stays open."""
        editor, target = self._editor, self._target
        if editor is None or target is None or not editor.is_changed:
            return None
        return self._session.rehearse(lambda: target.write(editor.toPlainText()))

    def cancel(self) -> None:
        """Close the field and leave the text as it was, or as it was written last."""
        self._close()

    def _on_sop_changed(self, _sop: object) -> None:
        """Say what the text says by now; close where it is gone. What is typed stays."""
        editor, target = self._editor, self._target
        if editor is None or target is None:
            return
        is_here = self._owner == self._owner_now()
        text = target.text() if is_here else None
        if text is not None:
            editor.follow(text)
            return
        self._close()
        if is_here:  # What the clerk goes on to type must not go over a neighbour's text.
            self._session.select(Selection())

    def _owner_now(self) -> tuple[str, int]:
        sop = self._session.sop
        return sop.uuid if sop is not None else "", self._session.procedure_index

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
        if leaves_field(event):
            self.commit()
        return super().eventFilter(watched, event)

    def _on_left(self, where: str) -> None:
        target = self._target
        if where == "cancel":
            self.cancel()
            return
        self.commit()
        if where in ("right", "left") and isinstance(target, CellTarget):
            self._go_on(target.step, target.column, 1 if where == "right" else -1)

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
        self._session.undo()

    def _font(self) -> QFont:
        """Return the interface's face as large as the sheet's text shows, within reason."""
        sop, office = self._session.sop, self._session.office
        size_pt = (sop.sheet.size_pt if sop else None) or office.sheet.size_pt or 9.0
        font = QFont(self._view.font())
        size_px = round(size_pt * MM_PER_PT * self._view.scale)
        font.setPixelSize(max(_LEAST_FONT_PX, min(size_px, _MOST_FONT_PX)))
        return font
