"""What comes from elsewhere comes in once and overwrites nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.form import sha256
from sopdesk.document.values import Identity, Procedure, Sop, Status, Step

if TYPE_CHECKING:
    from sopdesk.storage.office_file import OfficeFile

MAIL = Sop(identity=Identity(title="Surat masuk"))
LEAVE = Sop(identity=Identity(title="Cuti"))


def titles(file: OfficeFile) -> list[str]:
    return [entry.title for entry in file.entries()]


def test_new_sops_come_in_at_the_end_in_their_order(file: OfficeFile) -> None:
    file.add(Sop(identity=Identity(title="Ada")))

    report = file.add_new([MAIL, LEAVE])

    assert report.added == (MAIL, LEAVE)
    assert (report.beside, report.skipped) == ((), ())
    assert titles(file) == ["Ada", "Surat masuk", "Cuti"]


def test_equal_sops_are_skipped(file: OfficeFile) -> None:
    file.add_new([MAIL, LEAVE])

    report = file.add_new([LEAVE, MAIL])

    assert report.skipped == (LEAVE, MAIL)
    assert report.added == ()
    assert titles(file) == ["Surat masuk", "Cuti"]


def test_a_different_sop_with_a_known_uuid_comes_in_beside_the_other(file: OfficeFile) -> None:
    file.add(MAIL)
    theirs = replace(MAIL, status=Status.FINAL)

    report = file.add_new([theirs])

    (came,) = report.added
    assert report.beside == (came,)
    assert came == replace(theirs, uuid=came.uuid, origin=MAIL.uuid)
    assert came.uuid != MAIL.uuid
    assert [stored.sop for stored in file.load_all()] == [MAIL, came]


def test_what_came_in_beside_another_does_not_come_in_again(file: OfficeFile) -> None:
    file.add(MAIL)
    theirs = replace(MAIL, status=Status.FINAL)
    file.add_new([theirs])

    report = file.add_new([theirs])

    assert report.skipped == (theirs,)
    assert len(file.entries()) == 2

    assert len(file.add_new([replace(MAIL, status=Status.REVIEW)]).beside) == 1
    assert len(file.entries()) == 3


def test_one_source_with_the_same_uuid_twice_keeps_both(file: OfficeFile) -> None:
    theirs = replace(MAIL, status=Status.FINAL)

    report = file.add_new([MAIL, theirs, MAIL, theirs])

    assert len(report.added) == 2
    assert report.skipped == (MAIL, theirs)
    assert {sha256(stored.sop) for stored in file.load_all()} == {sha256(MAIL), sha256(theirs)}


def test_a_deleted_sop_comes_back_under_its_uuid(file: OfficeFile) -> None:
    file.add(MAIL)
    file.delete(MAIL.uuid)

    assert file.add_new([MAIL]).added == (MAIL,)
    assert file.load(MAIL.uuid).rev == 3


def test_when_one_cannot_come_in_none_does(file: OfficeFile) -> None:
    step_twice = Procedure(steps=(Step(id="s"), Step(id="s")))

    with pytest.raises(Exception, match="UNIQUE"):
        file.add_new([MAIL, replace(LEAVE, procedures=(step_twice,))])

    assert file.entries() == []


def test_nothing_comes_in_from_an_empty_source(file: OfficeFile) -> None:
    assert file.add_new([]).added == ()
    assert file.entries() == []
