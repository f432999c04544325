"""The library's model keeps Qt's own rules, and survives an index from before a reset."""

from __future__ import annotations

import dataclasses
import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from sopdesk.storage.office_file import open_file
from ui.library.library_model import COUNT_ROLE, UNSAVED_ROLE, UUID_ROLE, LibraryModel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sopdesk.storage.office_file import Entry


def entries_in(path: Path) -> list[Entry]:
    with open_file(path) as file:
        return list(file.entries())


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, office_path: Path) -> None:
    model = LibraryModel(lambda _uuid: False)
    tester = QAbstractItemModelTester(model)
    model.show(entries_in(office_path), [("Bagian Umum",)])
    assert tester.model() is model
    unit = model.index(0, 0, QModelIndex())
    assert (unit.data(), unit.data(COUNT_ROLE), unit.data(UUID_ROLE)) == ("Bagian Umum", 3, None)
    assert model.rowCount(unit) == 3


def test_an_index_from_before_a_reset_does_no_harm(qtbot: QtBot, office_path: Path) -> None:
    model = LibraryModel(lambda _uuid: False)
    entries = entries_in(office_path)
    model.show(entries, ())
    stale = model.index_of(entries[2].uuid)
    assert model.show(entries[:1], ())
    gc.collect()
    assert stale.data() != "Cuti Tahunan"
    assert not stale.parent().isValid()


def test_another_title_alone_keeps_the_tree(qtbot: QtBot, office_path: Path) -> None:
    model = LibraryModel(lambda _uuid: False)
    entries = entries_in(office_path)
    model.show(entries, ())
    index = model.index_of(entries[1].uuid)
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        entries[1] = dataclasses.replace(entries[1], title="Nota Dinas")
        assert not model.show(entries, ())
    assert index.data() == "Nota Dinas"


def test_only_what_became_unsaved_is_painted_anew(qtbot: QtBot, office_path: Path) -> None:
    unsaved: set[str] = set()
    model = LibraryModel(unsaved.__contains__)
    entries = entries_in(office_path)
    model.show(entries, ())
    unsaved.add(entries[1].uuid)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.note_saved()
    assert changed.args[0].data(UUID_ROLE) == entries[1].uuid
    assert changed.args[0].data(UNSAVED_ROLE)
    with qtbot.assertNotEmitted(model.dataChanged):
        model.note_saved()
