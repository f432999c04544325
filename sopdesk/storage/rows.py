"""An SOP as rows: which value stands in which column.

`COLUMNS` and the functions below are each other's counterpart, column by column; `assembling` is
the way back. A table's first column, or its key, says to which SOP or flow table a row belongs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopdesk.document.form import list_styles_to_form, settings_from_form, settings_to_form
from sopdesk.document.values import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.document.dates import PartialDate
    from sopdesk.document.values import Flow, Lane, Pairs, Procedure, Sop, Step, Symbol
    from sopdesk.storage.acts import Act

Row = tuple[object, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "sops": (
        "id", "uuid", "origin", "status", "title", "number", "unit_id", "created_on", "revised_on",
        "revision", "effective_on", "approved_by_name", "approved_by_rank",
        "approved_by_employee_id", "list_styles", "sheet", "extra",
        "position", "rev", "save_id", "saved_at", "sha256",
    ),
    "sop_items": ("sop_id", "list", "position", "text"),
    "closings": ("sop_id", "place_date", "name", "rank", "employee_id"),
    "procedures": ("id", "sop_id", "position", "title", "extra"),
    "procedure_notes": ("procedure_id", "position", "text"),
    "lanes": ("procedure_id", "id", "position", "name", "extra"),
    "lane_groups": ("procedure_id", "lane_id", "position", "text"),
    "steps": (
        "procedure_id", "id", "position", "number", "activity", "duration", "remarks",
        "duration_rows", "requirements_rows", "outputs_rows", "remarks_rows", "refers_to", "extra",
    ),
    "step_items": ("procedure_id", "step_id", "list", "position", "text"),
    "symbols": ("procedure_id", "id", "position", "step_id", "kind", "text", "extra"),
    "symbol_lanes": ("procedure_id", "symbol_id", "position", "lane_id"),
    "flows": (
        "procedure_id", "position", "source_id", "target_id", "label", "line", "exit", "entry",
        "extra",
    ),
}  # fmt: skip
"""The columns of an SOP's tables in the order of their rows, parents before children."""

STEP_LISTS = ("activity_items", "requirements", "outputs")


@dataclass(frozen=True, slots=True)
class Saving:
    """An SOP on its way into the file, and what the file notes of it beside its value."""

    sop: Sop
    id: int
    position: int
    unit_id: int | None
    rev: int
    act: Act
    sha256: str


def rows_of(saving: Saving, procedure_id: int) -> dict[str, list[Row]]:
    """Return an SOP's rows by table; its flow tables get ids from `procedure_id` upwards.

    Raises:
        UserError: `exchange_...`, a sheet setting that could not be read back.
    """
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    rows["sops"].append(_sop(saving))
    sop, sop_id, identity = saving.sop, saving.id, saving.sop.identity
    lists = {name: getattr(identity, name) for name in ("institution", *LISTS)}
    lists["approved_by_position"] = identity.approved_by.position
    if (closing := sop.closing) is not None:
        lists["closing_position"] = closing.position
        rows["closings"].append(
            (sop_id, closing.place_date, closing.name, closing.rank, closing.employee_id)
        )
    for name, texts in lists.items():
        rows["sop_items"] += _numbered(texts, sop_id, name)
    for position, procedure in enumerate(sop.procedures):
        key = procedure_id + position
        rows["procedures"].append(
            (key, sop_id, position, procedure.title, extra_text(procedure.extra))
        )
        _add_procedure(rows, procedure, key)
    return rows


def _sop(saving: Saving) -> Row:
    sop = saving.sop
    identity, approval = sop.identity, sop.identity.approved_by
    sheet = settings_to_form(sop.sheet)
    settings_from_form(sheet)  # what could not be read back is refused before it is written
    return (
        saving.id, sop.uuid, sop.origin, sop.status, identity.title, identity.number,
        saving.unit_id,
        _date(identity.created_on), _date(identity.revised_on), identity.revision,
        _date(identity.effective_on), approval.name, approval.rank, approval.employee_id,
        json_text(list_styles_to_form(identity.list_styles)), json_text(sheet),
        extra_text(sop.extra), saving.position, saving.rev, saving.act.save_id,
        saving.act.saved_at, saving.sha256,
    )  # fmt: skip


def _add_procedure(rows: dict[str, list[Row]], procedure: Procedure, key: int) -> None:
    rows["procedure_notes"] += _numbered(procedure.notes, key)
    for position, lane in enumerate(procedure.lanes):
        rows["lanes"].append(_lane(lane, key, position))
        rows["lane_groups"] += _numbered(lane.group, key, lane.id)
    for position, step in enumerate(procedure.steps):
        rows["steps"].append(_step(step, key, position))
        for name in STEP_LISTS:
            rows["step_items"] += _numbered(getattr(step, name), key, step.id, name)
    for position, symbol in enumerate(procedure.symbols):
        rows["symbols"].append(_symbol(symbol, key, position))
        rows["symbol_lanes"] += _numbered(symbol.lanes, key, symbol.id)
    for position, flow in enumerate(procedure.flows):
        rows["flows"].append(_flow(flow, key, position))


def _lane(lane: Lane, key: int, position: int) -> Row:
    return key, lane.id, position, lane.name, extra_text(lane.extra)


def _step(step: Step, key: int, position: int) -> Row:
    spans = step.spans
    return (
        key, step.id, position, step.number, step.activity, step.duration, step.remarks,
        spans.duration, spans.requirements, spans.outputs, spans.remarks, step.refers_to,
        extra_text(step.extra),
    )  # fmt: skip


def _symbol(symbol: Symbol, key: int, position: int) -> Row:
    return (
        key, symbol.id, position, symbol.step, symbol.kind, symbol.text, extra_text(symbol.extra)
    )  # fmt: skip


def _flow(flow: Flow, key: int, position: int) -> Row:
    return (
        key, position, flow.source, flow.target, flow.label, flow.line, flow.exit, flow.entry,
        extra_text(flow.extra),
    )  # fmt: skip


def _numbered(texts: Sequence[str], *owner: object) -> Iterator[Row]:
    return ((*owner, position, text) for position, text in enumerate(texts))


def _date(date: PartialDate | None) -> str | None:
    return None if date is None else date.iso


def json_text(form: object) -> str:
    """Return a form as the text of a column."""
    return json.dumps(form, ensure_ascii=False)


def from_json_text(text: str | bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the form that stands in a column.

    Raises:
        ValueError: it is none, or nests deeper than any form.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested without end") from error


def extra_text(extra: Pairs) -> str:
    """Return keys of other versions as the text of a column: an object of JSON texts."""
    return json_text(dict(extra)) if extra else "{}"


def merged(parts: Iterable[dict[str, list[Row]]]) -> dict[str, list[Row]]:
    """Return the rows of several SOPs together, in the order in which tables are filled."""
    together: dict[str, list[Row]] = {table: [] for table in COLUMNS}
    for part in parts:
        for table, rows in part.items():
            together[table] += rows
    return together
