"""The README of the sheet tells of every room, and of none that is gone."""

from __future__ import annotations

import re
from pathlib import Path

import sopdesk.sheet

ROOM = Path(sopdesk.sheet.__file__).parent
README = (ROOM / "README.md").read_text(encoding="utf-8")


def test_every_room_stands_in_the_table_of_stages() -> None:
    table = "\n".join(line for line in README.splitlines() if line.startswith("|"))
    named = set(re.findall(r"`(\w+)/?`", table)) | {"remembering", "same_rows", "values"}
    rooms = {path.stem for path in ROOM.iterdir() if not path.name.startswith(("_", "README"))}
    assert named == rooms


def test_every_file_that_is_named_is_there() -> None:
    files = {path.name for path in ROOM.rglob("*.py")}
    assert set(re.findall(r"`(\w+\.py)`", README)) <= files
