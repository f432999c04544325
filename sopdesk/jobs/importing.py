"""Bring SOPs from other files into an office file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import open_file
from sopdesk.storage.opening import is_same_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop
    from sopdesk.intake.exchange import Exchange
    from sopdesk.jobs import Progress
    from sopdesk.storage.office_file import OfficeFile
    from sopdesk.storage.rescuing import Loss

ENDINGS = (".json", ".db")


@dataclass(frozen=True, slots=True)
class Brought:
    """An SOP that an import met: its uuid in the office file, and its number and title."""

    uuid: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one source.

    `added` holds all that came in; `beside` those among them whose uuid the file had already with
    another content; `skipped` those that the file had already, equal. `unknown` are the paths of
    the source's keys that this version does not know, `left_out` those among them that are not
    kept. `losses` are the SOPs that are damaged in the source, an office file: they came as an
    earlier save, or not. `fault` says why nothing came in.
    """

    source: str
    added: tuple[Brought, ...] = ()
    beside: tuple[Brought, ...] = ()
    skipped: tuple[Brought, ...] = ()
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    has_given_letterhead: bool = False
    losses: tuple[Loss, ...] = ()
    fault: UserError | None = None


def import_sources(
    file: Path | str,
    sources: Sequence[Path | str],
    *,
    author: str | None = None,
    on_warning: Callable[[UserError], object] = lambda fault: None,
    progress: Progress | None = None,
) -> list[Imported]:
    """Add the SOPs of each source at the end of the office file; say what became of each source.

    A source comes in whole or not at all: one that cannot be read is told in its `fault`, and the
    others come in all the same. An office file without a letterhead takes over the first that a
    source has. `author` as for `open_file`; `on_warning` is told why the backup before the day's
    first change could not be made.

    Raises:
        UserError: of opening and writing the office file. What came in before that stays.
    """
    outcomes = []
    with open_file(file, author=author) as office_file:
        if office_file.is_read_only:
            raise UserError("file_read_only", path=str(office_file.path))
        for done, source in enumerate(sources, 1):
            outcomes.append(_import(office_file, Path(source)))
            if progress:
                progress(done, len(sources))
        if office_file.backup_fault is not None:
            on_warning(office_file.backup_fault)
    return outcomes


def _import(office_file: OfficeFile, source: Path) -> Imported:
    try:
        read, losses = _read(office_file, source)
    except UserError as fault:
        return Imported(str(source), fault=fault)
    report = office_file.add_new(read.sops)
    return Imported(
        str(source),
        _brought(report.added),
        _brought(report.beside),
        _brought(report.skipped),
        read.notes,
        read.left_out,
        has_given_letterhead=_take_letterhead(office_file, read.office),
        losses=losses,
    )


def _read(office_file: OfficeFile, source: Path) -> tuple[Exchange, tuple[Loss, ...]]:
    """Return what a source holds, an office file as if it had been exported, and what it lost."""
    from sopdesk.intake.exchange import Exchange, read_exchange
    from sopdesk.storage.rescuing import reading_sound

    ending = source.suffix.lower()
    if ending == ".json":
        return read_exchange(source), ()
    if ending != ".db":
        raise UserError("import_format", path=str(source), endings=", ".join(ENDINGS))
    if is_same_file(source, office_file.path):
        raise UserError("import_itself", path=str(source))
    with reading_sound(source) as (other, rescued):
        exchange = Exchange(other.office(), tuple(stored.sop for stored in other.load_all()))
        return exchange, () if rescued is None else rescued.losses


def _brought(sops: Sequence[Sop]) -> tuple[Brought, ...]:
    return tuple(Brought(sop.uuid, sop.identity.number, sop.identity.title) for sop in sops)


def _take_letterhead(office_file: OfficeFile, office: Office | None) -> bool:
    """Give the office file the letterhead of the source where it has none; say whether it did.

    Where its settings are damaged nobody knows whether it has one.
    """
    damage: list[UserError] = []
    own = office_file.office(damage.append)
    if office is None or damage or own.lines or own.address or own.city:
        return False
    given = replace(own, lines=office.lines, address=office.address, city=office.city)
    if given == own:
        return False
    office_file.save_office(given)
    return True
