"""Who is in the file is seen by the others, soon forgotten when gone, and never in the way."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from forked import as_nobody, in_child, needs_fork

from sopdesk.storage import presence as presence_module
from sopdesk.storage import processes
from sopdesk.storage.presence import GONE_SECONDS, STALE_SECONDS, Presence


@pytest.fixture
def rina(path: Path) -> Presence:
    return Presence(path, "Rina")


@pytest.fixture
def budi(path: Path) -> Presence:
    return Presence(path, "Budi")


def files(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f".{path.name}.here-*"))


def grow_old(place: Path, seconds: float) -> None:
    found = place.stat()
    os.utime(place, (found.st_atime, found.st_mtime - seconds))


def seen(presence: Presence) -> list[tuple[str, tuple[str, ...]]]:
    return [(other.name, other.sops) for other in presence.others()]


def test_each_sees_the_others_and_what_they_have_open(rina: Presence, budi: Presence) -> None:
    rina.begin()
    budi.begin()
    rina.touch({"b", "a"})

    assert seen(budi) == [("Rina", ("a", "b"))]
    assert seen(rina) == [("Budi", ())]
    assert budi.others()[0].host == processes.this_host()
    rina.touch()
    assert seen(budi) == [("Rina", ())]


def test_who_leaves_is_gone_at_once_and_leaves_nothing(
    path: Path, rina: Presence, budi: Presence
) -> None:
    rina.begin()
    budi.begin()
    rina.leave()
    rina.leave()
    rina.touch({"a"})
    assert seen(budi) == []
    budi.leave()
    assert files(path) == []


def test_who_is_silent_is_forgotten_and_comes_back_with_a_touch(
    path: Path, rina: Presence, budi: Presence
) -> None:
    rina.begin()
    (place,) = files(path)
    budi.begin()
    grow_old(place, STALE_SECONDS - 10)
    assert seen(budi) == [("Rina", ())]
    grow_old(place, 20)
    assert seen(budi) == []
    assert place.exists()
    rina.touch()
    assert seen(budi) == [("Rina", ())]


def test_what_is_a_day_old_is_cleared_away_by_anyone(
    path: Path, rina: Presence, budi: Presence
) -> None:
    rina.begin()
    (place,) = files(path)
    torn = place.with_name(f"{place.name}.baru")
    torn.touch()
    for left in (place, torn):
        grow_old(left, GONE_SECONDS + 60)
    budi.begin()
    assert seen(budi) == []
    assert not place.exists()
    assert not torn.exists()
    rina.touch()
    assert seen(budi) == [("Rina", ())]


def test_who_is_of_tomorrow_is_not_here_today(path: Path, rina: Presence, budi: Presence) -> None:
    rina.begin()
    budi.begin()
    (place,) = (one for one in files(path) if b"Rina" in one.read_bytes())
    grow_old(place, -GONE_SECONDS / 2)
    assert seen(budi) == []
    grow_old(place, -GONE_SECONDS)
    assert seen(budi) == []
    assert not place.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")
def test_a_pipe_in_the_place_of_a_session_is_not_read(path: Path, rina: Presence) -> None:
    os.mkfifo(path.with_name(f".{path.name}.here-{'a' * 15}"))
    assert rina.others() == ()


def test_the_servers_clock_counts_not_ours(
    rina: Presence, budi: Presence, monkeypatch: pytest.MonkeyPatch
) -> None:
    rina.begin()
    budi.begin()
    monkeypatch.setattr(presence_module.time, "time", lambda: 1e11)
    assert seen(budi) == [("Rina", ())]


@needs_fork
def test_a_session_of_this_machine_that_has_crashed_is_gone_at_once(
    path: Path, budi: Presence
) -> None:
    budi.begin()
    in_child(Presence(path, "Rina").begin)
    assert len(files(path)) == 2
    assert seen(budi) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 50_000,
        b"\xff\xfe",
        b'{"name": "x", "host": "h", "pid": 1e999, "start": "", "sops": []}',
        b'{"name": "x", "host": "h", "pid": "a", "start": "", "sops": []}',
        b'{"name": "x", "host": "h", "pid": 1, "start": "", "sops": 7}',
    ],
)
def test_what_another_program_wrote_is_nobody(
    path: Path, rina: Presence, budi: Presence, content: bytes
) -> None:
    rina.begin()
    (place,) = files(path)
    place.write_bytes(content)
    assert budi.others() == ()


def test_names_from_outside_are_short_and_plain(path: Path, rina: Presence) -> None:
    name = "R\x1b[31m\n" + "x" * 500
    facts = {"name": name, "host": "\u202ePC", "pid": 1, "start": "", "sops": ["a"] * 999}
    path.with_name(f".{path.name}.here-{'a' * 15}").write_text(json.dumps(facts))
    (other,) = rina.others()
    assert other.name.startswith("R[31mx")
    assert (len(other.name), other.host, len(other.sops)) == (80, "PC", 200)


def test_another_files_sessions_do_not_count(path: Path, rina: Presence) -> None:
    Presence(path.with_name("lain.db"), "Budi").begin()
    Presence(path.with_name(f"{path.name}.here-x.db"), "Budi").begin()
    assert rina.others() == ()


@needs_fork
def test_where_nothing_can_be_written_one_still_sees_the_others() -> None:
    with tempfile.TemporaryDirectory() as name:  # one that other users may enter
        path = Path(name, "kantor.db")
        Presence(path, "Rina").begin()
        path.parent.chmod(0o555)

        assert as_nobody(begin_and_look, path) == [("Rina", ())]

        assert len(files(path)) == 1
        path.parent.chmod(0o755)


def begin_and_look(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    budi = Presence(path, "Budi")
    budi.begin()
    budi.touch({"a"})
    found = seen(budi)
    budi.leave()
    return found


def test_a_folder_that_has_gone_disturbs_nobody(tmp_path: Path) -> None:
    lost = Presence(tmp_path / "gone" / "kantor.db", "Rina")
    lost.begin()
    lost.touch({"a"})
    assert lost.others() == ()
    lost.leave()
