"""Two texts with the words marked in which they differ. No Qt."""

from __future__ import annotations

import difflib
import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 2000
"""Longer texts are marked whole: finding their words would keep the window waiting."""


def marked(before: str, after: str) -> tuple[str, str]:
    """Return both texts as HTML: what only one of them says stands in `<del>` or `<ins>`.

    Everything else is escaped, line breaks are kept as `<br>`.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return _tagged("del", before), _tagged("ins", after)
    left, right = [], []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, begin, stop in _joined(matcher.get_opcodes(), old):
        is_same = what == "equal"
        left.append(_tagged("" if is_same else "del", "".join(old[start:end])))
        right.append(_tagged("" if is_same else "ins", "".join(new[begin:stop])))
    return "".join(left), "".join(right)


_Part = tuple[str, int, int, int, int]


def _joined(parts: Sequence[_Part], old: Sequence[str]) -> list[_Part]:
    """Join changes that only a space parts: words marked one by one are hard to read."""
    joined: list[_Part] = []
    for part in parts:
        what, start, end, begin, stop = part
        is_gap = what == "equal" and not "".join(old[start:end]).strip() and part is not parts[-1]
        goes_on = joined and joined[-1][0] == "replace"
        if goes_on and (is_gap or what != "equal"):
            _, first, _, head, _ = joined[-1]
            joined[-1] = "replace", first, end, head, stop
        else:
            joined.append(("equal" if what == "equal" else "replace", start, end, begin, stop))
    return joined


def _tagged(tag: str, text: str) -> str:
    shown = html.escape(text).replace("\n", "<br>")
    return f"<{tag}>{shown}</{tag}>" if tag and shown else shown
