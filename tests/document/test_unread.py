from __future__ import annotations

from dataclasses import replace

from sopdesk.document import edits
from sopdesk.document.unread import Unread, followed, is_stranded, settled
from sopdesk.document.values import Lane, Procedure, Sop, Step


def two_tables() -> Sop:
    """Return an SOP whose second flow table has two steps."""
    table = Procedure(lanes=(Lane(name="Staf"),))
    for row in range(2):
        table = edits.insert_step(table, Step(activity=f"Langkah {row}"), row)
    return replace(edits.new_sop("Dua bagan"), procedures=(Procedure(), table))


SOP = two_tables()
STEP = SOP.procedures[1].steps[0].id
RED = Unread(1, STEP, "next", "entah")
DATE = Unread(0, "", "created_on", "9-")


def without_step(sop: Sop) -> Sop:
    table = edits.delete_steps(sop.procedures[-1], (STEP,))
    return replace(sop, procedures=(*sop.procedures[:-1], table))


def test_a_text_goes_with_its_step_by_an_own_change() -> None:
    assert followed((RED, DATE), SOP, without_step(SOP)) == (DATE,)


def test_a_text_stays_where_another_has_removed_its_step() -> None:
    theirs = without_step(SOP)
    assert settled(theirs, (RED, DATE)) == settled(theirs, (DATE, RED)) == (DATE, RED)
    assert is_stranded(theirs, RED)
    assert not is_stranded(theirs, DATE)
    assert followed((RED,), theirs, replace(theirs, origin="x")) == (RED,)


def test_a_text_follows_its_flow_table() -> None:
    alone = edits.remove_procedure(SOP, 0)
    assert followed((RED,), SOP, alone) == (replace(RED, procedure=0),)
    assert settled(alone, (RED,)) == (replace(RED, procedure=0),)
