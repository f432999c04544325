"""Which symbol stands beside another on the sheet, as the arrow keys walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ui.editor.sheet.hits import Placed, find_shape

if TYPE_CHECKING:
    from sopdesk.sheet.values import Point, Sheet

Direction = Literal["left", "right", "up", "down"]
_LEAST_AHEAD_MM = 1.0
_ASIDE_COST = 3
"""How much worse it is to stand a millimetre aside than a millimetre further ahead."""


def neighbour(sheet: Sheet, procedure: int, symbol: str, direction: Direction) -> str | None:
    """Return the nearest symbol in a direction, straight ahead before aside."""
    here = find_shape(sheet, procedure, symbol)
    if here is None:
        return None
    origin = _desk_center(here, sheet.paper.height)
    found: list[tuple[float, str]] = []
    for other in _symbols(sheet, procedure):
        x, y = _desk_center(other, sheet.paper.height)
        ahead, aside = _turned(x - origin[0], y - origin[1], direction)
        if other.shape.id != symbol and ahead > _LEAST_AHEAD_MM:
            found.append((ahead + _ASIDE_COST * abs(aside), other.shape.id))
    nearest = min(found, key=lambda one: one[0], default=None)
    return nearest[1] if nearest is not None else None


def _symbols(sheet: Sheet, procedure: int) -> list[Placed]:
    return [
        Placed(index, shape)
        for index, page in enumerate(sheet.pages)
        if page.procedure == procedure
        for shape in page.shapes
        if shape.letter is None
    ]


def _desk_center(placed: Placed, page_height: float) -> Point:
    x, y = placed.shape.rect.center
    return x, y + placed.page * page_height


def _turned(dx: float, dy: float, direction: Direction) -> tuple[float, float]:
    """Return (ahead, aside) of a vector as seen in the direction."""
    if direction == "down":
        return dy, dx
    if direction == "up":
        return -dy, dx
    return (dx, dy) if direction == "right" else (-dx, dy)
