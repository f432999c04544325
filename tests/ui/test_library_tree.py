"""The library's tree: units in the office's order, counts, SOPs as leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sopdesk.document.dates import PartialDate
from sopdesk.document.values import Status
from sopdesk.storage.office_file import Entry
from ui.library.library_tree import Node, build
from ui.statuses import force_word, standing_word


def entry(title: str, *unit: str) -> Entry:
    return Entry(
        position=1,
        uuid=title,
        number="",
        title=title,
        unit=unit,
        status=Status.DRAFT,
        rev=1,
        effective_on=None,
        saved_at=datetime(2024, 1, 1, tzinfo=UTC),
        step_count=0,
    )


def outline(node: Node) -> list[object]:
    return [
        child.entry.title if child.entry else (child.unit[-1:], child.count, outline(child))
        for child in node.children
    ]


def test_without_units_the_sops_stand_alone() -> None:
    assert outline(build([entry("a"), entry("b")])) == ["a", "b"]


def test_units_follow_the_offices_order_and_are_counted() -> None:
    entries = [entry("a", "Umum"), entry("b", "Sekretariat", "Program"), entry("c", "Sekretariat")]
    tree = build(entries, [("Sekretariat",), ("Sekretariat", "Program"), ("Kosong",), ("Umum",)])
    assert outline(tree) == [
        (("Sekretariat",), 2, ["c", (("Program",), 1, ["b"])]),
        (("Umum",), 1, ["a"]),
    ]


def test_sops_without_a_unit_come_last() -> None:
    tree = build([entry("a"), entry("b", "Umum")])
    assert outline(tree) == [(("Umum",), 1, ["b"]), ((), 1, ["a"])]
    assert tree.children[-1].has_no_name


def test_rows_are_the_places_in_the_parent() -> None:
    def check(node: Node) -> None:
        for row, child in enumerate(node.children):
            assert child.row == row
            assert child.parent is node
            check(child)

    check(build([entry("b", "U", "S"), entry("a", "U"), entry("c"), entry("d", "U")]))


@pytest.mark.parametrize(
    ("status", "effective_on", "word"),
    [
        (Status.APPROVED, PartialDate(2024, 5, 9), "Disahkan, berlaku"),
        (Status.APPROVED, PartialDate(2024), "Disahkan, berlaku"),
        (Status.APPROVED, PartialDate(2024, 6), "Disahkan"),
        (Status.APPROVED, None, "Disahkan"),
        (Status.FINAL, PartialDate(2020), "Final (Siap TTD)"),
    ],
)
def test_an_approved_sop_is_in_force_once_its_date_has_come(
    status: Status, effective_on: PartialDate | None, word: str
) -> None:
    assert standing_word(status, effective_on, date(2024, 5, 9)) == word


@pytest.mark.parametrize(
    ("status", "effective_on", "word"),
    [
        (Status.APPROVED, PartialDate(2024, 5, 9), "berlaku sejak 09 Mei 2024"),
        (Status.APPROVED, PartialDate(2024, 6), "berlaku mulai Juni 2024"),
        (Status.APPROVED, None, "belum berlaku: tanggal efektif kosong"),
        (Status.FINAL, PartialDate(2020), ""),
    ],
)
def test_since_when_it_is_in_force_is_a_mark_of_its_own(
    status: Status, effective_on: PartialDate | None, word: str
) -> None:
    assert force_word(status, effective_on, date(2024, 5, 9)) == word
