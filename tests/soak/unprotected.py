"""Protections taken away, one at a time: what a control does without."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sopdesk.storage import changing, office_file, opened, opening
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest
    from sqlite_utils import Database


def without_savelock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let several save at once, as far as SQLite's own locks let them."""

    @contextmanager
    def held(path: Path) -> Iterator[Callable[[], bool]]:
        yield lambda: True

    for module in (changing, opened, opening):
        monkeypatch.setattr(module.savelock, "held", held)


def without_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is saved go into the file as it comes: what is cut off is not rolled back."""
    _change_database(monkeypatch, _drop_journal)


def _drop_journal(database: Database) -> None:
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA cache_size = 1")


def with_synchronous(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    """Let a save wait less for the disk."""
    _change_database(monkeypatch, lambda database: database.execute(f"PRAGMA synchronous={level}"))


def without_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a save begin without having the file for itself, and not wait for it either."""
    without_savelock(monkeypatch)
    _change_database(monkeypatch, _defer)


def _defer(database: Database) -> None:
    execute = database.execute
    database.execute = lambda sql, *more: execute(sql.replace(" IMMEDIATE", ""), *more)


def without_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe in damage at the first look."""

    def open_at_once(path: Path, *, for_writing: bool) -> Opened:
        return opening._open(path, for_writing, False)

    monkeypatch.setattr(Opened, "read", Opened.ask)
    monkeypatch.setattr(office_file, "open_guarded", open_at_once)


def without_schema_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file have in its schema what it likes."""
    for module in (opened, opening):
        monkeypatch.setattr(module, "check_schema", lambda connection, path: VERSION)


def _change_database(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]) -> None:
    """Change each connection that writes, when it has been set up for a save."""
    database = Opened.database

    def changed(self: Opened) -> Database:
        found = database(self)
        change(found)
        return found

    monkeypatch.setattr(Opened, "database", changed)
