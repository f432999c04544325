"""What a double click on the canvas opens: a text, a field of the identity, the other page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr
from ui.editor.sheet.borders import are_fixed, with_widths
from ui.editor.sheet.hits import box_at, lane_at, row_at, shape_at
from ui.editor.sheet.targets import LabelTarget
from ui.editor.sheet.text_places import target_at

if TYPE_CHECKING:
    from sopdesk.sheet.values import Page
    from ui.editor.canvas.in_place import InPlaceEditing
    from ui.editor.canvas.pointing import Pointing
    from ui.editor.sheet.borders import Border
    from ui.editor.sheet.flow_view import FlowView
    from ui.pages.page_stack import PagePoint


class Opening:
    """Opens what stands at a place of the sheet."""

    def __init__(self, view: FlowView, in_place: InPlaceEditing, pointing: Pointing) -> None:
        self._view, self._in_place, self._pointing = view, in_place, pointing

    def open(self, page: Page, at: PagePoint) -> None:
        """Edit the text at a place where it stands; an empty lane cell gets a symbol.

        A border that was set becomes automatic, and an off-page symbol leads to the other.
        """
        border = self._pointing.border(at)
        if self._follow_pentagon(page, at) or (border and self._make_automatic(border)):
            return
        if page.kind != "flow" and row_at(page, at.y) is None:
            role = box_at(page, at.point)
            if role is not None:
                self._view.identity_asked.emit(role)
                return
        self._edit_at(page, at)

    def _make_automatic(self, border: Border) -> bool:
        """Leave the widths beside a border to the sheet; False where they are already."""
        sop = self._view.session.sop
        if sop is None or not are_fixed(sop, border):
            return False
        widths = dict.fromkeys((border.left.key, border.right.key))
        return self._view.session.apply(
            tr("Automatic column width"), lambda sop: with_widths(sop, widths)
        )

    def _follow_pentagon(self, page: Page, at: PagePoint) -> bool:
        """Go to the other symbol of an off-page pair."""
        shape = shape_at(page, at.point)
        if shape is None or shape.letter is None or self._view.sheet is None:
            return False
        for index, other in enumerate(self._view.sheet.pages):
            for partner in other.shapes:
                is_pair = partner.letter == shape.letter and partner.id != shape.id
                if is_pair and other.procedure == page.procedure:
                    self._view.show_rect(index, partner.rect, self._view.viewport().height() // 3)
                    return True
        return False

    def _edit_at(self, page: Page, at: PagePoint) -> None:
        if self._view.session.is_read_only:
            return
        target = target_at(self._view.session, page, at.point)
        if target is not None:
            self._in_place.open(at.page, target)
            return
        connector = self._pointing.connector(page, at)
        procedure = self._view.session.procedure
        if connector is not None and procedure is not None:
            label = LabelTarget(self._view.session, procedure, connector.flow)
            self._in_place.open(at.page, label)
            return
        lane, row = lane_at(page, at.x), row_at(page, at.y)
        if lane is not None and row is not None:
            self._view.commands.add_symbol(row.step, lane.id)
