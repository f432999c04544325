"""What other clerks do to the open file: noticed within moments, never put over unsaved work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from sopdesk.foundation.faults import UserError
from ui.looking import Lookout, Seen, read

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import SignalInstance

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.storage.office_file import Entry, OfficeFile
    from ui.file_thread import Asked, FileThread
    from ui.saving import Saving
    from ui.works import Foreign, Work, Works

LOOK_MS = 2000
"""How often the file is looked at: what another has saved is to be seen within three seconds."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One SOP three times: as it was loaded, as it stands here, and as another has saved it."""

    base: Sop
    mine: Sop
    theirs: Sop
    foreign: Foreign


class Host(Protocol):
    """What is asked of the session for which the file is looked at."""

    @property
    def file(self) -> OfficeFile | None:
        """The open file, in the window's thread."""

    @property
    def work(self) -> Work | None:
        """The work on the SOP that is looked at."""

    @property
    def commit_asked(self) -> SignalInstance:
        """Has text being typed applied."""

    @property
    def fault_found(self) -> SignalInstance:
        """Tells a fault."""

    def show_contents(self, office: Office, entries: Sequence[Entry]) -> None:
        """Show the office and the list as they have been read."""

    def note_changed(self, work: Work) -> None:
        """Tell that this work stands at another value, or over another save."""

    def reopen(self) -> None:
        """Connect anew to the file."""

    def save(self, only: Collection[str] | None = None) -> Saving:
        """Save these SOPs."""


class Sharing(QObject):
    """Looks at the file every other second and takes in what is new, for the session's works.

    An SOP without unsaved work is shown as the other has saved it, with a history that begins
    there; beside unsaved work the other's version is kept as `foreign`, to be compared.
    """

    foreign_changed = Signal()
    """Which open SOP another has changed under unsaved work, or deleted, may have changed."""
    reach_changed = Signal()
    """Whether the file can be reached may have changed."""
    failed = Signal(object)
    """Why looking failed (a `UserError`), each time that it does."""

    def __init__(self, session: Host, works: Works, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._works = session, works
        self._thread: FileThread | None = None
        self._lookout = Lookout()
        self._asked: Asked[Seen | None] | None = None
        self.fault: UserError | None = None
        """Why the file cannot be reached at present; None while it can."""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, thread: FileThread | None) -> None:
        """Look from now on at this thread's file, at none for None."""
        self._thread, self._lookout = thread, Lookout()
        if thread is not None:
            thread.at_end(self._lookout.close)
            self._timer.start()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._thread = self._asked = None
        self._reach(None)

    # Looking

    def look(self) -> None:
        """Have the file looked at, unless that is going on."""
        if self._thread is None or self._asked is not None:
            return
        lookout, known = self._lookout, self._known()
        self._asked = self._thread.ask(lambda file: lookout.look(file, known))
        self._asked.then(self._on_looked)

    def read_now(self) -> None:
        """Read what is new at once, in the window's thread; a fault is told."""
        file = self._session.file
        if file is None:
            return
        try:
            seen = read(file, self._known())
        except UserError as fault:
            self._session.fault_found.emit(fault)
        else:
            self._take_in(seen)

    def _known(self) -> dict[str, int]:
        work = self._session.work
        return self._works.revs | ({work.sop.uuid: work.rev} if work is not None else {})

    def _on_looked(self, asked: Asked[Seen | None]) -> None:
        if asked is not self._asked:  # of the file before
            return
        self._asked = None
        fault = asked.fault
        if fault is not None:
            if fault.code != "file_locked":
                self._reach(fault)
                self.failed.emit(fault)
            return
        was_away = self.fault is not None
        self._reach(None)
        if was_away:
            self._session.reopen()
        seen = asked.result()
        if seen is not None:
            self._take_in(seen)

    def _reach(self, fault: UserError | None) -> None:
        before, self.fault = self.fault, fault
        if (before and before.code) != (fault and fault.code):
            self.reach_changed.emit()

    # Taking in

    def _take_in(self, seen: Seen) -> None:
        for uuid, foreign in seen.foreign.items():
            work = self._works.get(uuid)
            if work is not None and work.sent is None and foreign.rev != work.rev:
                self.meet(work, foreign)
        self._session.show_contents(seen.office, seen.entries)

    def meet(self, work: Work, foreign: Foreign) -> None:
        """Take in what another has made of an open SOP; text being typed counts as unsaved work."""
        before = work.foreign
        if before is not None and (before.rev, before.sop) == (foreign.rev, foreign.sop):
            return
        if work is self._session.work:
            self._session.commit_asked.emit()
        work.meet(foreign)
        self._session.note_changed(work)
        self.foreign_changed.emit()

    # Settling

    def versions(self, uuid: str) -> Versions | None:
        """Return the versions of an SOP with unsaved work that another has saved meanwhile.

        None where nobody has, or it was deleted.
        """
        work = self._works.get(uuid)
        if work is None or work.foreign is None or work.foreign.sop is None:
            return None
        return Versions(work.saved, work.sop, work.foreign.sop, work.foreign)

    def resolve(self, uuid: str, sop: Sop, over: Foreign) -> Saving:
        """Save an SOP as it was settled over what another has saved, through the same check.

        The own version that it leaves goes into the file's history with that save. Its undo begins
        anew.
        """
        work = self._works.get(uuid)
        if work is not None:
            work.begin_anew(sop, over)
            self._session.note_changed(work)
            self.foreign_changed.emit()
        return self._session.save([uuid])
