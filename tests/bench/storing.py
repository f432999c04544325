"""Opening an office file, listing it, loading and saving one SOP."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.storage.office_file import open_file
from tests.bench.material import many, office_file
from tests.bench.measuring import Figure, median_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def figures(folder: Path) -> Iterator[Figure]:
    """Yield the times on a file of 1,000 SOPs."""
    path = office_file(folder / "stored.db", many(1000))

    def raw() -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT * FROM sops ORDER BY position").fetchall()

    def opened() -> None:
        with open_file(path) as office_file:
            office_file.entries()

    yield Figure("1,000 SOPs selected by sqlite3 alone", median_ms(raw), "ms")
    yield Figure("1,000 SOPs: open, check and list", median_ms(opened), "ms")
    with open_file(path) as file:
        uuid = file.entries()[0].uuid
        yield Figure("one SOP loaded", median_ms(lambda: file.load(uuid), 50), "ms")

        def save() -> None:
            stored = file.load(uuid)
            identity = replace(stored.sop.identity, number=str(stored.rev))
            file.save(replace(stored.sop, identity=identity), stored.rev)

        yield Figure("one SOP loaded, changed and saved", median_ms(save, 20), "ms")
        yield Figure(
            "a word found in 1,000 SOPs", median_ms(lambda: file.search("laporan"), 20), "ms"
        )
