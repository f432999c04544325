"""What was made to harm is refused at once, with little memory, and left as it was."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import zipfile
from typing import TYPE_CHECKING

from forked import Child, needs_fork
from hostile_databases import NAMES, spoil
from hostile_pictures import pictures
from office import copy, make

from sopdesk.foundation.faults import UserError
from sopdesk.jobs.importing import import_sources
from sopdesk.storage.verification import verify
from ui.dialogs.logo_field import read_logo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scaling import Scale

pytestmark = needs_fork

LONGEST_SECONDS = 5
MOST_BYTES = 300 * 2**20
EVERY_DAY = 3
"""Of the databases every so manieth is tried; some take seconds to make."""


def within_limits(judge: Callable[..., str], *arguments: object) -> str:
    """Return what a child says of a file, which may take so much time and memory."""
    try:
        return Child(_limited, judge, *arguments).result()
    except AssertionError as error:
        return f"failed: {error}"


def _limited(judge: Callable[..., str], *arguments: object) -> str:
    with open("/proc/self/statm", encoding="ascii") as stream:
        used = int(stream.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (used + MOST_BYTES, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_SECONDS)
    return judge(*arguments)


def judge_database(path: Path) -> str:
    try:
        found = verify(path)
    except UserError as fault:
        return fault.code
    return "shown as sound" if found.is_sound else "damaged"


def test_hostile_databases(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    source, path = folder / "asal.db", folder / "kantor.db"
    make(source, 2)
    outcomes: dict[str, str] = {}
    for name in NAMES if scale.is_whole else NAMES[::EVERY_DAY]:
        copy(source, path)
        spoil(path, name)
        before = path.stat()
        outcomes[name] = within_limits(judge_database, path)
        after = path.stat()
        assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size), name

    refused = [name for name, found in outcomes.items() if found[:5] in ("file_", "damag")]
    tell("hostile files", databases=len(outcomes), databases_refused=len(refused))
    assert {name: found for name, found in outcomes.items() if name not in refused} == {}


def judge_source(path: Path, target: Path) -> str:
    (outcome,) = import_sources(target, [path])
    return outcome.fault.code if outcome.fault else "taken in"


START = b'{"format": "sopdesk-exchange", "version": '
GOOD = {"format": "sopdesk-exchange", "version": 1, "sops": [{"title": "Surat"}]}


def with_sop(**keys: object) -> bytes:
    return json.dumps({**GOOD, "sops": [keys]}).encode()


EXCHANGES: dict[str, bytes] = {
    "lists in lists": START + b'1, "sops": ' + b"[" * 100_000,
    "objects in objects": b'{"a":' * 100_000,
    "a number of many digits": START + b"9" * 10**6 + b', "sops": []}',
    "an exponent": START + b'1e400, "sops": []}',
    "no number": START + b'NaN, "sops": []}',
    "no text": b"\xff\xfe\x00\x01" * 1000,
    "half a letter": with_sop(title="x").replace(b'"x"', b'"\\ud800"'),
    "too large": b" " * (70 * 2**20),
    "emptiness": b"",
    "a workbook": b"PK\x03\x04" + bytes(1000),
    "another format": b'{"format": "other", "version": 1, "sops": []}',
    "a later version": START + b'2, "sops": []}',
    "sops that are none": START + b'1, "sops": {"a": 1}}',
    "a title that is a list": with_sop(title=["x"]),
    "a text without end": with_sop(title="x" * 10**7),
    "items without end": with_sop(records=["x"] * 10**6),
    "a date that is none": with_sop(created_on="2019-13-45"),
    "a uuid that is a path": with_sop(uuid="../../etc/passwd"),
    "a flow to nowhere": with_sop(procedures=[{"flows": [{"from": "a", "to": "b"}]}]),
    "a cell over all rows": with_sop(
        procedures=[{"steps": [{"id": "s", "spans": {"duration": 10**18}}]}]
    ),
    "steps that are one": with_sop(procedures=[{"steps": [{"id": "s"}, {"id": "s"}]}]),
}  # fmt: skip


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><x>&j;</x>' % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in b"bcdefghij"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def archives() -> dict[str, bytes]:
    """Return what the zip-based formats can be made to hold."""
    sound = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    nested = zipped({"a.zip": zipped({"b": bytes(10**7)})})
    return {
        "a bomb": zipped({**sound, "xl/sheet1.xml": bytes(2 * 10**8)}),
        "many entries": zipped({f"f{number}": b"" for number in range(20_000)}),
        "entities in entities": zipped({**sound, "xl/workbook.xml": ENTITIES}),
        "an entity from outside": zipped({**sound, "xl/workbook.xml": OUTSIDE}),
        "a way out": zipped({**sound, "../../evil": b"x"}),
        "an absolute way": zipped({**sound, "/etc/passwd": b"x"}),
        "a nest": nested,
        "cut": zipped(sound)[:-30],
        "no archive": b"PK\x03\x04" + os.urandom(5000),
        "emptiness": b"",
    }


def test_hostile_sources(folder: Path, tell: Callable[..., None]) -> None:
    target = folder / "kantor.db"
    make(target)
    before = target.read_bytes()
    sources = [(f"{name}.json", content) for name, content in EXCHANGES.items()]
    sources += [
        (f"{name}{ending}", content)
        for name, content in archives().items()
        for ending in (".xlsx", ".docx", ".zip", ".xlsm")
    ]
    outcomes: dict[str, str] = {}
    for name, content in sources:
        source = folder / name
        source.write_bytes(content)
        outcomes[name] = within_limits(judge_source, source, target)

    refused = [
        name
        for name, found in outcomes.items()
        if found.startswith(("exchange_", "import_", "file_"))
    ]
    tell(
        "hostile files",
        exchange_files=len(EXCHANGES), archives=len(sources) - len(EXCHANGES),
        sources_refused=len(refused),
    )  # fmt: skip
    assert {name: found for name, found in outcomes.items() if name not in refused} == {}
    assert target.read_bytes() == before


def judge_picture(path: Path) -> str:
    try:
        read_logo(path)
    except UserError as fault:
        return fault.code
    return "taken in"


def test_hostile_pictures(folder: Path, tell: Callable[..., None]) -> None:
    outcomes: dict[str, str] = {}
    for name, content in pictures().items():
        path = folder / "logo.png"
        path.write_bytes(content)
        outcomes[name] = within_limits(judge_picture, path)

    refused = [name for name, found in outcomes.items() if found.startswith("picture_")]
    tell("hostile files", pictures=len(outcomes), pictures_refused=len(refused))
    assert {name: found for name, found in outcomes.items() if name not in refused} == {}
