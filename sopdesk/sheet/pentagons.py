"""Which flows leave a page, and the lettered pairs of pentagons that they end in and come from.

A flow that goes on leaves its page at the foot. One that goes back leaves at the head, and so keeps
its way when steps come at the end. At the head comes in what comes, from wherever.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopdesk.document.lettering import letters
from sopdesk.sheet.placing import place_symbols

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from sopdesk.document.values import Flow, Procedure
    from sopdesk.sheet.placing import Place


class Pentagon(NamedTuple):
    """Half of an off-page pair on a page; `partner` is the symbol that its flows leave or reach.

    `id` is its name in the listing.
    """

    id: str
    letter: str
    is_out: bool
    partner: str
    flows: tuple[int, ...]


def pair_flows(
    procedure: Procedure, page_of_row: Sequence[int], letters_used: int
) -> dict[int, tuple[tuple[Pentagon, ...], tuple[Pentagon, ...]]]:
    """Return each page's pentagons, (at its foot, at its head), for flows that change pages.

    At the head stand first those that flows come in by, then those that they go back by.

    Flows from one page to one symbol share a letter; letters follow the order of pages and rows,
    behind the `letters_used` of other tables.
    """
    by_id = place_symbols(procedure).by_id
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for index, flow in enumerate(procedure.flows):
        here, there = (page_of_row[by_id[end].row] for end in (flow.source, flow.target))
        if here != there:
            groups[here, flow.target].append(index)
    onward, coming, back = (defaultdict[int, list[Pentagon]](list) for _ in range(3))
    order = sorted(groups, key=lambda key: (key[0], _first(procedure.flows, groups[key], by_id)))
    for number, (page, goal) in enumerate(order, letters_used + 1):
        flows = tuple(groups[page, goal])
        letter = letters(number)
        last = procedure.flows[flows[-1]].source
        out, into = (_free_name(f"{way}-{letter}", by_id) for way in ("out", "in"))
        there = page_of_row[by_id[goal].row]
        leaving = onward if page < there else back
        leaving[page].append(Pentagon(out, letter, True, last, flows))
        coming[there].append(Pentagon(into, letter, False, goal, flows))
    pages = {*onward, *coming, *back}
    return {page: ((*onward[page],), (*coming[page], *back[page])) for page in sorted(pages)}


def _free_name(name: str, taken: Container[str]) -> str:
    """Return the name, or with strokes behind it where a symbol has it already."""
    while name in taken:
        name += "'"
    return name


def _first(
    flows: Sequence[Flow], chosen: Iterable[int], by_id: dict[str, Place]
) -> tuple[int, int]:
    """Return the row and index of the first of some flows."""
    return min((by_id[flows[index].source].row, index) for index in chosen)
