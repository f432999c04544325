"""From plain data to values: the contract's rules, and a refusal with a path for each."""

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
from sopdesk.document.values import (
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
    from collections.abc import Collection, Iterable, Mapping

Notes = tuple[str, ...]
"""Paths of keys that this version does not know."""

_EXITS = (Side.LEFT, Side.RIGHT, Side.BOTTOM)
_ENTRIES = (Side.LEFT, Side.RIGHT, Side.TOP)


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
    places = _places(node.at("lanes"), (lane.id for lane in lanes))
    steps = node.objects("steps", MOST_STEPS, _step)
    rows = _places(node.at("steps"), (step.id for step in steps))
    _check_spans(node.at("steps"), steps)
    symbols = node.objects("symbols", MOST_SYMBOLS, lambda item: _symbol(item, places, rows))
    ids = _places(node.at("symbols"), (symbol.id for symbol in symbols))
    return Procedure(
        lanes=lanes,
        steps=steps,
        symbols=symbols,
        flows=node.objects("flows", MOST_FLOWS, lambda item: _flow(item, ids)),
        title=node.text("title"),
        notes=node.texts("notes"),
        extra=node.rest(),
    )


def _places(path: str, ids: Iterable[str]) -> dict[str, int]:
    """Return where each id stands in its list; an id must stand there once."""
    places: dict[str, int] = {}
    for index, name in enumerate(ids):
        if name in places:
            raise fault("duplicate", f"{path}[{index}].id", value=shown(name))
        places[name] = index
    return places


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


def _check_spans(path: str, steps: tuple[Step, ...]) -> None:
    for index, step in enumerate(steps):
        left = len(steps) - index
        for key in ("duration", "requirements", "outputs", "remarks"):
            if getattr(step.spans, key) > left:
                raise fault("span_beyond", f"{path}[{index}].spans.{key}", rows=left)


def _symbol(node: Node, lanes: Mapping[str, int], steps: Collection[str]) -> Symbol:
    step = node.required("step")
    if step not in steps:
        raise fault("no_step", node.at("step"), value=shown(step))
    return Symbol(
        id=node.name("id") or new_id(),
        step=step,
        lanes=_symbol_lanes(node, lanes),
        kind=node.word("kind", Kind) or Kind.PROCESS,
        text=node.text("text"),
        extra=node.rest(),
    )


def _symbol_lanes(node: Node, lanes: Mapping[str, int]) -> tuple[str, ...]:
    """Read the neighbouring lanes of a symbol and return them from left to right."""
    path = node.at("lanes")
    names = node.texts("lanes")
    if not names:
        raise fault("missing", path)
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name not in lanes:
            raise fault("no_lane", f"{path}[{index}]", value=shown(name))
        if name in seen:
            raise fault("duplicate", f"{path}[{index}]", value=shown(name))
        seen.add(name)
    ordered = tuple(sorted(names, key=lanes.__getitem__))
    if lanes[ordered[-1]] - lanes[ordered[0]] != len(ordered) - 1:
        raise fault("lanes_apart", path)
    return ordered


def _flow(node: Node, symbols: Collection[str]) -> Flow:
    return Flow(
        source=_symbol_id(node, "from", symbols),
        target=_symbol_id(node, "to", symbols),
        label=node.text("label"),
        line=node.word("line", Line) or Line.ARROW,
        exit=_side(node, "exit", _EXITS),
        entry=_side(node, "entry", _ENTRIES),
        extra=node.rest(),
    )


def _symbol_id(node: Node, key: str, symbols: Collection[str]) -> str:
    name = node.required(key)
    if name not in symbols:
        raise fault("no_symbol", node.at(key), value=shown(name))
    return name


def _side(node: Node, key: str, sides: Collection[Side]) -> Side | None:
    side = node.choice(key, sides)
    return None if side is None else Side(side)
