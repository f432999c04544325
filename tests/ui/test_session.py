"""The session: one door to the file, its SOPs, their changes."""

from __future__ import annotations

import dataclasses
import sqlite3
from typing import TYPE_CHECKING

import pytest

from sopdesk.document import edits
from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import open_file
from ui.session import Selection, Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.document.values import Sop


@pytest.fixture
def session(qtbot: QtBot, office_path: Path) -> Iterator[Session]:
    made = Session()
    made.use_file(open_file(office_path))
    made.open_sop(made.entries[0].uuid)
    yield made
    made.use_file(None)


def retitle(title: str) -> object:
    return lambda sop: dataclasses.replace(
        sop, identity=dataclasses.replace(sop.identity, title=title)
    )


def test_an_edit_is_told_and_shown_in_the_list(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignals([session.sop_changed, session.entries_changed, session.saved_changed]):
        assert session.apply("Ubah judul", retitle("Surat Edaran"))
    assert session.sop.identity.title == "Surat Edaran"
    assert session.entries[0].title == "Surat Edaran"
    assert session.unsaved_titles == ("Surat Edaran",)


def test_an_edit_that_changes_nothing_is_no_undo(session: Session) -> None:
    assert not session.apply("Ubah judul", retitle("Surat Masuk"))
    assert not session.can_undo


def test_undo_and_redo_go_back_and_forth(session: Session) -> None:
    before = session.sop
    session.apply("Ubah judul", retitle("Surat Edaran"))
    assert session.undo_label == "Ubah judul"
    session.undo()
    assert session.sop == before
    assert session.unsaved_titles == ()
    session.redo()
    assert session.sop.identity.title == "Surat Edaran"


def test_an_edit_that_refuses_changes_nothing_and_is_told(session: Session, qtbot: QtBot) -> None:
    def refuse(_sop: Sop) -> Sop:
        raise UserError("no_file")

    before = session.sop
    with qtbot.waitSignal(session.fault_found) as told:
        assert not session.apply("Ubah", refuse)
    assert told.args[0].code == "no_file"
    assert session.sop is before


def test_unsaved_work_stays_when_another_sop_is_looked_at(session: Session) -> None:
    first, second = session.entries[0].uuid, session.entries[1].uuid
    session.apply("Ubah judul", retitle("Surat Edaran"))
    session.open_sop(second)
    session.apply("Ubah judul", retitle("Nota Dinas"))
    session.open_sop(first)
    assert session.sop.identity.title == "Surat Edaran"
    assert session.unsaved_titles == ("Surat Edaran", "Nota Dinas")
    session.undo()
    assert session.sop.identity.title == "Surat Masuk"


def test_a_save_takes_all_unsaved_sops(session: Session, office_path: Path) -> None:
    first, second = session.entries[0].uuid, session.entries[1].uuid
    session.apply("Ubah judul", retitle("Surat Edaran"))
    session.open_sop(second)
    session.apply("Ubah judul", retitle("Nota Dinas"))
    assert session.save().wait().saved == ("Surat Edaran", "Nota Dinas")
    assert session.unsaved_titles == ()
    with open_file(office_path) as again:
        assert again.load(first).sop.identity.title == "Surat Edaran"
        assert again.load(second).sop.identity.title == "Nota Dinas"


def test_a_save_asks_for_what_is_being_typed(session: Session, office_path: Path) -> None:
    session.commit_asked.connect(lambda: session.apply("Ubah judul", retitle("Baru diketik")))
    assert session.save().wait().saved == ("Baru diketik",)


def test_somebody_elses_save_is_never_overwritten(session: Session, office_path: Path) -> None:
    uuid = session.entries[0].uuid
    session.apply("Ubah judul", retitle("Versi saya"))
    with open_file(office_path) as other:
        stored = other.load(uuid)
        other.save(retitle("Versi Rina")(stored.sop), stored.rev)
    report = session.save().wait()
    assert [fault.code for _uuid, fault in report.faults] == ["save_conflict"]
    assert session.unsaved_titles == ("Versi saya",)
    assert session.save_beside(uuid, "Versi saya (salinan)")
    assert session.unsaved_titles == ()
    titles = [entry.title for entry in session.entries]
    assert titles == ["Versi Rina", "Versi saya (salinan)", "Surat Keluar", "Cuti Tahunan"]
    assert session.sop.identity.title == "Versi saya (salinan)"


def test_a_new_sop_is_in_the_file_and_looked_at(session: Session, office_path: Path) -> None:
    session.add(edits.new_sop("Rapat"), position=2)
    assert session.sop.identity.title == "Rapat"
    with open_file(office_path) as again:
        assert [entry.title for entry in again.entries()][1] == "Rapat"


def test_deleting_the_sop_looked_at_shows_its_neighbour(session: Session) -> None:
    session.open_sop(session.entries[2].uuid)
    session.delete(session.entries[2].uuid)
    assert [entry.title for entry in session.entries] == ["Surat Masuk", "Surat Keluar"]
    assert session.sop.identity.title == "Surat Keluar"


def test_a_selection_holds_only_what_the_table_has(session: Session, qtbot: QtBot) -> None:
    step = session.procedure.steps[1].id
    with qtbot.waitSignal(session.selection_changed):
        session.select(Selection(steps=(step, "tidak ada"), symbol="tidak ada", flow=99))
    assert session.selection == Selection(steps=(step,))
    session.apply_to_procedure("Hapus", lambda table: edits.delete_steps(table, [step]))
    assert session.selection == Selection()


def test_a_read_only_file_takes_no_edit(session: Session, office_path: Path, qtbot: QtBot) -> None:
    session.use_file(open_file(office_path, writable=False))
    session.open_sop(session.entries[0].uuid)
    with qtbot.waitSignal(session.fault_found) as told:
        assert not session.apply("Ubah judul", retitle("Lain"))
    assert told.args[0].code == "file_read_only"


def test_search_finds_what_stands_in_the_steps(session: Session) -> None:
    assert list(session.search("berkas Cuti")) == [session.entries[2].uuid]


def test_office_settings_are_kept_in_the_file(session: Session, office_path: Path) -> None:
    session.save_office(dataclasses.replace(session.office, city="Sukamaju"))
    with open_file(office_path) as again:
        assert again.office().city == "Sukamaju"


def test_an_sop_that_another_has_deleted_can_still_be_copied(
    session: Session, office_path: Path
) -> None:
    gone = session.sop.uuid
    with open_file(office_path) as other:
        other.delete(gone)
    session.reread()
    assert session.position_behind(gone) is None
    assert session.position_behind(session.entries[0].uuid) == 2


def test_deleting_what_another_has_deleted_shows_what_is_left(
    session: Session, office_path: Path
) -> None:
    gone = session.sop.uuid
    with open_file(office_path) as other:
        other.delete(gone)
    session.reread()
    session.delete(gone)
    assert session.sop.uuid == session.entries[0].uuid != gone


def test_a_clean_sop_is_read_anew_when_it_is_shown_again(
    session: Session, office_path: Path
) -> None:
    first = session.sop.uuid
    session.open_sop(session.entries[1].uuid)
    with open_file(office_path) as other:
        stored = other.load(first)
        other.save(retitle("Diubah rekan")(stored.sop), stored.rev)
    session.open_sop(first)
    assert session.sop.identity.title == "Diubah rekan"


def test_what_is_typed_after_a_save_is_an_undo_of_its_own(session: Session) -> None:
    session.apply("Ubah", retitle("A"), "judul")
    session.save().wait()
    session.apply("Ubah", retitle("AB"), "judul")
    session.undo()
    assert session.sop.identity.title == "A"
    assert session.unsaved_sops == ()


def test_the_file_before_is_closed(session: Session, office_path: Path) -> None:
    before = session.file
    session.use_file(open_file(office_path))
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        before.entries()


def test_undo_selects_no_other_arrow_than_the_one_that_was(session: Session) -> None:
    session.apply_to_procedure("Hapus", lambda value: edits.disconnect(value, 0))
    session.select(Selection(flow=0))
    session.undo()
    assert session.selection.flow is None
    session.select(Selection(flow=1))
    session.apply("Ubah", retitle("Baru"))
    session.undo()
    assert session.selection.flow == 1
