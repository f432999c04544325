"""From values to plain data, every key of the contract in the contract's order.

Empty is null, so that a person who fills a form in by hand sees what may be filled in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sopdesk.document.form.settings import (
    Form,
    approval_to_form,
    list_styles_to_form,
    settings_to_form,
)

if TYPE_CHECKING:
    from sopdesk.document.dates import PartialDate
    from sopdesk.document.office import Office
    from sopdesk.document.values import (
        Closing,
        Flow,
        Lane,
        Pairs,
        Procedure,
        Sop,
        Spans,
        Step,
        Symbol,
    )


def to_form(sop: Sop) -> Form:
    """Return the SOP as JSON data; `from_form` gives an equal value back, `origin` apart.

    `origin` belongs to the office file that took the SOP in, and does not travel.
    """
    identity = sop.identity
    form: Form = {
        "uuid": sop.uuid,
        "number": identity.number or None,
        "title": identity.title or None,
        "status": sop.status.value,
        "unit": list(identity.unit),
        "institution": list(identity.institution),
        "created_on": _date(identity.created_on),
        "revised_on": _date(identity.revised_on),
        "revision": identity.revision or None,
        "effective_on": _date(identity.effective_on),
        "approved_by": approval_to_form(identity.approved_by),
        "legal_basis": list(identity.legal_basis),
        "qualifications": list(identity.qualifications),
        "related": list(identity.related),
        "equipment": list(identity.equipment),
        "warnings": list(identity.warnings),
        "records": list(identity.records),
        "list_styles": list_styles_to_form(identity.list_styles),
        "sheet": settings_to_form(sop.sheet),
        "procedures": [_procedure(procedure) for procedure in sop.procedures],
        "closing": _closing(sop.closing),
    }
    return _with_extra(form, sop.extra)


def office_to_form(office: Office) -> Form:
    """Return the office as the exchange file has it: its letterhead."""
    return {
        "lines": list(office.lines),
        "address": list(office.address),
        "city": office.city or None,
    }


def _date(date: PartialDate | None) -> str | None:
    return date.iso if date is not None else None


def _closing(closing: Closing | None) -> Form | None:
    if closing is None:
        return None
    return {"place_date": closing.place_date or None, **approval_to_form(closing)}


def _procedure(procedure: Procedure) -> Form:
    form: Form = {
        "title": procedure.title or None,
        "lanes": [_lane(lane) for lane in procedure.lanes],
        "steps": [_step(step) for step in procedure.steps],
        "symbols": [_symbol(symbol) for symbol in procedure.symbols],
        "flows": [_flow(flow) for flow in procedure.flows],
        "notes": list(procedure.notes),
    }
    return _with_extra(form, procedure.extra)


def _lane(lane: Lane) -> Form:
    form: Form = {"id": lane.id, "name": lane.name or None, "group": list(lane.group)}
    return _with_extra(form, lane.extra)


def _step(step: Step) -> Form:
    form: Form = {
        "id": step.id,
        "number": step.number or None,
        "activity": step.activity or None,
        "activity_items": list(step.activity_items),
        "requirements": list(step.requirements),
        "duration": step.duration or None,
        "outputs": list(step.outputs),
        "remarks": step.remarks or None,
        "spans": _spans(step.spans),
        "refers_to": step.refers_to,
    }
    return _with_extra(form, step.extra)


def _spans(spans: Spans) -> Form:
    rows = {
        "duration": spans.duration,
        "requirements": spans.requirements,
        "outputs": spans.outputs,
        "remarks": spans.remarks,
    }
    return {key: count for key, count in rows.items() if count != 1}


def _symbol(symbol: Symbol) -> Form:
    form: Form = {
        "id": symbol.id,
        "step": symbol.step,
        "lanes": list(symbol.lanes),
        "kind": symbol.kind.value,
        "text": symbol.text or None,
    }
    return _with_extra(form, symbol.extra)


def _flow(flow: Flow) -> Form:
    form: Form = {
        "from": flow.source,
        "to": flow.target,
        "label": flow.label or None,
        "line": flow.line.value,
        "exit": flow.exit and flow.exit.value,
        "entry": flow.entry and flow.entry.value,
    }
    return _with_extra(form, flow.extra)


def _with_extra(form: Form, extra: Pairs) -> Form:
    """Put the unknown keys back: beside the known ones, or into the object they came from."""
    for key, text in extra:
        kept = json.loads(text)
        known = form.get(key)
        form[key] = kept if known is None else _merged(known, kept)
    return form


def _merged(known: object, kept: object) -> object:
    """Return the known object with the kept keys added; a known key is never replaced."""
    if not isinstance(known, dict) or not isinstance(kept, dict):
        return known
    return {**kept, **known, **{key: _merged(known[key], kept[key]) for key in known & kept.keys()}}
