"""What is wrong with a page's connectors: their course, what they pass, and each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.sheet.geometry.plane import EPS, bounds, close, cuts, distance, is_inside, off, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    Data = dict[str, Any]

GAP_MM = 1.5
CLEAR_MM = 2.0


class Run(NamedTuple):
    """A straight run of a connector; `number` counts the connector's runs."""

    connector: Data
    number: int
    start: list[float]
    end: list[float]
    rect: tuple[float, float, float, float]

    @property
    def is_level(self) -> bool:
        """Whether it runs across the page."""
        return self.start[1] == self.end[1]


def runs(page: Data) -> list[Run]:
    """Return the runs of all connectors of a page."""
    return [
        Run(connector, number, start, end, bounds((start, end)))
        for connector in page["connectors"]
        for number, (start, end) in enumerate(pairwise(connector["points"]))
    ]


def faults(page: Data, procedure: Data, reached: float | None) -> Iterator[str]:
    """Yield each fault; `reached` is the least spacing that the listing's notes own up to."""
    flows = procedure["flows"]
    found = runs(page)
    for connector in page["connectors"]:
        yield from _course(connector, page)
        yield from _ends(connector, page, flows[connector["flow"]])
    yield from _exits(page, procedure)
    yield from _passing(found, page, min(CLEAR_MM, reached or CLEAR_MM))
    yield from _each_other(found, flows, min(GAP_MM, reached or GAP_MM))
    yield from _hops(found, page)


def _course(connector: Data, page: Data) -> Iterator[str]:
    points = connector["points"]
    for a, b in pairwise(points):
        if a == b or (a[0] != b[0] and a[1] != b[1]):
            yield "oblique or empty run"
    for a, b, c in zip(points, points[1:], points[2:], strict=False):
        if a[0] == b[0] == c[0] or a[1] == b[1] == c[1]:
            yield "a point that does not turn"
    lanes, rows = page["lanes"], page["rows"]
    area = (lanes[0]["left"], rows[0]["top"], lanes[-1]["right"], rows[-1]["bottom"])
    if not is_inside(bounds(points), area):
        yield "connector outside the lanes"


def _ends(connector: Data, page: Data, flow: Data) -> Iterator[str]:
    outlines = {symbol["id"]: symbol["outline"] for symbol in page["symbols"]}
    points = connector["points"]
    for end, name in ((points[0], connector["from"]), (points[-1], connector["to"])):
        if name not in outlines or off(end, outlines[name]) > 0.02:
            yield "end off its outline"
    leaves, enters = side(points[0], points[1]), side(points[-1], points[-2])
    if leaves == "top" or enters == "bottom":
        yield "flow against its direction"
    for name, is_own, fixed in (
        (leaves, connector["from"] == flow["from"], flow.get("exit")),
        (enters, connector["to"] == flow["to"], flow.get("entry")),
    ):
        if is_own and fixed and name != fixed:
            yield "side that the user fixed"
    if connector["arrow"] != (flow.get("line", "arrow") == "arrow"):
        yield "arrow head wrong"


def side(end: list[float], beside: list[float]) -> str:
    """Return the side of a symbol at which a line to or from `beside` ends."""
    if end[1] == beside[1]:
        return "right" if beside[0] > end[0] else "left"
    return "bottom" if beside[1] > end[1] else "top"


def _exits(page: Data, procedure: Data) -> Iterator[str]:
    """Up to three exits of a decision leave at different sides, but where the user fixed them."""
    decisions = {s["id"] for s in page["symbols"] if s["kind"] == "decision"}
    exits: dict[str, dict[str, set[str]]] = {}
    fixed: set[str] = set()
    for connector in page["connectors"]:
        name, points = connector["from"], connector["points"]
        flow = procedure["flows"][connector["flow"]]
        if name in decisions and flow.get("line", "arrow") == "arrow":
            way = connector["label"] or f"to {connector['to']}"
            sides = exits.setdefault(name, {}).setdefault(way, set())
            sides.add(side(points[0], points[1]))
            fixed |= {name} if flow.get("exit") else set()
    for name, sides_of in exits.items():
        taken = [each for sides in sides_of.values() for each in sides]
        if len(sides_of) <= 3 and name not in fixed and len(set(taken)) < len(taken):
            yield "exits of a decision at one side"


