"""Measures a geometry listing against what a sheet promises; knows nothing of how it was made."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import Any

EPS = 0.011
GAP_MM = 1.5
CLEAR_MM = 2.0


def faults(listing: dict[str, Any], procedures: list[dict[str, Any]] | None = None) -> Counter[str]:
    """Return how often each promise is broken; `procedures` are the SOP's, in exchange form."""
    found: Counter[str] = Counter()
    paper = listing["paper"]
    top, right, bottom, left = paper["margins"]
    frame = (left, top, paper["width"] - right, paper["height"] - bottom)
    is_narrow = bool(listing["notes"])
    for page in listing["pages"]:
        flows = procedures[page["procedure"]]["flows"] if procedures else None
        _texts(page, frame, found)
        _symbols(page, frame, found)
        _connectors(page, flows, is_narrow, found)
        _labels(page, found)
    if procedures:
        _complete(listing, procedures, found)
    return found


def _texts(page: dict[str, Any], frame: tuple[float, ...], found: Counter[str]) -> None:
    for text in page["texts"]:
        if not _inside(text["rect"], text["cell"]):
            found["text outside its cell"] += 1
        if not _inside(text["rect"], frame):
            found["text outside the frame"] += 1
    for a, b in combinations(page["texts"], 2):
        if _overlap(a["rect"], b["rect"], 0.02):
            found[f"texts overlap: {a['role']}/{b['role']}"] += 1
    for row in page["rows"]:
        if row["top"] < frame[1] - EPS or row["bottom"] > frame[3] + EPS:
            found["row outside the frame"] += 1


def _symbols(page: dict[str, Any], frame: tuple[float, ...], found: Counter[str]) -> None:
    lanes = page["lanes"]
    for symbol in page["symbols"]:
        rect = symbol["rect"]
        if lanes and not lanes[0]["left"] - EPS <= rect[0] <= rect[2] <= lanes[-1]["right"] + EPS:
            found["symbol outside the lanes"] += 1
        if not any(
            row["top"] - EPS <= rect[1] and rect[3] <= row["bottom"] + EPS for row in page["rows"]
        ):
            found["symbol outside its row"] += 1
    for a, b in combinations(page["symbols"], 2):
        if _overlap(a["rect"], b["rect"], 0.0):
            found["symbols overlap"] += 1


def _connectors(
    page: dict[str, Any], flows: list[dict[str, Any]] | None, is_narrow: bool, found: Counter[str]
) -> None:
    shapes = {symbol["id"]: symbol for symbol in page["symbols"]}
    others = [t for t in page["texts"] if t["role"] not in ("symbol", "letter")]
    for c in page["connectors"]:
        points = c["points"]
        for a, b in pairwise(points):
            if a == b or (a[0] != b[0] and a[1] != b[1]):
                found["oblique or empty run"] += 1
            _run(c, a, b, page["symbols"], is_narrow, found)
            for text in others:
                if _overlap(_thin(a, b), text["rect"], 0.0):
                    found[f"through a text: {text['role']}"] += 1
        for end, name in ((points[0], c["from"]), (points[-1], c["to"])):
            if _off(end, shapes[name]["outline"]) > 0.02:
                found["end off its outline"] += 1
    for a, b in combinations(page["connectors"], 2):
        _pair(a, b, flows, is_narrow, found)


def _run(
    c: dict[str, Any],
    a: Any,
    b: Any,
    symbols: list[dict[str, Any]],
    is_narrow: bool,
    found: Counter[str],
) -> None:
    for symbol in symbols:
        is_foreign = symbol["id"] not in (c["from"], c["to"]) and not is_narrow
        if _cuts(a, b, symbol["outline"]):
            found["through a symbol"] += 1
        elif is_foreign and _distance(_thin(a, b), symbol["rect"]) < CLEAR_MM - EPS:
            found["closer than 2 mm to a symbol"] += 1


def _pair(
    a: dict[str, Any],
    b: dict[str, Any],
    flows: list[dict[str, Any]] | None,
    is_narrow: bool,
    found: Counter[str],
) -> None:
    may_join = _may_join(a, b, flows)
    for p, q in pairwise(a["points"]):
        for r, s in pairwise(b["points"]):
            if (p[1] == q[1]) == (r[1] == s[1]):
                if not may_join:
                    _beside((p, q), (r, s), is_narrow, found)
            elif p[1] == q[1]:
                _crossing((p, q), (r, s), a, found)
            else:
                _crossing((r, s), (p, q), b, found)


def _may_join(a: dict[str, Any], b: dict[str, Any], flows: list[dict[str, Any]] | None) -> bool:
    if a["to"] == b["to"] or (a["from"] == b["from"] and a["label"] == b["label"]):
        return True
    if flows is None:
        return False
    fa, fb = flows[a["flow"]], flows[b["flow"]]
    same_exit = fa["from"] == fb["from"] and (fa.get("label") or "") == (fb.get("label") or "")
    return fa["to"] == fb["to"] or same_exit


def _beside(first: Any, second: Any, is_narrow: bool, found: Counter[str]) -> None:
    (p, q), (r, s) = first, second
    fixed, free = (1, 0) if p[1] == q[1] else (0, 1)
    near = abs(p[fixed] - r[fixed])
    low = max(min(p[free], q[free]), min(r[free], s[free]))
    high = min(max(p[free], q[free]), max(r[free], s[free]))
    if near < EPS and high >= low:
        found["two flows on one line"] += 1
    elif near < GAP_MM - EPS and high > low and not is_narrow:
        found["lines closer than 1.5 mm"] += 1


