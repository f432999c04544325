"""The list of SOPs shows what is not saved yet, and changes only where something is another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sopdesk.document.history import History
from sopdesk.storage.office_file import open_file
from ui.sop_list import SopList
from ui.works import Work, Works

if TYPE_CHECKING:
    from pathlib import Path


def test_unsaved_titles_and_damage_lie_over_what_the_file_holds(office_path: Path) -> None:
    with open_file(office_path) as file:
        entries = file.entries()
        stored = file.load(entries[0].uuid)
    works, damaged = Works(), set[str]()
    listed = SopList(works, damaged.__contains__)
    assert listed.show(entries)
    assert not listed.show(entries)
    history = History(stored.sop)
    title = "Belum disimpan"
    history.record("", replace(stored.sop, identity=replace(stored.sop.identity, title=title)))
    works.put(Work(history, stored.sop, stored.rev))
    damaged.add(entries[1].uuid)
    assert listed.show(entries)
    assert listed.title_of(entries[0].uuid) == title
    assert [entry.is_damaged for entry in listed.entries] == [False, True, False]


def test_references_stay_the_same_object_while_numbers_and_titles_do(office_path: Path) -> None:
    with open_file(office_path) as file:
        entries = file.entries()
    damaged = set[str]()
    listed = SopList(Works(), damaged.__contains__)
    listed.show(entries)
    before = listed.references
    damaged.add(entries[0].uuid)
    assert listed.show(entries)
    assert listed.references is before
    listed.show([replace(entries[0], title="Lain"), *entries[1:]])
    assert listed.references[entries[0].uuid] == (entries[0].number, "Lain")


def test_the_position_behind_the_last_is_one_more_than_there_are(office_path: Path) -> None:
    with open_file(office_path) as file:
        entries = file.entries()
    listed = SopList(Works(), lambda _uuid: False)
    listed.show(entries)
    assert listed.position_behind(entries[-1].uuid) == len(entries) + 1
    assert listed.position_behind("tidak ada") is None
