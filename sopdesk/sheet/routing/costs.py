"""What a route costs, where a bend costs 1; what it must never do is excluded and has no price."""

from __future__ import annotations

BEND = 1.0
CROSSING = 2.4

ASIDE = 0.06
"""What leaving or entering at a side costs more than at the bottom or the top."""

OFF_MIDDLE = 0.7
"""What ending beside the middle of a side costs."""

LENGTH = 0.02
"""What a way as long as a lane is wide costs."""

ROW = 0.7
"""The height of a row in widths of a lane, for lengths."""
