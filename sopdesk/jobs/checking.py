"""Go through all SOPs of an office file for what breaks the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopdesk.document.findings import Finding
    from sopdesk.document.values import Sop
    from sopdesk.foundation.faults import UserError
    from sopdesk.jobs import Progress


class Checked(NamedTuple):
    """An SOP, its position in the office's order, and what was found in it."""

    position: int
    sop: Sop
    findings: tuple[Finding, ...]


def check_sops(
    file: Path | str,
    *,
    on_damage: Callable[[UserError], None] | None = None,
    progress: Progress | None = None,
) -> list[Checked]:
    """Return every SOP of the file with its findings, in the office's order.

    Where there is `on_damage`, it is told what is damaged (`sop_damaged`, `office_damaged`), and
    the rest goes on.

    Raises:
        UserError: of opening and reading the file.
    """
    from sopdesk.document.findings import findings
    from sopdesk.sheet.legibility import findings_on_paper

    checked = []
    with open_file(file, writable=False) as office_file:
        office = office_file.office(on_damage)
        places = {entry.uuid: entry.position for entry in office_file.entries()}
        for stored in office_file.load_all(on_damage):
            found = (*findings(stored.sop, office), *findings_on_paper(stored.sop, office))
            position = places.get(stored.sop.uuid, len(places))  # another may just have added it
            checked.append(Checked(position, stored.sop, found))
            if progress:
                progress(position, len(places))
    return checked
