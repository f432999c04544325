"""What the window remembers between two starts, declared in one place with types and defaults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QSettings

from sopdesk.foundation.person import login_name

if TYPE_CHECKING:
    from sopdesk.foundation.wording import Language

MOST_RECENT = 8


class Settings:
    """This user's choices on this computer, in an INI file of the system's folder for it."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "SOPDesk", "SOPDesk"
        )

    @property
    def language(self) -> Language:
        """The language of the interface at the next start; Indonesian by default."""
        return "en" if self._store.value("language") == "en" else "id"

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language)

    @property
    def user_name(self) -> str:
        """Who colleagues on the same file are told that this is: the system's user by default."""
        return self.chosen_name or login_name()

    @user_name.setter
    def user_name(self, name: str) -> None:
        self._store.setValue("user_name", name)

    @property
    def chosen_name(self) -> str:
        """The name that the clerk has given, `""` for none."""
        stored = self._store.value("user_name")
        return stored.strip() if isinstance(stored, str) else ""

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The office files opened last, newest first."""
        stored = self._store.value("recent_files")
        paths = [stored] if isinstance(stored, str) else stored
        if not isinstance(paths, list):
            return ()
        return tuple(Path(path) for path in paths if isinstance(path, str) and path)

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones, and reopen it at the next start."""
        path = path.absolute()
        others = [other for other in self.recent_files if other != path]
        self._keep_recent([path, *others][:MOST_RECENT])
        self.last_file = path

    def forget_file(self, path: Path) -> None:
        """Take a file from the recent ones."""
        self._keep_recent([other for other in self.recent_files if other != path])
        if self.last_file == path:
            self.last_file = None

    def _keep_recent(self, paths: list[Path]) -> None:
        self._store.setValue("recent_files", [str(path) for path in paths])

    @property
    def last_file(self) -> Path | None:
        """The file that was open at the end, None where it was closed."""
        return self._path("last_file")

    @last_file.setter
    def last_file(self, path: Path | None) -> None:
        self._store.setValue("last_file", str(path) if path is not None else "")

    @property
    def last_sop(self) -> str:
        """The uuid of the SOP that was looked at last."""
        stored = self._store.value("last_sop")
        return stored if isinstance(stored, str) else ""

    @last_sop.setter
    def last_sop(self, uuid: str) -> None:
        self._store.setValue("last_sop", uuid)

    @property
    def output_folder(self) -> Path | None:
        """Where the last PDF or recap went."""
        return self._path("output_folder")

    @output_folder.setter
    def output_folder(self, folder: Path) -> None:
        self._store.setValue("output_folder", str(folder))

    @property
    def canvas_zoom(self) -> float | Literal["width", "page"]:
        """The canvas' magnification, or what it follows: the width by default."""
        stored = self._store.value("canvas_zoom")
        if stored == "page":
            return "page"
        try:
            return float(str(stored))
        except ValueError:
            return "width"

    @canvas_zoom.setter
    def canvas_zoom(self, zoom: float | Literal["width", "page"]) -> None:
        self._store.setValue("canvas_zoom", str(zoom))

    def layout(self, name: str) -> QByteArray:
        """Return a window's geometry or a splitter's state, empty where none was kept."""
        stored = self._store.value(f"layout/{name}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Keep a window's geometry or a splitter's state."""
        self._store.setValue(f"layout/{name}", state)

    def is_shown(self, panel: str, default: bool) -> bool:
        """Return whether a panel was shown."""
        stored = self._store.value(f"shown/{panel}")
        return stored == "true" or stored is True if stored is not None else default

    def keep_shown(self, panel: str, shown: bool) -> None:
        """Keep whether a panel is shown."""
        self._store.setValue(f"shown/{panel}", shown)

    def _path(self, key: str) -> Path | None:
        stored = self._store.value(key)
        return Path(stored) if isinstance(stored, str) and stored else None
