"""Text as it can be printed: composed, without control and invisible characters."""

from __future__ import annotations

import re
import unicodedata

_NO_BREAK = "\u00a0\u2007\u202f"
_ODD_ASCII = re.compile(r"[^\n -~]")


def printable(text: str) -> str:
    r"""Return the text with nothing in it but characters that stand on paper, blanks and `\n`.

    Letters and their accents are composed (NFC). A tab and every wide or narrow blank become a
    blank, a blank that must not break U+00A0; line and page separators become `\n`. Control and
    format characters go: they have no width, and on paper no meaning. Half a surrogate pair
    becomes U+FFFD.
    """
    if text.isascii():
        if _ODD_ASCII.search(text) is None:
            return text
    else:
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n")
    return "".join([char if " " <= char <= "~" else _shown(char) for char in text])


def one_line(text: str) -> str:
    """Return the printable text on one line, blanks and line ends joined into one blank."""
    return " ".join(printable(text).split())


def _shown(char: str) -> str:
    if char in "\n\r\v\f\x85":
        return "\n"
    if char == "\t":
        return " "
    category = unicodedata.category(char)
    if category == "Zs":
        return "\u00a0" if char in _NO_BREAK else " "
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Cs":
        return "\ufffd"
    is_selector = "\ufe00" <= char <= "\ufe0f"
    return "" if category in ("Cc", "Cf") or is_selector else char
