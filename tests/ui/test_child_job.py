"""Long work in a child process: it tells its progress, ends once, and can be cancelled."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from ui.jobs.child_job import ChildJob

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000


def test_a_task_tells_its_progress_and_what_it_made(
    qtbot: QtBot, office_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "keluar.json"
    job = ChildJob({"task": "export", "file": str(office_path), "out": str(out)})
    told: list[tuple[int, int]] = []
    job.progressed.connect(lambda done, count: told.append((done, count)))
    with qtbot.waitSignal(job.done, timeout=PATIENCE_MS) as made:
        job.start()
    assert made.args[0] == {"out": str(out), "sops": 3, "damage": []}
    assert told[-1] == (3, 3)
    assert out.is_file()


def test_a_fault_comes_with_its_facts(qtbot: QtBot, tmp_path: Path) -> None:
    missing = tmp_path / "tidak-ada.db"
    job = ChildJob({"task": "export", "file": str(missing), "out": str(tmp_path / "x.json")})
    with qtbot.waitSignal(job.failed, timeout=PATIENCE_MS) as told:
        job.start()
    assert told.args[0].code == "file_missing"
    assert told.args[0].facts["path"] == str(missing)


def test_a_child_that_dies_is_a_fault_too(qtbot: QtBot, tmp_path: Path) -> None:
    job = ChildJob({"task": "no such task"})
    with qtbot.waitSignal(job.failed, timeout=PATIENCE_MS) as told:
        job.start()
    assert told.args[0].code == "job_ended"


def test_a_cancelled_task_leaves_no_file(qtbot: QtBot, office_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "keluar.json"
    job = ChildJob({"task": "export", "file": str(office_path), "out": str(out)})
    with (
        qtbot.waitSignal(job.cancelled, timeout=PATIENCE_MS),
        qtbot.assertNotEmitted(job.done),
    ):
        job.start()
        job.cancel()
    assert list(tmp_path.glob("*.json")) == []


def test_a_child_that_cannot_be_started_is_a_fault_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    job = ChildJob({"task": "recap"})
    with qtbot.waitSignal(job.failed, timeout=PATIENCE_MS) as told:
        job.start()
    assert told.args[0].code == "job_ended"


@pytest.mark.skipif(sys.platform == "win32", reason="the child is a shell script")
def test_words_that_are_no_report_do_not_end_a_task(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chatty = tmp_path / "chatty"
    chatty.write_text(
        "#!/bin/sh\ncat >/dev/null\necho a library says hello\necho '{\"done\": 7}'\n"
    )
    chatty.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(chatty))
    job = ChildJob({"task": "recap"})
    with qtbot.waitSignal(job.done, timeout=PATIENCE_MS) as told:
        job.start()
    assert told.args[0] == 7


def test_cancelling_what_is_made_already_comes_too_late(
    qtbot: QtBot, office_path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "keluar.json"
    job = ChildJob({"task": "export", "file": str(office_path), "out": str(out)})
    job.progressed.connect(lambda done, count: made.append(done == count))
    made: list[bool] = []
    job._process.finished.disconnect(job._on_finished)
    with qtbot.waitSignal(job._process.finished, timeout=PATIENCE_MS):
        job.start()
    job.cancel()
    with qtbot.waitSignal(job.done), qtbot.assertNotEmitted(job.cancelled):
        job._on_finished()
    assert out.is_file()