def _passing(found: list[Run], page: Data, clear: float) -> Iterator[str]:
    for run in found:
        ends = (run.connector["from"], run.connector["to"])
        for symbol in page["symbols"]:
            near = distance(run.rect, symbol["rect"])
            if near < EPS and cuts(run.start, run.end, symbol["outline"]):
                yield "through a symbol"
            elif near < clear - EPS and symbol["id"] not in ends:
                yield "closer than 2 mm to a symbol"
        for text in page["texts"]:
            if text["role"] != "label" and overlap(_thick(run), text["rect"]):
                yield f"through a text: {text['role']}"
        for other in page["connectors"]:
            if other["label_rect"] and overlap(_thick(run), other["label_rect"]):
                yield "through a label"


def _thick(run: Run) -> tuple[float, float, float, float]:
    left, top, right, bottom = run.rect
    return left - 1e-4, top - 1e-4, right + 1e-4, bottom + 1e-4


def _each_other(found: list[Run], flows: list[Data], gap: float) -> Iterator[str]:
    for i, j in close([run.rect for run in found], gap):
        a, b = found[i], found[j]
        if a.connector is b.connector and abs(a.number - b.number) == 1:
            continue
        if a.is_level == b.is_level:
            yield from _side_by_side(a, b, gap, may_join(a, b, flows))
        elif distance(a.rect, b.rect) < EPS and not crosses(a, b) and not may_join(a, b, flows):
            yield "lines touch"


def may_join(a: Run, b: Run, flows: list[Data]) -> bool:
    """Tell whether two runs may share a line: of flows into one symbol, or from one exit."""
    one, other = flows[a.connector["flow"]], flows[b.connector["flow"]]
    is_one_exit = (one["from"], one.get("label") or "") == (other["from"], other.get("label") or "")
    return a.connector is not b.connector and (one["to"] == other["to"] or is_one_exit)


def _side_by_side(a: Run, b: Run, gap: float, is_shared: bool) -> Iterator[str]:
    fixed, free = (1, 0) if a.is_level else (0, 1)
    near = abs(a.start[fixed] - b.start[fixed])
    together = min(a.rect[free + 2], b.rect[free + 2]) - max(a.rect[free], b.rect[free])
    if near < EPS:
        if together > -EPS and not is_shared:
            yield "two flows on one line"
        elif together > EPS and (a.end[free] > a.start[free]) != (b.end[free] > b.start[free]):
            yield "flows against each other on one line"
    elif near < gap - EPS and together > 0:
        yield "lines closer than 1.5 mm"


def crosses(a: Run, b: Run) -> bool:
    """Tell whether a level and an upright run cross, not only touch."""
    level, upright = (a.rect, b.rect) if a.is_level else (b.rect, a.rect)
    return (
        level[0] + EPS < upright[0] < level[2] - EPS
        and upright[1] + EPS < level[1] < upright[3] - EPS
    )


def crossings(found: list[Run]) -> list[tuple[Run, tuple[float, float]]]:
    """Return each crossing: the level run, and where; a shared line gives one for each flow."""
    places = []
    for i, j in close([run.rect for run in found], EPS):
        a, b = found[i], found[j]
        if a.is_level != b.is_level and crosses(a, b):
            level, upright = (a, b) if a.is_level else (b, a)
            places.append((level, (upright.start[0], level.start[1])))
    return places


def _hops(found: list[Run], page: Data) -> Iterator[str]:
    wanted: dict[int, set[tuple[float, float]]] = {}
    for level, place in crossings(found):
        wanted.setdefault(id(level.connector), set()).add(place)
    for connector in page["connectors"]:
        drawn = {(x, y) for x, y in connector["jumps"]}
        crossed = wanted.get(id(connector), set())
        yield from ["crossing without a hop"] * len(crossed - drawn)
        yield from ["hop over nothing"] * len(drawn - crossed)
