"""One short word to the clerk, perhaps with one thing to do about it, and a way to close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from sopdesk.foundation.wording import tr
from ui import theme
from ui.plain_words import PlainLabel, plain_caption

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

SHOWN_MS = 3000
READ_MS = 50
"""For each letter, so that a long sentence can be read."""
SHOWN_WITH_ACTION_MS = 9000
"""At least, and never less than this after the pointer or the keyboard has left it."""


class ToastCard(QFrame):
    """Leaves by itself once it can have been read; one that `stays` waits to be closed.

    Time counts only while the card shows in the active window: under a dialog, or while the clerk
    works in another program, nobody reads it. `answer` is a button that calls `call` and closes.
    """

    left = Signal()
    """It has been closed, answered, or has left by itself."""

    def __init__(
        self,
        message: str,
        answer: str,
        call: Callable[[], object] | None,
        parent: QWidget,
        *,
        stays: bool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast_card")
        self.message = message
        self._call = call
        self._stays = stays
        self._words = PlainLabel(message)
        self._words.setWordWrap(True)
        self._answer = self._button(answer) if answer else None
        self._close = self._close_button()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 9, 8, 9)
        self._row.setSpacing(14)
        self._row.addWidget(self._words, 1)
        if self._answer is not None:
            self._row.addWidget(self._answer)
        self._row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.leave_if_read)
        self._paint()
        self.hide()

    def show_again(self) -> None:
        """Show, and begin anew the time in which it can be read."""
        self.show()
        if not self._stays:
            self._timer.start(self._reading_ms())

    def stand_back(self) -> None:
        """Hide; its time does not run."""
        self._timer.stop()
        self.hide()

    def leave_if_read(self) -> None:
        """Leave, unless nobody can have read it yet or somebody is about to answer."""
        is_in_use = self.underMouse() or self.isAncestorOf(self.window().focusWidget())
        is_covered = QApplication.activeModalWidget() is not None
        if is_in_use or is_covered or not self.window().isActiveWindow():
            self._timer.start(self._reading_ms())
        else:
            self.left.emit()

    def withdraw_offer(self) -> None:
        """Keep the word and take the button away: what it would do no longer holds."""
        if self._answer is not None:
            self._answer.hide()

    def first_button(self) -> QWidget:
        """Return what the keyboard comes to first."""
        return self._close if self._answer is None or self._answer.isHidden() else self._answer

    def natural_width(self) -> int:
        """Return how wide it is with its words on one line, in pixels."""
        buttons = [self._close] if self._answer is None else [self._close, self._answer]
        beside = sum(
            button.sizeHint().width() + self._row.spacing()
            for button in buttons
            if not button.isHidden()
        )
        margins = self._row.contentsMargins()
        words = self._words.fontMetrics().size(0, self.message).width() + 2
        return margins.left() + words + beside + margins.right()

    def fit(self, width: int) -> None:
        """Be so wide, in pixels, with the words on as many lines as that takes."""
        self.setFixedSize(width, self._row.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(plain_caption(words))
        button.setObjectName("toast_answer")
        button.setFlat(True)
        # The mouse must not take the cursor away from what is being typed.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_answered)
        return button

    def _close_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("toast_close")
        button.setText("×")
        button.setToolTip(tr("Close"))
        button.setAccessibleName(tr("Close"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.left)
        return button

    def _on_answered(self) -> None:
        self.left.emit()
        if self._call is not None:
            self._call()

    def _reading_ms(self) -> int:
        reading = SHOWN_MS + READ_MS * len(self.message)
        return max(reading, SHOWN_WITH_ACTION_MS) if self._answer is not None else reading

    def _paint(self) -> None:
        look = theme.colors()
        mark = f" border-left: 4px solid {look.warning};" if self._stays else ""
        self.setStyleSheet(
            f"#toast_card {{ background: {look.text}; border-radius: 7px;{mark} }}"
            f"#toast_card QLabel {{ color: {look.window}; }}"
            f"#toast_card QAbstractButton {{ color: {look.window}; background: transparent;"
            f" border: 1px solid transparent; font-weight: 600; padding: 1px 5px; }}"
            f"#toast_card QPushButton {{ text-decoration: underline; }}"
            f"#toast_card QAbstractButton:focus {{ border-color: {look.window}; }}"
        )
