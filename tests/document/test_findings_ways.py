from __future__ import annotations

import time

import pytest

from sopdesk.document.findings import findings
from sopdesk.document.office import Office
from sopdesk.document.values import Flow, Kind, Lane, Line, Procedure, Sop, Step, Symbol

COUNT = 4000


def long_table(line: Line | None, kind: Kind = Kind.PROCESS) -> Procedure:
    """A chain of thousands of rows, joined by lines of one sort or by none."""
    steps = tuple(Step(f"s{row}", "Memeriksa berkas", duration="1 jam") for row in range(COUNT))
    symbols = tuple(Symbol(f"s{row}", ("l",), kind, id=f"n{row}") for row in range(COUNT))
    flows = (
        tuple(Flow(f"n{row - 1}", f"n{row}", line=line) for row in range(1, COUNT)) if line else ()
    )
    return Procedure((Lane("l", "Staf"),), steps, symbols, flows)


@pytest.mark.parametrize("kind", [Kind.PROCESS, Kind.DECISION, Kind.START])
@pytest.mark.parametrize("line", [None, Line.ARROW, Line.PLAIN])
def test_thousands_of_faulty_steps_are_looked_through_while_the_clerk_pauses(
    line: Line | None, kind: Kind
) -> None:
    sop = Sop(procedures=(long_table(line, kind),))
    began = time.process_time()
    assert findings(sop, Office())
    assert time.process_time() - began < 2.0
