"""Cells of words: an activity with its items, and lists of one item a line.

A further line of one item is indented by two spaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.document.values import Step

_BULLET = "- "
_INDENT = "  "


def activity_text(step: Step) -> str:
    """Return a step's activity and below it its items, each behind `- `."""
    items = (_BULLET + _indented(item) for item in step.activity_items)
    return "\n".join(([step.activity] if step.activity else []) + list(items))


def read_activity(text: str) -> tuple[str, tuple[str, ...]]:
    """Return activity and items; a line below an item that is none itself belongs to the item."""
    activity: list[str] = []
    items: list[str] = []
    for line in text.split("\n"):
        if line.startswith(_BULLET) or line.rstrip() == _BULLET.rstrip():
            items.append(line[len(_BULLET) :])
        elif items:
            items[-1] += "\n" + line.removeprefix(_INDENT)
        else:
            activity.append(line)
    return "\n".join(activity).strip(), _filled(items)


def items_text(items: tuple[str, ...]) -> str:
    """Return a list with one item a line."""
    return "\n".join(map(_indented, items))


def read_items(text: str) -> tuple[str, ...]:
    """Return the items, one a line; blank lines are none."""
    items: list[str] = []
    for line in text.split("\n"):
        if items and line.startswith(_INDENT):
            items[-1] += "\n" + line.removeprefix(_INDENT)
        else:
            items.append(line)
    return _filled(items)


def _indented(item: str) -> str:
    return item.replace("\n", "\n" + _INDENT)


def _filled(items: list[str]) -> tuple[str, ...]:
    return tuple(item.strip() for item in items if item.strip())
