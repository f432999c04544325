"""Searching the words of all SOPs, by pieces of words.

A clerk who types `verif` wants `memverifikasi` and `diverifikasi` too, so the index holds every
three letters in a row; a piece of one or two letters is looked for by reading the index through.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.document.values import LISTS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sopdesk.document.values import Sop
    from sopdesk.storage.rows import Row

SEARCH_COLUMNS = ("rowid", "title", "number", "unit", "actors", "activities", "others")

_SHORTEST_INDEXED = 3
_WEIGHTS = "10, 10, 3, 2, 1, 1"
"""How much a hit counts in each column: the title and the number before the steps."""
_EVERYWHERE = " || ' ' || ".join(f"sop_search.{column}" for column in SEARCH_COLUMNS[1:])


def search_row(sop: Sop, sop_id: int) -> Row:
    """Return what the index holds of an SOP, without marks of bold and italics."""
    identity = sop.identity
    steps = [step for procedure in sop.procedures for step in procedure.steps]
    lanes = [lane for procedure in sop.procedures for lane in procedure.lanes]
    return (
        sop_id,
        plain(identity.title),
        identity.number,
        _joined(identity.unit, identity.institution),
        _joined(*((*lane.group, lane.name) for lane in lanes)),
        _joined(*((step.activity, *step.activity_items) for step in steps)),
        _joined(
            *(getattr(identity, name) for name in LISTS),
            *((*step.requirements, *step.outputs, step.remarks) for step in steps),
            *((procedure.title, *procedure.notes) for procedure in sop.procedures),
            *((symbol.text for symbol in procedure.symbols) for procedure in sop.procedures),
            (*identity.approved_by.position, identity.approved_by.name),
        ),
    )


def find(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the uuids of the SOPs that hold every word of the text, the best hits first.

    A word may stand anywhere in another; capitals do not count. No word finds nothing.
    """
    words = text.split()
    if not words:
        return []
    indexed = [word for word in words if len(word) >= _SHORTEST_INDEXED]
    short = [word for word in words if len(word) < _SHORTEST_INDEXED]
    conditions = [f"({_EVERYWHERE}) LIKE ? ESCAPE '!'"] * len(short)
    facts = [f"%{_literal(word)}%" for word in short]
    order = "position"
    if indexed:
        conditions.insert(0, "sop_search MATCH ?")
        facts.insert(0, " AND ".join(_quoted(word) for word in indexed))
        order = f"bm25(sop_search, {_WEIGHTS}), position"
    found = connection.execute(
        "SELECT uuid FROM sop_search JOIN sops ON sops.id = sop_search.rowid"
        f" WHERE {' AND '.join(conditions)} ORDER BY {order}",
        facts,
    )
    return [uuid for (uuid,) in found]


def _joined(*parts: Iterable[str]) -> str:
    return "\n".join(plain(text) for text in chain.from_iterable(parts) if text)


def _quoted(word: str) -> str:
    escaped = word.replace('"', '""')
    return f'"{escaped}"'


def _literal(word: str) -> str:
    for character in "!%_":
        word = word.replace(character, f"!{character}")
    return word
