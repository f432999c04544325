"""What the pointer means on the canvas: how near it must be to a line, a symbol, a border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.sheet.look import look_of
from ui.editor.sheet.borders import border_at, borders_of
from ui.editor.sheet.hits import connector_at, shape_at

if TYPE_CHECKING:
    from sopdesk.sheet.values import Connector, Page
    from ui.editor.sheet.borders import Border
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint

_REACH_PX = 6.0
"""How near to a line the pointer must be to mean it."""
_BORDER_REACH_PX = 3.0
"""How near to a column's border: nearer, for a cell begins right beside it."""


class Pointing:
    """Asks the sheet on view what is at a place of a page."""

    def __init__(self, view: FlowView) -> None:
        self._view = view

    @property
    def reach(self) -> float:
        """How near to a line the pointer must be to mean it, in millimetres of the page."""
        return _REACH_PX / self._view.scale

    def page(self, at: PagePoint) -> Page | None:
        """Return the page of a place, None while no sheet shows."""
        sheet = self._view.sheet
        return sheet.pages[at.page] if sheet is not None and sheet.pages else None

    def connector(self, page: Page, at: PagePoint) -> Connector | None:
        """Return the flow that is pointed at."""
        return connector_at(page, at.point, self.reach)

    def border(self, at: PagePoint) -> Border | None:
        """Return the border of a column that can be moved here; symbols and flows go before it."""
        page, session = self.page(at), self._view.session
        if page is None or session.sop is None or session.is_read_only:
            return None
        if shape_at(page, at.point) or self.connector(page, at):
            return None
        borders = borders_of(page, look_of(session.sop, session.office))
        return border_at(borders, at.point, _BORDER_REACH_PX / self._view.scale)
