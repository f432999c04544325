"""What is wrong with the labels of a page's flows: their words, their place, their neighbours."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from tests.sheet.geometry.lines import runs
from tests.sheet.geometry.plane import EPS, beside, distance, is_inside, meets, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sheet.geometry.lines import Run

    Data = dict[str, Any]

LEAST_OFF_MM, MOST_OFF_MM = 0.3, 2.5
NEAR_MM = 12.0


def faults(page: Data, flows: list[Data], is_crowded: bool) -> Iterator[str]:
    """Yield each fault; where lanes are noted as too narrow a label may be as near to another line.

    Its own is then told by where it begins, as the contract has it: 0.3 to 2.5 mm beside its line.
    """
    found = runs(page)
    places: dict[tuple[object, ...], list[float]] = {}
    for connector in page["connectors"]:
        flow = flows[connector["flow"]]
        label = (flow.get("label") or "") if connector["from"] == flow["from"] else ""
        rect = connector["label_rect"]
        if (connector["label"] or "") != label or (rect and not label):
            yield "label on a foreign line"
        elif label and rect is None:
            yield "label missing"
        elif label:
            yield from _place(connector, page, found, is_crowded)
            places[connector["from"], label, *rect] = rect
            yield from _words(label, rect, page)
    for a, b in combinations(places.values(), 2):
        if overlap(a, b):
            yield "labels overlap"


def _place(connector: Data, page: Data, found: list[Run], is_crowded: bool) -> Iterator[str]:
    rect = connector["label_rect"]
    outlines = {symbol["id"]: symbol["outline"] for symbol in page["symbols"]}
    if beside(rect, outlines.get(connector["from"], [(0.0, 0.0)])) > NEAR_MM + EPS:
        yield "label far from its diamond"
    own = min(distance(rect, run.rect) for run in found if run.connector is connector)
    if not LEAST_OFF_MM - EPS <= own <= MOST_OFF_MM + EPS:
        yield "label off its line"
    exit_of = (connector["from"], connector["label"])
    foreign = [
        distance(rect, run.rect)
        for run in found
        if (run.connector["from"], run.connector["label"]) != exit_of
    ]
    if not is_crowded and min(foreign, default=float("inf")) < own + EPS:
        yield "label nearer to another line"
    if any(meets(rect, outline) for outline in outlines.values()):
        yield "label on a symbol"
    if any(text["role"] != "label" and overlap(rect, text["rect"]) for text in page["texts"]):
        yield "label on a text"
    lanes, rows = page["lanes"], page["rows"]
    area = (lanes[0]["left"], rows[0]["top"], lanes[-1]["right"], rows[-1]["bottom"])
    if not is_inside(rect, area):
        yield "label outside the lanes"


def _words(label: str, rect: list[float], page: Data) -> Iterator[str]:
    said = "".join(
        text["text"]
        for text in page["texts"]
        if text["role"] == "label" and is_inside(text["rect"], rect)
    )
    if "".join(said.split()) != "".join(label.split()):
        yield "label without its words"
