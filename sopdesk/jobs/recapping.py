"""Make the recap of one or many office files."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.jobs.outputs import refuse_office_file
from sopdesk.jobs.selection import read_office, read_sops
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sopdesk.document.values import Sop
    from sopdesk.foundation.faults import UserError
    from sopdesk.jobs import Progress


@dataclass(frozen=True, slots=True)
class Recapped:
    """What a recap holds, and what was left out for being damaged."""

    out: str
    sops: int
    damage: tuple[UserError, ...] = ()


def make_recap(
    files: Sequence[Path | str],
    out: Path | str,
    *,
    on: datetime.date | None,
    unsaved: Sequence[Sop] = (),
    sound_only: bool = False,
    progress: Progress | None = None,
) -> Recapped:
    """Write the recap of the files' SOPs as a workbook, as `output.recap.write_recap` says.

    A file that is named twice counts once. `unsaved` holds SOPs as they stand in an editor.
    With `sound_only` what is damaged is left out and told, unless all of a file is. Progress counts
    each SOP twice, when it is read and when it is written.

    Raises:
        UserError: of opening and reading the files, of writing `out`, which is then as it was;
            `out_is_office_file`.
    """
    from sopdesk.output.recap import write_recap

    refuse_office_file(out, files)
    damage: list[UserError] = []
    files = list({os.path.realpath(file): file for file in files}.values())
    with ExitStack() as opened:
        office_files = [opened.enter_context(open_file(file, writable=False)) for file in files]
        listed = [office_file.entries() for office_file in office_files]
        count = sum(map(len, listed))
        offices = []
        done = 0
        for office_file, entries in zip(office_files, listed, strict=True):
            sops = []
            left_out: list[UserError] | None = [] if sound_only else None
            for sop in read_sops(office_file, entries, unsaved, left_out):
                sops.append(sop)
                done += 1
                if progress:
                    progress(done, 2 * count)
            offices.append((read_office(office_file, left_out), sops))
            damage += left_out or ()
    write_recap(
        offices,
        Path(out),
        on=on,
        progress=progress and (lambda written: progress(count + written, 2 * count)),
    )
    return Recapped(str(out), sum(len(sops) for _, sops in offices), tuple(damage))
