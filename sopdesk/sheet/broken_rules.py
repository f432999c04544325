"""The table's rules leave room for a label that stands on one, so that none is struck through."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopdesk.sheet.values import Rect, Rule

ROOM_MM = 0.3
"""Between a label and the ends of the rule that it breaks."""


def broken_at(labels: Sequence[Rect], rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules, each upright one without its stretches behind labels."""
    for rule in rules:
        x, is_upright = rule.start[0], rule.start[0] == rule.end[0]
        behind = [each for each in labels if each.left < x < each.right] if is_upright else ()
        if behind:
            yield from _pieces(rule, behind)
        else:
            yield rule


def _pieces(rule: Rule, labels: Sequence[Rect]) -> Iterator[Rule]:
    x, top = rule.start
    bottom = rule.end[1]
    for label in sorted(labels, key=lambda label: label.top):
        if label.bottom + ROOM_MM <= top or label.top - ROOM_MM >= bottom:
            continue
        if label.top - ROOM_MM > top:
            yield rule._replace(start=(x, top), end=(x, label.top - ROOM_MM))
        top = max(top, label.bottom + ROOM_MM)
    if top < bottom:
        yield rule._replace(start=(x, top))
