"""Another office's file comes in the place of the open one: nothing of ours goes into it unseen."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from sopdesk.document.edits import new_sop
from sopdesk.document.office import Office
from sopdesk.storage.office_file import create, open_file
from tests.ui.conftest import look
from ui.dialogs import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopdesk.document.values import Sop
    from ui.session import Session
    from ui.window.main_window import MainWindow

FOREIGN = "Pelayanan Kantor Lain"


def retitle(title: str) -> Callable[[Sop], Sop]:
    return lambda sop: dataclasses.replace(
        sop, identity=dataclasses.replace(sop.identity, title=title)
    )


def move_in(other: Path, place: Path) -> None:
    other.replace(place)


def copy_over(other: Path, place: Path) -> None:
    """As a copying program does: the file stays the same for the system, with other content."""
    shutil.copyfile(other, place)


@pytest.fixture(params=[move_in, copy_over])
def replace(request: pytest.FixtureRequest, office_path: Path) -> Callable[[], None]:
    """Return what puts another office's file in the place of the open one."""
    other = office_path.with_name("kantor-lain.db")
    with create(other, Office(lines=("KANTOR LAIN",))) as file:
        file.add(new_sop(FOREIGN))
        # SQLite notices what is copied over an open file by the number of its changes.
        file.save_office(Office(lines=("KANTOR LAIN", "DI KOTA LAIN")))
    return lambda: request.param(other, office_path)


@pytest.fixture
def window(
    show: Callable[..., MainWindow], office_path: Path, replace: Callable[[], None]
) -> MainWindow:
    """Return the window, when it has looked once at the file that is going to be replaced."""
    window = show(office_path)
    look(window.session)
    return window


def notice(session: Session) -> None:
    """Look until it is noticed that the file is another: the first may meet its leaving."""
    look(session)
    look(session)


def titles(path: Path) -> list[str]:
    with open_file(path, writable=False) as file:
        return [entry.title for entry in file.entries()]


def test_a_save_into_another_offices_file_is_refused(
    session: Session, office_path: Path, replace: Callable[[], None]
) -> None:
    look(session)
    session.apply("Ubah judul", retitle("Versi saya"))
    replace()
    session.save().wait()  # the first may meet the file's leaving
    ((_uuid, fault),) = session.save().wait().faults
    assert fault.code == "file_another"
    assert session.sop.identity.title == "Versi saya"
    assert titles(office_path) == [FOREIGN]


def test_the_other_offices_list_is_not_shown_as_ours(
    session: Session, replace: Callable[[], None]
) -> None:
    look(session)
    before = [entry.title for entry in session.entries]
    replace()
    notice(session)
    assert session.sharing.fault.code == "file_another"
    assert [entry.title for entry in session.entries] == before


def test_an_sop_is_not_put_back_into_another_offices_file(
    session: Session, office_path: Path, replace: Callable[[], None]
) -> None:
    session.apply("Ubah judul", retitle("Versi saya"))
    replace()
    assert not session.put_back(session.sop.uuid)
    assert not session.put_back(session.sop.uuid)
    assert titles(office_path) == [FOREIGN]


def test_when_the_former_file_is_back_saving_goes_on(
    session: Session, office_path: Path, replace: Callable[[], None]
) -> None:
    look(session)
    ours = office_path.with_name("semula.db")
    shutil.copyfile(office_path, ours)
    session.apply("Ubah judul", retitle("Versi saya"))
    replace()
    notice(session)
    ours.replace(office_path)
    notice(session)
    assert session.sharing.fault is None
    assert session.save().wait().saved == ("Versi saya",)


def test_the_banner_offers_a_new_file_for_what_is_unsaved(
    window: MainWindow,
    office_path: Path,
    replace: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = window.session
    session.apply("Ubah judul", retitle("Versi saya"))
    replace()
    notice(session)
    words = window.findChild(QLabel, "banner_words").text()
    assert "kantor lain" in words
    place = office_path.with_name("milik-saya.db")
    monkeypatch.setattr(asking, "save_path", lambda *_, **__: place)
    button = window.findChild(QPushButton, "banner_elsewhere")
    assert button.isVisibleTo(window)
    button.click()
    assert session.file.path == place
    assert session.unsaved_titles == ()
    assert titles(place) == ["Versi saya"]
    assert titles(office_path) == [FOREIGN]


def test_without_unsaved_work_the_banner_offers_no_new_file(
    window: MainWindow, replace: Callable[[], None]
) -> None:
    replace()
    notice(window.session)
    assert not window.findChild(QPushButton, "banner_elsewhere").isVisibleTo(window)


def test_a_save_asks_once_where_the_work_shall_go(
    window: MainWindow,
    office_path: Path,
    replace: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = window.session
    for entry in session.entries[:2]:
        session.open_sop(entry.uuid)
        session.apply("Ubah judul", retitle(f"{entry.title} baru"))
    red = {(session.procedure.steps[0].id, "next"): "Ya: 99"}
    session.keep_unread("Ketik", session.work.with_cells(red))
    uuid = session.sop.uuid
    replace()
    notice(session)
    place = office_path.with_name("milik-saya.db")
    asked: list[str] = []

    def choose(_parent: object, question: str, *_: object, **__: object) -> int:
        asked.append(question)
        return 0

    monkeypatch.setattr(asking, "choose", choose)
    monkeypatch.setattr(asking, "save_path", lambda *_, **__: place)
    assert window.files.saves.save_now()
    assert len(asked) == 1
    assert len(titles(place)) == 2
    assert session.open_sop(uuid)
    assert session.unread == red
