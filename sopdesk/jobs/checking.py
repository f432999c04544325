"""Go through all SOPs of an office file for what breaks the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from sopdesk.document.findings import Finding
    from sopdesk.document.values import Sop
    from sopdesk.jobs import Progress


class Checked(NamedTuple):
    """An SOP, its position in the office's order, and what was found in it."""

    position: int
    sop: Sop
    findings: tuple[Finding, ...]


def check_sops(file: Path | str, *, progress: Progress | None = None) -> list[Checked]:
    """Return every SOP of the file with its findings, in the office's order.

    Raises:
        UserError: of opening and reading the file.
    """
    from sopdesk.document.findings import findings
    from sopdesk.sheet.legibility import findings_on_paper

    checked = []
    with open_file(file, writable=False) as office_file:
        office, count = office_file.office(), len(office_file.entries())
        for position, stored in enumerate(office_file.load_all(), 1):
            found = (*findings(stored.sop, office), *findings_on_paper(stored.sop, office))
            checked.append(Checked(position, stored.sop, found))
            if progress:
                progress(position, count)
    return checked
