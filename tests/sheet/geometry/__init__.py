"""Measures a geometry listing against what a sheet promises; knows nothing of how it was made.

`faults` counts by name whatever must not be. A measure stands in the room of what it looks at:
`lines`, `labels`, `page` (texts, rows and symbols) and `whole` (what only all pages show together).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.sheet.geometry import labels, lines, page, whole

Listing = dict[str, Any]


def faults(listing: Listing, procedures: list[dict[str, Any]]) -> Counter[str]:
    """Return how often each promise is broken; `procedures` are the SOP's, in exchange form."""
    found: Counter[str] = Counter(whole.faults(listing, procedures))
    paper = listing["paper"]
    top, right, bottom, left = paper["margins"]
    frame = (left, top, paper["width"] - right, paper["height"] - bottom)
    reached = min((note["least_spacing_mm"] for note in listing["notes"]), default=None)
    for each in listing["pages"]:
        if procedures:
            procedure = procedures[each["procedure"]]
            found.update(page.faults(each, frame, procedure))
            found.update(lines.faults(each, procedure, reached))
            found.update(labels.faults(each, procedure["flows"], reached is not None))
        else:
            found.update(page.text_faults(each, frame))
    return found
