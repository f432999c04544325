"""What lies beside a file is looked at before SQLite obeys it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Identity, Sop
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import use_language, word_fault
from sopdesk.storage.journal import COMPANIONS, JOURNAL, beside
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.rescuing import rescue
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopdesk.storage.office_file import OfficeFile

LETTER = b"a letter of the clerk's"
SOP = Sop(identity=Identity(title="Surat masuk"))


def removing_journal(folder: Path, removed: Path) -> bytes:
    """Return the journal of a save that was cut off, with a file named at its end for removal."""
    path = folder / "sumber.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t AS SELECT hex(zeroblob(40000)) AS x")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE t SET x = 'a' || x")
        half = beside(path, JOURNAL).read_bytes()
        connection.execute("ROLLBACK")
    path.unlink()
    name = str(removed).encode()
    numbers = (0, len(name), sum(name))
    lock_page, length, check = (number.to_bytes(4, "big") for number in numbers)
    return b"".join((half, lock_page, name, length, check, bytes.fromhex("d9d505f920a163d7")))


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file that has nothing to do with any office file."""
    folder = tmp_path / "pribadi"
    folder.mkdir()
    letter = folder / "surat.docx"
    letter.write_bytes(LETTER)
    return letter


def save(file: OfficeFile) -> None:
    file.add(SOP)


WAYS: list[Callable[[Path], object]] = [
    lambda path: open_file(path),
    lambda path: open_file(path, writable=False),
    verify,
    lambda path: rescue(path, path.with_name("baru.db")),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_journal_that_removes_a_file_is_not_obeyed(
    path: Path, letter: Path, way: Callable[[Path], object], is_damaged: bool
) -> None:
    create(path).close()
    if is_damaged:
        path.write_bytes(path.read_bytes()[:4096] + bytes(4096) + path.read_bytes()[8192:])
    beside(path, JOURNAL).write_bytes(removing_journal(letter.parent, letter))

    with pytest.raises(UserError, match="file_beside_foreign") as caught:
        way(path)

    assert letter.read_bytes() == LETTER
    assert caught.value.facts == {"path": str(path), "beside": f"{path.name}-journal"}
    for language in ("id", "en"):
        use_language(language)
        assert f"{path.name}-journal" in word_fault(caught.value)


def test_a_journal_that_comes_while_the_file_is_open_is_not_obeyed_either(
    file: OfficeFile, letter: Path
) -> None:
    file.add(SOP)
    beside(file.path, JOURNAL).write_bytes(removing_journal(letter.parent, letter))

    with pytest.raises(UserError):
        file.entries()
    with pytest.raises(UserError, match="file_beside_foreign"):
        file.add(SOP)

    assert letter.read_bytes() == LETTER


def test_sqlite_itself_would_obey(path: Path, letter: Path) -> None:
    create(path).close()
    beside(path, JOURNAL).write_bytes(removing_journal(letter.parent, letter))

    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.Error):
        connection.execute("SELECT * FROM sops")

    assert not letter.exists()


@pytest.mark.parametrize("ending", COMPANIONS)
def test_no_file_is_made_beside_what_was_left_of_another(
    path: Path, empty_file: Path, ending: str
) -> None:
    left = beside(path, ending)
    left.write_bytes(b"half a save")

    with pytest.raises(UserError, match="file_beside_taken"):
        create(path)
    with pytest.raises(UserError, match="file_beside_taken"):
        rescue(shutil.copyfile(empty_file, path.with_name("lain.db")), path)

    assert not path.exists()
    assert left.read_bytes() == b"half a save"
