"""The foot of the window: what the SOP amounts to, and what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStatusBar, QToolButton

from sopdesk.foundation.wording import tr, word_fault
from ui.plain_words import PlainLabel, plain_tip

if TYPE_CHECKING:
    from sopdesk.storage.presence import Colleague
    from ui.findings.found import Found
    from ui.jobs.job_bar import JobBar
    from ui.session import Session
    from ui.window.actions import Actions

_SAVING_AFTER_MS = 250
_MOST_NAMES = 3


class StatusLine(QStatusBar):
    """Facts at the left; saving, who else is here, long work and findings at the right."""

    def __init__(self, session: Session, found: Found, actions: Actions, job_bar: JobBar) -> None:
        super().__init__()
        self.setObjectName("status_line")
        self.setSizeGripEnabled(False)
        self._session = session
        self._found = found
        self._facts = PlainLabel()
        self._facts.setObjectName("status_facts")
        self._facts.setContentsMargins(8, 0, 8, 0)
        self._findings = _button("status_findings")
        self._findings.clicked.connect(actions["findings"].trigger)
        self._saving = PlainLabel(tr("Saving…"))
        self._saving.setObjectName("status_saving")
        self._saving.hide()
        # Most saves are over before a word of them could be read.
        self._saving_soon = QTimer(self, singleShot=True, interval=_SAVING_AFTER_MS)
        self._saving_soon.timeout.connect(self._saving.show)
        self._others = PlainLabel()
        self._others.setObjectName("status_others")
        self._backup = PlainLabel(tr("No backup of today yet"))
        self._backup.setObjectName("status_backup")
        self._show_backup()
        for label in (self._backup, self._saving, self._others):
            label.setContentsMargins(8, 0, 8, 0)
        self.addWidget(self._facts, 1)
        self.addPermanentWidget(self._backup)
        self.addPermanentWidget(self._saving)
        self.addPermanentWidget(self._others)
        self.addPermanentWidget(job_bar)
        self.addPermanentWidget(self._findings)
        session.sop_changed.connect(self._show_facts)
        session.file_changed.connect(self._show_facts)
        found.changed.connect(self._show_findings)
        session.saving_changed.connect(self._on_saving_changed)
        session.backup_noted.connect(self._show_backup)
        session.colleagues.changed.connect(self._show_others)
        session.entries_changed.connect(self._show_others)
        self._show_others()
        self._show_facts()
        self._show_findings()

    def _show_facts(self, _sop: object = None) -> None:
        session = self._session
        facts = [tr("Read-only")] if session.file is not None and session.is_read_only else []
        procedure = session.procedure
        if procedure is not None and procedure.steps:
            from sopdesk.document.durations import total, word_minutes

            calendar = session.office.calendar
            time = total(procedure.steps, calendar)
            facts += [
                tr("Steps: {count}", count=len(procedure.steps)),
                tr("Actors: {count}", count=len(procedure.lanes)),
            ]
            if time.minutes:
                facts.append(word_minutes(time.minutes, calendar, (tr("d"), tr("h"), tr("min"))))
            if time.left_out:
                facts.append(tr("Durations not counted: {count}", count=len(time.left_out)))
        self._facts.setText("   ·   ".join(facts))

    def _show_backup(self) -> None:
        """Say that the day's backup could not be made, and why to who asks."""
        fault = self._session.backup_fault
        why = word_fault(fault) if fault is not None else ""
        self._backup.setToolTip(plain_tip(why))
        self._backup.setAccessibleDescription(why)
        self._backup.setVisible(fault is not None)

    def _on_saving_changed(self, is_saving: bool) -> None:
        if is_saving:
            self._saving_soon.start()
        else:
            self._saving_soon.stop()
            self._saving.hide()

    def _show_others(self) -> None:
        """Say who else has the file open; which SOP each has open is said to who points there."""
        others = self._session.colleagues.others
        names = list(dict.fromkeys(other.name for other in others))
        shown = ", ".join(names[:_MOST_NAMES]) + ("…" if len(names) > _MOST_NAMES else "")
        self._others.setText(tr("Also here: {names}", names=shown) if names else "")
        self._others.setToolTip(plain_tip("\n".join(map(self._what_is_open, others))))
        self._others.setVisible(bool(names))

    def _what_is_open(self, other: Colleague) -> str:
        titles = [self._session.title_of(uuid) for uuid in other.sops]
        open_now = "; ".join(title for title in titles if title)
        person = tr("{name} on {host}", name=other.name, host=other.host)
        return f"{person}: {open_now}" if open_now else person

    def _show_findings(self) -> None:
        errors, others = self._found.count("error"), self._found.count("warning")
        words = []
        if errors:
            words.append(tr("To mend: {count}", count=errors))
        if others:
            words.append(tr("To look at: {count}", count=others))
        has_steps = self._session.procedure is not None and bool(self._session.procedure.steps)
        self._findings.setText("   ".join(words) or tr("Nothing to mend"))
        self._findings.setVisible(bool(words) or has_steps)


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
