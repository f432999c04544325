"""An open file stays that of its office, whatever is put in its place."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.edits import new_sop
from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import OfficeFile, create

if TYPE_CHECKING:
    from pathlib import Path


def put_in_place_of(file: OfficeFile, *titles: str) -> None:
    """Put a new file with these SOPs in the place of an open one."""
    other = file.path.with_name("other.db")
    with create(other) as made:
        for title in titles:
            made.add(new_sop(title))
    other.replace(file.path)


@pytest.fixture
def ours(file: OfficeFile) -> OfficeFile:
    file.add(new_sop("Surat Masuk"))
    file.entries()
    return file


def test_the_file_of_another_office_is_not_taken_for_ours(ours: OfficeFile) -> None:
    put_in_place_of(ours, "Pelayanan Lain")

    with pytest.raises(UserError, match="file_another"):
        ours.again()


def test_what_was_deleted_in_our_file_is_still_known_to_it(ours: OfficeFile) -> None:
    (entry,) = ours.entries()
    with ours.again() as colleague:
        colleague.delete(entry.uuid)
        colleague.add(new_sop("Surat Keluar"))

    with ours.again() as again:
        assert [entry.title for entry in again.entries()] == ["Surat Keluar"]
    assert [entry.title for entry in ours.entries()] == ["Surat Keluar"]


def test_an_early_state_of_our_file_may_be_empty(ours: OfficeFile) -> None:
    put_in_place_of(ours)

    with ours.again() as again:
        assert again.entries() == []


def test_nothing_is_written_into_what_was_copied_over_ours(
    ours: OfficeFile, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with create(other) as made:
        made.add(new_sop("Pelayanan Lain"))
    shutil.copyfile(other, ours.path)

    with pytest.raises(UserError, match="file_another"):
        ours.add(new_sop("Surat Masuk Lagi"))

    assert ours.path.read_bytes() == other.read_bytes()
