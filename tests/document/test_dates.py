"""Dates as people type them, and as the exchange file writes them."""

from __future__ import annotations

import pytest

from sopdesk.document.dates import PartialDate, parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("9-5-2019", PartialDate(2019, 5, 9)),
        ("15/6/26", PartialDate(2026, 6, 15)),
        ("1.2.98", PartialDate(1998, 2, 1)),
        ("9 Mei 2019", PartialDate(2019, 5, 9)),
        ("05-2019", PartialDate(2019, 5)),
        ("2019", PartialDate(2019)),
        ("2019-05-09", PartialDate(2019, 5, 9)),
    ],
)
def test_dates_are_read_as_they_are_typed(text: str, date: PartialDate) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize("text", ["15/6/19", "15/6/20", "15/6/202", "31-2-26", "Mei 26"])
def test_half_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["٩-٥-٢٠١٩", "٩ Mei ٢٠١٩", "٠٥-٢٠١٩", "٢٠١٩", "２０１９-05-09"])
def test_digits_of_other_scripts_are_no_date(text: str) -> None:
    assert parse_date(text) is None
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.from_iso(text)
