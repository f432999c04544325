"""Files that are either whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from sopdesk.foundation.atomic import ABANDONED_S, replacing
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_target_is_replaced_when_the_block_ends_well(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("before")
    with replacing(target) as temporary:
        temporary.write_text("after")
        assert target.read_text() == "before"
    assert (names(tmp_path), target.read_text()) == (["a.pdf"], "after")


def test_whatever_the_block_raises_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("before")

    def fail() -> None:
        with replacing(target) as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (names(tmp_path), target.read_text()) == (["a.pdf"], "before")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "full"), "disk_full"),
        (OSError(errno.EFBIG, "too big"), "disk_full"),
        (OSError(errno.EIO, "broken"), "target_unwritable"),
    ],
)
def test_a_fault_of_the_disk_is_named(tmp_path: Path, error: OSError, code: str) -> None:
    with pytest.raises(UserError, match=code), replacing(tmp_path / "a.pdf"):
        raise error
    assert names(tmp_path) == []


def test_a_missing_folder_and_a_folder_as_target_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="target_folder_missing"), replacing(tmp_path / "x" / "a"):
        pass
    with pytest.raises(UserError, match="target_unwritable"), replacing(tmp_path):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_only_a_file_is_ever_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="target_unwritable"), replacing(pipe) as temporary:
        temporary.write_text("after")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["pipe.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="not every user of Windows may make links")
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link, real = tmp_path / "a.pdf", tmp_path / "there" / "b.pdf"
    link.symlink_to(real)
    with replacing(link) as temporary:
        temporary.write_text("after")
    assert (link.is_symlink(), real.read_text()) == (True, "after")


@pytest.mark.skipif(os.name == "nt", reason="not every user of Windows may make links")
@pytest.mark.parametrize("name", ["loop.pdf", f"{'x' * 300}.pdf", "a\0b.pdf"])
def test_a_name_that_leads_nowhere_is_no_target(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop.pdf").symlink_to("loop.pdf")
    with pytest.raises(UserError, match="target_unwritable"), replacing(tmp_path / name):
        pass
    assert names(tmp_path) == ["loop.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("before")
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("after")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_what_a_killed_process_left_is_cleared_away_but_not_what_another_is_writing(
    tmp_path: Path,
) -> None:
    old, fresh, foreign = (
        tmp_path / name for name in (".a-abcd1234.pdf", ".a-efgh5678.pdf", ".a-mine.pdf")
    )
    for path in (old, fresh, foreign):
        path.write_text("half")
    hours_ago = time.time() - 2 * ABANDONED_S
    os.utime(old, (hours_ago, hours_ago))
    os.utime(foreign, (hours_ago, hours_ago))
    with replacing(tmp_path / "a.pdf") as temporary:
        temporary.write_text("whole")
    assert names(tmp_path) == [".a-efgh5678.pdf", ".a-mine.pdf", "a.pdf"]
