from __future__ import annotations

import time

import pytest

from sopdesk.document.durations import parse_duration, read_duration, total, word_minutes
from sopdesk.document.office import WorkCalendar
from sopdesk.document.values import Spans, Step

CALENDAR = WorkCalendar(hours_per_day=8, days_per_week=5, days_per_month=20)
HOUR, DAY = 60, 480


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10 menit", 10), ("30'", 30), ("2 jam", 2 * HOUR), ("1 hr", DAY), ("7hr", 7 * DAY),
        ("2 Hari", 2 * DAY), ("1 minggu", 5 * DAY), ("2 mgg", 10 * DAY), ("1 mngu", 5 * DAY),
        ("2 bln", 40 * DAY), ("1 bulan", 20 * DAY), ("1 thn", 240 * DAY), ("1,5 jam", 90),
        ("1.5 jam", 90), ("1.000 menit", 1000), ("½ hari", DAY // 2), ("1½ jam", 90),
        ("1/2 jam", 30), ("1 1/2 jam", 90), ("setengah jam", 30), ("dua hari", 2 * DAY),
        ("sehari", DAY), ("1 jam 30 menit", 90), ("1 jam, 30 menit", 90), ("1 jam\n30 menit", 90),
        ("1 (satu) hari kerja", DAY), ("3 Hari Kerja", 3 * DAY), ("3 x 24 jam", 3 * DAY),
        ("2 x 30 menit", 60), ("*2* hari", 2 * DAY), ("10 menit.", 10), ("30 detik", 1),
        ("1 triwulan", 60 * DAY), ("1 semester", 120 * DAY), ("1 tahun", 240 * DAY),
    ],
)  # fmt: skip
def test_a_spelling_names_its_minutes_exactly(text: str, minutes: int) -> None:
    assert read_duration(text, CALENDAR) == (minutes, True)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 - 2 hari", 2 * DAY), ("1–2 hari", 2 * DAY), ("1 s/d 2 hari", 2 * DAY),
        ("10 menit sampai dengan 1 jam", HOUR), ("120 Menit / 3 Hari", 3 * DAY),
        ("1 hari atau 2 jam", DAY), ("± 2 hari", 2 * DAY), ("maks. 3 hari", 3 * DAY),
        ("paling lama 3 hari", 3 * DAY), ("2 hari setelah surat diterima", 2 * DAY),
        ("15 menit/berkas", 15),
    ],
)  # fmt: skip
def test_a_range_or_a_bound_is_an_estimate_by_its_longest_value(text: str, minutes: int) -> None:
    assert read_duration(text, CALENDAR) == (minutes, False)


@pytest.mark.parametrize(
    "text",
    ["", "-", "Segera", "Sesuai kebutuhan", "30", "setiap hari", "0 menit", "9" * 20 + " hari",
     "3 hari sebelum tanggal 2 bulan berjalan", "1/0 jam", "10 jamu", "hari"],
)  # fmt: skip
def test_what_names_no_time_has_none(text: str) -> None:
    assert parse_duration(text, CALENDAR) is None


def test_a_day_is_as_long_as_the_office_says() -> None:
    assert parse_duration("1 hari", WorkCalendar()) == 450
    assert parse_duration("1 minggu", WorkCalendar(7, days_per_week=6)) == 6 * 7 * 60
    assert parse_duration("1 bulan", WorkCalendar(7, days_per_month=22)) == 22 * 7 * 60


def test_a_sum_says_what_it_left_out_and_what_it_estimated() -> None:
    steps = [Step(duration=text) for text in ("10 menit", "Segera", "", "1 - 2 jam", "-")]
    found = total(steps, CALENDAR)
    assert found.minutes == 130
    assert found.left_out == ((steps[1], "Segera"), (steps[4], "-"))
    assert found.estimated == ((steps[3], "1 - 2 jam"),)


def test_a_cell_over_several_rows_counts_once() -> None:
    steps = [
        Step(duration="2 jam", spans=Spans(duration=2)),
        Step(duration="1 jam"),
        Step(duration="5 menit"),
    ]
    assert total(steps, CALENDAR).minutes == 125


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 menit"), (45, "45 menit"), (180, "3 jam"), (2 * DAY + 180, "2 hari 3 jam"),
     (DAY + 61, "1 hari 1 jam 1 menit"), (30 * DAY, "30 hari")],
)  # fmt: skip
def test_minutes_are_worded_in_working_days(minutes: int, words: str) -> None:
    assert word_minutes(minutes, CALENDAR) == words


def test_a_calendar_without_hours_words_no_days() -> None:
    assert word_minutes(125, WorkCalendar(hours_per_day=0)) == "2 jam 5 menit"
    assert parse_duration("1 hari", WorkCalendar(hours_per_day=0)) is None


@pytest.mark.parametrize("text", ["1" + " " * 32_000 + "x", "(" * 32_000, "1 " * 16_000])
def test_a_page_of_anything_is_no_time_and_takes_none(text: str) -> None:
    begin = time.perf_counter()
    assert parse_duration(text, WorkCalendar()) is None
    assert time.perf_counter() - begin < 1


def test_blanks_between_number_and_unit_do_not_count() -> None:
    assert parse_duration("10" + " " * 1_000 + "menit", WorkCalendar()) == 10
