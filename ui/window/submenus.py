"""Submenus that are not lists of actions: recent files, and the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from sopdesk.foundation.wording import tr
from ui.plain_words import plain_caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sopdesk.foundation.wording import Language
    from ui.settings import Settings

LANGUAGES: tuple[tuple[Language, str], ...] = (("id", "Bahasa Indonesia"), ("en", "English"))


class RecentMenu(QMenu):
    """The recent office files; `file_chosen` carries a path."""

    file_chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(tr("Recent Files"), parent)
        self._settings = settings
        self.renew()

    def renew(self) -> None:
        """List what is recent now."""
        self.clear()
        for number, path in enumerate(self._settings.recent_files, 1):
            choice = self.addAction(f"&{number}  {plain_caption(str(path))}")
            choice.triggered.connect(lambda _checked=False, chosen=path: self._choose(chosen))
        self.setEnabled(not self.isEmpty())

    def _choose(self, path: object) -> None:
        self.file_chosen.emit(path)


class LanguageMenu(QMenu):
    """The languages of the interface; a choice holds from the next start on."""

    language_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(tr("Language"), parent)
        self._settings = settings
        group = QActionGroup(self)
        for language, name in LANGUAGES:
            choice = self.addAction(name)
            choice.setCheckable(True)
            choice.setChecked(language == settings.language)
            choice.setData(language)
            group.addAction(choice)
        group.triggered.connect(lambda choice: self._choose(choice.data()))

    def _choose(self, language: Language) -> None:
        self._settings.language = language
        self.language_chosen.emit(language)
