"""A short word at the foot of the window for what succeeded; it leaves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_MS = 3000
READ_MS = 50
"""For each letter, so that a long sentence can be read."""
SHOWN_WITH_ACTION_MS = 9000
"""At least, and never less than this after the pointer or the keyboard has left it."""
_EDGE = 18


class Toast(QFrame):
    """One word at a time over the window's lower middle, perhaps with one thing to do about it."""

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self._label = PlainLabel()
        self._button = QPushButton()
        self._button.setFlat(True)
        self._call: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(14)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_time_over)
        self._button.clicked.connect(self._on_clicked)
        self.setFocusProxy(self._button)
        window.installEventFilter(self)
        self.hide()

    def say(self, message: str, answer: str = "", call: Callable[[], object] | None = None) -> None:
        """Show the message for some seconds; `answer` is a button that calls `call`."""
        look = theme.colors()
        self.setStyleSheet(
            f"#toast {{ background: {look.text}; border-radius: 7px; }}"
            f"#toast QLabel {{ color: {look.window}; }}"
            f"#toast QPushButton {{ color: {look.window}; background: transparent;"
            f" border: 1px solid transparent; font-weight: 600; padding: 1px 5px;"
            f" text-decoration: underline; }}"
            f"#toast QPushButton:focus {{ border-color: {look.window}; }}"
        )
        self._label.setText(message)
        self._button.setText(answer)
        self._button.setVisible(bool(answer))
        self._call = call
        self._place()
        self.show()
        self.raise_()
        reading = SHOWN_MS + READ_MS * len(message)
        self._timer.start(max(reading, SHOWN_WITH_ACTION_MS) if answer else reading)
        self.said.emit(message)

    @property
    def text(self) -> str:
        """The message that was said last."""
        return self._label.text()

    @property
    def has_answer(self) -> bool:
        """Whether it shows, with a button that the keyboard may go to."""
        return self.isVisible() and self._button.isVisible()

    def _on_time_over(self) -> None:
        """Leave, unless somebody is about to answer."""
        if self.has_answer and (self.underMouse() or self._button.hasFocus()):
            self._timer.start(SHOWN_WITH_ACTION_MS)
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        room = self._window.rect()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - _EDGE - 24)

    def _on_clicked(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()
