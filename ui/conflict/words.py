"""What the parts are called that two versions of an SOP clash in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.markup import plain
from sopdesk.foundation.wording import tr
from ui import theme
from ui.comparison.marking import marked
from ui.comparison.words import field_word, part_word, value_word

if TYPE_CHECKING:
    from sopdesk.document.comparison import Difference
    from sopdesk.document.merging import Clash

_ORDERS = {
    "lanes": "Order of the actors",
    "steps": "Order of the steps",
    "symbols": "Order of the symbols",
    "flows": "Order of the arrows",
    "tables": "Order of the flow tables",
}
_THINGS = {
    "table": "The whole flow table",
    "lane": "The whole actor",
    "step": "The whole step",
    "symbol": "The symbol",
    "closing": "The closing signature",
}


def place_of(part: Clash | Difference) -> str:
    """Return where a part stands and what it is, on one line."""
    if part.part == "step":
        owner = tr("Step {name}", name=plain(part.name)) if part.name else part_word("step")
    elif part.part == "lane":
        owner = tr("Actor {name}", name=plain(part.name))
    else:
        owner = part_word("identity" if part.part == "status" else part.part)
    words = [owner, _field(part)]
    if part.procedure:
        words.insert(0, tr("Flow table {number}", number=part.procedure + 1))
    return "  ·  ".join(dict.fromkeys(words))


def _field(part: Clash | Difference) -> str:
    if part.part == "table" and part.field in _ORDERS:
        return tr(_ORDERS[part.field])
    if part.field in _THINGS:
        return tr(_THINGS[part.field])
    if part.field == "extra":
        return tr("What only other programs know")
    return field_word(part.part, part.field)


def text_of(part: Clash | Difference, text: str) -> str:
    """Return one version of a part in words; `""` where it is empty there, or is not there."""
    return text if part.field in (*_THINGS, "extra") else value_word(part.field, text)


def changed_words(before: str, after: str) -> str:
    """Return the later text as rich text, with the words marked that the earlier one has not."""
    ground = theme.colors().selected
    shown = marked(before, after)[1]
    return shown.replace("<ins>", f"<span style='background-color: {ground}'>").replace(
        "</ins>", "</span>"
    )
