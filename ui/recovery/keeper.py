"""Keeps a recovery copy of all unsaved work, two seconds behind the clerk at most.

Written by a thread of its own, so that typing never waits for the disk. A copy goes when its work
has been saved, or was given up by the clerk; what stands in red in a step table stays in it, since
no save can take that, and is there again when the file is opened.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from sopdesk.document.unread import Unread
from sopdesk.foundation.faults import UserError
from sopdesk.storage.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from sopdesk.document.values import Sop
    from sopdesk.storage.drafts import Drafts
    from ui.session import Session
    from ui.works import Work

LOOK_MS = 2000
"""How often there is a look at what is unsaved: the most that a crash may cost."""


class DraftKeeper(QObject):
    """Looks at the session's unsaved work every two seconds, and writes down what is new in it.

    `as_typed` returns the SOP that is looked at with the text in it that is being typed, or that
    text alone where it cannot be read yet; None where none is typed.
    """

    kept = Signal(str)
    """The recovery copy of the SOP of this uuid is on the disk."""
    failed = Signal(object)
    """The `UserError` for which a copy could not be written; told once until one succeeds."""
    _done = Signal(str, object)

    def __init__(
        self,
        session: Session,
        drafts: Drafts,
        as_typed: Callable[[], Sop | Unread | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._drafts, self._as_typed = session, drafts, as_typed
        self._path = session.file.path if session.file is not None else None
        self._kept: dict[str, Draft | None] = {}
        self._has_failed = False
        self._left: frozenset[str] = frozenset()
        self._writer = ThreadPoolExecutor(1, "recovery copies")
        self._last: Future[bool] | Future[None] | None = None
        self._writing: dict[str, Future[bool]] = {}
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        session.saved_changed.connect(self._let_go)
        session.works_left.connect(self._on_works_left)
        session.file_changed.connect(self._on_file_changed)

    @property
    def uuids(self) -> frozenset[str]:
        """The SOPs of the open file that have a copy of this window's."""
        return frozenset(self._kept)

    def look(self) -> None:
        """Write down what is new; return at once."""
        for draft in self._drafts_now().values():
            if not self._is_kept(draft):
                self._begin_to_keep(draft)
        self._let_go()

    def flush(self) -> None:
        """Write down what is new, and return when it is on the disk."""
        self.look()
        if self._last is not None:
            self._last.result()

    def is_safe(self, uuid: str) -> bool:
        """Write down what is new; say whether a crash would now cost nothing of this SOP."""
        self.look()
        writing = self._writing.get(uuid)
        return writing is None or writing.result()

    def leave_copies(self) -> bool:
        """Let the copies of all unsaved work stay where the file is left next.

        Say whether they are on the disk; where not, the clerk has been told by `failed`.
        """
        unsaved = frozenset(work.sop.uuid for work in self._session.works_to_keep)
        if not all(self.is_safe(uuid) for uuid in unsaved):
            return False
        self._left = unsaved
        return True

    def leave_none(self) -> None:
        """Let go what the clerk gives up, whatever was to be left before."""
        self._left = frozenset()

    def end(self) -> None:
        """Write what is to be written, and look no more."""
        self._timer.stop()
        self._session.saved_changed.disconnect(self._let_go)
        self._session.works_left.disconnect(self._on_works_left)
        self._session.file_changed.disconnect(self._on_file_changed)
        self._path = None
        self._writer.shutdown()

    def _drafts_now(self) -> dict[str, Draft]:
        """Return by uuid what a crash must not cost, with the text that is being typed."""
        if self._path is None:
            return {}
        found = {
            work.sop.uuid: self._draft(work, work.sop, work.unread)
            for work in self._session.works_to_keep
        }
        work, typed = self._session.work, self._as_typed()
        if work is not None and typed is not None:
            uuid = work.sop.uuid
            if isinstance(typed, Unread):
                found[uuid] = self._draft(work, work.sop, _with(work.unread, typed))
            else:
                known = self._kept.get(uuid)
                sop = known.sop if known is not None and known.sop == typed else typed
                found[uuid] = self._draft(work, sop, work.unread)
        return found

    def _draft(self, work: Work, sop: Sop, unread: tuple[Unread, ...]) -> Draft:
        assert self._path is not None
        now = datetime.now(UTC)
        return Draft(self._path, sop.uuid, work.rev, work.saved, sop, now, unread)

    def _is_kept(self, draft: Draft) -> bool:
        known = self._kept.get(draft.uuid)
        if known is None or known.sop is not draft.sop:
            return False
        return (known.rev, known.unread) == (draft.rev, draft.unread)

    def _let_go(self) -> None:
        """Drop the copies of what is saved by now."""
        if self._kept:
            for uuid in self._kept.keys() - self._drafts_now().keys() - self._left:
                self._drop(uuid)

    def _on_works_left(self) -> None:
        """Keep what saving left in red and what is left by intent; the window has asked."""
        works = self._session.works_to_keep
        left = [work for work in works if not work.is_dirty or work.sop.uuid in self._left]
        for uuid in self._kept.keys() - {work.sop.uuid for work in left} - self._left:
            self._drop(uuid)
        for work in left:
            self._begin_to_keep(self._draft(work, work.sop, work.unread))
        self._kept.clear()
        self._writing.clear()
        self.leave_none()

    def _on_file_changed(self) -> None:
        self._path = self._session.file.path if self._session.file is not None else None

    def _begin_to_keep(self, draft: Draft) -> None:
        self._kept[draft.uuid] = draft
        writing = self._writer.submit(self._keep, draft)
        self._last = self._writing[draft.uuid] = writing

    def _drop(self, uuid: str) -> None:
        if self._path is not None:
            self._last = self._writer.submit(self._drafts.drop, self._path, uuid)
        del self._kept[uuid]
        self._writing.pop(uuid, None)

    # In the writer's thread

    def _keep(self, draft: Draft) -> bool:
        """Write a copy; say whether it is on the disk."""
        error: Exception | None = None
        try:
            self._drafts.keep(draft)
        except Exception as found:
            error = found  # What is no fault of the disk is raised in the window's thread.
        self._done.emit(draft.uuid, error)
        return error is None

    # In the window's thread

    def _on_done(self, uuid: str, error: Exception | None) -> None:
        if error is None:
            self._has_failed = False
            self.kept.emit(uuid)
            return
        if not isinstance(error, UserError):
            raise error
        if uuid in self._kept:
            self._kept[uuid] = None  # it is tried again at the next look
        if not self._has_failed:
            self.failed.emit(error)
        self._has_failed = True


def _with(unread: tuple[Unread, ...], typed: Unread) -> tuple[Unread, ...]:
    """Return the texts with one more, in place of what stood there."""
    return (*(one for one in unread if one.place != typed.place), typed)
