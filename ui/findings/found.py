"""The findings of the SOP that is looked at, looked up when the clerk pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from sopdesk.document.findings import Finding
    from ui.session import Session

PAUSE_MS = 300


class Found(QObject):
    """Looks again after each change; `changed` tells when the findings are others."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._found: tuple[Finding, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        session.sop_changed.connect(self._on_sop_changed)

    @property
    def all(self) -> tuple[Finding, ...]:
        """The findings, worst first, then in the order of the sheet."""
        return self._found

    def count(self, severity: str) -> int:
        """Return how many findings are as severe as this."""
        return sum(finding.severity == severity for finding in self._found)

    def look(self) -> None:
        """Look now."""
        from sopdesk.document.findings import findings

        self._pause.stop()
        sop = self._session.sop
        found = findings(sop, self._session.office) if sop is not None else ()
        rank = {"error": 0, "warning": 1, "hint": 2}
        self._found = tuple(sorted(found, key=lambda finding: rank[finding.severity]))
        self.changed.emit()

    def mend(self, finding: Finding) -> None:
        """Mend one finding, as one undo."""
        from sopdesk.document.findings import mend

        self._session.apply(tr("Mend"), lambda sop: mend(sop, finding))

    def _on_sop_changed(self, _sop: object) -> None:
        self._pause.start()
