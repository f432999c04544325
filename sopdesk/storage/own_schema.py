"""The pages in which a file says what tables it has: where they are damaged, ours stand in.

Our scripts make every file from nothing and never move a table, so these pages have the same
numbers in each file of one version, and name the same places. Another program that tidies a file
(VACUUM) moves the tables, but in each file to the same places too: there are two ways.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from sopdesk.storage.migrations import MIGRATIONS, VERSION
from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADER_BYTES = 100
_PAGE_SIZE, _VERSION = slice(16, 18), slice(62, 64)
_MAGIC = b"SQLite format 3\x00"
_PAGES, _VERSION_SEEN, _PROGRAM = slice(28, 32), slice(60, 64), slice(68, 72)
_LARGEST_PAGE = 2**16
_OUR_PAGE = 4096
_TABLE_INTERIOR = 5
_KINDS = ((b"\x05", b"\x0d"), (b"\x02", b"\x0a"))
"""How the pages of a table begin, and those of an index."""


def put_in(copy: Path) -> None:
    """Put the schema that our scripts make into a private copy of a file, in place of its own.

    Of the two ways in which the tables may stand, that is named which fits what stands there; where
    none does, what is read by it is nonsense, and no hash fits. Of a version or page size that we
    do not know the copy stays as it is. Where its header is lost too, it gets that of a file of
    today.
    """
    with open(copy, "rb+") as stream:
        head = stream.read(_HEADER_BYTES)
        if not head.startswith(_MAGIC):
            head = _header(copy)
            stream.seek(0)
            stream.write(head)
        page_bytes = int.from_bytes(head[_PAGE_SIZE], "big")
        page_bytes = _LARGEST_PAGE if page_bytes == 1 else page_bytes
        version = int.from_bytes(head[_VERSION], "big")
        ways = [_made(copy, page_bytes, version, is_tidied=tidied) for tidied in (False, True)]
        fresh = max(ways, key=lambda way: _fitting(stream, way, page_bytes)).content
        if fresh[_PAGE_SIZE] != head[_PAGE_SIZE]:
            return
        for number in _pages(fresh, page_bytes, 1):
            start = max((number - 1) * page_bytes, _HEADER_BYTES)
            stream.seek(start)
            stream.write(fresh[start : number * page_bytes])


class _Fresh(NamedTuple):
    """A file without rows, and the numbers of the pages where its tables and indexes begin."""

    content: bytes
    roots: tuple[int, ...]


def _fitting(stream: BinaryIO, fresh: _Fresh, page_bytes: int) -> int:
    """Return of how many tables and indexes of `fresh` the file has one of that kind there."""
    fitting = 0
    for root in fresh.roots:
        place = (root - 1) * page_bytes
        stream.seek(place)
        found, ours = stream.read(1), fresh.content[place : place + 1]
        fitting += any(found in kind and ours in kind for kind in _KINDS)
    return fitting


def _header(copy: Path) -> bytes:
    """Return the header of a file of today with as many pages as this one has."""
    head = bytearray(_made(copy, _OUR_PAGE, VERSION).content[:_HEADER_BYTES])
    head[_PAGES] = _bytes(copy.stat().st_size // _OUR_PAGE)
    head[_VERSION_SEEN], head[_PROGRAM] = _bytes(VERSION), _bytes(APPLICATION_ID)
    return bytes(head)


def _made(copy: Path, page_bytes: int, version: int, *, is_tidied: bool = False) -> _Fresh:
    """Return a file of this version without rows; an empty one where there is no such version."""
    model = copy.with_name(f"{copy.name}-schema")
    model.unlink(missing_ok=True)
    with closing(sqlite3.connect(model, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        for script in MIGRATIONS[:version] if version <= VERSION else ():
            connection.executescript(script)
        if is_tidied:
            connection.execute("VACUUM")
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")
        return _Fresh(model.read_bytes(), tuple(root for (root,) in roots))


def _pages(fresh: bytes, page_bytes: int, number: int) -> Iterator[int]:
    """Yield the numbers of the pages of the schema's tree, from one downwards."""
    yield number
    start = (number - 1) * page_bytes
    head = start + (_HEADER_BYTES if number == 1 else 0)
    if fresh[head] != _TABLE_INTERIOR:
        return
    for index in range(_number(fresh, head + 3, 2)):
        cell = start + _number(fresh, head + 12 + 2 * index, 2)
        yield from _pages(fresh, page_bytes, _number(fresh, cell, 4))
    yield from _pages(fresh, page_bytes, _number(fresh, head + 8, 4))


def _bytes(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _number(found: bytes, place: int, size: int) -> int:
    """Return a number as SQLite writes it."""
    return int.from_bytes(found[place : place + size], "big")
