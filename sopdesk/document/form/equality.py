"""The canonical form: what makes two SOPs equal, and what their hashes are taken over."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, cast

from sopdesk.document.form.node import is_empty
from sopdesk.document.form.writing import to_form
from sopdesk.document.values import Kind, Line, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.values import Sop


def canonical(sop: Sop) -> bytes:
    """Return the SOP's form without defaults, uuid and origin, as compact UTF-8 JSON.

    Keys are sorted and a number is written in one way only, so that equal SOPs give equal bytes.
    """
    form = to_form(sop)
    del form["uuid"]
    _drop(form, "status", Status.DRAFT)
    for procedure in _objects(form["procedures"]):
        for symbol in _objects(procedure["symbols"]):
            _drop(symbol, "kind", Kind.PROCESS)
        for flow in _objects(procedure["flows"]):
            _drop(flow, "line", Line.ARROW)
    bare = _bare(form)
    _drop(bare, "procedures", [{}])
    return json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(sop: Sop) -> str:
    """Return the SHA-256 of the canonical form, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(sop)).hexdigest()


def _objects(items: object) -> Iterable[dict[str, object]]:
    return cast("list[dict[str, object]]", items)


def _drop(form: dict[str, object], key: str, default: object) -> None:
    if form.get(key) == default:
        del form[key]


def _bare(form: dict[str, object]) -> dict[str, object]:
    """Return an object without its empty keys."""
    kept: dict[str, object] = {}
    for key, value in form.items():
        bare = _bare_value(value) if isinstance(value, (dict, list)) else value
        if not is_empty(bare):
            kept[key] = bare
    return kept


def _bare_value(value: object) -> object:
    """Return the same of any value; the items of a list stay, for their order says much."""
    if isinstance(value, dict):
        return _bare(value)
    if isinstance(value, list):
        return [_bare_value(v) if isinstance(v, (dict, list)) else v for v in value]
    return value
