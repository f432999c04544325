"""A file that chance has changed never crashes the program and never passes for what was saved."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from forked import Child, needs_fork
from office import clear, make

from sopdesk.foundation.faults import UserError
from sopdesk.storage import assembling
from sopdesk.storage.office_file import open_file
from sopdesk.storage.rescuing import rescue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from scaling import Scale

    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import Entry, OfficeFile

PAGE = 512
FOREIGN = (b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"", b"SQLite format 3\x00" * 7)
BATCH = 250
RESCUED, RESCUED_EVERY_DAY = 10, 250
"""Of the files, every so manieth is rescued too, which takes many times as long as to look."""
FILES_OF_THE_CONTROL = 5_000
LONGEST_SECONDS = 5


def flip_bits(found: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 3, 40))):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)


def flip_bits_in_the_header(found: bytearray, chance: random.Random) -> None:
    found[chance.randrange(100)] = chance.randrange(256)


def cut(found: bytearray, chance: random.Random) -> None:
    del found[chance.randrange(len(found)) :]


def give_a_foreign_header(found: bytearray, chance: random.Random) -> None:
    head = chance.choice(FOREIGN)
    found[: len(head) or 100] = head or chance.randbytes(100)


def swap_pages(found: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(found) // PAGE) * PAGE for _ in range(2))
    found[one : one + PAGE], found[other : other + PAGE] = (
        found[other : other + PAGE],
        found[one : one + PAGE],
    )


def overwrite(found: bytearray, chance: random.Random) -> None:
    place, size = chance.randrange(len(found)), chance.choice((4, 64, PAGE, 4096))
    found[place : place + size] = chance.choice(
        (bytes(size), b"\xff" * size, chance.randbytes(size))
    )


WAYS = (flip_bits, flip_bits, flip_bits, flip_bits_in_the_header, cut, give_a_foreign_header,
        swap_pages, overwrite)  # fmt: skip


def fuzzed(sound: bytes, seed: int) -> bytes:
    """Return the file as chance number `seed` has changed it."""
    chance, found = random.Random(seed), bytearray(sound)
    chance.choice(WAYS)(found, chance)
    return bytes(found)


def look(path: Path, saved: list[Sop], seed: int) -> str:
    """Read all that a window shows of a file; return what came of it."""
    try:
        with open_file(path, writable=bool(seed % 2)) as file:
            entries = [entry for entry in file.entries() if not entry.is_damaged]
            loaded = [sop for entry in entries if (sop := loaded_as(file, entry))]
            for entry in entries:
                file.revisions(entry.uuid)
            file.deleted()
    except UserError as fault:
        return fault.code
    assert all(sop in saved for sop in loaded), "changed content shown as good"
    return "all whole" if len(loaded) == len(saved) else "some whole"


def loaded_as(file: OfficeFile, entry: Entry) -> Sop | None:
    """Return the SOP of an entry, having looked that the list tells the same; None if damaged."""
    try:
        sop = file.load(entry.uuid).sop
    except UserError as fault:
        if fault.code != "sop_damaged":
            raise
        return None
    assert (entry.title, entry.unit) == (sop.identity.title, sop.identity.unit)
    return sop


def look_at_rescued(path: Path, saved: list[Sop]) -> None:
    """Rescue what is sound in a file, and look that it is what was saved."""
    before, new = path.read_bytes(), path.with_name("baru.db")
    clear(new)
    try:
        rescue(path, new)
    except UserError:
        assert not new.exists()
    else:
        with open_file(new, writable=False) as file:
            assert all(stored.sop in saved for stored in file.load_all()), "rescued changed content"
    assert path.read_bytes() == before, "a rescue has changed the file"


def look_at_many(
    folder: Path, sound: bytes, saved: list[Sop], seeds: range, every: int, telling: int
) -> None:
    """Look at many files, telling of each what came of it; one that takes too long ends it."""
    path = folder / "acak.db"
    for seed in seeds:
        clear(path)
        path.write_bytes(fuzzed(sound, seed))
        signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
        outcome = look(path, saved, seed)
        if seed % every == 0:
            look_at_rescued(path, saved)
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.write(telling, f"{outcome}\n".encode())


def outcomes_in_a_child(
    folder: Path, sound: bytes, saved: list[Sop], seeds: range, every: int
) -> list[str]:
    """Return what came of each file; the last is how the child died, if it did."""
    hearing, telling = os.pipe()
    child = Child(look_at_many, folder, sound, saved, seeds, every, telling)
    os.close(telling)
    with open(hearing, encoding="utf-8") as stream:
        outcomes = stream.read().splitlines()
    if len(outcomes) < len(seeds):
        failure = child.failure()
        raise AssertionError(f"file {seeds[len(outcomes)]}: {failure}")
    child.result()
    return outcomes


def make_sound(path: Path) -> tuple[bytes, list[Sop]]:
    """Make a small sound file; return its bytes and the SOPs in it.

    Its pages are small, so that chance meets what is in them and not the emptiness behind it.
    """
    make(path, 2)
    with open_file(path) as file:
        saved = [stored.sop for stored in file.load_all()]
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("VACUUM")
    connection.close()
    return path.read_bytes(), saved


@needs_fork
def test_fuzzed_files(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    sound, saved = make_sound(folder / "kantor.db")
    count, every = scale.count(50_000), RESCUED if scale.is_whole else RESCUED_EVERY_DAY
    outcomes: Counter[str] = Counter()

    for first in range(0, count, BATCH):
        seeds = range(first, min(first + BATCH, count))
        outcomes.update(outcomes_in_a_child(folder, sound, saved, seeds, every))

    tell(files=count, crashes=0, too_slow=0, shown_as_good=0, rescues=count // every, **outcomes)
    assert outcomes.total() == count
    assert "sop_missing" not in outcomes, "what is damaged is called deleted"
    assert outcomes["some whole"] > 0
    assert outcomes["file_damaged"] > 0


@needs_fork
def test_fuzzed_files_control_without_the_hash(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, saved = make_sound(folder / "kantor.db")

    class Equal(str):
        """A hash that is like any other."""

        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            return True

    monkeypatch.setattr(assembling, "sha256", lambda sop: Equal())
    path = folder / "acak.db"
    for files in range(1, FILES_OF_THE_CONTROL + 1):
        clear(path)
        path.write_bytes(fuzzed(sound, files))
        try:
            look(path, saved, files)
        except AssertionError:
            tell("no SHA-256", files=files, shown_as_good=1)
            return

    raise AssertionError("without the hash nothing passed for good: the test proves nothing")
