"""The rows of the step table follow any change, and a step that stays keeps what stands on it."""

from __future__ import annotations

import dataclasses
import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPersistentModelIndex

from sopdesk.document import edits
from sopdesk.document.values import Step
from ui.editor.table.model import StepModel

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure
    from ui.session import Session


def shuffled(value: Procedure, chance: random.Random) -> Procedure:
    """Return the table with steps taken out, put in and moved, all in one change."""
    steps = [step.id for step in value.steps]
    value = edits.delete_steps(
        value, chance.sample(steps, min(len(steps) - 1, chance.randrange(3)))
    )
    for row in range(chance.randrange(4)):
        value = edits.insert_step(value, Step(activity="Baru"), min(row * 2, len(value.steps)))
    rows = list(value.steps)
    chance.shuffle(rows)
    return dataclasses.replace(value, steps=tuple(rows))


@pytest.mark.parametrize("seed", range(5))
def test_rows_are_the_steps_and_a_cell_stays_with_its_step(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    model = StepModel(session)
    for _ in range(8):
        held = {
            step.id: QPersistentModelIndex(model.index(row, 1))
            for row, step in enumerate(session.procedure.steps)
        }
        session.apply_to_procedure("Ubah", lambda value: shuffled(value, chance))
        now = [step.id for step in session.procedure.steps]
        assert [model.step_id(row) for row in range(model.rowCount())] == now
        for step, cell in held.items():
            assert cell.isValid() == (step in now)
            assert not cell.isValid() or cell.row() == now.index(step)
