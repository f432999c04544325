"""SQLite's errors come out as one plain sentence, or as the bug that they are."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import use_language, word_fault
from sopdesk.storage import verdicts
from sopdesk.storage.verdicts import worded

PATH = Path("kantor.db")


def meet(code: int) -> UserError:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    with pytest.raises(UserError) as caught, worded(PATH):
        raise error
    return caught.value


@pytest.mark.parametrize("code", [*verdicts._CODES, *verdicts._EXTENDED])
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_has_its_sentence(code: int, language: str) -> None:
    use_language(language)

    sentence = word_fault(meet(code))

    assert str(PATH) in sentence
    assert not sentence.startswith("fault.")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "file_locked"),
        (sqlite3.SQLITE_IOERR_WRITE, "file_disturbed"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "file_unreadable"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "file_read_only"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "file_moved"),
    ],
)
def test_an_extended_code_means_what_its_kind_means_unless_it_says_more(
    code: int, fault: str
) -> None:
    assert meet(code).code == fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [(errno.EIO, "file_disturbed"), (errno.ENOENT, "file_disturbed"), (errno.EDQUOT, "disk_full")],
)
def test_a_share_that_does_not_answer_is_disturbed(number: int, fault: str) -> None:
    with pytest.raises(UserError, match=fault), worded(PATH):
        raise OSError(number, "no answer")


@pytest.mark.parametrize("error", [sqlite3.IntegrityError("UNIQUE"), sqlite3.ProgrammingError("x")])
def test_what_is_no_fault_of_the_file_passes_through(error: sqlite3.Error) -> None:
    with pytest.raises(type(error)), worded(PATH):
        raise error
