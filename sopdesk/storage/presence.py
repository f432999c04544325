"""Who is in an office file: a small file beside it for each session. It blocks nobody.

It is a courtesy, not a lock: where nothing can be written nobody is told of us, and a session that
is not seen may be there all the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sopdesk.document.ids import new_id
from sopdesk.foundation.person import short_name
from sopdesk.storage import processes
from sopdesk.storage.opening import located

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

TOUCH_SECONDS = 30.0
"""How often the caller touches, so that others know that the session is still there."""
STALE_SECONDS = 120.0
GONE_SECONDS = 86_400.0
"""After so long anybody clears away what a session left."""

_TOKEN = r"[a-z2-9]{15}"
_LARGEST = 64 * 1024
_MOST_SOPS = 200


@dataclass(frozen=True, slots=True)
class Colleague:
    """A session of another: whose, on which machine, which SOPs are open, when last seen (UTC)."""

    name: str
    host: str
    sops: tuple[str, ...]
    seen_at: datetime


class Presence:
    """This session among those that have the office file open.

    No method raises because of the disk or waits for another session.
    """

    def __init__(self, path: str | os.PathLike[str], name: str) -> None:
        """Name the office file and the person; nobody is told before `begin`."""
        self._path = located(path)
        self._name = name
        self._own = self._path.with_name(f".{self._path.name}.here-{new_id()}")
        self._told: bytes | None = None
        self._is_here = False

    def begin(self) -> None:
        """Tell the others that we are here."""
        self._is_here = True
        self.touch()

    def touch(self, open_sops: Collection[str] = ()) -> None:
        """Tell the others that we are still here, and the uuids of the SOPs that we have open.

        It does nothing before `begin` and after `leave`.
        """
        if not self._is_here:
            return
        text = self._text(open_sops)
        with contextlib.suppress(OSError):
            if text == self._told and self._own.exists():
                os.utime(self._own)
            else:
                self._told = None
                self._write(text)
                self._told = text

    def others(self) -> tuple[Colleague, ...]:
        """Return who else has the file open, by name; and clear away what is a day old."""
        return tuple(
            sorted(self._found(), key=lambda other: (other.name, other.host, other.seen_at))
        )

    def leave(self) -> None:
        """Tell the others that we have gone."""
        self._is_here = False
        with contextlib.suppress(OSError):
            self._own.unlink()

    def _text(self, open_sops: Collection[str]) -> bytes:
        pid, start = processes.this_process()
        return json.dumps(
            {
                "name": self._name,
                "host": processes.this_host(),
                "pid": pid,
                "start": start,
                "sops": sorted(open_sops)[:_MOST_SOPS],
            }
        ).encode()

    def _write(self, text: bytes) -> None:
        """Replace our file as a whole, so that nobody reads half of it."""
        new = self._own.with_name(f"{self._own.name}.baru")
        try:
            new.write_bytes(text)
            os.replace(new, self._own)
        except OSError:  # on Windows another may just be reading it
            with contextlib.suppress(OSError):
                new.unlink()
            raise

    def _found(self) -> Iterator[Colleague]:
        now = self._server_time()
        named = re.compile(rf"\.{re.escape(self._path.name)}\.here-{_TOKEN}(\.baru)?")
        for place in self._beside():
            match = named.fullmatch(place.name)
            if match is None or place == self._own:
                continue
            with contextlib.suppress(OSError):
                found = place.lstat()
                # One of far ahead was left while a clock was wrong, and is as stale.
                silence = abs(now - found.st_mtime)
                if silence > GONE_SECONDS:
                    place.unlink()
                elif silence <= STALE_SECONDS and match[1] is None and _is_file(found):
                    yield from _read(place, found.st_mtime)

    def _beside(self) -> list[Path]:
        try:
            return list(self._path.parent.iterdir())
        except OSError:
            return []

    def _server_time(self) -> float:
        """Return the time by the clock that stamps the files: the server's, where we can ask it."""
        probe = self._own.with_name(f".{self._path.name}.here-{new_id()}.baru")
        if self._is_here:
            with contextlib.suppress(OSError):
                try:
                    probe.touch(exist_ok=False)
                    return probe.stat().st_mtime
                finally:
                    probe.unlink(missing_ok=True)
        return time.time()


def _is_file(found: os.stat_result) -> bool:
    """Tell a file from a pipe or a link, which might never end."""
    return stat.S_ISREG(found.st_mode)


def _read(place: Path, touched: float) -> Iterator[Colleague]:
    """Yield whose file this is; nobody, where it is none of ours or its session has ended."""
    with open(place, "rb") as stream:
        text = stream.read(_LARGEST)
    try:
        facts = json.loads(text)
        if processes.has_ended(str(facts["host"]), int(facts["pid"]), str(facts["start"])):
            return
        yield Colleague(
            name=short_name(facts["name"]),
            host=short_name(facts["host"]),
            sops=tuple(map(short_name, list(facts["sops"])[:_MOST_SOPS])),
            seen_at=datetime.fromtimestamp(touched, UTC),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return
