"""Searching the words of all SOPs, by pieces of words.

A clerk who types `verif` wants `memverifikasi` and `diverifikasi` too, so the index holds every
three letters in a row. It notes only which SOP holds them (`detail = none`), in a tenth of the
room that their places would take; SQLite then looks whether they stand side by side.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.document.values import LISTS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sopdesk.document.values import Procedure
    from sopdesk.storage.rows import Row, Saving

SEARCH_COLUMNS = ("rowid", "words")

_FIND = """
SELECT uuid FROM sop_search JOIN sops ON sops.id = sop_search.rowid
WHERE {all_words} ORDER BY {named_words} DESC, position
"""


def search_row(saving: Saving) -> Row:
    """Return what the index holds of an SOP: its texts, without marks of bold and italics."""
    sop, identity = saving.sop, saving.sop.identity
    texts = chain(
        (identity.title, identity.number),
        identity.unit,
        identity.institution,
        *(getattr(identity, name) for name in LISTS),
        identity.approved_by.position,
        (identity.approved_by.name,),
        *(_texts(procedure) for procedure in sop.procedures),
    )
    return saving.id, "\n".join(plain(text) for text in texts if text)


def _texts(procedure: Procedure) -> Iterator[str]:
    yield procedure.title
    for lane in procedure.lanes:
        yield from (*lane.group, lane.name)
    for step in procedure.steps:
        yield from (step.activity, *step.activity_items, *step.requirements)
        yield from (step.duration, *step.outputs, step.remarks)
    for symbol in procedure.symbols:
        yield symbol.text
    yield from procedure.notes


def find(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the uuids of the SOPs that hold every word of the text, in the office's order.

    Those that have the words in their title or number come first. A word may stand anywhere in
    another, capitals do not count, and `%` and `_` stand for any characters, as SQLite has it. No
    word finds nothing.
    """
    words = [f"%{word}%" for word in text.split()]
    if not words:
        return []
    sql = _FIND.format(
        all_words=" AND ".join(["words LIKE ?"] * len(words)),
        named_words=" + ".join(["(title || ' ' || number LIKE ?)"] * len(words)),
    )
    return [uuid for (uuid,) in connection.execute(sql, [*words, *words])]
