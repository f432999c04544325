"""The day's backup, made before the first change of an open file; no save fails for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.backup_folder import keep_daily

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path


class DailyBackup:
    """Whether an open file has had its backup today.

    `fault` says why the last one that was wanted could not be made; None where all went well.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is done before `make`."""
        self.fault: UserError | None = None
        self._path = path
        self._made_on: date | None = None

    def make(self, connection: sqlite3.Connection) -> None:
        """Make the day's backup, unless this session or another has made one today.

        One that could not be made is tried again at the next change. The caller holds the savelock
        and has no transaction open.
        """
        today = datetime.now(UTC).astimezone().date()
        if self._made_on == today:
            return
        try:
            keep_daily(connection, self._path)
        except UserError as fault:
            self.fault = fault
        else:
            self._made_on, self.fault = today, None
