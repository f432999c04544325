"""What is still sound in a damaged office file: looked for row by row, believed only by its hash.

Where a page of the file cannot be read, whatever stands elsewhere can be; where an SOP is not what
was saved, its history may hold it whole.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sopdesk.document.validity import faults
from sopdesk.foundation.faults import UserError
from sopdesk.storage.assembling import read_sops
from sopdesk.storage.offices import read_office
from sopdesk.storage.revisions import REVISION_COLUMNS, instant, noted, sop_in, unpacked
from sopdesk.storage.verdicts import Damaged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.storage.opened import Opened
    from sopdesk.storage.rows import Row

T = TypeVar("T")

_DAMAGE = ("file_damaged", "sop_damaged")

_LISTS = (
    "SELECT id FROM sops ORDER BY position",  # its index may be whole where the table is not
    "SELECT id FROM sops NOT INDEXED ORDER BY id",
    "SELECT id FROM sops NOT INDEXED ORDER BY id DESC",
)
_HISTORIES = (
    "SELECT id, sop_uuid, rev FROM revisions ORDER BY sop_uuid, rev",
    "SELECT id, sop_uuid, rev FROM revisions NOT INDEXED ORDER BY id",
    "SELECT id, sop_uuid, rev FROM revisions NOT INDEXED ORDER BY id DESC",
)
"""Each scan ends at the first damage that it meets: from both ends, and by the index, most rows are
reached."""

_HEAD = "SELECT uuid, rev, save_id, saved_at, title, number FROM sops WHERE id = ?"
_REVISION = "SELECT * FROM revisions WHERE id = ?"
_ADDED_LATER = {"author": "", "cause": ""}
"""What a file of an older version says of a save: it is read as it is, since a damaged one cannot
be migrated."""
_BATCH = 100


class Save(NamedTuple):
    """What a row tells of a save: of which SOP, which one, when (as `timestamp` writes it)."""

    uuid: str
    rev: int
    save_id: str
    saved_at: str
    title: str
    number: str


class Kept(NamedTuple):
    """A save in an SOP's history that is sound, and its row of the table.

    `was_listed` is false where it left no SOP in the list: a deletion, or a version set aside.
    """

    save: Save
    is_deletion: bool
    was_listed: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Found:
    """An SOP of a damaged file as `save` left it; `sop` is None where no save of it is sound.

    `is_last` is false where a later save of it is lost. `history` are the saves up to this one that
    are sound, the oldest first.
    """

    save: Save
    sop: Sop | None
    is_last: bool
    history: tuple[Kept, ...]


class Salvage:
    """An open file that may be damaged; what is asked of it does not end at the first damage.

    Every method raises `UserError` for what is no damage: `file_locked`, `file_disturbed`,
    `file_endless`.
    """

    def __init__(self, opened: Opened) -> None:
        """Look which rows can be reached at all."""
        self._opened = opened
        listed, self._is_list_whole = self._reach(_LISTS)
        self._ids = [key for (key,) in listed]
        self._heads = {key: self._head(key) for key in self._ids}
        self._nameless = list(self._heads.values()).count(None) + (not self._is_list_whole)
        self._is_list_whole &= self._nameless == 0
        self._lost_saves: dict[str, int] = {}
        self._keys: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for key, uuid, rev in self._reach(_HISTORIES)[0]:
            if isinstance(uuid, str) and isinstance(rev, int):
                self._keys[uuid].setdefault(rev, key)

    def office(self) -> Office | None:
        """Return the office's settings; None where they are damaged."""
        return self._sound(_office)

    def count(self) -> int:
        """Return how many SOPs the file's list has, as far as it can be read."""
        return len(self._ids)

    def sops(self) -> Iterator[Found]:
        """Yield every SOP of which there is a trace, in the office's order.

        Where the list itself is damaged, those come last that only the history tells of.
        """
        for start in range(0, len(self._ids), _BATCH):
            ids = self._ids[start : start + _BATCH]
            whole = self._values(ids)
            for key in ids:
                if (head := self._heads[key]) is not None:
                    yield self._found(head, whole.get(key))
        if not self._is_list_whole:
            for history in self._unlisted():
                if not history[-1].is_deletion:
                    self._nameless -= 1
                    yield _from_history(history[-1].save, history)

    def nameless(self) -> int:
        """Return of how many more SOPs not even the title was found, once `sops` has ended.

        Where the list could not be read to its end, there may be more.
        """
        return max(0, self._nameless)

    def lost_saves(self) -> int:
        """Return how many saves, at least, are not sound any more, once the rest was asked for."""
        return sum(self._lost_saves.values())

    def deleted(self) -> Iterator[tuple[Kept, ...]]:
        """Yield the sound part of the history of each SOP that was taken out of the list."""
        for history in self._unlisted():
            if self._is_list_whole or history[-1].is_deletion:
                yield history

    def _unlisted(self) -> Iterator[tuple[Kept, ...]]:
        listed = {head.uuid for head in self._heads.values() if head is not None}
        for uuid in self._keys.keys() - listed:
            if history := self._history(uuid):
                yield history

    def _found(self, head: Save, sop: Sop | None) -> Found:
        all_kept = self._history(head.uuid)
        if head.rev not in self._keys.get(head.uuid, {}):
            self._lost_saves[head.uuid] += 1  # even the index says nothing of it
        history = tuple(kept for kept in all_kept if kept.save.rev <= head.rev)
        if sop is not None:
            return Found(head, sop, True, history)
        return _from_history(head, history)

    def _history(self, uuid: str) -> tuple[Kept, ...]:
        keys = self._keys.get(uuid, {})
        found = [(rev, self._sound(partial(_kept, key=key))) for rev, key in sorted(keys.items())]
        # An index may tell of a row what the row does not.
        sound = tuple(kept for rev, kept in found if kept and kept.save[:2] == (uuid, rev))
        self._lost_saves[uuid] = len(keys) - len(sound)
        return sound

    def _head(self, key: int) -> Save | None:
        return self._sound(lambda connection: _save(connection.execute(_HEAD, [key]).fetchone()))

    def _values(self, ids: Sequence[int]) -> dict[int, Sop]:
        """Return the SOPs of these rows that are what was saved."""

        def read(keys: Sequence[int], *, despite_damage: bool = False) -> dict[int, Sop] | None:
            found = self._sound(
                lambda connection: read_sops(
                    connection, keys, self._opened.path, despite_damage=despite_damage
                )
            )
            if found is None:
                return None
            by_uuid = {stored.sop.uuid: stored.sop for stored in found}
            heads = ((key, self._heads[key]) for key in keys)
            return {key: by_uuid[head.uuid] for key, head in heads if head and head.uuid in by_uuid}

        together = read(ids)
        if together is not None:
            return together
        return {
            key: sop for one in ids for key, sop in (read([one], despite_damage=True) or {}).items()
        }

    def _reach(self, scans: Sequence[str]) -> tuple[list[tuple[Any, ...]], bool]:
        """Return the rows that the scans meet, and whether one of them came to its end."""
        rows: dict[tuple[Any, ...], None] = {}
        is_whole = False
        for scan in scans:

            def collect(connection: sqlite3.Connection, scan: str = scan) -> bool:
                for row in connection.execute(scan):
                    rows.setdefault(row)
                return True

            is_whole |= bool(self._sound(collect))
        return list(rows), is_whole

    def _sound(self, query: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what a query says; None where it meets damage."""
        try:
            return self._opened.read(query)
        except UserError as fault:
            if fault.code not in _DAMAGE:
                raise
            return None


def _from_history(last: Save, history: Sequence[Kept]) -> Found:
    """Return an SOP as its newest sound save left it."""
    for index, kept in reversed(list(enumerate(history))):
        if kept.was_listed and (sop := _value(kept)) is not None:
            save = kept.save
            return Found(save, sop, save.rev == last.rev, tuple(history[: index + 1]))
    return Found(last, None, False, tuple(history))


def _value(kept: Kept) -> Sop | None:
    """Return the SOP that a save left; None where its parts do not fit together."""
    facts: dict[str, Any] = dict(zip(REVISION_COLUMNS, kept.row, strict=True))
    try:
        sop = sop_in(kept.save.uuid, facts["origin"], facts["sha256"], facts["value"])
    except (ValueError, TypeError, UserError):
        return None
    return None if faults(sop) else sop


def _kept(connection: sqlite3.Connection, key: int) -> Kept:
    """Return a save of the history.

    Raises:
        Damaged: it is not what was saved.
    """
    found = connection.execute(_REVISION, [key])
    names = [name for name, *_ in found.description]
    facts: dict[str, Any] = _ADDED_LATER | dict(zip(names, found.fetchone() or (), strict=False))
    try:
        unpacked(facts["value"], facts["sha256"])
        save = _save([facts[name] for name in ("sop_uuid", *Save._fields[1:])])
        event, cause = noted(facts["event"], facts["cause"])
        if not (isinstance(facts["author"], str) and isinstance(facts["origin"], str | None)):
            raise Damaged("no save notes this")
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise Damaged("not what was saved") from error
    is_deletion = event == "deleted"
    was_listed = not is_deletion and cause != "aside"
    return Kept(save, is_deletion, was_listed, tuple(facts[name] for name in REVISION_COLUMNS))


def _save(row: Sequence[object] | None) -> Save:
    """Return what a row tells of a save.

    Raises:
        Damaged: no save has written it.
    """
    if row is None:
        raise Damaged("no such row")
    uuid, rev, *texts = row
    if not (isinstance(rev, int) and all(isinstance(text, str) for text in (uuid, *texts))):
        raise Damaged("no save writes this")
    save = Save(*row)  # type: ignore[arg-type]
    instant(save.saved_at)
    return save


def _office(connection: sqlite3.Connection) -> Office | None:
    try:
        stored = read_office(connection)
    except (ValueError, KeyError, TypeError, UserError):
        return None
    return stored.office if stored.is_sound else None
