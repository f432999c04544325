"""Make the recap of one or many office files."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.jobs.outputs import refuse_office_file
from sopdesk.jobs.selection import read_sops
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from sopdesk.document.values import Sop
    from sopdesk.jobs import Progress


@dataclass(frozen=True, slots=True)
class Recapped:
    """What a recap holds."""

    out: str
    sops: int


def make_recap(
    files: Sequence[Path | str],
    out: Path | str,
    *,
    on: datetime.date | None,
    unsaved: Sequence[Sop] = (),
    progress: Progress | None = None,
) -> Recapped:
    """Write the recap of the files' SOPs as a workbook, as `output.recap.write_recap` says.

    A file that is named twice counts once. `unsaved` holds SOPs as they stand in an editor.
    Progress counts each SOP twice, when it is read and when it is written.

    Raises:
        UserError: of opening and reading the files, of writing `out`, which is then as it was;
            `out_is_office_file`.
    """
    from sopdesk.output.recap import write_recap

    refuse_office_file(out, files)
    files = list({Path(file).resolve(): file for file in files}.values())
    with ExitStack() as opened:
        office_files = [opened.enter_context(open_file(file, writable=False)) for file in files]
        listed = [office_file.entries() for office_file in office_files]
        count = sum(map(len, listed))
        offices = []
        done = 0
        for office_file, entries in zip(office_files, listed, strict=True):
            sops = []
            for sop in read_sops(office_file, entries, unsaved):
                sops.append(sop)
                done += 1
                if progress:
                    progress(done, 2 * count)
            offices.append((office_file.office(), sops))
    write_recap(
        offices,
        Path(out),
        on=on,
        progress=progress and (lambda written: progress(count + written, 2 * count)),
    )
    return Recapped(str(out), count)
