"""What was made to harm is refused at once, with little memory, and left as it was."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import zipfile
from typing import TYPE_CHECKING, TypeVar

from forked import Child, needs_fork
from hostile_databases import NAMES, spoil
from hostile_pictures import pictures
from office import copy, make
from unprotected import without_schema_gate

from sopdesk.foundation.faults import UserError
from sopdesk.jobs.importing import import_sources
from sopdesk.storage.verification import verify
from ui.dialogs.logo_field import read_logo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import pytest
    from scaling import Scale

pytestmark = needs_fork

T = TypeVar("T")

LONGEST_SECONDS = 5
MOST_BYTES = 300 * 2**20
EVERY_DAY = 3
"""Every so manieth is tried; some take seconds to make."""
BEGINNINGS = ("file_", "damaged", "exchange_", "import_", "picture_")
"""So begins what is said of a file that is refused."""


def assert_refused(tell: Callable[..., None], what: str, outcomes: dict[str, str]) -> None:
    """Put what came of each file into the table; all must have been refused."""
    taken = {name: found for name, found in outcomes.items() if not found.startswith(BEGINNINGS)}
    tell(**{what: len(outcomes), f"{what}_refused": len(outcomes) - len(taken)})
    assert taken == {}


def some(found: Iterable[T], scale: Scale) -> list[T]:
    """Return what is tried: every day a part."""
    return list(found)[:: 1 if scale.is_whole else EVERY_DAY]


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
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
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
    for name in some(NAMES, scale):
        copy(source, path)
        spoil(path, name)
        before = path.stat()
        outcomes[name] = within_limits(judge_database, path)
        after = path.stat()
        assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size), name

    assert_refused(tell, "databases", outcomes)


def test_hostile_databases_control_without_the_schema_gate(
    folder: Path, tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "kantor.db"
    make(path, 2)
    spoil(path, "a trigger on saving")
    without_schema_gate(monkeypatch)

    outcome = within_limits(judge_database, path)

    tell("no schema gate", databases=1, told=outcome)
    assert outcome == "shown as sound"


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


def test_hostile_exchange_files(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    sources = {f"{name}.json": content for name, content in EXCHANGES.items()}

    assert_refused(tell, "exchange_files", outcomes_of(folder, sources, scale))


def test_hostile_archives(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    sources = {
        f"{name}{ending}": content
        for name, content in archives().items()
        for ending in (".xlsx", ".docx", ".zip", ".xlsm")
    }

    assert_refused(tell, "archives", outcomes_of(folder, sources, scale))


def outcomes_of(folder: Path, sources: dict[str, bytes], scale: Scale) -> dict[str, str]:
    """Import each source into an office file; return what is told, having looked at that file."""
    target = folder / "kantor.db"
    make(target)
    before = target.read_bytes()
    outcomes: dict[str, str] = {}
    for name in some(sources, scale):
        (folder / name).write_bytes(sources[name])
        outcomes[name] = within_limits(judge_source, folder / name, target)
        (folder / name).unlink()
    assert target.read_bytes() == before
    return outcomes


def judge_picture(path: Path) -> str:
    try:
        read_logo(path)
    except UserError as fault:
        return fault.code
    return "taken in"


def test_hostile_pictures(folder: Path, scale: Scale, tell: Callable[..., None]) -> None:
    found, path = pictures(), folder / "logo.png"
    outcomes: dict[str, str] = {}
    for name in some(found, scale):
        path.write_bytes(found[name])
        outcomes[name] = within_limits(judge_picture, path)

    assert_refused(tell, "pictures", outcomes)
