"""An exchange file is taken as a whole or refused as a whole, soon and with one clear fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sopdesk.document.form.limits import LARGEST_FILE, is_too_large
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import word_fault
from sopdesk.intake.exchange import read_exchange

HEAD = '{"format":"sopdesk-exchange","version":1,'
UUID = "0b2c6f1e-5d3a-4c7b-9e8f-1a2b3c4d5e6f"


def sop(text: str) -> bytes:
    return f'{HEAD}"sops":[{text}]}}'.encode()


def table(text: str) -> bytes:
    return sop(f'{{"procedures":[{{{text}}}]}}')


HOSTILE: dict[str, tuple[bytes, str]] = {
    # kind: (content, code of the fault)
    "no bytes": (b"", "exchange_empty"),
    "blanks": (b" \n\t ", "exchange_empty"),
    "cut off": (sop('{"title":"a"}')[:-5], "exchange_not_json"),
    "binary": (b"SQLite format 3\x00" + bytes(80), "exchange_not_json"),
    "utf-16": (sop("{}").decode().encode("utf-16"), "exchange_not_utf8"),
    "latin-1": (sop('{"title":"Keputus\xe4n"}').decode().encode("latin-1"), "exchange_not_utf8"),
    "overlong utf-8": (sop('{"title":"@"}').replace(b"@", b"\xc0\xaf"), "exchange_not_utf8"),
    "two documents": (sop("{}") * 2, "exchange_not_json"),
    "a list": (b"[]", "exchange_foreign"),
    "null": (b"null", "exchange_foreign"),
    "another format": (b'{"format":"other","version":1}', "exchange_foreign"),
    "a layout": (b'{"format":"sopdesk-layout","version":1,"pages":[]}', "exchange_foreign"),
    "no version": (b'{"format":"sopdesk-exchange","sops":[]}', "exchange_missing"),
    "version as text": (b'{"format":"sopdesk-exchange","version":"1"}', "exchange_not_number"),
    "version zero": (b'{"format":"sopdesk-exchange","version":0}', "exchange_out_of_range"),
    "newer": (b'{"format":"sopdesk-exchange","version":2,"sops":5}', "exchange_newer"),
    "deep lists": (b"[" * 500_000, "exchange_nested"),
    "deep objects": (b'{"a":' * 300_000 + b"1" + b"}" * 300_000, "exchange_nested"),
    "deep unknown key": (sop('{"x":' + "[" * 100 + "]" * 100 + "}"), "exchange_too_deep"),
    "a key twice": (sop('{"title":"a","title":"b"}'), "exchange_repeated_key"),
    "the sops twice": (sop("{}")[:-1] + b',"sops":[]}', "exchange_repeated_key"),
    "not a number": (sop('{"sheet":{"size_pt":NaN}}'), "exchange_endless_number"),
    "infinity": (sop('{"sheet":{"margins_mm":[Infinity,1,1,1]}}'), "exchange_endless_number"),
    "overflow": (sop('{"sheet":{"size_pt":1e999}}'), "exchange_out_of_range"),
    "overflow unknown": (sop('{"x":-1e999}'), "exchange_not_number"),
    "endless digits": (sop('{"x":' + "9" * 5_000 + "}"), "exchange_endless_number"),
    "many digits": (sop('{"sheet":{"size_pt":' + "9" * 4_000 + "}}"), "exchange_out_of_range"),
    "sops no list": (HEAD.encode() + b'"sops":{}}', "exchange_not_list"),
    "an sop no object": (sop('"a"'), "exchange_not_object"),
    "too many sops": (sop("{}," * 20_000 + "{}"), "exchange_too_many"),
    "too many values": (sop("[]," * 1_000_000 + "[]"), "exchange_too_large"),
    "too many bytes": (b" " * LARGEST_FILE + sop("{}"), "exchange_too_large"),
    "a uuid twice": (sop(f'{{"uuid":"{UUID}"}},{{"uuid":"{UUID.upper()}"}}'), "exchange_duplicate"),
    "a path as uuid": (sop('{"uuid":"../../etc/passwd"}'), "exchange_not_uuid"),
    "a lone surrogate": (sop(r'{"title":"\ud800"}'), "exchange_bad_character"),
    "a control character": (sop(r'{"title":"\u0000"}'), "exchange_bad_character"),
    "a lone surrogate key": (sop(r'{"\udfff":"x"}'), "exchange_bad_character"),
    "a long word": (sop('{"title":"' + "x" * 200_000 + '"}'), "exchange_too_long"),
    "a long list": (sop('{"related":[' + '"x",' * 100_000 + '"x"]}'), "exchange_too_many"),
    "many lanes": (table('"lanes":[' + "{}," * 300 + "{}]"), "exchange_too_many"),
    "many steps": (table('"steps":[' + "{}," * 100_000 + "{}]"), "exchange_too_many"),
    "a heavy key": (sop('{"x":[' + f'"{"x" * 30_000}",' * 40 + "1]}"), "exchange_too_long"),
    "a wide span": (table('"steps":[{"spans":{"remarks":1e300}}]'), "exchange_out_of_range"),
    "a huge width": (sop('{"sheet":{"widths_mm":{"lanes":1e12}}}'), "exchange_out_of_range"),
    "no target": (
        table('"lanes":[{"id":"a"}],"steps":[{"id":"s"}],"symbols":[{"id":"n","step":"s",'
              '"lanes":["a"]}],"flows":[{"from":"n","to":"n9"}]'),
        "exchange_no_symbol",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_within_a_moment(tmp_path: Path, kind: str) -> None:
    content, code = HOSTILE[kind]
    file = tmp_path / "masuk.json"
    file.write_bytes(content)
    begin = time.perf_counter()
    with pytest.raises(UserError) as caught:
        read_exchange(file)
    assert caught.value.code == code
    assert time.perf_counter() - begin < 5
    worded = word_fault(caught.value)
    assert not worded.startswith("fault.")
    assert len(worded) < 1_000
    assert worded.encode()
    assert file.read_bytes() == content


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells what a program's memory has been"
)
def test_the_costliest_file_that_is_parsed_takes_less_than_300_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "mahal.json"
    wide = f'"🙂{"y" * 30_000}",' * 750
    file.write_bytes(sop('{"x":[' + "[]," * 740_000 + wide + "1]}"))
    assert not is_too_large(file.read_bytes())
    code = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from sopdesk.intake.exchange import read_exchange\n"
        "try:\n    read_exchange(sys.argv[1])\n"
        "except Exception as fault:\n    print(fault.code)\n"
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True,
        timeout=30, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    reason, kilobytes = ran.stdout.split()
    assert reason == "exchange_too_long"
    assert int(kilobytes) < 300 * 1024


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_missing"):
        read_exchange(tmp_path / "tidak ada.json")


def test_a_folder_is_no_exchange_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="exchange_unreadable"):
        read_exchange(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipa.json"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="exchange_unreadable"):
        read_exchange(pipe)


def read(tmp_path: Path, data: dict[str, Any], encoding: str = "utf-8") -> Any:
    file = tmp_path / "masuk.json"
    head = {"format": "sopdesk-exchange", "version": 1}
    file.write_text(json.dumps(head | data, ensure_ascii=False), encoding=encoding)
    return read_exchange(file)


def test_a_byte_order_mark_is_tolerated(tmp_path: Path) -> None:
    exchange = read(tmp_path, {"sops": [{"title": "Ünïcode"}]}, "utf-8-sig")
    assert exchange.sops[0].identity.title == "Ünïcode"


def test_the_version_may_be_written_with_a_point(tmp_path: Path) -> None:
    assert read(tmp_path, {"version": 1.0}).sops == ()


def test_a_fault_names_the_place_in_the_file(tmp_path: Path) -> None:
    procedures = [{"steps": [{"id": "s1"}], "symbols": [{"step": "s2", "lanes": []}]}]
    with pytest.raises(UserError) as caught:
        read(tmp_path, {"sops": [{}, {}, {}, {"procedures": procedures}]})
    assert caught.value.facts["path"] == "sops[3].procedures[0].symbols[0].step"


def test_without_an_office_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, {"office": None, "sops": []}).office is None
    assert read(tmp_path, {"office": {"city": "Kota"}}).office.city == "Kota"


def test_unknown_keys_anywhere_are_reported_with_their_paths(tmp_path: Path) -> None:
    exchange = read(
        tmp_path,
        {"by": "x", "office": {"fax": "1"}, "sops": [{}, {"closing": {"seal": 1}, "colour": 2}]},
    )
    assert sorted(exchange.notes) == ["by", "office.fax", "sops[1].closing.seal", "sops[1].colour"]
    assert sorted(exchange.left_out) == ["by", "office.fax"]
    assert exchange.sops[1].extra == (("colour", "2"), ("closing", '{"seal":1}'))
