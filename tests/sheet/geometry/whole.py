"""What is wrong with a sheet that only all its pages show together."""

from __future__ import annotations

from collections import Counter
from itertools import count, product
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from tests.sheet.geometry.lines import CLEAR_MM
from tests.sheet.geometry.plane import EPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Data = dict[str, Any]

CONTINUED = "(lanjutan)"


def faults(listing: Data, procedures: list[Data]) -> Iterator[str]:
    """Yield each fault."""
    if any(note["least_spacing_mm"] >= CLEAR_MM for note in listing["notes"]):
        yield "note without need"
    bottom = listing["paper"]["height"] - listing["paper"]["margins"][2]
    for index, procedure in enumerate(procedures):
        pages = [page for page in listing["pages"] if page["procedure"] == index and page["rows"]]
        yield from _rows(pages, procedure)
        yield from _activities(pages, procedure)
        yield from _symbols(pages, procedure)
        yield from _flows(pages, procedure)
        yield from _ways(pages)
        yield from _headings(pages, procedure)
        yield from _lone_row(pages, bottom)
    yield from _pairs(listing["pages"])


def _rows(pages: list[Data], procedure: Data) -> Iterator[str]:
    listed = [(row["step"], row["part"], row["parts"]) for page in pages for row in page["rows"]]
    parts = Counter(step for step, _, _ in listed)
    asked = [
        (step["id"], part, parts[step["id"]])
        for step in procedure["steps"]
        for part in range(1, max(1, parts[step["id"]]) + 1)
    ]
    if listed != asked:
        yield "rows missing or out of order"


def _activities(pages: list[Data], procedure: Data) -> Iterator[str]:
    """Where they have a column, every word of the activities is printed, however it is broken."""
    said: dict[str, str] = {}
    for page in pages:
        for text in page["texts"]:
            if text["role"] == "activity":
                said[text["step"]] = said.get(text["step"], "") + text["text"]
    for step in procedure["steps"] if said else ():
        printed = _solid(said.get(step["id"], "").replace(CONTINUED, ""))
        for words in (step.get("activity") or "", *(step.get("activity_items") or ())):
            if _solid(words) not in printed:
                yield "text missing: activity"


def _solid(text: str) -> str:
    """Return the letters and digits of a text that every face has."""
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


def _symbols(pages: list[Data], procedure: Data) -> Iterator[str]:
    drawn = [s["id"] for page in pages for s in page["symbols"] if s["kind"] != "offpage"]
    if Counter(drawn) != Counter(symbol["id"] for symbol in procedure["symbols"]):
        yield "symbols missing or repeated"


def _flows(pages: list[Data], procedure: Data) -> Iterator[str]:
    """A flow is one line on its page, or one from its source to a pentagon and one to its target.

    It crosses no page in between.
    """
    home = {s["id"]: number for number, page in enumerate(pages) for s in page["symbols"]
            if s["kind"] != "offpage"}  # fmt: skip
    for index, flow in enumerate(procedure["flows"]):
        legs = [
            (number, c["from"], c["to"])
            for number, page in enumerate(pages)
            for c in page["connectors"]
            if c["flow"] == index
        ]
        source, target = flow["from"], flow["to"]
        leaving = [leg for leg in legs if leg[1] == source and leg[0] == home.get(source)]
        arriving = [leg for leg in legs if leg[2] == target and leg[0] == home.get(target)]
        if not leaving:
            yield "flow missing"
        if not arriving:
            yield "flow does not arrive"
        if len(legs) != (1 if home.get(source) == home.get(target) else 2):
            yield "flow in too many or too few parts"
        elif leaving and arriving and leaving != arriving:
            out, into = leaving[0][2], arriving[0][1]
            if out.partition("-")[0] != "out" or into != f"in-{out.partition('-')[2]}":
                yield "pentagon without its pair"


def _ways(pages: list[Data]) -> Iterator[str]:
    """A flow to a later page leaves at the foot, one to an earlier page at the head."""
    pentagons = [(number, symbol) for number, page in enumerate(pages)
                 for symbol in page["symbols"] if symbol["kind"] == "offpage"]  # fmt: skip
    goals = {one["letter"]: number for number, one in pentagons if one["id"].startswith("in-")}
    for number, one in pentagons:
        if one["id"].startswith("out-") and one["letter"] in goals:
            inner = [s["rect"] for s in pages[number]["symbols"] if s["kind"] != "offpage"]
            is_above = all(one["rect"][3] <= rect[1] for rect in inner)
            if is_above != (goals[one["letter"]] < number):
                yield "pentagon at the wrong end of its page"


def _headings(pages: list[Data], procedure: Data) -> Iterator[str]:
    first: Counter[tuple[str, str]] | None = None
    for page in pages:
        texts = [t for t in page["texts"] if t["role"] in ("heading", "lane", "group")]
        said = Counter((t["role"], t["text"]) for t in texts)
        first = said if first is None else first
        is_above = all(t["rect"][3] <= page["rows"][0]["top"] + EPS for t in texts)
        is_there = not procedure["lanes"] or any(role == "heading" for role, _ in said)
        if said != first or not is_above or not is_there:
            yield "heading not repeated"
        names = Counter(_solid("".join(t["text"] for t in texts if t["role"] == "lane")))
        if Counter(_solid("".join(lane["name"] or "" for lane in procedure["lanes"]))) - names:
            yield "name of an actor missing"
        if [lane["id"] for lane in page["lanes"]] != [lane["id"] for lane in procedure["lanes"]]:
            yield "lanes missing or out of order"


def _lone_row(pages: list[Data], bottom: float) -> Iterator[str]:
    """A single last row has company where the page before can spare a row that fits beside it."""
    if len(pages) < 2 or len(pages[-1]["rows"]) != 1 or len(pages[-2]["rows"]) < 3:
        return
    last, spare = pages[-1], pages[-2]["rows"][-1]
    used = max(item["rect"][3] for item in (*last["texts"], *last["symbols"]))
    free = bottom - max(used, last["rows"][0]["bottom"])
    if spare["bottom"] - spare["top"] <= free + EPS:
        yield "single row left over"


def _pairs(pages: list[Data]) -> Iterator[str]:
    """One letter goes out once and comes in once, elsewhere, with the same flows, in order."""
    ends: dict[str, list[tuple[str, int, frozenset[int]]]] = {}
    for number, page in enumerate(pages):
        for symbol in page["symbols"]:
            if symbol["kind"] == "offpage":
                name, way = symbol["id"], symbol["id"].partition("-")[0]
                over = frozenset(
                    c["flow"] for c in page["connectors"] if name in (c["from"], c["to"])
                )
                ends.setdefault(symbol["letter"], []).append((way, number, over))
    for found in ends.values():
        ways, numbers, flows = zip(*found, strict=True)
        if sorted(ways) != ["in", "out"] or len(set(numbers)) < 2 or len(set(flows)) > 1:
            yield "pentagon without its pair"
    leaving = {letter: min(n for way, n, _ in found if way == "out" or len(found) == 1)
               for letter, found in ends.items()}  # fmt: skip
    order = sorted(leaving, key=lambda letter: (leaving[letter], len(letter), letter))
    if order != [name for name, _ in zip(_letters(), order, strict=False)]:
        yield "letters out of order"


def _letters() -> Iterator[str]:
    """Yield A, B, ... Z, AA, AB, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))
