"""Noticing that another session has written to an open file, or that the file has gone."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from sopdesk.storage.connecting import uri_of

if TYPE_CHECKING:
    from sopdesk.storage.office_file import OfficeFile

_WAITED_FOR = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Watch:
    """A look at an open file, cheap enough for every two seconds; for one thread.

    It asks over a connection of its own, which waits for nobody: a window may ask. No method raises
    because of the disk.
    """

    def __init__(self, file: OfficeFile) -> None:
        """Begin with the file as it is now."""
        self._path = file.path
        self._connection: sqlite3.Connection | None = None
        self._connections = 0
        self._identity = self._now()
        self._seen = self._state()

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def has_changed(self) -> bool:
        """Say whether the file has been written to since the last time that this was asked.

        This session's own saves count too, and so does a share's coming back: who asks reads the
        list again and compares. Where the file cannot be asked just now, nothing has changed yet.
        """
        state = self._state()
        if state is None or state == self._seen:
            return False
        self._seen = state
        return True

    def is_there(self) -> bool:
        """Say whether a file stands where ours was opened; not when a share or stick is gone."""
        return self._now() is not None

    def is_replaced(self) -> bool:
        """Say whether another file stands there than ours, which takes no saves any more.

        The file must be opened again; until then saves are refused as `file_moved`.
        """
        return self._now() not in (None, self._identity)

    def _now(self) -> tuple[int, int] | None:
        """Return what tells the file at the path from another one; None where there is none."""
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _state(self) -> tuple[object, int, int] | None:
        """Return what differs after each change; None where the file cannot be asked just now."""
        if (identity := self._now()) is None:
            return None
        try:
            version = self._data_version()
        except sqlite3.Error as error:
            # A connection to a share that was gone for a while may stay broken.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _WAITED_FOR:
                self.close()
            return None
        return identity, self._connections, version

    def _data_version(self) -> int:
        """Return SQLite's number of changes by other connections, which one connection counts."""
        if self._connection is None:
            self._connection = sqlite3.connect(
                uri_of(self._path, "ro"), uri=True, isolation_level=None, timeout=0
            )
            self._connections += 1
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        (mode,) = self._connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "wal":  # Of another program; while we are connected nobody can end it.
            self.close()
        return int(version)
