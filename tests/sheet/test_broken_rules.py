"""No rule of the table strikes a label through."""

from __future__ import annotations

from sopdesk.sheet.broken_rules import ROOM_MM, broken_at
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.values import Rect, Rule
from tests.sheet.telling import OFFICE, SHEETS

UPRIGHT = Rule((5.0, 0.0), (5.0, 100.0), 0.2)


def test_an_upright_rule_leaves_room_for_each_label_on_it() -> None:
    labels = [Rect(4, 50, 9, 53), Rect(0, 10, 6, 13)]
    pieces = list(broken_at(labels, [UPRIGHT]))
    assert [(piece.start[1], piece.end[1]) for piece in pieces] == [
        (0, 10 - ROOM_MM),
        (13 + ROOM_MM, 50 - ROOM_MM),
        (53 + ROOM_MM, 100),
    ]
    assert {piece.start[0] for piece in pieces} == {5.0}


def test_labels_at_the_ends_or_over_one_another_leave_no_crumbs() -> None:
    labels = [Rect(4, -1, 9, 3), Rect(4, 40, 9, 60), Rect(4, 45, 9, 50), Rect(4, 98, 9, 101)]
    pieces = list(broken_at(labels, [UPRIGHT]))
    assert [(piece.start[1], piece.end[1]) for piece in pieces] == [
        (3 + ROOM_MM, 40 - ROOM_MM),
        (60 + ROOM_MM, 98 - ROOM_MM),
    ]


def test_a_rule_beside_a_label_or_level_with_it_stays_whole() -> None:
    level = Rule((0.0, 11.0), (50.0, 11.0), 0.2)
    labels = [Rect(5, 10, 9, 13), Rect(4, 101, 9, 104)]
    assert list(broken_at(labels, [UPRIGHT, level])) == [UPRIGHT, level]


def test_on_telling_sheets_no_upright_rule_runs_behind_a_label() -> None:
    stood_on = 0
    for told in SHEETS.values():
        for page in lay_out(told.sop, OFFICE).pages:
            edges = {x for lane in page.lanes for x in (lane.left, lane.right)}
            for label in (each.label_rect for each in page.connectors if each.label_rect):
                stood_on += any(label.left < x < label.right for x in edges)
                assert not any(
                    rule.start[0] == rule.end[0]
                    and label.left < rule.start[0] < label.right
                    and rule.start[1] < label.bottom
                    and label.top < rule.end[1]
                    for rule in page.rules
                )
    assert stood_on > 0
