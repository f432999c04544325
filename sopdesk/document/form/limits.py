"""How much a form may hold: generous for an office, and a bound on what a hostile file can cost.

The two bounds on a whole file keep the memory that it takes to read one under some 300 MB.
"""

from __future__ import annotations

LARGEST_FILE = 24 * 1024 * 1024
"""Bytes of an exchange file: some three thousand SOPs."""
MOST_VALUES = 1_500_000
"""Values in an exchange file, counted by the characters that part them."""

MOST_SOPS = 20_000
MOST_PROCEDURES = 200
MOST_LANES = 200
MOST_STEPS = 5_000
MOST_SYMBOLS = 20_000
MOST_FLOWS = 40_000

LONGEST_TEXT = 32_767
"""Characters of one text: what a cell of Excel holds, so that every output can carry it."""
LONGEST_NAME = 200
"""Characters of an id or of a key."""
LONGEST_LIST = 1_000
"""Items of a list of texts, or keys of an object."""
DEEPEST = 16
"""Levels below an unknown key."""
LONGEST_EXTRA = 1_000_000
"""Characters of JSON below an unknown key."""

WIDEST_MARGIN_MM = 150.0
SMALLEST_PT, LARGEST_PT = 4.0, 72.0
NARROWEST_MM, WIDEST_MM = 1.0, 1_000.0


def is_too_large(content: bytes) -> bool:
    """Tell whether a file of this content is more than a reader takes in."""
    return (
        len(content) > LARGEST_FILE
        or sum(map(content.count, (b",", b":", b"[", b"{"))) > MOST_VALUES
    )
