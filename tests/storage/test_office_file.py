"""An office file gives back what it was given, in the office's order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.dates import PartialDate
from sopdesk.document.office import Office, PrintCustoms, RecapForm, WorkCalendar
from sopdesk.document.values import Approval, Identity, Procedure, SheetSettings, Sop, Status, Step
from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import OfficeFile, create, open_file

if TYPE_CHECKING:
    from pathlib import Path


def sop_named(title: str, **facts: object) -> Sop:
    return Sop(identity=Identity(title=title, **facts))  # type: ignore[arg-type]


def titles(file: OfficeFile) -> list[str]:
    entries = file.entries()
    stored = file._connection.execute("SELECT position FROM sops ORDER BY position").fetchall()
    assert [entry.position for entry in entries] == [position for (position,) in stored]
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.title for entry in entries]


def test_a_new_file_is_empty_and_has_the_office_it_was_made_for(path: Path) -> None:
    office = Office(lines=("PEMERINTAH KOTA CONTOH",), city="Contoh")

    with create(path, office) as file:
        assert file.entries() == []
        assert file.office() == office
        assert not file.is_read_only

    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_making_a_file_never_overwrites_one(path: Path) -> None:
    path.write_bytes(b"a letter")

    with pytest.raises(UserError, match="file_exists"):
        create(path)

    assert path.read_bytes() == b"a letter"


def test_making_a_file_in_a_missing_folder_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        create(tmp_path / "tidak" / "kantor.db")

    assert caught.value.code == "target_folder_missing"
    assert caught.value.facts["folder"] == str(tmp_path / "tidak")


@pytest.mark.parametrize(
    "name", ["a b.db", "50%.db", "c#1.db", "apa?.db", "a&b=c.db", "kantor é 局.db", "%41.db", ".db"]
)
def test_a_file_opens_under_any_name(tmp_path: Path, name: str) -> None:
    create(tmp_path / name).close()

    with open_file(tmp_path / name) as file:
        file.add(sop_named("Surat"))

    with open_file(tmp_path / name, writable=False) as file:
        assert titles(file) == ["Surat"]
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_list_entry_tells_what_the_library_shows(file: OfficeFile) -> None:
    sop = Sop(
        identity=Identity(
            title="Surat masuk",
            number="01.02",
            unit=("Sekretariat", "Subbag Umum"),
            effective_on=PartialDate(2024, 10),
        ),
        procedures=(Procedure(steps=(Step(), Step())), Procedure(steps=(Step(),))),
        status=Status.APPROVED,
    )

    rev = file.add(sop)

    (entry,) = file.entries()
    assert (entry.uuid, entry.title, entry.number) == (sop.uuid, "Surat masuk", "01.02")
    assert (entry.unit, entry.status) == (("Sekretariat", "Subbag Umum"), Status.APPROVED)
    assert (entry.rev, entry.effective_on, entry.step_count) == (rev, PartialDate(2024, 10), 3)


def test_a_save_replaces_the_value_and_counts(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk")
    rev = file.add(sop)
    changed = replace(sop, identity=replace(sop.identity, title="Surat keluar"))

    new_rev = file.save(changed, rev)

    assert new_rev == rev + 1
    stored = file.load(sop.uuid)
    assert (stored.sop, stored.rev) == (changed, new_rev)
    assert titles(file) == ["Surat keluar"]


def test_a_save_over_an_old_state_is_refused_and_changes_nothing(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk")
    rev = file.add(sop)
    theirs = replace(sop, status=Status.REVIEW)
    file.save(theirs, rev)

    with pytest.raises(UserError, match="save_conflict") as caught:
        file.save(replace(sop, status=Status.FINAL), rev)

    assert caught.value.facts["title"] == "Surat masuk"
    assert file.load(sop.uuid).sop == theirs
    assert [revision.rev for revision in file.revisions(sop.uuid)] == [2, 1]


def test_a_conflict_is_seen_between_two_openings_of_one_file(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk")
    rev = file.add(sop)
    with open_file(file.path) as other:
        other.save(replace(sop, status=Status.REVIEW), rev)

    with pytest.raises(UserError, match="save_conflict"):
        file.save(sop, rev)


def test_saving_a_deleted_sop_says_so(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk")
    rev = file.add(sop)
    file.delete(sop.uuid)

    with pytest.raises(UserError, match="sop_deleted"):
        file.save(sop, rev)
    with pytest.raises(UserError, match="sop_missing"):
        file.load(sop.uuid)
    assert file.entries() == []


def test_an_sop_that_comes_back_goes_on_counting(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk")
    rev = file.add(sop)
    file.delete(sop.uuid)

    assert file.add(sop) == rev + 2

    with pytest.raises(UserError, match="save_conflict"):
        file.save(sop, rev)


def test_sops_stand_where_they_are_put(file: OfficeFile) -> None:
    sops = {title: sop_named(title) for title in "abcde"}
    for title in "abd":
        file.add(sops[title])
    file.add(sops["c"], 3)
    file.add(sops["e"], 99)
    assert titles(file) == list("abcde")

    file.move(sops["e"].uuid, 1)
    assert titles(file) == list("eabcd")
    file.move(sops["e"].uuid, 4)
    assert titles(file) == list("abced")
    for _ in range(2):
        file.move(sops["a"].uuid, 99)
        assert titles(file) == list("bceda")
    file.delete(sops["c"].uuid)
    assert titles(file) == list("beda")
    assert [stored.sop.identity.title for stored in file.load_all()] == list("beda")


def test_moving_an_sop_makes_nobodys_save_a_conflict(file: OfficeFile) -> None:
    first, second = sop_named("a"), sop_named("b")
    rev = file.add(first)
    file.add(second)

    file.move(first.uuid, 2)

    assert file.save(first, rev) == rev + 1
    assert titles(file) == ["b", "a"]


def test_loading_all_gives_more_than_one_batch_in_order(file: OfficeFile) -> None:
    sops = [sop_named(f"SOP {number}") for number in range(230)]
    file.add_new(sops)

    assert [stored.sop for stored in file.load_all()] == sops


def test_office_settings_come_back(file: OfficeFile) -> None:
    office = Office(
        lines=("PEMERINTAH KOTA CONTOH", "DINAS CONTOH"),
        address=("Jalan Contoh 1",),
        city="Contoh",
        units=(("Sekretariat",), ("Sekretariat", "Subbag Umum"), ("Bidang A", "Seksi B")),
        logo=b"\x89PNG\r\n\x1a\n\x00",
        sheet=replace(Office().sheet, paper="a4", widths_mm=(("lanes", 12.5),)),
        calendar=WorkCalendar(8, 6, 25),
        customs=PrintCustoms("digits", "-", "code", 25.5, 10),
        recap=RecapForm("REKAPITULASI", "Contoh", Approval(("KEPALA", "DINAS"), "N.", "P.", "1")),
    )

    file.save_office(office)

    assert file.office() == office
    with open_file(file.path, writable=False) as other:
        assert other.office() == office


def test_settings_that_could_not_be_read_back_are_not_saved(file: OfficeFile) -> None:
    before = file.office()
    for unreadable in (
        replace(before, recap=RecapForm(title="x" * 32_768)),
        replace(before, calendar=WorkCalendar(hours_per_day=25)),
        replace(before, customs=PrintCustoms(empty_date="\x00")),
        replace(before, sheet=replace(before.sheet, paper="a0")),
    ):
        with pytest.raises(UserError, match="exchange_"):
            file.save_office(unreadable)

    assert file.office() == before


def test_units_keep_the_offices_order_and_a_unit_counts_once(file: OfficeFile) -> None:
    units = (("B",), ("A", "C"), ("A",), ("B",), ())

    file.save_office(replace(file.office(), units=units))

    assert file.office().units == (("B",), ("A", "C"), ("A",))


def test_saving_office_settings_over_anothers_is_refused(file: OfficeFile) -> None:
    before = file.office()
    with open_file(file.path) as other:
        other.save_office(replace(before, city="Lain"))

    with pytest.raises(UserError, match="office_conflict"):
        file.save_office(replace(before, city="Contoh"))

    assert file.office().city == "Lain"
    file.save_office(replace(before, city="Contoh"))
    assert file.office().city == "Contoh"


def test_a_unit_that_nobody_names_any_more_goes(file: OfficeFile) -> None:
    sop = sop_named("a", unit=("Bidang", "Seksi", "Salah ketik"))
    rev = file.add(sop)

    file.save(replace(sop, identity=replace(sop.identity, unit=("Bidang",))), rev)

    units = file._connection.execute("SELECT name FROM units").fetchall()
    assert units == [("Bidang",)]


def test_a_sheet_setting_that_could_not_be_read_back_is_refused(file: OfficeFile) -> None:
    sop = Sop(sheet=SheetSettings(size_pt=9000.0))

    with pytest.raises(UserError, match="exchange_out_of_range"):
        file.add(sop)

    assert file.entries() == []


def test_a_fault_inside_a_change_leaves_nothing_of_it(file: OfficeFile) -> None:
    sop = sop_named("Surat masuk", unit=("Baru",))
    step_twice = Procedure(steps=(Step(id="s"), Step(id="s")))

    with pytest.raises(Exception, match="UNIQUE"):
        file.add(replace(sop, procedures=(step_twice,)))

    assert file.entries() == []
    assert file._connection.execute("SELECT count(*) FROM units").fetchone() == (0,)
    assert file.add(sop) == 1


def test_what_could_never_be_exported_is_refused_before_it_is_saved(file: OfficeFile) -> None:
    sop = sop_named("Panjang")
    rev = file.add(sop)
    too_long = replace(sop, procedures=(Procedure(steps=(Step(activity="x" * 40_000),)),))
    with pytest.raises(UserError) as refused:
        file.save(too_long, rev)
    assert refused.value.code == "sop_too_much"
    assert refused.value.facts["path"] == "sop.procedures[0].steps[0].activity"
    with pytest.raises(UserError):
        file.add(replace(too_long, uuid="0f0f0f0f-0000-4000-8000-000000000001"))
    assert [file.load(entry.uuid).sop for entry in file.entries()] == [sop]
