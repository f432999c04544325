"""Lines of text on top of each other: where each one's baseline is, and its ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.sheet.faces import ascent_mm, descent_mm, leading_mm
from sopdesk.sheet.values import Rect, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopdesk.sheet.typeset import TextLine


def stacked(
    lines: Sequence[TextLine],
    font: str,
    size_pt: float,
    area: Rect,
    role: str,
    *,
    cell: Rect | None = None,
    left: float | None = None,
    step: str | None = None,
) -> Iterator[Text]:
    """Yield lines in the middle of an area's height, each centred in it or beginning at `left`.

    They stay in `cell`, or else in the area. A blank line takes its room and yields nothing.
    """
    leading = leading_mm(font, size_pt)
    ascent, descent = ascent_mm(font, size_pt), descent_mm(font, size_pt)
    y = (area.top + area.bottom - len(lines) * leading) / 2 + (leading + ascent - descent) / 2
    for line in lines:
        if line.runs:
            x = (area.left + area.right - line.width_mm) / 2 if left is None else left
            ink = Rect(x, y - ascent, x + line.width_mm, y + descent)
            yield Text(x, y, size_pt, line.runs, role, ink, cell or area, step)
        y += leading
