"""The findings of the SOP that is looked at, looked up when the clerk pauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.document.findings import Finding
    from sopdesk.document.unread import Unread
    from ui.session import Session

PAUSE_MS = 300


class Found(QObject):
    """Looks again after each change; `changed` tells when the findings are others."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._found: tuple[Finding, ...] = ()
        self._unread: tuple[Unread, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        session.sop_changed.connect(self._on_sop_changed)
        session.saved_changed.connect(self._on_saved_changed)

    @property
    def all(self) -> tuple[Finding, ...]:
        """The findings, worst first, then in the order of the sheet."""
        return self._found

    @property
    def is_begun(self) -> bool:
        """Whether there is a step to look at; a sheet that is still empty is no mistake."""
        sop = self._session.sop
        return sop is not None and any(procedure.steps for procedure in sop.procedures)

    def count(self, severity: str) -> int:
        """Return how many findings are as severe as this."""
        return sum(finding.severity == severity for finding in self._found)

    def look(self) -> None:
        """Look now."""
        from sopdesk.document.findings import Finding, findings
        from sopdesk.sheet.legibility import findings_on_paper

        self._pause.stop()
        sop = self._session.sop
        office = self._session.office
        self._unread = self._unread_now()
        found: tuple[Finding, ...] = ()
        if sop is not None and self.is_begun:
            unread = (
                Finding("cell_unread", "error", one.step, one.procedure, {"text": one.text})
                if one.step
                else Finding("field_unread", "error", None, 0, _field_facts(one), part="identity")
                for one in self._unread
            )
            found = (*unread, *findings(sop, office), *findings_on_paper(sop, office))
        rank = {"error": 0, "warning": 1, "hint": 2}
        together = _empty_fields_together(found)
        self._found = tuple(sorted(together, key=lambda finding: rank[finding.severity]))
        self.changed.emit()

    def mend(self, finding: Finding) -> None:
        """Mend one finding, as one undo."""
        from sopdesk.document.findings import mend

        self._session.apply(tr("Mend"), lambda sop: mend(sop, finding))

    def _on_sop_changed(self, _sop: object) -> None:
        self._pause.start()

    def _on_saved_changed(self) -> None:
        if self._unread_now() != self._unread:
            self._pause.start()

    def _unread_now(self) -> tuple[Unread, ...]:
        """Return what stands in red: no value has it, so no rule finds it."""
        work = self._session.work
        if work is None:
            return ()
        return tuple(one for one in work.unread if one not in work.stranded)


def _field_facts(one: Unread) -> dict[str, object]:
    return {"text": one.text, "field": one.column}


def _empty_fields_together(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings with one for all the empty fields of the identity, in place of the first.

    A new SOP has many of them, and all say the same.
    """
    empty = [finding for finding in found if finding.code == "identity_empty"]
    if not empty:
        return list(found)
    labels = "”, “".join(str(finding.facts["label"]) for finding in empty)
    one = replace(empty[0], facts={**empty[0].facts, "label": labels})
    rest = [finding for finding in found if finding.code != "identity_empty"]
    rest.insert(list(found).index(empty[0]), one)
    return rest
