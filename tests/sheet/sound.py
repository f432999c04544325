"""Listings of sheets without a fault, and ways to reach what stands in them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sopdesk.document.form import to_form
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Step, Symbol
from tests.sheet.sheets import chain, listed, sop_of

if TYPE_CHECKING:
    from sopdesk.document.values import Sop

Data = dict[str, Any]


@cache
def on_one_page() -> tuple[str, list[Data]]:
    """A listing with a decision, a flow back and a join, as JSON, and the SOP's procedures."""
    kinds = (Kind.START, Kind.PROCESS, Kind.DECISION, Kind.PROCESS, Kind.END)
    lanes = ("l0", "l2", "l1", "l2", "l0")
    procedure = Procedure(
        tuple(Lane(f"l{i}", f"Pelaksana {i}") for i in range(3)),
        tuple(Step(f"s{i}", f"Langkah {i}") for i in range(5)),
        tuple(
            Symbol(f"s{i}", (lane,), kind, "Perlu?" if i == 2 else "", f"n{i}")
            for i, (lane, kind) in enumerate(zip(lanes, kinds, strict=True))
        ),
        (
            Flow("n0", "n1"),
            Flow("n1", "n2"),
            Flow("n2", "n3", "Ya"),
            Flow("n2", "n0", "Tidak"),
            Flow("n3", "n4"),
            Flow("n1", "n4", "Langsung"),
        ),
    )
    return _listing_and_form(sop_of(procedure))


@cache
def on_three_pages() -> tuple[str, list[Data]]:
    """A listing over pages with a flow back, as JSON, and the SOP's procedures."""
    procedure = chain(["Memeriksa berkas"] * 24)
    return _listing_and_form(
        sop_of(replace(procedure, flows=(*procedure.flows, Flow("n22", "n1", "Tidak"))))
    )


def _listing_and_form(sop: Sop) -> tuple[str, list[Data]]:
    return json.dumps(listed(sop)), to_form(sop)["procedures"]


def flow_page(found: Data) -> Data:
    page: Data = found["pages"][1]
    return page


def connector(found: Data, flow: int) -> Data:
    (one,) = [c for c in flow_page(found)["connectors"] if c["flow"] == flow]
    found_one: Data = one
    return found_one


def symbol(found: Data, name: str) -> Data:
    (one,) = [s for s in flow_page(found)["symbols"] if s["id"] == name]
    found_one: Data = one
    return found_one


def text(found: Data, role: str, words: str) -> Data:
    (one,) = [t for t in flow_page(found)["texts"] if (t["role"], t["text"]) == (role, words)]
    found_one: Data = one
    return found_one


def pentagons(page: Data) -> list[Data]:
    return [symbol for symbol in page["symbols"] if symbol["kind"] == "offpage"]


def moved(rect: list[float], dx: float, dy: float) -> list[float]:
    return [n + d for n, d in zip(rect, (dx, dy, dx, dy), strict=True)]


def move_symbol(found: Data, name: str, dx: float, dy: float) -> None:
    one = symbol(found, name)
    one["rect"] = moved(one["rect"], dx, dy)
    one["outline"] = [[x + dx, y + dy] for x, y in one["outline"]]
