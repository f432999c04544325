"""The strip above the editor: what another has done to this SOP, or what is wrong with the file.

It waits to be answered and stops nobody from going on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton

from sopdesk.foundation.wording import tr, word_fault
from ui import theme
from ui.foreign_words import what_happened
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from sopdesk.foundation.faults import UserError
    from ui.session import Session
    from ui.works import Foreign

_AWAY = ("file_missing", "file_moved", "file_unreadable", "file_disturbed")


class Banner(QFrame):
    """One sentence and what can be done about it; hidden while there is nothing to tell."""

    compare_asked = Signal(str)
    """The clerk wants to see both versions of the SOP of this uuid."""
    rescue_asked = Signal()
    """The clerk wants what is sound of a damaged file in a new one."""
    backups_asked = Signal()
    """The clerk wants to see the backups of a damaged file."""
    elsewhere_asked = Signal()
    """The clerk wants the unsaved work in a new file, since another office's stands there now."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._session = session
        self._later: Foreign | None = None
        self._words = PlainLabel()
        self._words.setObjectName("banner_words")
        self._words.setWordWrap(True)
        self._compare = _button("banner_compare", tr("Compare"), self._on_compare_clicked)
        self._put_back = _button("banner_put_back", tr("Put It Back"), self._on_put_back_clicked)
        self._close = _button("banner_close", tr("Close This SOP"), self._on_close_clicked)
        self._not_now = _button("banner_later", tr("Later"), self._on_later_clicked)
        self._rescue = _button(
            "banner_rescue", tr("Save as a New Office File…"), self.rescue_asked.emit
        )
        self._backups = _button("banner_backups", tr("Backups…"), self.backups_asked.emit)
        self._elsewhere = _button(
            "banner_elsewhere", tr("Save My Work as a New Office File…"), self.elsewhere_asked.emit
        )
        self._buttons = (
            self._compare, self._put_back, self._close, self._not_now, self._rescue,
            self._backups, self._elsewhere,
        )  # fmt: skip
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(14, 7, 10, 7)
        self._box.setSpacing(8)
        self._box.addWidget(self._words, 1)
        self._row = QHBoxLayout()
        self._row.addStretch()
        for button in self._buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.addLayout(self._row)
        for signal in (
            session.sop_changed,
            session.saved_changed,
            session.sharing.foreign_changed,
            session.sharing.reach_changed,
            session.soundness.changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is to be told now."""
        work, fault = self._session.work, self._session.sharing.fault
        foreign = work.foreign if work is not None else None
        file, damage = self._session.file, self._session.soundness.fault
        if fault is not None and (damage is None or fault.code != damage.code):
            is_another = fault.code == "file_another" and self._session.unsaved_sops
            self._show(_words_of_fault(fault), *([self._elsewhere] if is_another else []))
        elif file is not None and file.stand_in is not None:
            self._show(_words_of_rescued(file.path.name), self._rescue)
        elif file is not None and damage is not None:
            self._show(_words_of_damage(file.path.name), self._rescue, self._backups)
        elif foreign is None or foreign is self._later:
            self.hide()
        elif foreign.sop is None:
            self._show(_words_of(foreign, self._session), self._put_back, self._close)
        else:
            self._show(_words_of(foreign, self._session), self._compare, self._not_now)

    def _show(self, words: str, *buttons: QPushButton) -> None:
        look = theme.colors()
        self.setStyleSheet(
            f"#banner {{ background: {look.panel}; border: none;"
            f" border-left: 4px solid {look.warning}; border-bottom: 1px solid {look.border}; }}"
        )
        self._words.setText(words)
        for button in self._buttons:
            button.setVisible(button in buttons)
        self._arrange()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where they would squeeze them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < 2 * self._row.sizeHint().width()
        way = QBoxLayout.Direction
        self._box.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def _uuid(self) -> str:
        return self._session.sop.uuid if self._session.sop is not None else ""

    def _on_compare_clicked(self) -> None:
        self.compare_asked.emit(self._uuid())

    def _on_put_back_clicked(self) -> None:
        self._session.put_back(self._uuid())

    def _on_close_clicked(self) -> None:
        self._session.give_up(self._uuid())

    def _on_later_clicked(self) -> None:
        work = self._session.work
        self._later = work.foreign if work is not None else None
        self.refresh()


def _words_of(foreign: Foreign, session: Session) -> str:
    happened = what_happened(foreign)
    is_unsaved = session.sop is not None and session.is_unsaved(session.sop.uuid)
    if is_unsaved:
        return f"{happened} {tr('Your changes are not saved yet; they are safe here.')}"
    if foreign.sop is None:
        return f"{happened} {tr('You still see it as it was.')}"
    return happened


def _words_of_rescued(name: str) -> str:
    return tr(
        "“{name}” is damaged; here is what is sound in it. Save it as a new office file to go on "
        "working.",
        name=name,
    )


def _words_of_damage(name: str) -> str:
    return tr(
        "“{name}” is damaged in part. What is open here stays open, but a save may fail. Save what "
        "is sound as a new office file, or restore a backup.",
        name=name,
    )


def _words_of_fault(fault: UserError) -> str:
    if fault.code == "program_fault":
        return tr(
            "What colleagues save does not show here at present: SOPDesk itself went wrong while "
            "looking. Your work is safe; open the file anew to see theirs."
        )
    if fault.code in _AWAY:
        return tr(
            "The office file cannot be reached. Your work stays open here; SOPDesk goes on trying."
        )
    return word_fault(fault)


def _button(name: str, words: str, call: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(call)
    return button
