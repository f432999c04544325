"""The canvas to point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopdesk.document.edits import add_lane
from sopdesk.document.values import Lane
from ui.editor.canvas.view import SheetView

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopdesk.document.values import Procedure
    from ui.editor import EditorPane
    from ui.session import Session


@pytest.fixture
def prepare() -> Callable[[Procedure], Procedure]:
    """Return what is made of the first SOP's flow table before it is shown: a second lane."""
    return lambda value: add_lane(value, Lane(name="Kasubag"))


@pytest.fixture
def view(
    pane: EditorPane, session: Session, prepare: Callable[[Procedure], Procedure]
) -> SheetView:
    """Return the canvas, focused, on a flow table of three steps, prepared."""
    session.apply_to_procedure("Siapkan", prepare)
    view = pane.findChild(SheetView, "sheet_view")
    assert view is not None
    view.setFocus()
    view.flush()
    return view
