"""The differences of two versions as a page of three columns: what, in the one, in the other."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from sopdesk.document.markup import plain
from sopdesk.foundation.wording import tr
from ui import theme
from ui.comparison.marking import marked
from ui.comparison.words import field_word, part_word, value_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopdesk.document.comparison import Difference

MOST_ROWS = 400
"""So many differences are shown: who reads more of them looks at the two sheets instead."""

_WIDTHS = (20, 40, 40)


def page_of(
    differences: Sequence[Difference],
    names: tuple[str, str],
    title_of: Callable[[str], str] | None = None,
) -> str:
    """Return the page as HTML in the colours of the scheme in use.

    `names` head the columns of the two versions; `title_of` names an SOP that a step invokes.
    """
    rows = [_head(names)]
    for heading, group in groupby(differences[:MOST_ROWS], _heading):
        rows.append(_wide(f"<b>{html.escape(heading)}</b>"))
        rows.extend(_row(difference, title_of) for difference in group)
    left = len(differences) - MOST_ROWS
    if left > 0:
        rows.append(_wide(html.escape(tr("{count} more differences.", count=left))))
    table = "".join(rows)
    return f"{_style()}<table width='100%' cellspacing='0' cellpadding='6'>{table}</table>"


def _heading(difference: Difference) -> str:
    """Return what the difference belongs to: a part of the SOP, a step, an actor."""
    if difference.part == "step" and difference.name:
        said = tr("Step {name}", name=plain(difference.name))
    else:
        said = part_word("identity" if difference.part == "status" else difference.part)
    if not difference.procedure:
        return said
    table = tr("Flow table {number}", number=difference.procedure + 1)
    return table if difference.part == "table" else f"{table}  ·  {said}"


def _row(difference: Difference, title_of: Callable[[str], str] | None) -> str:
    what = html.escape(_what(difference))
    before, after = (
        value_word(difference.field, text, title_of)
        for text in (difference.before, difference.after)
    )
    if difference.change == "moved":
        texts = "", html.escape(tr("stands at another place"))
    elif difference.change == "added":
        texts = "", f"<ins>{html.escape(after) or tr('added')}</ins>"
    elif difference.change == "removed":
        texts = f"<del>{html.escape(before) or tr('removed')}</del>", ""
    else:
        texts = marked(before, after)
    cells = "".join(f"<td>{text or _nothing()}</td>" for text in texts)
    return f"<tr><td class='what'>{what}</td>{cells}</tr>"


def _what(difference: Difference) -> str:
    """Return the field's name, with what has come of a whole lane, step or table."""
    words = {"added": tr("added"), "removed": tr("removed"), "moved": tr("moved")}
    if difference.change in words:
        return words[difference.change]
    field = field_word(difference.part, difference.field)
    is_of_lane = difference.part == "lane" and difference.field != "name"
    return f"{field}: {plain(difference.name)}" if is_of_lane else field


def _nothing() -> str:
    return "<span class='nothing'>–</span>"


def _head(names: tuple[str, str]) -> str:
    cells = zip(_WIDTHS, ("", *names), strict=True)
    return "<tr>{}</tr>".format(
        "".join(f"<td class='head' width='{w}%'>{html.escape(name)}</td>" for w, name in cells)
    )


def _wide(text: str) -> str:
    return f"<tr><td colspan='3' class='heading'>{text}</td></tr>"


def _style() -> str:
    look = theme.colors()
    gone, come = _tint(look.error), _tint(look.good)
    return (
        "<style>"
        f"td {{ color: {look.text}; border-bottom: 1px solid {look.border}; }}"
        f".head {{ color: {look.faint}; background: {look.panel}; font-weight: 600; }}"
        f".heading {{ background: {look.panel}; padding-top: 12px; }}"
        f".what, .nothing {{ color: {look.faint}; }}"
        f"del {{ background-color: {gone}; text-decoration: line-through; }}"
        f"ins {{ background-color: {come}; text-decoration: underline; }}"
        "</style>"
    )


def _tint(color: str, share: float = 0.22) -> str:
    """Return a colour so thin over the scheme's ground that text reads on it."""
    ink, ground = QColor(color), QColor(theme.colors().base)
    parts = zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a * share + b * (1 - share)) for a, b in parts)).name()