def _crossing(level: Any, upright: Any, hopper: dict[str, Any], found: Counter[str]) -> None:
    x, y = upright[0][0], level[0][1]
    inside = min(level[0][0], level[1][0]) < x < max(level[0][0], level[1][0]) and (
        min(upright[0][1], upright[1][1]) < y < max(upright[0][1], upright[1][1])
    )
    if inside and [x, y] not in hopper["jumps"]:
        found["crossing without a hop"] += 1


def _labels(page: dict[str, Any], found: Counter[str]) -> None:
    shapes = {symbol["id"]: symbol for symbol in page["symbols"]}
    rects = []
    for c in page["connectors"]:
        if not c["label"] or c["from"].startswith("in-"):
            continue
        rect = c["label_rect"]
        if rect is None:
            found["label missing"] += 1
            continue
        if _distance(rect, shapes[c["from"]]["rect"]) > 12.0:
            found["label far from its diamond"] += 1
        off = min(_distance(rect, _thin(a, b)) for a, b in pairwise(c["points"]))
        if not 0.28 <= off <= 2.5:
            found["label off its line"] += 1
        for symbol in page["symbols"]:
            if _convex_meet(rect, symbol["outline"]):
                found["label on a symbol"] += 1
        rects.append((c["from"], c["label"], rect))
    for (s1, l1, a), (s2, l2, b) in combinations(rects, 2):
        if _overlap(a, b, 0.0) and (s1, l1) != (s2, l2):
            found["labels overlap"] += 1


def _complete(
    listing: dict[str, Any], procedures: list[dict[str, Any]], found: Counter[str]
) -> None:
    for index, procedure in enumerate(procedures):
        pages = [p for p in listing["pages"] if p["procedure"] == index and p["rows"]]
        drawn = Counter(s["id"] for p in pages for s in p["symbols"] if s["kind"] != "offpage")
        if drawn != Counter(s["id"] for s in procedure["symbols"]):
            found["symbols missing or repeated"] += 1
        for number, flow in enumerate(procedure["flows"]):
            legs = [c for p in pages for c in p["connectors"] if c["flow"] == number]
            ends = (legs[0]["from"] if legs else None, {leg["to"] for leg in legs})
            if not legs or flow["from"] not in {leg["from"] for leg in legs}:
                found["flow missing"] += 1
            if legs and flow["to"] not in ends[1]:
                found["flow does not arrive"] += 1
        letters = Counter(
            (s["letter"], s["id"][:3]) for p in pages for s in p["symbols"] if s.get("letter")
        )
        for letter in {letter for letter, _ in letters}:
            if letters[letter, "out"] != 1 or letters[letter, "in-"] != 1:
                found["pentagon without its pair"] += 1


def _inside(rect: Any, cell: Any) -> bool:
    return (
        rect[0] >= cell[0] - EPS
        and rect[1] >= cell[1] - EPS
        and rect[2] <= cell[2] + EPS
        and rect[3] <= cell[3] + EPS
    )


def _overlap(a: Any, b: Any, slack: float) -> bool:
    return (
        a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack
    )


def _thin(a: Any, b: Any) -> tuple[float, float, float, float]:
    return (
        min(a[0], b[0]) - 1e-4,
        min(a[1], b[1]) - 1e-4,
        max(a[0], b[0]) + 1e-4,
        max(a[1], b[1]) + 1e-4,
    )


def _distance(a: Any, b: Any) -> float:
    dx = max(a[0] - b[2], b[0] - a[2], 0.0)
    dy = max(a[1] - b[3], b[1] - a[3], 0.0)
    return float((dx * dx + dy * dy) ** 0.5)


def _cuts(a: Any, b: Any, outline: Any) -> bool:
    """Tell whether a level or upright segment runs through the inside of a convex outline."""
    axis = 1 if a[1] == b[1] else 0
    meets = []
    for p, q in pairwise([*outline, outline[0]]):
        low, high = sorted((p[axis], q[axis]))
        if low < high and low <= a[axis] <= high:
            share = (a[axis] - p[axis]) / (q[axis] - p[axis])
            meets.append(p[1 - axis] + (q[1 - axis] - p[1 - axis]) * share)
    if not meets:
        return False
    low, high = sorted((a[1 - axis], b[1 - axis]))
    return min(high, max(meets)) - max(low, min(meets)) > 0.02


def _off(point: Any, outline: Any) -> float:
    best = float("inf")
    for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        t = ((point[0] - x1) * dx + (point[1] - y1) * dy) / length if length else 0.0
        t = min(1.0, max(0.0, t))
        x, y = x1 + t * dx, y1 + t * dy
        best = min(best, ((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5)
    return best


def _convex_meet(rect: Any, outline: Any) -> bool:
    corners = [(rect[0], rect[1]), (rect[2], rect[1]), (rect[2], rect[3]), (rect[0], rect[3])]
    axes = [(1.0, 0.0), (0.0, 1.0)]
    axes += [(b[1] - a[1], a[0] - b[0]) for a, b in pairwise([*outline, outline[0]])]
    for ax, ay in axes:
        mine = [x * ax + y * ay for x, y in corners]
        theirs = [x * ax + y * ay for x, y in outline]
        if max(mine) <= min(theirs) + 1e-6 or max(theirs) <= min(mine) + 1e-6:
            return False
    return True
