"""One task in a process of its own, told and telling in JSON, for a window that must not wait.

The job is one JSON object on standard input: `task`, one of `TASKS`, and what that task's
function takes: `file`, `files`, `sources`, `other` or `backup`, `out`, `wanted`, `paper`,
`orientation`, `author`, whose the saves are, and `unsaved`, SOPs in the exchange form as they stand
in an editor. What is damaged in the file is left out of a print, recap or export, and told in its
`damage`. Standard output has one JSON object a line: `{"progress": [12, 42]}` as often as the task
tells, and at the end either `{"done": {...}}` or `{"fault": {"code": "...", "facts": {...}}}`. A
process that ends without one of the two has been killed, or met a bug, which its standard error
describes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

from sopdesk.document.form import from_form
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import NoReturn, TextIO

    from sopdesk.document.values import Sop
    from sopdesk.jobs import Progress
    from sopdesk.jobs.exporting import Exported
    from sopdesk.jobs.printing import Printed
    from sopdesk.jobs.recapping import Recapped
    from sopdesk.storage.backups import Backup


def main(stdin: TextIO, stdout: TextIO) -> int:
    """Run the job that `stdin` describes; return 0 when it is done, 2 when it is not."""
    signal.signal(signal.SIGTERM, _end)

    def tell(**said: object) -> None:
        try:
            stdout.write(json.dumps(said, default=str) + "\n")
            stdout.flush()
        except OSError:  # Nobody listens any more: the window is gone.
            _end()

    try:
        made = run(json.load(stdin), lambda done, total: tell(progress=[done, total]))
    except UserError as fault:
        tell(fault=_told(fault))
        return 2
    tell(done=made)
    return 0


def run(job: Mapping[str, Any], progress: Progress) -> object:
    """Do what the job says and return what was made, as JSON data.

    Raises:
        UserError: as the task does.
    """
    return TASKS[job["task"]](job, progress)


def _print(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.jobs.printing import print_sheets

    printed = print_sheets(
        job["file"],
        job["out"],
        wanted=job.get("wanted", ()),
        paper=job.get("paper"),
        orientation=job.get("orientation"),
        unsaved=_unsaved(job),
        sound_only=True,
        progress=progress,
    )
    return _data(printed)


def _recap(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.jobs.recapping import make_recap

    files = job["files"] if "files" in job else [job["file"]]
    today = datetime.date.today()
    recapped = make_recap(
        files,
        job["out"],
        on=today,
        unsaved=_unsaved(job),
        sound_only=True,
        progress=progress,
    )
    return _data(recapped)


def _export(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.jobs.exporting import export_sops

    exported = export_sops(
        job["file"],
        job["out"],
        wanted=job.get("wanted", ()),
        unsaved=_unsaved(job),
        sound_only=True,
        progress=progress,
    )
    return _data(exported)


def _import(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.jobs.importing import import_sources

    outcomes = import_sources(
        job["file"], job["sources"], author=job.get("author"), progress=progress
    )
    return [
        {
            **{field.name: getattr(outcome, field.name) for field in dataclasses.fields(outcome)},
            **{
                name: [dataclasses.asdict(sop) for sop in getattr(outcome, name)]
                for name in ("added", "beside", "skipped", "losses")
            },
            "fault": outcome.fault and _told(outcome.fault),
        }
        for outcome in outcomes
    ]


def _merge(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.jobs.merging import merge_files

    merged = merge_files(job["file"], job["other"], author=job.get("author"), progress=progress)
    return dataclasses.asdict(merged)


def _verify(job: Mapping[str, Any], _progress: Progress) -> object:
    from sopdesk.storage.verification import verify

    found = verify(job["file"])
    told = {name: [_told(fault) for fault in getattr(found, name)] for name in ("faults", "advice")}
    return {"sops": found.sops, "revisions": found.revisions, **told}


def _restore(job: Mapping[str, Any], _progress: Progress) -> object:
    from sopdesk.storage.backups import Backups

    backups = Backups(job["file"])
    wanted = [backup for backup in backups.list() if str(backup.path) == job["backup"]]
    if not wanted:
        raise UserError("file_missing", path=job["backup"])
    backups.restore(wanted[0], job.get("author"))
    return {"made_at": wanted[0].made_at.isoformat()}


def _rescue(job: Mapping[str, Any], progress: Progress) -> object:
    from sopdesk.storage.rescuing import rescue

    return dataclasses.asdict(rescue(job["file"], job["out"], progress))


def _diagnose(job: Mapping[str, Any], progress: Progress) -> object:
    """Look for the ways out of damage: the newest sound backup, and what in the file is sound."""
    from sopdesk.storage.backups import newest_good_backup
    from sopdesk.storage.rescuing import rescue

    backup, rescued = newest_good_backup(job["file"]), None
    with contextlib.suppress(UserError):
        rescued = dataclasses.asdict(rescue(job["file"], job["out"], progress))
    return {
        "backup": None if backup is None else _backup_data(backup),
        "rescued": rescued,
    }


def _backup_data(backup: Backup) -> dict[str, object]:
    return {
        "path": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "sops": backup.sops,
    }


def _send_copy(job: Mapping[str, Any], _progress: Progress) -> object:
    from sopdesk.storage.backups import send_copy

    send_copy(job["file"], job["out"])
    return {"out": job["out"]}


def _data(made: Printed | Recapped | Exported) -> dict[str, object]:
    fields = {field.name: getattr(made, field.name) for field in dataclasses.fields(made)}
    return {**fields, "damage": [_told(fault) for fault in made.damage]}


def _told(fault: UserError) -> dict[str, object]:
    return {"code": fault.code, "facts": fault.facts}


TASKS: dict[str, Callable[[Mapping[str, Any], Progress], object]] = {
    "print": _print,
    "recap": _recap,
    "export": _export,
    "import": _import,
    "verify": _verify,
    "restore": _restore,
    "rescue": _rescue,
    "diagnose": _diagnose,
    "send_copy": _send_copy,
    "merge": _merge,
}


def _unsaved(job: Mapping[str, Any]) -> list[Sop]:
    return [
        from_form(form, f"unsaved[{index}]")[0] for index, form in enumerate(job.get("unsaved", ()))
    ]


def _end(*_: object) -> NoReturn:
    """Leave by the way that clears away temporary files."""
    sys.exit(2)
