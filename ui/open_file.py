"""The open office file: its office and list, the works on its SOPs, and the way to save them.

Whatever may wait for others goes through the file thread. Which SOP is looked at, and its changes,
are the session's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from ui.colleagues import Colleagues
from ui.connection import Connection
from ui.open_office import OpenOffice, read_contents, saved_over
from ui.saving import Saving
from ui.sharing import Sharing
from ui.sop_list import SopList
from ui.soundness import Soundness
from ui.works import Selection, Work, Works

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.foundation.faults import UserError
    from sopdesk.storage.office_file import Entry, OfficeFile
    from ui.file_thread import Asked

T = TypeVar("T")


class OpenFile(QObject):
    """The open office file, its list, the works on its SOPs, and how they are saved.

    `commit_asked` is emitted before anything that must not lose text being typed (save, undo,
    another SOP, printing, closing): whoever holds such text applies it at once.
    """

    file_changed = Signal()
    office_changed = Signal()
    entries_changed = Signal()
    sop_changed = Signal(object)
    """Another SOP, or another value of it, or another of its flow tables; None without an SOP."""
    selection_changed = Signal(object)
    saved_changed = Signal()
    """Whether there is unsaved work, or which, may have changed."""
    saving_changed = Signal(bool)
    """Whether a save is going on."""
    works_left = Signal()
    """The works on the open file are given up next: the window has asked about what is unsaved."""
    save_failed = Signal(str, object)
    """The SOP of this uuid could not be saved, with the `UserError`; its work stays open."""
    backup_noted = Signal()
    """`backup_fault` has changed."""
    commit_asked = Signal()
    fault_found = Signal(object)
    """A `UserError` that the clerk should be told; nothing was changed."""
    held_up = Signal(object, object)
    """A `UserError` as in `fault_found` that passes by itself, and what to call to try again."""

    def __init__(self, parent: QObject | None = None, name: str = "") -> None:
        super().__init__(parent)
        self._connection = Connection(name, self)
        self._office = OpenOffice()
        self._works = Works()
        self._current: Work | None = None
        self._saving: Saving | None = None
        self.sharing = Sharing(self, self._works, self)
        self.colleagues = Colleagues(name, self)
        self.soundness = Soundness(self)
        self._list = SopList(self._works, self.soundness.is_damaged)
        self._connection.fault_found.connect(self.fault_found)
        self._connection.held_up.connect(self.held_up)
        self._connection.backup_noted.connect(self.backup_noted)
        self.soundness.changed.connect(lambda: self._show_entries(self.entries))
        self.fault_found.connect(self.soundness.learn)
        self.save_failed.connect(lambda _uuid, fault: self.soundness.learn(fault))
        self.sharing.failed.connect(self.soundness.learn)

    # The office file

    @property
    def file(self) -> OfficeFile | None:
        """The open office file, None on the welcome page."""
        return self._connection.file

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed: a read-only file, or none."""
        return self._connection.is_read_only

    @property
    def name(self) -> str:
        """Who colleagues on the same file are told that this is, and whose the saves are."""
        return self._connection.name

    @property
    def backup_fault(self) -> UserError | None:
        """Why the backup before the day's first change could not be made; the saves were."""
        return self._connection.backup_fault

    @property
    def office(self) -> Office:
        """The office of the file, with its settings; a nameless one without a file."""
        return self._office.value

    def use_file(self, file: OfficeFile | None) -> None:
        """Show this file from now on, and none of its SOPs yet; close the one before.

        Unsaved work in the one before is given up: the window has asked.

        Raises:
            UserError: the file cannot be read; it is closed, and the one before stays.
        """
        damage: list[UserError] = []
        office, entries = read_contents(file, damage.append)
        self.works_left.emit()
        self._works.clear()
        self._current = None
        self._office.show(office)
        for part in (self.sharing, self.colleagues, self.soundness):
            part.end()
        self._connection.turn_to(file)
        thread = self._connection.file_thread
        self.sharing.begin(thread)
        self.colleagues.begin(thread)
        self.soundness.begin(thread, [one.uuid for one in entries if one.is_damaged])
        self.file_changed.emit()
        self.office_changed.emit()
        self._show_entries(entries)
        self._tell_sop()
        self.saved_changed.emit()
        for fault in damage:
            self.fault_found.emit(fault)

    def reopen(self) -> None:
        """Connect anew to the file, because its share was away; without success all stays.

        What is unsaved stays open in any case.
        """
        self._connection.reopen()

    def rename(self, name: str) -> None:
        """Be called so from now on, by colleagues and in what is saved."""
        self._connection.rename(name)
        self.colleagues.rename(name)

    def save_office(self, office: Office, over: Office | None = None) -> bool:
        """Keep other office settings, in the file at once; say whether that was done.

        `over` are those that they were made from; None for the ones that are shown. Where another
        has saved others meanwhile, theirs stay and the clerk is told.
        """
        base = self.office if over is None else over
        act = saved_over(office, base)
        if not self.do_in_file(act, lambda: self.save_office(office, base)):
            return False
        self._office.show(office)
        self.office_changed.emit()
        self._tell_sop()
        return True

    # The library

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The SOPs of the file in the office's order, with unsaved titles and statuses."""
        return self._list.entries

    def position_behind(self, uuid: str) -> int | None:
        """Return the position right behind an SOP; None, the end, where it is not listed."""
        return self._list.position_behind(uuid)

    def title_of(self, uuid: str) -> str:
        """Return an SOP's title as it stands, saved or not; `""` where there is none."""
        return self._list.title_of(uuid)

    def reread(self) -> None:
        """Read at once what another process has written into the file."""
        self.sharing.read_now()

    def show_contents(self, office: Office, entries: Sequence[Entry]) -> None:
        """Show the office and the list as they have been read, where they are others."""
        if self._office.show(office):
            self.office_changed.emit()
            self._tell_sop()
        if self._list.show(entries):
            self.entries_changed.emit()

    def search(self, text: str) -> Sequence[str]:
        """Return the uuids of the SOPs whose saved words contain the text."""
        file = self.file
        if file is None:
            return ()
        return self._connection.attempt(lambda: file.search(text)) or ()

    # What is looked at

    @property
    def work(self) -> Work | None:
        """The work on the SOP that is looked at."""
        return self._current

    @property
    def sop(self) -> Sop | None:
        """The SOP that is looked at, unsaved changes included."""
        return self._current.sop if self._current is not None else None

    @property
    def selection(self) -> Selection:
        """What is selected in every view of the flow table."""
        return self._current.selection if self._current is not None else Selection()

    # Saving

    def save(self, only: Collection[str] | None = None) -> Saving:
        """Ask for every SOP with unsaved work, or those of these, to be saved; return at once.

        Each goes through the check of its revision. What could not be saved stays as unsaved work;
        nothing is lost. While a save goes on it is the one returned, and it saves what is newer
        when its turn comes.
        """
        self.commit_asked.emit()
        saving = self._saving
        if saving is None:
            saving = self._saving = Saving(
                self._works,
                self._connection.file_thread,
                self._on_answered,
                self.sharing.meet,
                self._on_saved,
            )
            self.saving_changed.emit(True)
        saving.begin(only)
        return saving

    def wait_for_save(self) -> None:
        """Return when no save goes on any more, with the window painted meanwhile."""
        if self._saving is not None:
            self._saving.wait()

    def _on_answered(self, uuid: str, fault: UserError | None) -> None:
        if fault is None:
            self.soundness.note(uuid, is_damaged=False)
        else:
            self.save_failed.emit(uuid, fault)
        self.saved_changed.emit()

    def _on_saved(self, entries: Sequence[Entry] | None) -> None:
        self._saving = None
        if entries is not None:
            self._show_entries(entries)
        self.saved_changed.emit()
        self.saving_changed.emit(False)

    def do_in_file(
        self, act: Callable[[OfficeFile], T], again: Callable[[], object] | None = None
    ) -> T | None:
        """Do something with the file that may have to wait for others; return what it returns.

        `act` runs in the file thread, after the saves that were asked for before; the window stays
        painted. None where it cannot be done: the clerk is told, and offered to call `again` where
        others kept the file busy for too long.
        """
        return self._connection.do_in_file(act, again)

    def ask_file(self, act: Callable[[OfficeFile], T]) -> Asked[T]:
        """Have something read in the file thread when its turn comes; return at once.

        Only while a file is open. Whoever asks is told of a fault, not the clerk.
        """
        thread = self._connection.file_thread
        assert thread is not None
        return thread.ask(act)

    # Within

    def _read_entries(self) -> None:
        file = self.file
        entries = self._connection.attempt(file.entries) if file is not None else ()
        if entries is not None:
            self._show_entries(entries)

    def _show_entries(self, entries: Sequence[Entry]) -> None:
        self._list.show(entries)
        self.entries_changed.emit()

    def note_changed(self, work: Work) -> None:
        """Tell the panels that this work stands at another value, or over another save."""
        if work is self._current:
            self._tell_sop()
        self.saved_changed.emit()

    def _tell_sop(self) -> None:
        self.colleagues.look_at(self.sop.uuid if self.sop is not None else None)
        self.sop_changed.emit(self.sop)
        self.selection_changed.emit(self.selection)
