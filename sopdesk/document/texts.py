"""Which characters a value may hold: those that XML, SQLite, a PDF and a page all can carry."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def forbidden_character(text: str) -> str | None:
    """Return the first control character or lone surrogate of the text, if any.

    Tabs and line ends are not forbidden.
    """
    found = _FORBIDDEN.search(text)
    return found[0] if found else None


def plain_line_ends(text: str) -> str:
    r"""Return the text with `\n` for every `\r\n` and `\r`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean(text: str) -> str:
    r"""Return what was typed or pasted as a value may hold it.

    Line ends and Word's soft ones (`\v`) become `\n`; characters that are forbidden go.
    """
    return _FORBIDDEN.sub("", plain_line_ends(text).replace("\v", "\n"))
