"""The words an office has used so far, gathered from its SOPs bit by bit."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopdesk.document.values import Sop
    from ui.session import Session

_SLICE_S = 0.008
"""How long one bit of gathering may hold the window up."""
TOPICS = ("lanes", "activity", "requirements", "outputs")
"""The columns of the step table in which words come again."""
_MOST_WORDS = 2000
"""How many texts of a topic are worth to be looked through while one types."""


class Vocabulary(QObject):
    """Texts by topic, the most used first. Reads each SOP of the file once, when first asked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._counts: dict[str, Counter[str]] = {topic: Counter() for topic in TOPICS}
        self._sorted: dict[str, list[str]] = {}
        self._waiting: list[str] = []
        self._is_begun = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._gather)
        session.file_changed.connect(self._forget)

    def words(self, topic: str) -> list[str]:
        """Return the texts of a topic gathered so far, and see to it that there will be more."""
        if not self._is_begun:
            self._is_begun = True
            self._waiting = [entry.uuid for entry in self._session.entries]
            self._timer.start(0)
        if topic not in self._sorted:
            most = self._counts[topic].most_common(_MOST_WORDS)
            self._sorted[topic] = [text for text, _ in most]
        return self._sorted[topic]

    def _forget(self) -> None:
        self._timer.stop()
        self._is_begun = False
        self._sorted.clear()
        for counted in self._counts.values():
            counted.clear()

    def _gather(self) -> None:
        until = perf_counter() + _SLICE_S
        file = self._session.file
        while file is not None and self._waiting and perf_counter() < until:
            try:
                self._count(file.load(self._waiting.pop()).sop)
            except UserError:
                # A suggestion less; opening that SOP will tell the clerk what is wrong with it.
                continue
        if not self._waiting or file is None:
            self._timer.stop()

    def _count(self, sop: Sop) -> None:
        for procedure in sop.procedures:
            self._add("lanes", (lane.name for lane in procedure.lanes))
            for step in procedure.steps:
                # A cell's list completes a line: what has several is offered to none.
                self._add("activity", _single((step.activity,)))
                self._add("requirements", _single(step.requirements))
                self._add("outputs", _single(step.outputs))

    def _add(self, topic: str, texts: Iterable[str]) -> None:
        self._counts[topic].update(text for text in texts if text)
        self._sorted.pop(topic, None)


def _single(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if "\n" not in text)
