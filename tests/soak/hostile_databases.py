"""Office files that were made to harm: each a function that spoils a sound one."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

OBJECT = '{"a":'

STATEMENTS = {
    "a view in the place of a table": "ALTER TABLE sops RENAME TO hidden;"
    f"CREATE VIEW sops AS {ENDLESS} SELECT i AS id, i AS uuid FROM n;",
    "an endless view": f"CREATE VIEW v AS {ENDLESS} SELECT i FROM n;",
    "views on views": "".join(
        f"CREATE VIEW v{n} AS SELECT a.x FROM v{n - 1} a, v{n - 1} b;" if n else
        "CREATE VIEW v0 AS SELECT 1 AS x UNION ALL SELECT 2;" for n in range(20)
    ),
    "a trigger on saving": "CREATE TRIGGER t AFTER INSERT ON revisions"
    " BEGIN DELETE FROM sops; END;",
    "a trigger on a view": "CREATE VIEW v AS SELECT 1;"
    "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM sops; END;",
    "a generated column": "ALTER TABLE sops ADD COLUMN g AS (hex(zeroblob(900000000)));",
    "a default that is computed": "ALTER TABLE sops ADD COLUMN d TEXT DEFAULT 'x';",
    "an index on an expression": "CREATE INDEX i ON sops (hex(title));",
    "a partial index": "CREATE INDEX i ON sops (title) WHERE length(title) > 3;",
    "a check that runs long": "CREATE TABLE c (x CHECK (length(hex(zeroblob(500000000))) > x));"
    "INSERT INTO c VALUES (1);",
    "another search table": "CREATE VIRTUAL TABLE v USING fts5 (words);",
    "a search table over another": "CREATE VIRTUAL TABLE v USING fts5 (title, content = 'sops');",
    "a spatial index": "CREATE VIRTUAL TABLE v USING rtree (id, a, b);",
    "no search table": "DROP TABLE sop_search;",
    "thousands of tables": "".join(f"CREATE TABLE t{n} (x);" for n in range(5000)),
    "a table of many columns": f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(1900))});",
    "a long schema": f"CREATE TABLE t (x DEFAULT '{'x' * 900_000}');",
    "a table that counts": "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);",
    "units in a circle": "INSERT INTO units (id, parent_id, name)"
    " VALUES (90, 91, 'a'), (91, 90, 'b');",
    "units without end": f"{ENDLESS} INSERT INTO units (id, parent_id, name)"
    " SELECT i + 99, i + 98, 'u' || i FROM n LIMIT 200000;",
    "a value that unpacks without end": "",
    "settings that nest without end": f"UPDATE sops SET sheet = '{'[' * 200_000}';",
    "extras that nest without end": f"UPDATE sops SET extra = '{OBJECT * 100_000}';",
    "settings of the office that nest": f"UPDATE office SET sheet = '{'[' * 200_000}';",
    "a text of many megabytes": "UPDATE sops SET title = hex(zeroblob(30000000));",
    "a text beyond the limit": "UPDATE sops SET title = hex(zeroblob(40000000));",
    "steps without end": f"{ENDLESS} INSERT INTO steps"
    " SELECT 1, 'x' || i, i, NULL, '', '', '', 1, 1, 1, 1, NULL, '{}' FROM n LIMIT 300000;",
    "items without end": f"{ENDLESS} INSERT INTO sop_items"
    " SELECT 1, 'records', i + 9, 'x' FROM n LIMIT 500000;",
    "a cell over all rows": "UPDATE steps SET duration_rows = 9223372036854775807;",
    "numbers for texts": "UPDATE sops SET title = zeroblob(9), number = zeroblob(9);",
    "a search index of nothing": "DELETE FROM sop_search_data;",
    "a search index of noise": "UPDATE sop_search_data SET block = randomblob(20000);",
    "a hash that is none": "UPDATE sops SET sha256 = '';",
    "two rows for the file": "DROP TABLE file; CREATE TABLE file (id);",
}  # fmt: skip
"""What SQL can do to a file, by what it is."""


def _run(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.executescript(script)


def _bomb(path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**20)) for _ in range(1000)) + packer.flush()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE revisions SET value = ?", [packed])


def _patched(place: int, patch: bytes) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with open(path, "r+b") as stream:
            stream.seek(place)
            stream.write(patch)

    return spoil


def _root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(connection.execute(sql, [table]).fetchone()[0])


def _page_that_is_its_own_child(path: Path) -> None:
    page = _root(path, "sops")
    interior = b"\x05" + bytes(6) + b"\x00" + page.to_bytes(4, "big")
    _patched((page - 1) * PAGE, interior)(path)


def _overflow_in_a_circle(path: Path) -> None:
    _run(path, "UPDATE sops SET title = hex(zeroblob(9000)) WHERE id = 1;")
    pages = path.stat().st_size // PAGE
    for page in range(pages - 4, pages):
        _patched(page * PAGE, (page + 1).to_bytes(4, "big"))(path)


def _journal_of_noise(path: Path) -> None:
    head = JOURNAL_MAGIC + (2**31 - 1).to_bytes(4, "big") + bytes(8)
    noise = head + (512).to_bytes(4, "big") + (PAGE).to_bytes(4, "big")
    path.with_name(f"{path.name}-journal").write_bytes(noise + os.urandom(50_000))
    _patched(PAGE, os.urandom(PAGE))(path)


def _journal_that_removes(path: Path) -> None:
    _journal_of_noise(path)
    name = os.fsencode(path)
    numbers = (length.to_bytes(4, "big") for length in (len(name), sum(name)))
    with open(path.with_name(f"{path.name}-journal"), "ab") as stream:
        stream.write(b"".join((bytes(4), name, *numbers, JOURNAL_MAGIC)))


def _wal_of_noise(path: Path) -> None:
    _patched(18, b"\x02\x02")(path)
    path.with_name(f"{path.name}-wal").write_bytes(os.urandom(50_000))
    _patched(PAGE, os.urandom(PAGE))(path)


def _endless_emptiness(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(52) + APPLICATION_ID.to_bytes(4, "big"))
    os.truncate(path, 2**40)


BYTES: dict[str, Callable[[Path], None]] = {
    "a value that unpacks without end": _bomb,
    "a page that is its own child": _page_that_is_its_own_child,
    "an overflow in a circle": _overflow_in_a_circle,
    "a journal of noise": _journal_of_noise,
    "a journal that removes a file": _journal_that_removes,
    "a WAL of noise": _wal_of_noise,
    "a terabyte of nothing": _endless_emptiness,
    "pages of a size that is none": _patched(16, b"\x00\x03"),
    "a page count that lies": _patched(28, b"\x7f\xff\xff\xff"),
    "reserved bytes that leave no page": _patched(20, b"\xff"),
    "another text encoding": _patched(56, b"\x00\x00\x00\x02"),
    "a version below all": _patched(60, b"\xff\xff\xff\xff"),
}
"""What bytes can do to a file, by what it is."""


def spoil(path: Path, what: str) -> None:
    """Spoil a sound office file so."""
    if what in BYTES:
        BYTES[what](path)
    else:
        _run(path, STATEMENTS[what])


NAMES = tuple({**STATEMENTS, **BYTES})
