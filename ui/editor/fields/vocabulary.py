"""The words an office has used so far, gathered from its SOPs in the file thread, bit by bit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sopdesk.document.vocabulary import Used, used_in
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sopdesk.document.values import Approval
    from sopdesk.storage.office_file import OfficeFile
    from ui.file_thread import Asked
    from ui.session import Session

BEGIN_MS = 1_500
"""So long after a file is opened the gathering begins: the clerk should see the file first."""
_SLICE_MS = 25
"""Between two slices; what else is asked of the file gets its turn there."""
_FEW = 10
"""SOPs that are read at once: few enough for nobody to feel it."""
_MOST_WORDS = 2000
"""How many texts of a topic are worth to be looked through while one types."""
_CLOSING_MARKS = " ;,."
_NOTHING = Used({}, ())

_Read = dict[str, tuple[int, Used] | None]
"""By uuid, the save that was read and what it offers; None where it cannot be read."""


class Vocabulary(QObject):
    """Texts by topic and officials, the most used first, of the SOPs that the file lists now.

    Each save of an SOP is read once. What a deleted one has offered goes with it at once.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._read: dict[str, tuple[int, Used]] = {}
        self._sorted: dict[str, list[str]] = {}
        self._officials: list[Approval] | None = None
        self._asked: Asked[_Read] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        session.file_changed.connect(self._begin_anew)
        session.entries_changed.connect(self._follow)
        self._begin_anew()

    def words(self, topic: str) -> list[str]:
        """Return the texts of a topic gathered so far, those alike but for their last mark once."""
        if topic not in self._sorted:
            counts = Counter[str]()
            for _, used in self._read.values():
                counts.update(used.texts.get(topic, ()))
            self._sorted[topic] = _distinct(text for text, _ in counts.most_common(_MOST_WORDS))
        return self._sorted[topic]

    def officials(self) -> list[Approval]:
        """Return who has signed, as gathered so far."""
        if self._officials is None:
            counts = Counter(one for _, used in self._read.values() for one in used.officials)
            self._officials = [one for one, _ in counts.most_common(_MOST_WORDS)]
        return self._officials

    # Gathering

    def _begin_anew(self) -> None:
        self._asked = None
        self._read.clear()
        self._forget_sorted()
        self._timer.start(BEGIN_MS)

    def _follow(self) -> None:
        """Give up what is no longer in the list, and see to it that what is new gets read."""
        listed = {entry.uuid for entry in self._session.entries}
        gone = [uuid for uuid in self._read if uuid not in listed]
        for uuid in gone:
            del self._read[uuid]
        if gone:
            self._forget_sorted()
        if not self._timer.isActive() and self._asked is None:
            self._timer.start(_SLICE_MS)

    def _forget_sorted(self) -> None:
        self._sorted.clear()
        self._officials = None

    def _unread(self) -> list[str]:
        """Return the SOPs of which a save has not been read that the list knows."""
        return [
            entry.uuid
            for entry in self._session.entries
            if self._read.get(entry.uuid, (0, _NOTHING))[0] < entry.rev
        ]

    def _go_on(self) -> None:
        few = self._unread()[:_FEW]
        if few:
            self._asked = self._session.ask_file(lambda file: _read(file, few))
            self._asked.then(self._on_answered)

    def _on_answered(self, asked: Asked[_Read]) -> None:
        if asked is not self._asked:  # of the file before
            return
        self._asked = None
        if asked.fault is not None:
            return  # Suggestions less; the next change of the list asks again.
        listed = {entry.uuid: entry.rev for entry in self._session.entries}
        for uuid, found in asked.result().items():
            if uuid in listed:
                self._read[uuid] = found or (listed[uuid], _NOTHING)
        self._forget_sorted()
        self._timer.start(_SLICE_MS)


def _read(file: OfficeFile, uuids: Collection[str]) -> _Read:
    """Return what these SOPs offer; None for one that is damaged, or gone meanwhile.

    Raises:
        UserError: the file cannot be read.
    """
    found: _Read = {}
    for uuid in uuids:
        try:
            stored = file.load(uuid)
        except UserError as fault:
            if fault.code not in ("sop_missing", "sop_damaged"):
                raise
            found[uuid] = None
        else:
            found[uuid] = stored.rev, used_in(stored.sop)
    return found


def _distinct(texts: Iterable[str]) -> list[str]:
    """Return the first of those that differ in case or in the mark at their end alone."""
    known: dict[str, str] = {}
    for text in texts:
        known.setdefault(text.rstrip(_CLOSING_MARKS).casefold(), text)
    return list(known.values())
