"""How much of the soak is run."""

from __future__ import annotations

from typing import NamedTuple


class Scale(NamedTuple):
    """Whether the whole is run, or what fits into every day."""

    is_whole: bool

    def count(self, whole: int) -> int:
        """Return how many of so many are run: every day a tenth."""
        return whole if self.is_whole else max(whole // 10, 1)
