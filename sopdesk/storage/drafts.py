"""Recovery copies of unsaved work: on this computer, one file for each SOP of each office file.

They are written while the clerk types and go when the work has been saved; what a crash leaves is
offered at the next start. Several sessions of one user share the folder and keep their own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopdesk.document.form import canonical, from_form, to_form
from sopdesk.document.ids import new_id
from sopdesk.document.unread import Unread
from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError
from sopdesk.storage import processes
from sopdesk.storage.revisions import instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sopdesk.document.values import Sop

_ENDING = ".json"
_ASIDE = ".rusak"
_LARGEST = 64 * 2**20
_DAMAGE = (ValueError, KeyError, TypeError, OverflowError, RecursionError, UserError)
"""What reading a draft raises that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved work on an SOP of the office file at `path`, kept at `kept_at` (UTC).

    It began on save number `rev`, which left `base`; 0 and None where the SOP was never saved.
    `unread` stands beside the value, whose part it is not.
    """

    path: Path
    uuid: str
    rev: int
    base: Sop | None
    sop: Sop
    kept_at: datetime
    unread: tuple[Unread, ...] = ()

    @property
    def has_work(self) -> bool:
        """Whether the value is another than the one saved last, not only unread text beside it."""
        return self.base is None or self.sop != self.base


class Drafts:
    """The drafts in a folder of this user, as one session sees them."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when the first draft is kept."""
        self._folder = folder
        self._session = new_id()
        self._offered: dict[tuple[Path, str], Path] = {}

    def keep(self, draft: Draft) -> None:
        """Keep a draft in place of this session's last one of the same SOP; on the disk at once.

        Raises:
            UserError: `sop_too_much` (it could not be read again), `disk_full`,
                `target_unwritable`. The draft before stays.
        """
        text = _written(draft)
        folder = self._folder_of(draft.path)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data
        except OSError as error:
            raise UserError("target_unwritable", path=str(folder)) from error
        with replacing(folder / f"{draft.uuid}-{self._session}{_ENDING}") as temporary:
            temporary.write_bytes(text)

    def drop(self, path: Path, uuid: str) -> None:
        """Let the draft of an SOP go, and the one that `of` has returned for it.

        What cannot be removed is offered once more.
        """
        own = self._folder_of(path) / f"{uuid}-{self._session}{_ENDING}"
        for place in (own, self._offered.pop((self._folder_of(path), uuid), own)):
            with contextlib.suppress(OSError):
                place.unlink()

    def of(
        self, path: Path, on_damage: Callable[[UserError], None] | None = None
    ) -> tuple[Draft, ...]:
        """Return the drafts of an office file, the newest of each SOP, the newest first.

        Those of another session that still runs are not among them. One that is not as it was
        written is set aside under another name, and `on_damage` is told `draft_damaged`.
        """
        return self._in([self._folder_of(path)], on_damage or _nothing)

    def all(self, on_damage: Callable[[UserError], None] | None = None) -> tuple[Draft, ...]:
        """Return the drafts of every office file, also of one that is gone, otherwise like `of`."""
        return self._in(_folders_in(self._folder), on_damage or _nothing)

    def _in(
        self, folders: Iterable[Path], on_damage: Callable[[UserError], None]
    ) -> tuple[Draft, ...]:
        found: list[Draft] = []
        for folder in folders:
            newest: dict[str, tuple[Draft, Path]] = {}
            for draft, place in self._readable(folder, on_damage):
                known = newest.get(draft.uuid)
                if known is None or known[0].kept_at < draft.kept_at:
                    newest[draft.uuid] = (draft, place)
            for draft, place in newest.values():
                self._offered[folder, draft.uuid] = place
                found.append(draft)
        return tuple(sorted(found, key=lambda draft: draft.kept_at, reverse=True))

    def _folder_of(self, path: Path) -> Path:
        name = os.path.normcase(os.path.abspath(path))
        mark = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:24]
        return self._folder / mark

    def _readable(
        self, folder: Path, tell: Callable[[UserError], None]
    ) -> Iterator[tuple[Draft, Path]]:
        for place in _files_in(folder):
            try:
                draft, is_at_work = _read(_content_of(place))
            except OSError:
                continue  # gone, or held by another program: it is there the next time
            except _DAMAGE:
                tell(UserError("draft_damaged", path=str(_set_aside(place))))
                continue
            if not is_at_work:
                yield draft, place


def _nothing(_: UserError) -> None:
    """Tell nobody."""


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(place for place in folder.iterdir() if place.is_dir())
    except OSError:
        return []


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(
            place
            for place in folder.iterdir()
            if place.suffix == _ENDING and not place.name.startswith(".")
        )
    except OSError:
        return []


def _content_of(place: Path) -> bytes:
    if place.stat().st_size > _LARGEST:
        raise ValueError("larger than any that was written")
    return place.read_bytes()


def _set_aside(place: Path) -> Path:
    """Give a damaged draft a name under which it stays and is told once; return it."""
    aside = place.with_name(f"{place.name}{_ASIDE}")
    try:
        return place.replace(aside)
    except OSError:
        return place


def _written(draft: Draft) -> bytes:
    """Return a draft as a line with its hash and one with JSON.

    Raises:
        UserError: `sop_too_much`.
    """
    pid, start = processes.this_process()
    facts = {
        "path": str(draft.path),
        "uuid": draft.uuid,
        "rev": draft.rev,
        "base": None if draft.base is None else _packed(draft.base),
        "sop": _packed(draft.sop),
        "kept_at": draft.kept_at.isoformat(),
        "unread": [[one.procedure, one.step, one.column, one.text] for one in draft.unread],
        "session": {"host": processes.this_host(), "pid": pid, "start": start},
    }
    text = json.dumps(facts, ensure_ascii=False).encode()
    return b"%s\n%s\n" % (hashlib.sha256(text).hexdigest().encode(), text)


def _packed(sop: Sop) -> dict[str, Any]:
    try:
        from_form(to_form(sop), "sop")
    except UserError as error:
        facts = {"title": sop.identity.title, "path": error.facts.get("path", "sop")}
        raise UserError("sop_too_much", **facts) from error
    return {"origin": sop.origin, "form": json.loads(canonical(sop))}


def _read(content: bytes) -> tuple[Draft, bool]:
    """Return a draft, and whether another session is still at work on it.

    Raises:
        Exception: one of `_DAMAGE`, it is not as it was written.
    """
    mark, _, rest = content.partition(b"\n")
    text = rest.removesuffix(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != mark:
        raise ValueError("not as it was written")
    facts = json.loads(text)
    base, uuid = facts["base"], facts["uuid"]
    draft = Draft(
        path=Path(facts["path"]),
        uuid=uuid,
        rev=int(facts["rev"]),
        base=None if base is None else _unpacked(base, uuid),
        sop=_unpacked(facts["sop"], uuid),
        kept_at=instant(facts["kept_at"]),
        unread=tuple(_unread(*one) for one in facts.get("unread", ())),  # not in older ones
    )
    return draft, _is_of_another_at_work(**facts["session"])


def _unread(procedure: int, step: str, column: str, text: str) -> Unread:
    return Unread(int(procedure), str(step), str(column), str(text))


def _unpacked(packed: dict[str, Any], uuid: str) -> Sop:
    sop, _ = from_form({**packed["form"], "uuid": uuid}, "sop")
    return replace(sop, origin=packed["origin"])


def _is_of_another_at_work(host: str, pid: int, start: str) -> bool:
    if host != processes.this_host() or pid == os.getpid():
        return False
    return not processes.has_ended(host, pid, start)
