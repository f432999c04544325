"""The strip that keeps what was typed into a step and could not be read when others removed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton

from sopdesk.foundation.wording import tr
from ui import theme
from ui.editor.table.columns import column_title
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session import Session


class StrandedStrip(QFrame):
    """Tells whose change it was and shows the texts until the clerk lets them go."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("stranded")
        self._session = session
        self._words = PlainLabel()
        self._words.setObjectName("stranded_words")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for name, said, call in (
            ("stranded_copy", tr("Copy the Text"), self._copy),
            ("stranded_close", tr("Close"), self._let_go),
        ):
            button = _button(name, said, call)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        session.sop_changed.connect(self._follow)
        self._follow()

    def _follow(self, _sop: object = None) -> None:
        work = self._session.work
        stranded = work.stranded if work is not None else ()
        self.setVisible(bool(stranded))
        if work is None or not stranded:
            return
        look, by = theme.colors(), work.loaded.by if work.loaded is not None else ""
        self.setStyleSheet(
            f"#stranded {{ background: {look.panel}; border: none;"
            f" border-left: 4px solid {look.warning}; border-bottom: 1px solid {look.border}; }}"
        )
        happened = tr(
            "{who} removed a step into which you had typed this. It could not be read yet and is "
            "not saved; copy it if you still need it.",
            who=by or tr("Another user"),
        )
        told = (f"{column_title(one.column)}: {one.text}" for one in stranded)
        self._words.setText("\n".join((happened, *told)))

    def _copy(self) -> None:
        work = self._session.work
        if work is not None:
            QApplication.clipboard().setText("\n".join(one.text for one in work.stranded))

    def _let_go(self) -> None:
        work = self._session.work
        if work is not None:
            kept = [one for one in work.unread if one not in work.stranded]
            self._session.keep_unread(tr("Let text go"), kept)


def _button(name: str, said: str, call: Callable[[], None]) -> QPushButton:
    button = QPushButton(said)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(call)
    return button
