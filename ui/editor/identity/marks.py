"""The button at a list of the identity form that says how its items are marked."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from sopdesk.document.values import ListStyle
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.panel import MENU_BUTTON

if TYPE_CHECKING:
    from sopdesk.document.values import Sop
    from ui.session import Session


class ListMarks(QToolButton):
    """Shows how a list's items are marked, and offers the other ways."""

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._name = session, name
        self.setAutoRaise(True)
        self.setAccessibleName(tr("Marks of the list"))
        self.setToolTip(tr("Marks of the list"))
        self.setStyleSheet(MENU_BUTTON)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._group = QActionGroup(self)
        for style, word in _style_words().items():
            action = menu.addAction(word)
            action.setCheckable(True)
            action.setData(style)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self._choose(action.data()))
        self.setMenu(menu)

    def follow(self) -> None:
        """Show the style in use."""
        sop = self._session.sop
        if sop is None:
            return
        chosen = getattr(sop.identity.list_styles, self._name)
        shown = look_of(sop, self._session.office).list_style(self._name)
        self.setText(_MARKS[shown])
        self.setEnabled(not self._session.is_read_only)
        for action in self._group.actions():
            action.setChecked(action.data() == chosen)

    def _choose(self, data: str | None) -> None:
        style = ListStyle(data) if data else None

        def edit(sop: Sop) -> Sop:
            styles = dataclasses.replace(sop.identity.list_styles, **{self._name: style})
            identity = dataclasses.replace(sop.identity, list_styles=styles)
            return dataclasses.replace(sop, identity=identity)

        self._session.apply(tr("Marks of the list"), edit)


_MARKS = {
    ListStyle.BULLETS: "•",
    ListStyle.NUMBERS: "1.",
    ListStyle.LETTERS: "a.",
    ListStyle.DASHES: "–",
    ListStyle.PLAIN: "¶",
}


def _style_words() -> dict[ListStyle | None, str]:
    return {
        None: tr("As the office has it"),
        ListStyle.NUMBERS: tr("1. 2. 3."),
        ListStyle.LETTERS: tr("a. b. c."),
        ListStyle.BULLETS: tr("• Bullets"),
        ListStyle.DASHES: tr("– Dashes"),
        ListStyle.PLAIN: tr("No marks"),
    }
