"""An office file of every version that has been released arrives at today's, with all it holds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from released.make import EARLIER_TITLE, HISTORY, contents_of, file_of

from sopdesk.storage.migrations import MIGRATIONS, VERSION
from sopdesk.storage.office_file import open_file
from sopdesk.storage.verification import verify

if TYPE_CHECKING:
    from pathlib import Path

    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import OfficeFile

VERSIONS = range(1, len(MIGRATIONS) + 1)


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def told(file: OfficeFile, sop: Sop) -> list[tuple[int, str, str, str]]:
    return [
        (found.rev, found.event, found.cause, found.author) for found in file.revisions(sop.uuid)
    ]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def released(version: int, path: Path) -> Path:
    shutil.copyfile(file_of(version), path)
    return path


def test_the_file_is_of_the_version_that_it_is_named_after(version: int, released: Path) -> None:
    assert version_of(released) == version


def test_everything_in_it_arrives(version: int, released: Path) -> None:
    office, (first, *others, deleted) = contents_of(version)

    with open_file(released) as file:
        assert version_of(released) == VERSION
        assert file.office() == replace(office, units=file.office().units)
        assert [stored.sop for stored in file.load_all()] == [first, *others]
        rev = HISTORY[version][0][0]
        assert [file.load(first.uuid).rev, file.load(others[0].uuid).rev] == [rev, 1]
        assert told(file, first) == HISTORY[version]
        assert file.load_revision(first.uuid, 1).identity.title == EARLIER_TITLE
        assert [revision.event for revision in file.revisions(deleted.uuid)] == ["deleted", "added"]
        assert file.load_revision(deleted.uuid, 2) == deleted
        assert file.search("kelengkapan") == [first.uuid]
        assert file.save(first, rev) == rev + 1
        assert file.add(deleted) == 3

    assert verify(released).is_sound


def test_it_can_be_read_where_nothing_may_be_written(version: int, released: Path) -> None:
    before = released.read_bytes()
    with open_file(released, writable=False) as file:
        sops = contents_of(version)[1]
        assert [stored.sop for stored in file.load_all()] == sops[:-1]
        assert told(file, sops[0]) == HISTORY[version]
    assert verify(released).is_sound
    assert released.read_bytes() == before
