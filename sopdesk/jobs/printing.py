"""Print the sheets of an office file's SOPs into one PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.foundation.faults import UserError
from sopdesk.jobs.outputs import refuse_office_file
from sopdesk.jobs.selection import (
    chosen,
    damaged_sops,
    read_office,
    read_sops,
    the_one,
    with_sheets,
)
from sopdesk.storage.office_file import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Literal

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.jobs import Progress
    from sopdesk.sheet.values import Sheet
    from sopdesk.storage.office_file import Entry

    Orientation = Literal["landscape", "portrait"]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a print holds; `titles` counts the SOPs left out for being no more than a title.

    `damage` says which SOPs were left out for being damaged, and whether the settings were.
    """

    out: str
    sops: int
    pages: int
    titles: int
    damage: tuple[UserError, ...] = ()


def print_sheets(
    file: Path | str,
    out: Path | str,
    *,
    wanted: Sequence[str] = (),
    paper: str | None = None,
    orientation: Orientation | None = None,
    unsaved: Sequence[Sop] = (),
    sound_only: bool = False,
    progress: Progress | None = None,
) -> Printed:
    """Write the sheets of the wanted SOPs, or of all, as a PDF in the office's order.

    Titles without a sheet are left out, unless there is nothing else. `unsaved` holds SOPs as they
    stand in an editor. With `sound_only` what is damaged is left out and told, unless all is.

    Raises:
        UserError: of opening and reading the file, of writing `out`; `out_is_office_file`,
            `sop_not_found`, `nothing_to_print`. What `out` held is as it was.
    """
    from sopdesk.output.pdf import write_pdf

    refuse_office_file(out, [file])
    damage: list[UserError] | None = [] if sound_only else None
    with open_file(file, writable=False) as office_file:
        entries, office = office_file.entries(), read_office(office_file, damage)
        listed = chosen(entries, wanted)
        printed = with_sheets(listed, unsaved)
        if not printed:
            raise UserError("nothing_to_print", path=str(out))
        sheets = _sheets(
            read_sops(office_file, printed, unsaved, damage),
            office,
            paper,
            orientation,
            references_among(entries, unsaved),
        )
        pages = write_pdf(
            sheets,
            Path(out),
            title=_title(printed, office),
            author=plain(office.lines[-1]) if office.lines else "",
            progress=progress and (lambda done: progress(done, len(printed))),
        )
    count = len(printed) - damaged_sops(damage)
    return Printed(str(out), count, pages, len(listed) - len(printed), tuple(damage or ()))


def geometry(
    file: Path | str,
    wanted: str,
    *,
    paper: str | None = None,
    orientation: Orientation | None = None,
    endless: bool = False,
) -> dict[str, object]:
    """Return the geometry listing of one SOP's sheet.

    Raises:
        UserError: of opening and reading the file; `sop_not_found`, `sop_ambiguous`.
    """
    from sopdesk.sheet.layout import lay_out
    from sopdesk.sheet.listing import listing

    with open_file(file, writable=False) as office_file:
        entries = office_file.entries()
        sop = office_file.load(the_one(entries, wanted).uuid).sop
        sheet = lay_out(
            sop,
            office_file.office(),
            paper=paper,
            orientation=orientation,
            endless=endless,
            references=references_among(entries),
        )
    return listing(sheet)


def references_among(
    entries: Sequence[Entry], unsaved: Sequence[Sop] = ()
) -> dict[str, tuple[str, str]]:
    """Return number and title of each SOP by its uuid, for the steps that refer to it."""
    saved = {entry.uuid: (entry.number, entry.title) for entry in entries}
    return saved | {sop.uuid: (sop.identity.number, sop.identity.title) for sop in unsaved}


def _sheets(
    sops: Iterator[Sop],
    office: Office,
    paper: str | None,
    orientation: Orientation | None,
    references: Mapping[str, tuple[str, str]],
) -> Iterator[Sheet]:
    from sopdesk.sheet.layout import lay_out

    for sop in sops:
        yield lay_out(sop, office, paper=paper, orientation=orientation, references=references)


def _title(printed: Sequence[Entry], office: Office) -> str:
    if len(printed) == 1:
        return plain(printed[0].title)
    return plain(" ".join(("SOP", *office.lines[-1:])))
