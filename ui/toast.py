"""Short words at the foot of the window for what was done, and for what could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.toast_card import ToastCard

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SHOWN = 3
_EDGE = 18
_ABOVE_STATUS_LINE = 24
_WIDEST = 620


class Toast(QWidget):
    """Cards over the window's lower middle, the newest at the bottom; none takes another's place.

    What is said is seen at once. The newest few show; older ones wait behind them and come back
    when there is room, so that nothing goes unread. The same words said again are one card.
    """

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.text = ""
        """The message that was said last."""
        self._cards: list[ToastCard] = []
        self._came_from: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()

    def say(
        self,
        message: str,
        answer: str = "",
        call: Callable[[], object] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Show the message until it can have been read; `answer` is a button that calls `call`.

        One that `stays` shows until it is closed: for what must not be overlooked.
        """
        for card in [card for card in self._cards if card.message == message]:
            self._drop(card)
        card = ToastCard(message, answer, call, self, stays=stays)
        card.left.connect(lambda: self._on_left(card))
        self._cards.append(card)
        self._column.addWidget(card)
        self.text = message
        self._arrange()
        self.said.emit(message)

    def withdraw_offers(self) -> None:
        """Let no card do anything any more: they spoke of a file that is left."""
        for card in self._cards:
            card.withdraw_offer()
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_left(self, card: ToastCard) -> None:
        if card.isAncestorOf(self._window.focusWidget()):
            self._give_keyboard_on(card)  # before it hides, else Qt gives it to whatever is next
        self._drop(card)
        self._arrange()

    def _give_keyboard_on(self, leaving: ToastCard) -> None:
        """Put the cursor into the newest card that stays, else where it was before."""
        others = [card for card in self._cards if card is not leaving]
        if others:
            others[-1].first_button().setFocus()
        elif self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        is_new = now is not None and self.isAncestorOf(now)
        if is_new and before is not None and not self.isAncestorOf(before):
            self._came_from = before

    def _drop(self, card: ToastCard) -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.stand_back()  # it may live on for a while, under a dialog that its answer has opened
        card.deleteLater()

    def _arrange(self) -> None:
        """Show the newest cards; what begins to show has its whole time before it."""
        for card in self._cards[:-MOST_SHOWN]:
            card.stand_back()
        for card in self._cards[-MOST_SHOWN:]:
            if card.isHidden():
                card.show_again()
        if self._cards:
            self.setFocusProxy(self._cards[-1].first_button())
            self._place()
        self.setVisible(bool(self._cards))
        self.raise_()

    def _place(self) -> None:
        room = self._window.rect()
        widest = max(card.natural_width() for card in self._cards)
        for card in self._cards:
            card.fit(min(widest, _WIDEST, room.width() - 2 * _EDGE))
        self._column.activate()
        self.adjustSize()
        foot = room.height() - self.height() - _EDGE - _ABOVE_STATUS_LINE
        self.move((room.width() - self.width()) // 2, foot)
