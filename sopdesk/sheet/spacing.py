"""What lines keep off each other and off all else, in mm.

Lanes get wider and rows higher before lines come closer than this.
"""

from __future__ import annotations

GAP = 1.5
"""Between two lines."""

CLEAR = 2.4
"""Between a line and a symbol, above all one that it does not belong to."""

BORDER = 1.4
"""Between a line and a rule of the table."""


def spot(
    room: float, count: int, index: int, before: float, after: float, gap: float = GAP
) -> float:
    """Return the place of one of `count` lines in a room, what is left over shared between them."""
    slack = room - before - (count - 1) * gap - after
    return before + index * gap + slack * (index + 1) / (count + 1)
