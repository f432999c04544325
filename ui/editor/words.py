"""The editor's words for what a procedure holds: kinds, numbers, and what a screen reader says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.cells import shown_numbers
from sopdesk.document.values import Kind
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from sopdesk.document.values import Flow, Procedure, Symbol

YES, NO = "Ya", "Tidak"
"""The usual labels of a decision's exits; printed words, so not the interface's."""


def kind_words() -> dict[Kind, str]:
    """Return each kind's name in the language of the interface, in the order of Ctrl+1 to 4."""
    return {
        Kind.START: tr("Start"),
        Kind.PROCESS: tr("Process"),
        Kind.DECISION: tr("Decision"),
        Kind.END: tr("End"),
    }


def number_of(procedure: Procedure, step_id: str | None) -> str:
    """Return a step's number as spoken: without its dot, its row where the sheet shows none."""
    for row, (step, number) in enumerate(
        zip(procedure.steps, shown_numbers(procedure), strict=True), 1
    ):
        if step.id == step_id:
            return number.rstrip(".") or str(row)
    return "?"


def lane_names(procedure: Procedure, symbol: Symbol) -> str:
    """Return the lanes of a symbol, left to right."""
    names = {lane.id: lane.name for lane in procedure.lanes}
    return " + ".join(names.get(lane, "") for lane in symbol.lanes)


def describe_symbol(procedure: Procedure, symbol_id: str) -> str:
    """Say a symbol in one sentence: `Langkah 4, Kasubag, keputusan: Ya ke 5, Tidak ke 2`."""
    symbol = next((s for s in procedure.symbols if s.id == symbol_id), None)
    if symbol is None:
        return ""
    said = tr(
        "Step {number}, {lane}, {kind}",
        number=number_of(procedure, symbol.step),
        lane=lane_names(procedure, symbol),
        kind=kind_words()[symbol.kind].lower(),
    )
    exits = [
        _describe_exit(procedure, flow) for flow in procedure.flows if flow.source == symbol_id
    ]
    return f"{said}: {', '.join(exits)}" if exits else said


def describe_flow(procedure: Procedure, index: int) -> str:
    """Say a flow in one sentence: `Panah Tidak dari langkah 4 ke 2`."""
    flow = procedure.flows[index]
    steps = {symbol.id: symbol.step for symbol in procedure.symbols}
    return " ".join(
        tr(
            "Arrow {label} from step {source} to {target}",
            label=flow.label,
            source=number_of(procedure, steps.get(flow.source)),
            target=number_of(procedure, steps.get(flow.target)),
        ).split()
    )


def free_label(procedure: Procedure, source: str) -> str:
    """Return the label that a decision's next exit most likely bears; `""` for other symbols."""
    symbol = next((s for s in procedure.symbols if s.id == source), None)
    if symbol is None or symbol.kind is not Kind.DECISION:
        return ""
    used = {flow.label.strip().lower() for flow in procedure.flows if flow.source == source}
    return next((label for label in (YES, NO) if label.lower() not in used), "")


def _describe_exit(procedure: Procedure, flow: Flow) -> str:
    steps = {symbol.id: symbol.step for symbol in procedure.symbols}
    number = number_of(procedure, steps.get(flow.target))
    if flow.label:
        return tr("{label} to {number}", label=flow.label, number=number)
    return tr("to {number}", number=number)
