"""Every save stays whole in the history, thinned as it ages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopdesk.document.values import Identity, Sop
from sopdesk.foundation.faults import UserError
from sopdesk.storage import revisions
from sopdesk.storage.revisions import KEPT_NEWEST, kept

if TYPE_CHECKING:
    from sopdesk.storage.office_file import OfficeFile

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def titled(title: str) -> Sop:
    return Sop(uuid="00000000-0000-4000-8000-000000000001", identity=Identity(title=title))


def test_each_save_is_listed_and_can_be_had_again(file: OfficeFile) -> None:
    for number, title in enumerate(("satu", "dua", "tiga")):
        if number:
            file.save(titled(title), number)
        else:
            file.add(titled(title))

    listed = file.revisions(titled("").uuid)

    assert [(found.rev, found.event, found.title) for found in listed] == [
        (3, "saved", "tiga"), (2, "saved", "dua"), (1, "added", "satu"),
    ]  # fmt: skip
    assert all(found.saved_at.tzinfo is not None for found in listed)
    assert file.load_revision(titled("").uuid, 2) == titled("dua")


def test_what_lost_against_anothers_version_can_be_found_again(file: OfficeFile) -> None:
    file.add(titled("satu"))
    file.save(titled("milik rekan"), 1)

    rev = file.save(titled("gabungan"), 2, [titled("milik saya")])

    listed = [(found.rev, found.title) for found in file.revisions(titled("").uuid)]
    assert listed == [(4, "gabungan"), (3, "milik saya"), (2, "milik rekan"), (1, "satu")]
    assert rev == 4
    assert file.load(titled("").uuid).sop == titled("gabungan")


def test_nothing_is_set_aside_where_another_was_faster(file: OfficeFile) -> None:
    file.add(titled("satu"))
    file.save(titled("milik rekan"), 1)

    with pytest.raises(UserError, match="save_conflict"):
        file.save(titled("gabungan"), 1, [titled("milik saya")])

    assert [found.rev for found in file.revisions(titled("").uuid)] == [2, 1]


def test_the_history_outlives_the_sop(file: OfficeFile) -> None:
    sop = replace(titled("satu"), origin="00000000-0000-4000-8000-000000000002")
    file.add(sop)

    file.delete(sop.uuid)

    assert [found.event for found in file.revisions(sop.uuid)] == ["deleted", "added"]
    assert file.load_revision(sop.uuid, 2) == sop


def test_a_revision_that_is_not_kept_says_so(file: OfficeFile) -> None:
    with pytest.raises(UserError, match="revision_missing"):
        file.load_revision(titled("").uuid, 1)


@pytest.mark.parametrize(
    "change", ["sha256 = 'x'", "value = x'00'", "value = substr(value, 1, 20)", "value = 'text'"]
)
def test_a_damaged_revision_is_not_shown(file: OfficeFile, change: str) -> None:
    file.add(titled("satu"))
    file._opened.database().execute(f"UPDATE revisions SET {change}")

    with pytest.raises(UserError, match="revision_damaged"):
        file.load_revision(titled("").uuid, 1)


def test_a_packed_value_never_unpacks_without_bounds(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(titled("panjang " * 1000))
    monkeypatch.setattr(revisions, "_LARGEST_VALUE", 1000)

    with pytest.raises(UserError, match="revision_damaged"):
        file.load_revision(titled("").uuid, 1)


def test_the_newest_stay_then_one_a_day_then_one_a_month() -> None:
    times = [NOW - timedelta(hours=hours) for hours in range(0, 24 * 200, 6)]
    saves = [(len(times) - index, time, False) for index, time in enumerate(times)]

    stay = kept(saves, NOW)

    times_kept = [time for rev, time, _ in saves if rev in stay]
    assert times_kept[:KEPT_NEWEST] == times[:KEPT_NEWEST]
    days = [time for time in times_kept[KEPT_NEWEST:] if NOW - time <= revisions.KEPT_DAYS]
    assert len({time.date() for time in days}) == len(days) == 85
    assert all(time.hour == 18 for time in days)
    old = [time for time in times_kept if NOW - time > revisions.KEPT_DAYS]
    assert [(time.year, time.month) for time in old] == [
        (2026, 2), (2026, 1), (2025, 12), (2025, 11),
    ]  # fmt: skip


def test_a_version_set_aside_stays_as_long_as_the_save_that_left_it_out() -> None:
    def pair(rev: int, age: timedelta) -> list[tuple[int, datetime, bool]]:
        return [(rev + 1, NOW - age, False), (rev, NOW - age, True)]

    newest = [(100 - index, NOW, False) for index in range(KEPT_NEWEST)]
    recent = [*pair(60, timedelta(days=89)), *pair(50, timedelta(days=89))]
    old = [*pair(30, timedelta(days=100)), *pair(20, timedelta(days=101))]

    stay = kept([*newest, *recent, *old], NOW)

    assert {60, 50} <= stay, "none of the same day stands for the other"
    assert 51 not in stay
    assert {31, 30} <= stay
    assert not {21, 20} & stay


@given(
    ages=st.lists(st.tuples(st.integers(0, 60 * 24 * 400), st.booleans()), max_size=60),
    later=st.integers(0, 60 * 24 * 100),
)
def test_thinning_keeps_the_newest_and_never_brings_one_back(
    ages: list[tuple[int, bool]], later: int
) -> None:
    saves = [
        (len(ages) - index, NOW - timedelta(minutes=minutes), is_aside)
        for index, (minutes, is_aside) in enumerate(sorted(ages))
    ]

    stay = kept(saves, NOW)
    then = NOW + timedelta(minutes=later)

    assert {rev for rev, *_ in saves[:KEPT_NEWEST]} <= stay
    assert kept([save for save in saves if save[0] in stay], NOW) == stay
    assert kept(saves, then) <= {rev for rev, *_ in saves}


def test_saving_thins_the_history_of_that_sop_only(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "KEPT_NEWEST", 2)
    other = Sop(identity=Identity(title="lain"))
    for sop in (titled("satu"), other):
        file.add(sop)
        for rev in range(1, 5):
            file.save(sop, rev)

    file.save(titled("dua"), 5)

    # All were saved today, whose last stays anyway.
    assert [found.rev for found in file.revisions(titled("").uuid)] == [6, 5]
    assert [found.rev for found in file.revisions(other.uuid)] == [5, 4]


@pytest.mark.parametrize("saved_at", ["kemarin", "2026-05-20T12:00:00"])
def test_a_time_that_no_save_wrote_is_damage_but_hinders_no_save(
    file: OfficeFile, monkeypatch: pytest.MonkeyPatch, saved_at: str
) -> None:
    monkeypatch.setattr(revisions, "KEPT_NEWEST", 1)
    file.add(titled("satu"))
    file._opened.database().execute("UPDATE revisions SET saved_at = ?", [saved_at])

    assert file.save(titled("dua"), 1) == 2

    with pytest.raises(UserError, match="file_damaged"):
        file.revisions(titled("").uuid)
