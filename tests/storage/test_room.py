"""A full disk is told from a broken one, also where SQLite does not."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from forked import in_child, needs_fork
from neighbours import left_beside

from sopdesk.storage.room import is_used_up

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def written(path: Path) -> Path:
    path.write_bytes(bytes(50_000))
    return path


def test_a_disk_with_room_is_not_used_up(written: Path) -> None:
    assert not is_used_up(written)
    assert left_beside(written) == []


@pytest.mark.parametrize(
    ("number", "is_full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False)]
)
def test_what_only_a_write_that_reaches_the_disk_tells_is_told(
    written: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_full: bool
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert is_used_up(written) is is_full
    assert left_beside(written) == []


def is_used_up_within(path: Path, most_bytes: int) -> bool:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    return is_used_up(path)


@needs_fork
@pytest.mark.parametrize("most_bytes", [0, 49_000, 51_000])
def test_a_file_that_may_not_grow_finds_no_room(written: Path, most_bytes: int) -> None:
    assert in_child(is_used_up_within, written, most_bytes)
    assert left_beside(written) == []


def test_a_place_that_is_gone_is_not_full(path: Path) -> None:
    assert not is_used_up(path)
    assert left_beside(path) == []
