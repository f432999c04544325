"""How close lines come is measured on what is drawn, and only where it is too close."""

from __future__ import annotations

from math import inf

import pytest

from sopdesk.sheet.nearness import least_spacing_mm
from sopdesk.sheet.values import Connector, Point, Rect, Shape


def line(source: str, target: str, *points: Point) -> Connector:
    return Connector(source, target, 0, points, True, "", None, ())


def box(name: str, *rect: float) -> Shape:
    left, top, right, bottom = rect
    outline = (left, top), (right, top), (right, bottom), (left, bottom)
    return Shape(name, "process", Rect(*rect), outline)


def spacing(*drawn: Connector | Shape) -> float:
    connectors = [each for each in drawn if isinstance(each, Connector)]
    shapes = [each for each in drawn if isinstance(each, Shape)]
    return least_spacing_mm(connectors, shapes, 1.5, 2.0)


@pytest.mark.parametrize(("gap", "least"), [(1.2, 1.2), (0.4, 0.4), (1.5, inf), (9.0, inf)])
def test_lines_side_by_side_are_measured(gap: float, least: float) -> None:
    lines = (
        line("a", "b", (5.0, 0.0), (5.0, 9.0)),
        line("c", "d", (5.0 + gap, 8.0), (5.0 + gap, 20)),
    )
    assert spacing(*lines) == pytest.approx(least)


def test_lines_that_never_run_side_by_side_are_not_close() -> None:
    assert spacing(line("a", "b", (5.0, 0), (5.0, 9)), line("c", "d", (6.0, 9), (6.0, 20))) == inf


def test_a_line_that_two_flows_share_is_one() -> None:
    assert spacing(*[line(name, "b", (5.0, 0.0), (5.0, 9.0)) for name in "ac"]) == inf


@pytest.mark.parametrize(("x", "least"), [(21.1, 1.1), (8.5, 1.5), (22.0, inf), (8.0, inf)])
def test_a_line_past_a_foreign_symbol_is_measured(x: float, least: float) -> None:
    found = spacing(box("s", 10, 10, 20, 20), line("a", "b", (x, 0.0), (x, 40.0)))
    assert found == pytest.approx(least)


def test_a_line_at_its_own_symbol_is_not_close() -> None:
    symbol = box("s", 10, 10, 20, 20)
    assert spacing(symbol, line("s", "b", (15.0, 20.0), (15.0, 40.0))) == inf
    assert spacing(symbol, line("a", "s", (15.0, 0.0), (15.0, 10.0))) == inf
