"""The field over a lane's tab in which its name, or the heading above it, is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.editor.fields.choice_list import Choices
from ui.editor.fields.offering import Offering
from ui.editor.keys import leaves_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from sopdesk.document.values import Sop
    from ui.session import Session


@dataclass(frozen=True, slots=True)
class NameTarget:
    """What is typed: how it is called, what it says now (None where it is gone), how to write it.

    `place` is where the field stands on the bar, in pixels.
    """

    name: str
    read: Callable[[], str | None]
    write: Callable[[str], object]
    place: Callable[[], QRect]


class NameField(QObject):
    """The one field that may be open over the bar; saves and colleagues' changes leave it open."""

    def __init__(self, bar: QWidget, session: Session) -> None:
        super().__init__(bar)
        self._bar, self._session = bar, session
        self._target: NameTarget | None = None
        self._offering: Offering | None = None
        self._filled = self._source = ""
        self._owner = ("", 0)
        self.line: QLineEdit | None = None
        """The field while it is open."""
        session.sop_changed.connect(self._on_sop_changed)
        bar.installEventFilter(self)

    def open(self, target: NameTarget, choices: Callable[[], Choices] = Choices) -> None:
        """Open the field, its words selected; `choices` are offered while one types."""
        self.commit()
        self._filled = self._source = target.read() or ""
        line = QLineEdit(self._filled, self._bar.window())
        line.setAccessibleName(target.name)
        line.setPlaceholderText(target.name)
        line.installEventFilter(self)
        line.returnPressed.connect(self.commit)
        offering = self._offering = Offering(line, line.text, line.rect)
        offering.taken.connect(lambda chosen: line.setText(chosen.text))
        line.textEdited.connect(lambda: offering.offer(choices()))
        self.line, self._target, self._owner = line, target, self._owner_now()
        self._follow_bar()
        line.show()
        line.raise_()
        line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self) -> None:
        """Write what was typed; the field stays open, to be typed into further."""
        line, target = self.line, self._target
        if line is not None and target is not None and line.text() != self._filled:
            target.write(line.text().strip())
            self._filled, self._source = line.text(), target.read() or ""

    def commit(self) -> None:
        """Write what was typed and close the field."""
        self.write()
        self._close()

    def as_typed(self) -> Sop | None:
        """Return the SOP with what is being typed in it; None for nothing."""
        line, target = self.line, self._target
        if line is None or target is None:
            return None
        return self._session.rehearse(lambda: target.write(line.text().strip()))

    def _close(self) -> None:
        line, self.line, self._target = self.line, None, None
        if line is not None:
            had_focus = line.hasFocus()
            if self._offering is not None:
                self._offering.close()
            line.removeEventFilter(self)
            line.hide()
            line.deleteLater()
            if had_focus:
                self._bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sop_changed(self, _sop: object) -> None:
        """Say what the name is by now; close where it is gone. What is typed stays."""
        line, target = self.line, self._target
        if line is None or target is None:
            return
        text = target.read() if self._owner == self._owner_now() else None
        if text is None:
            self._close()
            return
        if text != self._source and line.text() == self._filled:
            place = line.cursorPosition()
            self._filled = self._source = text
            line.setText(text)
            line.setCursorPosition(place)
        self._follow_bar()

    def _owner_now(self) -> tuple[str, int]:
        sop = self._session.sop
        return sop.uuid if sop is not None else "", self._session.procedure_index

    def _follow_bar(self) -> None:
        if self.line is not None and self._target is not None:
            place = self._target.place()
            at = self._bar.mapTo(self._bar.window(), place.topLeft())
            self.line.setGeometry(QRect(at, place.size().expandedTo(self.line.sizeHint())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write when the field is left, give up by Esc; stay over the tab when the bar moves.

        What the list of choices takes of the keys is not the field's.
        """
        if watched is self._bar:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
                self._follow_bar()
        elif leaves_field(event):
            self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if self._offering is not None and self._offering.take_key(event):
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return True
        return False
