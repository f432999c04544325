"""Export SOPs of an office file into the format that the output's name asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.jobs.outputs import refuse_office_file
from sopdesk.jobs.selection import chosen, damaged_sops, read_office, read_sops
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.document.values import Sop
    from sopdesk.jobs import Progress

ENDINGS = (".json",)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, and what was left out for being damaged."""

    out: str
    sops: int
    damage: tuple[UserError, ...] = ()


def export_sops(
    file: Path | str,
    out: Path | str,
    *,
    wanted: Sequence[str] = (),
    unsaved: Sequence[Sop] = (),
    sound_only: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the wanted SOPs, or all, in the office's order; `.json` is the exchange file.

    With `sound_only` what is damaged is left out and told, unless all is.

    Raises:
        UserError: `export_format` for another ending; `out_is_office_file`; of opening and reading
            the file, of writing `out`; `sop_not_found`. What `out` held is as it was.
    """
    from sopdesk.output.exchange import write_exchange

    target = Path(out)
    if target.suffix.lower() not in ENDINGS:
        raise UserError("export_format", path=str(out), endings=", ".join(ENDINGS))
    refuse_office_file(out, [file])
    damage: list[UserError] | None = [] if sound_only else None
    with open_file(file, writable=False) as office_file:
        entries, office = chosen(office_file.entries(), wanted), read_office(office_file, damage)
        sops = read_sops(office_file, entries, unsaved, damage)
        write_exchange(_telling(sops, len(entries), progress), office, target)
    return Exported(str(out), len(entries) - damaged_sops(damage), tuple(damage or ()))


def _telling(sops: Iterator[Sop], count: int, progress: Progress | None) -> Iterator[Sop]:
    for done, sop in enumerate(sops, 1):
        yield sop
        if progress:
            progress(done, count)
