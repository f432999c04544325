"""The exchange file, written: for programs, and for people to read and to fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sopdesk.document.form import office_to_form, to_form
from sopdesk.document.form.limits import is_too_large
from sopdesk.foundation.atomic import replacing
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.document.office import Office
    from sopdesk.document.values import Sop

LINE_WIDTH = 100


def write_exchange(sops: Iterable[Sop], office: Office | None, path: Path) -> None:
    """Write the SOPs, in their order, as an exchange file that any import takes in again.

    Raises:
        UserError: `exchange_too_much`, or what `replacing` raises; the file at `path` is then as
            it was.
    """
    path = Path(path)
    content = _content(sops, office)
    if is_too_large(content):
        raise UserError("exchange_too_much", path=str(path))
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _content(sops: Iterable[Sop], office: Office | None) -> bytes:
    data: dict[str, object] = {"format": "sopdesk-exchange", "version": 1}
    if office is not None:
        data["office"] = office_to_form(office)
    data["sops"] = [to_form(sop) for sop in sops]
    return (_set(data) + "\n").encode()


def _set(value: object, indent: int = 0, before: int = 0) -> str:
    """Return JSON that breaks an object or a list over lines only where it does not fit on one.

    `before` is the room that its key takes on the first line.
    """
    flat = json.dumps(value, ensure_ascii=False)
    if indent + before + len(flat) < LINE_WIDTH or not isinstance(value, dict | list):
        return flat
    inner = " " * (indent + 1)
    if isinstance(value, list):
        items = [_set(item, indent + 1) for item in value]
    else:
        keys = {json.dumps(key, ensure_ascii=False) + ": ": item for key, item in value.items()}
        items = [key + _set(item, indent + 1, len(key)) for key, item in keys.items()]
    opening, closing = "[]" if isinstance(value, list) else "{}"
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{' ' * indent}{closing}"
