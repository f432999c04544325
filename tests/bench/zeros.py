"""What must never be on a sheet, counted over real SOPs and over composed ones."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from sopdesk.document.form import to_form
from sopdesk.document.office import PAPERS, Office
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.listing import listing
from tests.bench.material import forty_two
from tests.bench.measuring import Figure
from tests.sheet.composed import Wish, composed
from tests.sheet.geometry import faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.document.values import Sop

OFFICE = Office(lines=("PEMERINTAH KOTA CONTOH", "SEKRETARIAT DAERAH"))
BOTH = ("landscape", "portrait")

ROWS = {
    "through a symbol, label or text; oblique; end off": (
        "through a ", "oblique", "a point that", "end off", "connector outside", "flow against its",
        "arrow head",
    ),
    "two different flows on one line": ("two flows", "flows against each other", "lines touch"),
    "lines under 1.5 mm apart, under 2 mm to symbols": ("lines closer", "closer than", "note "),
    "crossings without a hop": ("crossing", "hop"),
    "exits at one side; labels off their branch or on things": ("exits", "side that", "label"),
    "texts outside, overlapping, cut; symbols outside, cut": (
        "text", "symbol", "cell", "row outside", "rows", "lane", "name",
    ),
    "pentagons unmatched; headings missing; rows left over": (
        "pentagon", "letters", "flow ", "heading", "single row",
    ),
}  # fmt: skip
"""The rows of the table, and how the names of the faults begin that each counts; first fit."""

WISHES = (
    (Wish(10, 2), 6), (Wish(12, 3, words=400), 4), (Wish(15, 5, tables=2), 4), (Wish(20, 8), 4),
    (Wish(30, 16), 2), (Wish(40, 9, reach=40), 3), (Wish(80, 12), 1), (Wish(200, 16), 1),
)  # fmt: skip
"""What is composed, and how many of it."""


def zero_figures() -> Iterator[Figure]:
    """Yield the rows that must be zero: over 42 SOPs on all papers, and over composed ones."""
    on_all = [(sop, *on) for on in product(PAPERS, BOTH) for sop in forty_two()]
    yield from _rows("42 SOPs, 10 papers", on_all)
    made = (composed(seed, wish) for wish, count in WISHES for seed in range(count))
    on_two = [(sop, *on) for sop in made for on in (("f4", BOTH[0]), ("a4", BOTH[1]))]
    yield from _rows("composed", on_two)


def _rows(what: str, cases: Iterable[tuple[Sop, str, str]]) -> Iterator[Figure]:
    found: Counter[str] = Counter()
    sheets = pages = narrow = 0
    for sop, paper, orientation in cases:
        sheet = lay_out(sop, OFFICE, paper=paper, orientation=orientation)  # type: ignore[arg-type]
        found += faults(listing(sheet), to_form(sop)["procedures"])
        sheets, pages = sheets + 1, pages + len(sheet.pages)
        narrow += bool(sheet.notes)
    yield Figure(f"{what}: sheets measured", sheets, "sheets", digits=0)
    yield Figure(f"{what}: their pages", pages, "pages", digits=0)
    yield Figure(f"{what}: noted as too narrow", narrow, "sheets", digits=0)
    for row, begins in ROWS.items():
        counted = {name: found.pop(name) for name in [*found] if name.startswith(begins)}
        detail = ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))
        yield Figure(row, sum(counted.values()), "faults", 0, detail, digits=0)
    yield Figure("anything else", found.total(), "faults", 0, ", ".join(found), digits=0)
