"""One part that both sides have changed: mine, as it was, theirs; one of them is taken."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QRadioButton

from sopdesk.foundation.wording import tr
from ui import theme
from ui.conflict.words import changed_words, place_of, text_of
from ui.plain_words import PlainLabel, plain_caption

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from sopdesk.document.merging import Clash, Side


class ClashCard(QFrame):
    """Shows a clash and lets one side be chosen; mine at first."""

    chosen = Signal()

    def __init__(self, clash: Clash, their_name: str) -> None:
        super().__init__()
        self.key = clash.key
        self.setObjectName("clash_card")
        self._mine = QRadioButton(tr("Mine"))
        self._theirs = QRadioButton(plain_caption(their_name))
        look = theme.colors()
        self.setStyleSheet(
            f"#clash_card {{ background: {look.base}; border: 1px solid {look.border};"
            f" border-radius: 6px; }}"
        )
        group = QButtonGroup(self)
        for button in (self._mine, self._theirs):
            group.addButton(button)
        self._mine.setChecked(True)
        heading = PlainLabel(place_of(clash))
        heading.setWordWrap(True)
        heading.setStyleSheet("font-weight: 600;")
        before = PlainLabel(tr("As it was"))
        before.setForegroundRole(before.foregroundRole().PlaceholderText)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.addWidget(heading, 0, 0, 1, 3)
        base = text_of(clash, clash.base)
        for column, (head, text) in enumerate(
            ((self._mine, clash.mine), (before, clash.base), (self._theirs, clash.theirs))
        ):
            said = text_of(clash, text)
            if isinstance(head, QRadioButton):
                whose = tr("Mine") if head is self._mine else their_name
                head.setAccessibleName(f"{heading.text()}. {whose}: {said or tr('empty')}")
                shown = _Text(changed_words(base, said), head)
            else:
                shown = _Text(html.escape(said).replace("\n", "<br>"))
            grid.addWidget(head, 1, column)
            grid.addWidget(shown, 2, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        group.buttonToggled.connect(self._on_toggled)

    @property
    def side(self) -> Side:
        """The side that is taken."""
        return "mine" if self._mine.isChecked() else "theirs"

    def take(self, side: Side) -> None:
        """Choose a side."""
        (self._mine if side == "mine" else self._theirs).setChecked(True)

    def _on_toggled(self, _button: object, is_checked: bool) -> None:
        if is_checked:
            self.chosen.emit()


class _Text(QLabel):
    """One version as text; a click on it takes it."""

    def __init__(self, text: str, button: QRadioButton | None = None) -> None:
        super().__init__()
        self._button = button
        faint = theme.colors().faint
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(text or f"<span style='color: {faint}'>{html.escape(tr('empty'))}</span>")
        self.setWordWrap(True)
        self.setContentsMargins(22 if button is not None else 0, 0, 0, 0)
        if button is None:
            self.setForegroundRole(self.foregroundRole().PlaceholderText)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take this version."""
        if self._button is not None and self._button.isEnabled():
            self._button.setChecked(True)
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
