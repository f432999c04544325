"""The file as another program sees it: marked as ours, guarded by its own rules, readable."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sopdesk.document.values import Flow, Identity, Kind, Lane, Procedure, Sop, Step, Symbol
from sopdesk.storage.migrations import VERSION
from sopdesk.storage.office_file import OfficeFile, create
from sopdesk.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from pathlib import Path

MAIL = Sop(
    identity=Identity(title="Surat masuk", number="01", unit=("Sekretariat", "Subbag Umum")),
    procedures=(
        Procedure(
            lanes=(Lane("a", "Staf", ("Pelaksana",)), Lane("b", "Kepala")),
            steps=(Step("s", "Menerima surat", outputs=("Surat", "Agenda")), Step("t", "Meneliti")),
            symbols=(
                Symbol("s", ("a",), Kind.START, id="m"),
                Symbol("t", ("a", "b"), Kind.DECISION, id="n"),
            ),
            flows=(Flow("m", "n"),),
            notes=("Catatan",),
        ),
    ),
)


@pytest.fixture
def with_mail(file: OfficeFile) -> OfficeFile:
    file.add(MAIL)
    return file


def test_the_header_says_whose_file_it_is(path: Path) -> None:
    create(path).close()
    head = path.read_bytes()[:100]

    assert head[68:72] == b"SOPD" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(head[60:64], "big") == VERSION
    assert head[18:20] == b"\x01\x01", "a rollback journal, which a network share can bear"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1), ("synchronous", 3), ("journal_mode", "delete"), ("trusted_schema", 0),
        ("cell_size_check", 1), ("temp_store", 2), ("recursive_triggers", 0),
    ],
)  # fmt: skip
def test_the_connection_is_set_for_safety(file: OfficeFile, pragma: str, value: object) -> None:
    assert file._opened.database().execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_person_can_read_who_does_what(with_mail: OfficeFile) -> None:
    rows = with_mail._connection.execute(
        "SELECT sops.title, steps.activity, symbols.kind, group_concat(lanes.name, ' + ')"
        " FROM sops JOIN procedures ON procedures.sop_id = sops.id"
        " JOIN steps ON steps.procedure_id = procedures.id"
        " JOIN symbols ON symbols.procedure_id = procedures.id AND symbols.step_id = steps.id"
        " JOIN symbol_lanes ON symbol_lanes.procedure_id = procedures.id"
        "   AND symbol_lanes.symbol_id = symbols.id"
        " JOIN lanes ON lanes.procedure_id = procedures.id AND lanes.id = symbol_lanes.lane_id"
        " GROUP BY symbols.id ORDER BY steps.position"
    ).fetchall()

    assert rows == [
        ("Surat masuk", "Menerima surat", "start", "Staf"),
        ("Surat masuk", "Meneliti", "decision", "Staf + Kepala"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sops SET status = 'selesai'",
        "UPDATE sops SET rev = 0",
        "UPDATE symbols SET kind = 'circle'",
        "UPDATE flows SET exit = 'top'",
        "UPDATE flows SET entry = 'bottom'",
        "UPDATE flows SET target_id = 'z'",
        "UPDATE steps SET duration_rows = 0",
        "UPDATE symbol_lanes SET lane_id = 'z'",
        "INSERT INTO step_items VALUES (1, 'z', 'outputs', 1, 'Surat')",
        "INSERT INTO step_items VALUES (1, 's', 'inputs', 1, 'Surat')",
        "INSERT INTO sop_items VALUES (77, 'records', 1, 'Agenda')",
        "UPDATE units SET parent_id = 77",
        "INSERT INTO file SELECT 2, made_by, save_id, saved_at FROM file",
        "DELETE FROM units WHERE name = 'Subbag Umum'",
    ],
)
def test_the_tables_refuse_what_no_sop_can_be(with_mail: OfficeFile, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        with_mail._opened.database().execute(statement)


def test_every_table_says_what_it_holds(file: OfficeFile) -> None:
    silent = [
        name
        for name, sql in file._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
            " AND name NOT LIKE 'sop_search%'"
        )
        if "\n  -- " not in sql
    ]

    assert silent == []


def test_reading_does_not_wait_for_sqlite_utils(path: Path) -> None:
    with create(path) as file:
        file.add(MAIL)
    code = (
        "import sys; from sopdesk.storage.office_file import open_file\n"
        f"with open_file({str(path)!r}) as file:\n"
        "    file.office(), file.load(file.entries()[0].uuid), file.search('surat')\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_file_opens_in_any_sqlite_browser(path: Path) -> None:
    with create(path) as file:
        file.add(MAIL)

    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT rowid FROM sop_search WHERE words LIKE '%nerima%'")
        assert found.fetchall() == [(1,)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
