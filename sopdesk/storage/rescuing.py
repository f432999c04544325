"""Rescuing a damaged office file: what is sound goes into a new one, the file stays as it is."""

from __future__ import annotations

import contextlib
import os
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.form import sha256
from sopdesk.document.office import Office
from sopdesk.foundation.faults import UserError
from sopdesk.storage.acts import Act
from sopdesk.storage.connecting import connect, database_on
from sopdesk.storage.copying import examine
from sopdesk.storage.creating import fill, where_none_is
from sopdesk.storage.office_file import OfficeFile
from sopdesk.storage.opening import located, open_guarded, open_stand_in
from sopdesk.storage.revisions import revision_row
from sopdesk.storage.rows import Saving
from sopdesk.storage.salvage import Salvage
from sopdesk.storage.units import UnitTree
from sopdesk.storage.writing import SopTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlite_utils import Database

    from sopdesk.storage.opened import Opened
    from sopdesk.storage.salvage import Found, Kept


@dataclass(frozen=True, slots=True)
class Loss:
    """An SOP that a rescue could not bring as it was last saved.

    `saved_at` (UTC, ISO 8601) is the earlier save that it came as; None where it did not come. Of
    one whose title cannot be read the number is `?`, and all else is empty.
    """

    uuid: str
    number: str
    title: str
    saved_at: str | None = None


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came of a rescue: how many SOPs are in the new file, and what is not as it was.

    `has_office` says whether the office's settings came too; else they are those of a new office.
    So many `lost_saves` of the histories at least are not in it, deleted SOPs' and last saves among
    them.
    """

    sops: int
    losses: tuple[Loss, ...] = ()
    has_office: bool = True
    lost_saves: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether every SOP is there as it was last saved, and the settings."""
        return self.has_office and not self.losses


def rescue(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    progress: Callable[[int, int], None] | None = None,
) -> Rescued:
    """Write what is sound in an office file into a new one at `target`, and never change the file.

    Each SOP comes as its last save left it, from its history where its own rows are damaged, with
    all of its history that is sound; else as the newest save that is. The new file is read and
    checked before it counts. `progress` is told how many of how many SOPs are done; what it raises
    ends the rescue.

    Raises:
        UserError: what `open_file` raises, but for damage; `rescue_nothing` (nothing in the file is
            sound); `file_exists`, `target_folder_missing`, `target_unwritable`, `disk_full`,
            `file_disturbed` (the new file does not hold what was written). No new file is left.
    """
    source = located(path)
    with closing(_opened(source)) as opened, where_none_is(Path(os.path.abspath(target))) as new:
        return _rescue(opened, new, progress)


@contextlib.contextmanager
def reading_sound(path: str | os.PathLike[str]) -> Iterator[tuple[OfficeFile, Rescued | None]]:
    """Open a file to read all that is sound in it; of a damaged one, what a rescue brings.

    Yields:
        The file, and what came of the rescue; None where there is no damage.

    Raises:
        UserError: what `open_file` raises, but for damage; `rescue_nothing`.
    """
    place = located(path)
    if (sound := _whole(place)) is not None:
        with sound as file:
            yield file, None
        return
    with tempfile.TemporaryDirectory(prefix="sopdesk-", ignore_cleanup_errors=True) as folder:
        stand_in = Path(folder, place.name)
        rescued = rescue(place, stand_in)
        with OfficeFile(open_stand_in(place, stand_in), stand_in=stand_in) as file:
            yield file, rescued


def open_in_its_place(
    path: str | os.PathLike[str], folder: tempfile.TemporaryDirectory[str]
) -> OfficeFile:
    """Open what `rescue` has put under the damaged file's name into a folder, as if it were it.

    To read only. The folder goes when the file is closed, or cannot be opened.

    Raises:
        UserError: what `open_file` raises.
    """
    place = located(path)
    stand_in = Path(folder.name, place.name)
    try:
        return OfficeFile(open_stand_in(place, stand_in, folder), stand_in=stand_in)
    except BaseException:
        folder.cleanup()
        raise


def _whole(path: Path) -> OfficeFile | None:
    """Open a file in which nothing is damaged; None where something is."""
    file = None
    try:
        opened = open_guarded(path, for_writing=False)
        file = OfficeFile(opened)
        opened.check_whole()
        file.office()
        for _ in file.check_sops(_refuse):
            pass
    except UserError as fault:
        if file is not None:
            file.close()
        if fault.code not in ("file_damaged", "sop_damaged", "office_damaged"):
            raise
        return None
    return file


def _refuse(fault: UserError) -> None:
    raise fault


def _opened(path: Path) -> Opened:
    """Open a file to read what can still be read.

    Raises:
        UserError: as `open_guarded`; `rescue_nothing` for damage of what all else hangs on.
    """
    try:
        return open_guarded(path, for_writing=False, despite_damage=True)
    except UserError as fault:
        if fault.code != "file_damaged":
            raise
        raise UserError("rescue_nothing", path=str(path)) from fault


@contextlib.contextmanager
def open_salvage(path: Path) -> Iterator[Salvage]:
    """Look at what is sound in a file, of which nothing is written anywhere.

    Raises:
        UserError: as `rescue`.
    """
    with closing(_opened(path)) as opened:
        yield Salvage(opened)


def _rescue(opened: Opened, target: Path, progress: Callable[[int, int], None] | None) -> Rescued:
    salvage = Salvage(opened)
    office = salvage.office()
    fill(target, Office() if office is None else office)
    losses = []
    with closing(connect(target, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        new = _NewFile(database_on(connection))
        for done, found in enumerate(salvage.sops(), 1):
            if found.sop is not None:
                new.put(found)
            if not found.is_last:
                losses.append(_loss(found))
            if progress:
                progress(done, max(done, salvage.count()))
        losses += [Loss("", "?", "")] * salvage.nameless()
        for history in salvage.deleted():
            new.keep(history)
        connection.execute("COMMIT")
        if not new.sops and (losses or office is None):
            raise UserError("rescue_nothing", path=str(opened.path))
        if examine(connection, target) != (new.sops, True):
            raise UserError("file_disturbed", path=str(target))
    return Rescued(new.sops, tuple(losses), office is not None, salvage.lost_saves())


def _loss(found: Found) -> Loss:
    save = found.save
    saved_at = None if found.sop is None else save.saved_at
    return Loss(save.uuid, save.number, save.title, saved_at)


class _NewFile:
    """The tables of a new file while they are filled; every save keeps its number and name."""

    def __init__(self, database: Database) -> None:
        self.sops = 0
        self._tables = SopTables(database)
        self._units = UnitTree(database)

    def put(self, found: Found) -> None:
        """Put an SOP at the end, with its history."""
        sop, save = found.sop, found.save
        assert sop is not None
        self.sops += 1
        saving = Saving(
            sop=sop,
            id=self.sops,
            position=self.sops,
            unit_id=self._units.id_of(sop.identity.unit),
            rev=save.rev,
            act=Act(save.save_id, save.saved_at, author=""),
            sha256=sha256(sop),
        )
        self._tables.insert([saving])
        history = [kept for kept in found.history if kept.save.rev < save.rev]
        same = [kept for kept in found.history if kept.save == save]
        self.keep(history + same)
        if not same:
            self._tables.add_revisions([revision_row(saving, "saved")])

    def keep(self, history: Iterable[Kept]) -> None:
        """Put saves into the history."""
        self._tables.add_revisions([kept.row for kept in history])
