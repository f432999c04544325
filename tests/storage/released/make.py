"""Make the office file of today's schema version, to be kept for good when that is released.

    .venv/bin/python tests/storage/released/make.py

Beside it stands what it holds, as an exchange file, `version-N.json`: write that first, from the
one before, with something in every new column. Of its SOPs all are in the file but the last, which
has been deleted; the first has been saved twice, with another title before. What was released is
never made again: the script refuses to overwrite, and a test opens every one with today's program.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.form import from_form, office_from_form
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import create

if TYPE_CHECKING:
    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

HERE = Path(__file__).parent
EARLIER_TITLE = "Judul sebelumnya"


def file_of(version: int) -> Path:
    """The office file that a program of this schema version has made."""
    return HERE / f"version-{version}.db"


def contents_of(version: int) -> tuple[Office, list[Sop]]:
    """What that file holds: the office, and its SOPs with the deleted one at the end."""
    data = json.loads(file_of(version).with_suffix(".json").read_text(encoding="utf-8"))
    return office_from_form(data["office"])[0], [from_form(form)[0] for form in data["sops"]]


def main() -> None:
    office, sops = contents_of(VERSION)
    with create(file_of(VERSION), office) as file:
        first, *others = sops
        identity = replace(first.identity, title=EARLIER_TITLE)
        file.add_new([replace(first, identity=identity), *others])
        file.save(first, 1)
        file.delete(sops[-1].uuid)


if __name__ == "__main__":
    sys.exit(main())
