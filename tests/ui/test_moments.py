"""When something was, as a clerk says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ui.moments import day_word, moment_word, time_word

NOON = datetime(2026, 5, 9, 12, 4).astimezone()
"""Noon of this computer's zone, so that a minute more or less is the same day."""


def test_this_day_and_the_one_before_have_names() -> None:
    assert moment_word(NOON, NOON) == "hari ini pukul 12.04"
    assert moment_word(NOON - timedelta(days=1), NOON) == "kemarin pukul 12.04"


def test_another_day_has_its_date() -> None:
    assert moment_word(NOON - timedelta(days=2), NOON) == "7 Mei 2026 pukul 12.04"
    assert day_word(NOON) == "9 Mei 2026"


def test_a_stored_time_is_told_by_the_clerks_clock() -> None:
    assert time_word(NOON.astimezone(UTC)) == "12.04"


def test_midnight_parts_the_days_and_not_the_hours_between() -> None:
    late = datetime(2026, 5, 8, 23, 59).astimezone()
    assert moment_word(late, late + timedelta(minutes=2)) == "kemarin pukul 23.59"
