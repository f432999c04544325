"""From plain data to values: the contract's rules, and a refusal with a path for each.

What a field may hold is checked as it is read; whether the parts fit together says `validity`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.form.limits import (
    MOST_FLOWS,
    MOST_LANES,
    MOST_PROCEDURES,
    MOST_STEPS,
    MOST_SYMBOLS,
)
from sopdesk.document.form.node import Node, fault, shown
from sopdesk.document.form.settings import read_approval, read_list_styles, read_sheet
from sopdesk.document.ids import new_id, new_uuid
from sopdesk.document.office import Office
from sopdesk.document.validity import faults_of_procedure
from sopdesk.document.values import (
    ENTRIES,
    EXITS,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    Procedure,
    Side,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Notes = tuple[str, ...]
"""Paths of keys that this version does not know."""


def from_form(data: object, path: str = "sops[0]") -> tuple[Sop, Notes]:
    """Return the SOP that the data describe, and the paths of the keys that are not known.

    An SOP without a uuid gets a new one, as do a lane, a step or a symbol without an id; an SOP
    without procedures gets an empty one. Unknown keys are kept in the value's `extra`.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    node = Node(data, path)
    # Arguments are evaluated in order: `rest` comes last, when every known key has been asked for.
    sop = Sop(
        uuid=node.uuid("uuid") or new_uuid(),
        identity=_identity(node),
        status=node.word("status", Status) or Status.DRAFT,
        sheet=read_sheet(node.child("sheet")),
        procedures=node.objects("procedures", MOST_PROCEDURES, _procedure) or (Procedure(),),
        closing=_closing(node.child("closing")),
        extra=node.rest(),
    )
    return sop, tuple(node.notes)


def office_from_form(data: object, path: str = "office") -> tuple[Office, Notes]:
    """Return an office with the letterhead that the data describe, all else as by default.

    Raises:
        UserError: `exchange_<reason>` with the `path` of the first value that breaks a rule.
    """
    node = Node(data, path)
    office = Office(
        lines=node.texts("lines"), address=node.texts("address"), city=node.text("city")
    )
    node.rest()
    return office, tuple(node.notes)


def _identity(node: Node) -> Identity:
    return Identity(
        title=node.text("title"),
        number=node.text("number"),
        unit=node.texts("unit"),
        institution=node.texts("institution"),
        created_on=node.date("created_on"),
        revised_on=node.date("revised_on"),
        revision=node.text("revision"),
        effective_on=node.date("effective_on"),
        approved_by=read_approval(node.child("approved_by")),
        legal_basis=node.texts("legal_basis"),
        qualifications=node.texts("qualifications"),
        related=node.texts("related"),
        equipment=node.texts("equipment"),
        warnings=node.texts("warnings"),
        records=node.texts("records"),
        list_styles=read_list_styles(node.child("list_styles")),
    )


def _closing(node: Node) -> Closing | None:
    """Read the signature block; one that is empty in every field is none."""
    closing = Closing(
        place_date=node.text("place_date"),
        position=node.texts("position"),
        name=node.text("name"),
        rank=node.text("rank"),
        employee_id=node.text("employee_id"),
    )
    return None if closing == Closing() else closing


def _procedure(node: Node) -> Procedure:
    lanes = node.objects("lanes", MOST_LANES, _lane)
    places = {lane.id: place for place, lane in enumerate(lanes)}
    procedure = Procedure(
        lanes=lanes,
        steps=node.objects("steps", MOST_STEPS, _step),
        symbols=node.objects("symbols", MOST_SYMBOLS, lambda item: _symbol(item, places)),
        flows=node.objects("flows", MOST_FLOWS, _flow),
        title=node.text("title"),
        notes=node.texts("notes"),
        extra=node.rest(),
    )
    for path, rule, facts in faults_of_procedure(procedure, f"{node.path}."):
        quoted = {name: shown(one) if isinstance(one, str) else one for name, one in facts.items()}
        raise fault(rule, path, **quoted)
    return procedure


def _lane(node: Node) -> Lane:
    return Lane(
        id=node.name("id") or new_id(),
        name=node.text("name"),
        group=node.texts("group"),
        extra=node.rest(),
    )


def _step(node: Node) -> Step:
    return Step(
        id=node.name("id") or new_id(),
        activity=node.text("activity"),
        number=node.text("number") or None,
        activity_items=node.texts("activity_items"),
        requirements=node.texts("requirements"),
        duration=node.text("duration"),
        outputs=node.texts("outputs"),
        remarks=node.text("remarks"),
        spans=_spans(node.child("spans")),
        refers_to=node.uuid("refers_to"),
        extra=node.rest(),
    )


def _spans(node: Node) -> Spans:
    return Spans(
        duration=_span(node, "duration"),
        requirements=_span(node, "requirements"),
        outputs=_span(node, "outputs"),
        remarks=_span(node, "remarks"),
    )


def _span(node: Node, key: str) -> int:
    rows = node.number(key, 1, MOST_STEPS)
    if rows is None:
        return 1
    if not rows.is_integer():
        raise fault("not_whole", node.at(key))
    return int(rows)


def _symbol(node: Node, places: Mapping[str, int]) -> Symbol:
    return Symbol(
        id=node.name("id") or new_id(),
        step=node.required("step"),
        lanes=_from_left_to_right(node.texts("lanes"), places),
        kind=node.word("kind", Kind) or Kind.PROCESS,
        text=node.text("text"),
        extra=node.rest(),
    )


def _from_left_to_right(names: tuple[str, ...], places: Mapping[str, int]) -> tuple[str, ...]:
    """Return a symbol's lanes in their order; as they stand where they are not all different ones.

    What is wrong with them is then told by its place in the file.
    """
    if len({*names} & places.keys()) < len(names):
        return names
    return tuple(sorted(names, key=places.__getitem__))


def _flow(node: Node) -> Flow:
    return Flow(
        source=node.required("from"),
        target=node.required("to"),
        label=node.text("label"),
        line=node.word("line", Line) or Line.ARROW,
        exit=_side(node, "exit", EXITS),
        entry=_side(node, "entry", ENTRIES),
        extra=node.rest(),
    )


def _side(node: Node, key: str, sides: Collection[Side]) -> Side | None:
    side = node.choice(key, sides)
    return None if side is None else Side(side)
