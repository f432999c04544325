"""What a file notes of a save beside the SOP."""

from __future__ import annotations

from typing import Literal, NamedTuple

Cause = Literal["", "import", "merge", "restore", "backup", "aside"]
"""How a save came about, `""` where somebody simply worked on it, or where that is not known.

`import` and `merge`: it came from another file. `restore`: an earlier save, or a deleted SOP, was
brought back. `backup`: it came back with the whole file. `aside`: where two had saved the SOP, this
version was not taken; it never was the present one.
"""


class Act(NamedTuple):
    """What is noted of a save beside the SOP: its name and time, who saved, and how it came."""

    save_id: str
    saved_at: str
    author: str
    cause: Cause = ""
