"""Make the office file of today's schema version, to be kept for good when that is released.

    .venv/bin/python tests/storage/released/make.py

Beside it stands what it holds, as an exchange file, `version-N.json`: write that first, from the
one before, with something in every new column. Of its SOPs all are in the file but the last, which
has been deleted; the first has come to be what it is as `HISTORY` says, and had another title at
first. What was released is never made again: the script refuses to overwrite, and a test opens
every one with today's program.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.form import from_form, office_from_form
from sopdesk.storage.backups import Backups, send_copy
from sopdesk.storage.merging import merge
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import create, open_file

if TYPE_CHECKING:
    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

HERE = Path(__file__).parent
EARLIER_TITLE = "Judul sebelumnya"
AUTHOR = "Bu Contoh"
COLLEAGUE = "Pak Contoh"
HISTORY: dict[int, list[tuple[int, str, str, str]]] = {
    1: [(2, "saved", "", ""), (1, "added", "", "")],
    2: [
        (9, "saved", "restore", AUTHOR),
        (8, "saved", "backup", AUTHOR),
        (6, "saved", "merge", COLLEAGUE),
        (5, "saved", "restore", AUTHOR),
        (4, "saved", "", AUTHOR),
        (3, "saved", "aside", AUTHOR),
        (2, "saved", "", AUTHOR),
        (1, "added", "import", AUTHOR),
    ],
}
"""The saves of the first SOP in each version's file: number, event, cause and author."""


def file_of(version: int) -> Path:
    """The office file that a program of this schema version has made."""
    return HERE / f"version-{version}.db"


def contents_of(version: int) -> tuple[Office, list[Sop]]:
    """What that file holds: the office, and its SOPs with the deleted one at the end."""
    data = json.loads(file_of(version).with_suffix(".json").read_text(encoding="utf-8"))
    return office_from_form(data["office"])[0], [from_form(form)[0] for form in data["sops"]]


def main() -> None:
    target = file_of(VERSION)
    with tempfile.TemporaryDirectory() as folder, open(target, "xb") as stream:
        made = Path(folder, target.name)
        fill(made, *contents_of(VERSION))
        stream.write(made.read_bytes())


def fill(path: Path, office: Office, sops: list[Sop]) -> None:
    """Make a file in which every way of saving has been used."""
    first, *others = sops
    with create(path, office, AUTHOR) as file:
        file.add_new([titled(first, EARLIER_TITLE), *others])
        file.save(first, 1)
        file.save(titled(first, "Gabungan"), 2, [titled(first, "Tidak dipakai")])
        file.save(first, 4)
        file.delete(sops[-1].uuid)
    with open_file(path, author=AUTHOR) as file:
        merge(file, mailed(path, titled(first, "Dari rekan")))
        backup = Backups(path).make("merge")
        file.save(titled(first, "Lain lagi"), 6)
        Backups(path).restore(backup, AUTHOR)
    with open_file(path, author=AUTHOR) as file:
        file.save(first, 8)


def mailed(path: Path, sop: Sop) -> Path:
    """Return a copy of the file in which a colleague has gone on with an SOP."""
    copy = path.with_name("lain.db")
    send_copy(path, copy)
    with open_file(copy, author=COLLEAGUE) as file:
        file.save(sop, file.load(sop.uuid).rev)
    return copy


def titled(sop: Sop, title: str) -> Sop:
    return replace(sop, identity=replace(sop.identity, title=title))


if __name__ == "__main__":
    sys.exit(main())
