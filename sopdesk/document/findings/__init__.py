"""What is wrong or doubtful in an SOP by the rules of the guideline, and how to mend it.

A finding never blocks anything. An error is against a rule that a reader needs to follow the chart;
a warning is probably a slip; a hint is about style.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.edits import replace_procedure
from sopdesk.document.findings.cells import findings_in_cells
from sopdesk.document.findings.finding import Finding
from sopdesk.document.findings.flow import findings_in_flow
from sopdesk.document.findings.identity import findings_in_identity
from sopdesk.document.findings.lanes import findings_in_lanes
from sopdesk.document.findings.writing import findings_in_writing
from sopdesk.document.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.office import Office
    from sopdesk.document.values import Procedure, Sop

__all__ = ["Finding", "findings", "mend"]


def findings(sop: Sop, office: Office) -> tuple[Finding, ...]:
    """Return the findings of an SOP: its identity's, then each flow table's by rows.

    A planned SOP is only a title yet: as long as it has no step, nothing else is asked of it.
    """
    has_steps = any(procedure.steps for procedure in sop.procedures)
    if sop.status is Status.PLANNED and not has_steps:
        return tuple(f for f in findings_in_identity(sop, office) if f.code == "title_missing")
    found = list(findings_in_identity(sop, office))
    columns = sop.sheet.columns or office.sheet.columns or ()
    for index, procedure in enumerate(sop.procedures):
        rows = {step.id: row for row, step in enumerate(procedure.steps)}
        in_table = [
            replace(finding, procedure=index)
            for finding in _in_procedure(procedure, office, columns)
        ]
        found += sorted(in_table, key=lambda finding: rows.get(finding.step or "", -1))
    return tuple(found)


def mend(sop: Sop, finding: Finding) -> Sop:
    """Return the SOP with a finding mended; unchanged where there is no mend, or it came too late.

    The SOP may have changed since the finding was made: a mend names what it repairs by identity.
    """
    if finding.mend is None or finding.procedure >= len(sop.procedures):
        return sop
    procedure = sop.procedures[finding.procedure]
    return replace_procedure(sop, finding.procedure, finding.mend(procedure))


def _in_procedure(
    procedure: Procedure, office: Office, columns: tuple[str, ...]
) -> Iterator[Finding]:
    if not procedure.steps:
        yield Finding("no_steps", "warning")
        return
    yield from findings_in_lanes(procedure)
    yield from findings_in_flow(procedure)
    yield from findings_in_cells(procedure, office.calendar, columns)
    yield from findings_in_writing(procedure)
