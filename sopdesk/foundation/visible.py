"""Texts of others where they are shown: they command no terminal, and turn no line round."""

from __future__ import annotations

import re

_COMMANDING = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for a tab and the end of a line
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the order of the letters
    "\u2028\u2029"  # ends of a line that are none to us
    "]"
)


def visible(text: str) -> str:
    """Return the text with each such character written as JSON escapes it."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
