"""Faults put into a sound listing: of its connectors and their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sheet.sound import connector, moved, symbol, text

if TYPE_CHECKING:
    from tests.sheet.sound import Data


def oblique_line(found: Data) -> None:
    connector(found, 0)["points"][0][0] += 0.7
    connector(found, 0)["points"][0][1] += 0.7


def repeated_point(found: Data) -> None:
    points = connector(found, 0)["points"]
    points.insert(0, points[0])


def point_on_the_way(found: Data) -> None:
    points = connector(found, 0)["points"]
    (x1, y1), (x2, y2) = points[:2]
    points.insert(1, [(x1 + x2) / 2, (y1 + y2) / 2])


def line_out_of_the_lanes(found: Data) -> None:
    connector(found, 3)["points"] = [[x - 60, y] for x, y in connector(found, 3)["points"]]


def line_through_a_symbol(found: Data) -> None:
    left, top, right, bottom = symbol(found, "n3")["rect"]
    y = (top + bottom) / 2
    connector(found, 0)["points"] = [[left - 5, y], [right + 5, y]]


def line_close_to_a_symbol(found: Data) -> None:
    left, top, right, _ = symbol(found, "n3")["rect"]
    connector(found, 0)["points"] = [[left, top - 1], [right, top - 1]]


def line_through(rect: list[float]) -> list[list[float]]:
    y = (rect[1] + rect[3]) / 2
    return [[rect[0], y], [rect[2], y]]


def line_through_a_text(found: Data) -> None:
    connector(found, 0)["points"] = line_through(text(found, "activity", "Langkah 3")["rect"])


def line_through_the_text_of_a_symbol(found: Data) -> None:
    connector(found, 0)["points"] = line_through(text(found, "symbol", "Perlu?")["rect"])


def line_through_a_label(found: Data) -> None:
    connector(found, 0)["points"] = line_through(connector(found, 2)["label_rect"])


def end_off_its_outline(found: Data) -> None:
    points = connector(found, 4)["points"]
    points[-1] = [points[-1][0] + 3, points[-1][1] + 3]


def flow_that_leaves_at_the_top(found: Data) -> None:
    (x, _), top = symbol(found, "n1")["outline"][0], symbol(found, "n1")["rect"][1]
    connector(found, 1)["points"] = [[x, top], [x, top - 5]]


def arrow_without_a_head(found: Data) -> None:
    connector(found, 0)["arrow"] = False


def two_flows_on_one_line(found: Data) -> None:
    connector(found, 3)["points"] = connector(found, 2)["points"]


def joined_flows_that_meet_head_on(found: Data) -> None:
    connector(found, 4)["points"] = connector(found, 5)["points"][::-1]


def line_that_ends_on_another(found: Data) -> None:
    connector(found, 0)["points"] = [[150, 100], [170, 100]]
    connector(found, 4)["points"] = [[160, 90], [160, 100]]


def lines_too_close(found: Data) -> None:
    points = connector(found, 2)["points"]
    connector(found, 3)["points"] = [[x + 0.9, y - 0.9] for x, y in points]


def joined_lines_too_close(found: Data) -> None:
    points = connector(found, 4)["points"]
    connector(found, 5)["points"] = [[x + 0.9, y + 0.9] for x, y in points]


def turn_too_close(found: Data) -> None:
    (x, y), *_ = connector(found, 3)["points"]
    connector(found, 3)["points"] = [[x, y], [x - 9, y], [x - 9, y + 1], [x, y + 1]]


def crossing_without_a_hop(found: Data) -> None:
    connector(found, 0)["points"] = [[150, 100], [170, 100]]
    connector(found, 4)["points"] = [[160, 90], [160, 110]]


def hop_over_nothing(found: Data) -> None:
    (x1, y), (x2, _) = connector(found, 3)["points"][:2]
    connector(found, 3)["jumps"].append([(x1 + x2) / 2, y])


def two_exits_at_one_side(found: Data) -> None:
    x, y = connector(found, 2)["points"][0]
    connector(found, 3)["points"] = [[x, y], connector(found, 2)["points"][1]]


def no_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = None


def label_on_a_flow_that_has_none(found: Data) -> None:
    connector(found, 0)["label_rect"] = connector(found, 2)["label_rect"]


def label_without_words(found: Data) -> None:
    text(found, "label", "Ya")["text"] = "Y"


def far_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = moved(connector(found, 2)["label_rect"], 30, 0)


def label_on_its_line(found: Data) -> None:
    x, y = connector(found, 2)["points"][0]
    connector(found, 2)["label_rect"] = [x - 2, y, x + 2, y + 3]


def label_beside_another_line(found: Data) -> None:
    left, top, right, _ = connector(found, 2)["label_rect"]
    connector(found, 0)["points"] = [[left, top - 0.1], [right, top - 0.1]]


def label_on_a_symbol(found: Data) -> None:
    connector(found, 2)["label_rect"] = symbol(found, "n2")["rect"]


def label_on_a_text(found: Data) -> None:
    connector(found, 2)["label_rect"] = text(found, "activity", "Langkah 2")["rect"]


def label_on_a_label(found: Data) -> None:
    connector(found, 2)["label_rect"] = connector(found, 3)["label_rect"]


def label_out_of_the_lanes(found: Data) -> None:
    connector(found, 2)["label_rect"] = moved(connector(found, 2)["label_rect"], 200, 0)
