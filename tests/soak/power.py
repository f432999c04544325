"""What a disk may hold after a power cut: what was synced, and any of the rest, whole or torn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping

    from disk import Event

SECTOR = 512


@dataclass
class _Content:
    """The bytes of a file on the disk, and the writes that have not been synced."""

    bytes: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.bytes, event)
        self.pending.clear()

    def after_cut(self, chance: random.Random, fate: str) -> bytes:
        found = bytearray(self.bytes)
        for event in self.pending:
            happens = fate if fate != "any" else chance.choice(("dropped", "kept", "torn"))
            if happens == "kept":
                _apply(found, event)
            elif happens == "torn" and event.kind == "write":
                sectors = chance.randrange(len(event.data) // SECTOR + 1)
                _apply(found, event._replace(data=event.data[: sectors * SECTOR]))
        return bytes(found)


class Disk:
    """A disk that is written to, and whose power may be cut after any event.

    Names are made and removed by the folder, in order, and count once it is synced: when a file
    that was made is synced first, and by a removal that asks for it, as SQLite's own VFS does it.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._seen = {name: _Content(bytearray(found)) for name, found in files.items()}
        self._kept = dict(self._seen)
        self._unsynced: list[tuple[str, _Content | None]] = []

    def do(self, event: Event) -> None:
        """Let an event happen."""
        name = event.name
        if event.kind == "create":
            self._seen[name] = _Content()
            self._unsynced.append((name, self._seen[name]))
        elif event.kind == "delete":
            del self._seen[name]
            self._unsynced.append((name, None))
            if event.offset:
                self._sync_folder()
        elif event.kind == "sync":
            self._seen[name].sync()
            if any(content is self._seen[name] for _, content in self._unsynced):
                self._sync_folder()
        else:
            self._seen[name].pending.append(event)

    def after_cut(self, chance: random.Random, fate: str) -> dict[str, bytes]:
        """Return files that may be found now; `fate` is that of what was not synced.

        One of `dropped`, `kept`, `torn`, or `any` for each write by itself.
        """
        names = dict(self._kept)
        count = {"dropped": 0, "kept": len(self._unsynced)}.get(
            fate, chance.randint(0, len(self._unsynced))
        )
        _rename(names, self._unsynced[:count])
        return {name: content.after_cut(chance, fate) for name, content in names.items()}

    def _sync_folder(self) -> None:
        _rename(self._kept, self._unsynced)
        self._unsynced.clear()


def _rename(names: dict[str, _Content], changes: Iterable[tuple[str, _Content | None]]) -> None:
    for name, content in changes:
        if content is None:
            names.pop(name, None)
        else:
            names[name] = content


def _apply(found: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del found[event.offset :]
        found.extend(bytes(event.offset - len(found)))
    elif event.data:
        found.extend(bytes(max(event.offset - len(found), 0)))
        found[event.offset : event.offset + len(event.data)] = event.data
