"""Numbers written as letters: A, B, ... Z, AA."""

from __future__ import annotations


def letters(number: int) -> str:
    """Return a positive number in capitals: `A` to `Z`, then `AA`, without an end."""
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("A") + place) + written
    return written
