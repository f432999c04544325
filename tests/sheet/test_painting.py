from __future__ import annotations

from typing import Any

from sopdesk.sheet.blocks import RULE_MM
from sopdesk.sheet.painting import FLOW_WIDTH_MM, SYMBOL_WIDTH_MM, paint
from sopdesk.sheet.values import Connector, Page


class Strokes:
    def __init__(self) -> None:
        self.paths: list[Any] = []
        self.polygons: list[Any] = []

    def path(self, moves: Any, width: float) -> None:
        self.paths.append(moves)

    def polygon(self, points: Any, width: float, filled: bool) -> None:
        self.polygons.append(points)


def connector(flow: int, *points: tuple[float, float]) -> Connector:
    return Connector("in-A", "n1", flow, points, True, "", None, ())


def test_a_flow_is_not_taken_for_a_rule_of_the_table() -> None:
    assert 2 * RULE_MM <= FLOW_WIDTH_MM < SYMBOL_WIDTH_MM


def test_flows_that_go_one_way_are_one_stroke() -> None:
    way, other = ((1.0, 1.0), (1.0, 9.0)), ((5.0, 1.0), (5.0, 9.0))
    page = Page(
        1, "flow", 0, connectors=(connector(0, *way), connector(1, *way), connector(2, *other))
    )
    strokes: Any = Strokes()
    paint(page, strokes)
    assert len(strokes.paths) == 2
    assert len(strokes.polygons) == 2
