"""A draft is as it was kept, or set aside and told; nobody gets the work of a running session."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from forked import Child, in_child, needs_fork
from hypothesis import given
from strategies import sops

from sopdesk.document.unread import Unread
from sopdesk.document.values import Identity, Procedure, Sop, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage import drafts as drafts_module
from sopdesk.storage.drafts import Draft, Drafts

BASE = Sop(identity=Identity(title="Cuti"), origin="a5d4f1f3-0000-4000-8000-000000000001")
WORK = replace(BASE, procedures=(Procedure(steps=(Step(activity="Menerima *surat*\nlalu"),)),))
NOW = datetime(2026, 11, 22, 2, 14, 5, 123456, tzinfo=UTC)
DRAFT = Draft(Path("/kantor/sop.db").absolute(), BASE.uuid, 7, BASE, WORK, NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "salinan"


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_draft_comes_back_as_it_was_kept(folder: Path) -> None:
    new = replace(DRAFT, uuid=(sop := Sop()).uuid, rev=0, base=None, sop=sop)
    kept = Drafts(folder)
    kept.keep(DRAFT)
    kept.keep(replace(new, kept_at=NOW + timedelta(seconds=1)))

    assert Drafts(folder).of(DRAFT.path) == (
        replace(new, kept_at=NOW + timedelta(seconds=1)),
        DRAFT,
    )
    assert Drafts(folder).of(DRAFT.path.with_name("lain.db")) == ()


def test_unread_text_stands_beside_the_value(folder: Path) -> None:
    red = Unread(0, WORK.procedures[0].steps[0].id, "next", "Ya: 99\n“besok”")
    draft = replace(DRAFT, sop=BASE, unread=(red,))
    Drafts(folder).keep(draft)
    assert Drafts(folder).of(DRAFT.path) == (draft,)
    assert not draft.has_work
    assert DRAFT.has_work
    assert replace(draft, base=None).has_work


def test_a_draft_of_an_older_version_has_no_unread_text(folder: Path) -> None:
    Drafts(folder).keep(DRAFT)
    (place,) = files(folder)
    facts = json.loads(place.read_bytes().split(b"\n")[1])
    del facts["unread"]
    text = json.dumps(facts).encode()
    place.write_bytes(b"%s\n%s\n" % (hashlib.sha256(text).hexdigest().encode(), text))
    assert Drafts(folder).of(DRAFT.path) == (DRAFT,)


@given(sops())
def test_any_sop_comes_back(tmp_path_factory: pytest.TempPathFactory, sop: Sop) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("salinan"))
    drafts.keep(replace(DRAFT, uuid=sop.uuid, base=sop, sop=sop))
    (found,) = drafts.of(DRAFT.path)
    assert (found.base, found.sop) == (sop, sop)


def test_the_drafts_of_all_files_are_found_also_of_one_that_is_gone(folder: Path) -> None:
    later = replace(DRAFT, path=DRAFT.path.with_name("lain.db"), kept_at=NOW + timedelta(1))
    drafts = Drafts(folder)
    assert drafts.all() == ()
    for draft in (DRAFT, later):
        drafts.keep(draft)
    assert Drafts(folder).all() == (later, DRAFT)

    offering = Drafts(folder)
    for draft in offering.all():
        offering.drop(draft.path, draft.uuid)
    assert files(folder) == []


def test_the_last_draft_of_an_sop_replaces_the_one_before(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    later = replace(DRAFT, sop=BASE, kept_at=NOW + timedelta(seconds=2))
    drafts.keep(later)
    assert drafts.of(DRAFT.path) == (later,)
    assert len(files(folder)) == 1


def test_a_draft_goes_when_the_work_is_saved(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    drafts.drop(DRAFT.path, DRAFT.uuid)
    drafts.drop(DRAFT.path, DRAFT.uuid)
    assert drafts.of(DRAFT.path) == ()
    assert files(folder) == []


def test_what_a_crash_left_goes_when_it_has_been_offered_and_dropped(folder: Path) -> None:
    Drafts(folder).keep(DRAFT)
    drafts = Drafts(folder)
    drafts.drop(DRAFT.path, DRAFT.uuid)
    assert drafts.of(DRAFT.path) == (DRAFT,), "it was never offered"

    drafts.keep(replace(DRAFT, kept_at=NOW + timedelta(hours=1)))
    drafts.drop(DRAFT.path, DRAFT.uuid)

    assert files(folder) == []


def test_of_two_crashed_sessions_the_older_work_is_offered_after_the_newer(folder: Path) -> None:
    older = replace(DRAFT, sop=BASE, kept_at=NOW - timedelta(hours=1))
    for draft in (DRAFT, older):
        Drafts(folder).keep(draft)
    drafts = Drafts(folder)
    assert drafts.of(DRAFT.path) == (DRAFT,)
    drafts.drop(DRAFT.path, DRAFT.uuid)
    assert drafts.of(DRAFT.path) == (older,)


def test_a_damaged_draft_is_set_aside_and_told_and_the_others_come(folder: Path) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    (place,) = files(folder)
    content = place.read_bytes()
    drafts.keep(replace(DRAFT, uuid=(sop := Sop()).uuid, sop=sop, base=None))
    told: list[UserError] = []
    for damaged in (content.replace(b"surat", b"sarat"), content[:-20], b"", content + b"x"):
        place.write_bytes(damaged)

        found = drafts.of(DRAFT.path, told.append)

        assert [draft.sop for draft in found] == [sop]
        aside = Path(str(told.pop().facts["path"]))
        assert aside.read_bytes() == damaged
        assert drafts.of(DRAFT.path, told.append) == found
        assert told == []


@pytest.mark.parametrize(
    "facts", [b"[" * 99_999, b'{"base": null, "uuid": "a", "path": "x", "rev": 1e999}']
)
def test_one_that_another_program_has_sealed_is_damaged_too(folder: Path, facts: bytes) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    (place,) = files(folder)
    place.write_bytes(hashlib.sha256(facts).hexdigest().encode() + b"\n" + facts + b"\n")
    told: list[UserError] = []

    assert drafts.of(DRAFT.path, told.append) == ()
    assert [fault.code for fault in told] == ["draft_damaged"]


def test_one_that_is_larger_than_any_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    (place,) = files(folder)
    monkeypatch.setattr(drafts_module, "_LARGEST", place.stat().st_size - 1)
    told: list[UserError] = []

    assert drafts.of(DRAFT.path, told.append) == ()
    assert [fault.code for fault in told] == ["draft_damaged"]


def test_work_that_could_not_be_read_again_is_refused_and_the_draft_before_stays(
    folder: Path,
) -> None:
    drafts = Drafts(folder)
    drafts.keep(DRAFT)
    long = replace(WORK, identity=Identity(title="x" * 40_000))
    with pytest.raises(UserError, match="sop_too_much"):
        drafts.keep(replace(DRAFT, sop=long))
    assert drafts.of(DRAFT.path) == (DRAFT,)


def test_a_folder_that_takes_nothing_is_told(folder: Path) -> None:
    folder.write_text("a file in its place")
    with pytest.raises(UserError, match="target_unwritable"):
        Drafts(folder).keep(DRAFT)
    assert Drafts(folder).of(DRAFT.path) == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_may_read_a_draft(folder: Path) -> None:
    Drafts(folder).keep(DRAFT)
    (place,) = files(folder)
    assert place.parent.stat().st_mode & 0o077 == 0


@needs_fork
def test_the_work_of_a_session_that_runs_is_offered_only_after_it_has_ended(folder: Path) -> None:
    reading, writing = os.pipe()
    child = Child(keep_and_wait, folder, writing)
    os.read(reading, 1)

    assert Drafts(folder).of(DRAFT.path) == ()
    child.kill()
    assert Drafts(folder).of(DRAFT.path) == (DRAFT,)


def keep_and_wait(folder: Path, writing: int) -> None:
    Drafts(folder).keep(DRAFT)
    os.write(writing, b"!")
    signal.pause()


@needs_fork
def test_the_work_of_a_process_that_has_ended_is_offered(folder: Path) -> None:
    in_child(Drafts(folder).keep, DRAFT)
    assert Drafts(folder).of(DRAFT.path) == (DRAFT,)
