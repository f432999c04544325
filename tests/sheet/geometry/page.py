"""What is wrong with a page's texts, rows and symbols."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.sheet.geometry.plane import EPS, close, holds, is_inside, meets, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Data = dict[str, Any]

IN_SYMBOLS = ("symbol", "letter")
SLANT_MM = 0.35
"""What the bounds of a line of text, ascent and descent included, may stick out of a slope."""


def faults(page: Data, frame: Sequence[float], procedure: Data) -> Iterator[str]:
    """Yield each fault."""
    yield from text_faults(page, frame)
    yield from _cells(page)
    yield from _rows(page, frame)
    yield from _symbols(page, procedure)
    yield from _pentagons(page)


def text_faults(page: Data, frame: Sequence[float]) -> Iterator[str]:
    """Yield what is wrong with any page's texts."""
    texts = page["texts"]
    for text in texts:
        if not is_inside(text["rect"], text["cell"]):
            yield "text outside its cell"
        if not is_inside(text["rect"], frame):
            yield "text outside the frame"
    for a, b in close([text["rect"] for text in texts], 0.0):
        if overlap(texts[a]["rect"], texts[b]["rect"], 0.02):
            yield f"texts overlap: {texts[a]['role']}/{texts[b]['role']}"


def _cells(page: Data) -> Iterator[str]:
    """The cells of a row's texts stand in its rows, beside the lanes; no text lies on a symbol."""
    rows, lanes = page["rows"], page["lanes"]
    symbols = page["symbols"]
    tops = {row["step"]: row["top"] for row in rows}
    for text in page["texts"]:
        role, cell = text["role"], text["cell"]
        if role in IN_SYMBOLS:
            own = [s for s in symbols if is_inside(cell, s["rect"])]
            if not any(holds(s["outline"], text["rect"], SLANT_MM) for s in own):
                yield "text outside its symbol"
            continue
        if role != "label" and any(_covers(s, text) for s in symbols):
            yield f"text on a symbol: {role}"
        if "step" not in text:
            continue
        if abs(tops.get(text["step"], 0.0) - cell[1]) > EPS or cell[3] > rows[-1]["bottom"] + EPS:
            yield "cell outside its row"
        if lanes and cell[0] < lanes[-1]["right"] - EPS and lanes[0]["left"] + EPS < cell[2]:
            yield "cell over the lanes"


def _covers(symbol: Data, text: Data) -> bool:
    return overlap(text["rect"], symbol["rect"]) and meets(text["rect"], symbol["outline"])


def _rows(page: Data, frame: Sequence[float]) -> Iterator[str]:
    for row in page["rows"]:
        if row["top"] < frame[1] - EPS or row["bottom"] > frame[3] + EPS:
            yield "row outside the frame"
    for upper, lower in pairwise(page["rows"]):
        if abs(upper["bottom"] - lower["top"]) > EPS:
            yield "rows apart"
    for lane in page["lanes"]:
        if lane["left"] < frame[0] - EPS or lane["right"] > frame[2] + EPS:
            yield "lane outside the frame"


def _symbols(page: Data, procedure: Data) -> Iterator[str]:
    asked = {symbol["id"]: symbol for symbol in procedure["symbols"]}
    lanes = {lane["id"]: (lane["left"], lane["right"]) for lane in page["lanes"]}
    rows = {row["step"]: (row["top"], row["bottom"]) for row in page["rows"] if row["part"] == 1}
    for symbol in page["symbols"]:
        left, top, right, bottom = symbol["rect"]
        own = [(page["lanes"][0]["left"], page["lanes"][-1]["right"])]
        row = page["rows"][0]["top"], page["rows"][-1]["bottom"]
        if symbol["id"] in asked:
            own = [lanes[lane] for lane in asked[symbol["id"]]["lanes"]]
            row = rows.get(asked[symbol["id"]]["step"], (0.0, 0.0))
        outer = min(a for a, _ in own) - EPS <= left and right <= max(b for _, b in own) + EPS
        if not (outer and all(left < b and a < right for a, b in own)):
            yield "symbol outside its lanes"
        if top < row[0] - EPS or bottom > row[1] + EPS:
            yield "symbol outside its row"
    for a, b in close([symbol["rect"] for symbol in page["symbols"]], 0.0):
        if overlap(page["symbols"][a]["rect"], page["symbols"][b]["rect"]):
            yield "symbols overlap"


def _pentagons(page: Data) -> Iterator[str]:
    """Flows come to the page above all symbols, and leave it below them or above."""
    inner = [s["rect"] for s in page["symbols"] if s["kind"] != "offpage"]
    for symbol in page["symbols"]:
        if symbol["kind"] != "offpage":
            continue
        _, top, _, bottom = symbol["rect"]
        is_out = symbol["id"].startswith("out-")
        is_below = all(rect[3] <= top for rect in inner)
        if any(bottom > rect[1] for rect in inner) and not (is_out and is_below):
            yield "pentagon among the rows"
        said = [t["text"] for t in page["texts"]
                if t["role"] == "letter" and is_inside(t["rect"], symbol["rect"])]  # fmt: skip
        if said != [symbol["letter"]]:
            yield "pentagon without its letter"
