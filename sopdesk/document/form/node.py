"""One object of a form, read key by key: typed, bounded, every fault under the path of its key.

A missing key, null and "" mean the same. Keys that nobody asks for are noted and kept.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeVar

from sopdesk.document.dates import PartialDate
from sopdesk.document.form.limits import (
    DEEPEST,
    LONGEST_EXTRA,
    LONGEST_LIST,
    LONGEST_NAME,
    LONGEST_TEXT,
)
from sopdesk.document.texts import forbidden_character, plain_line_ends
from sopdesk.foundation.faults import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from enum import StrEnum

    from sopdesk.document.values import Pairs

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_EXACT = 2**53
_GREATEST = 1e300
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Words = TypeVar("Words", bound="StrEnum")
Read = TypeVar("Read")


def fault(reason: str, path: str, **facts: object) -> UserError:
    """Return the fault `exchange_<reason>` at this path."""
    return UserError(f"exchange_{reason}", path=path, **facts)


def is_empty(value: object) -> bool:
    """Tell whether a value says as little as a missing key; false and 0 do say something."""
    return not value and not isinstance(value, int | float)


def shown(text: str) -> str:
    """Return a text from outside so that a message can quote it: short, on one line, printable."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def plain_number(number: float) -> float:
    """Return a number as JSON writes it in one way only: 1.0 is 1."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT:
        return int(number)
    return number


class Node:
    """An object at a path. Readers raise `UserError("exchange_...", path=...)`."""

    def __init__(self, data: object, path: str, notes: list[str] | None = None) -> None:
        if not isinstance(data, dict):
            raise fault("not_object", path)
        if len(data) > LONGEST_LIST:
            raise fault("too_many", path, limit=LONGEST_LIST)
        self.path = path
        self.notes: list[str] = [] if notes is None else notes
        self._data: dict[str, object] = data
        self._asked: set[str] = set()
        self._children: dict[str, Node] = {}

    def at(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def value(self, key: str) -> object:
        """Return what stands under a key, None where it is empty."""
        self._asked.add(key)
        value = self._data.get(key)
        return None if value == "" else value

    def present(self, known: Iterable[str]) -> list[str]:
        """Return the keys among the known that are not empty, in the order of the known."""
        return [key for key in known if self.value(key) is not None]

    def text(self, key: str) -> str:
        """Return a text, "" where there is none."""
        value = self.value(key)
        return "" if value is None else checked_text(value, self.at(key))

    def name(self, key: str) -> str:
        """Return an id, "" where there is none."""
        name = self.text(key)
        if len(name) > LONGEST_NAME:
            raise fault("too_long", self.at(key), limit=LONGEST_NAME)
        return name

    def required(self, key: str) -> str:
        """Return an id that must be there."""
        name = self.name(key)
        if not name:
            raise fault("missing", self.at(key))
        return name

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; an item may be empty."""
        path = self.at(key)
        return tuple(
            "" if item is None else checked_text(item, f"{path}[{index}]")
            for index, item in enumerate(self.items(key, LONGEST_LIST))
        )

    def items(self, key: str, limit: int) -> list[object]:
        """Return a list as it stands, of at most `limit` items."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise fault("not_list", self.at(key))
        if len(value) > limit:
            raise fault("too_many", self.at(key), limit=limit)
        return value

    def choice(self, key: str, words: Collection[str]) -> str | None:
        """Return one of the words."""
        value = self.text(key)
        if value and value not in words:
            raise fault("unknown_word", self.at(key), value=shown(value), words=", ".join(words))
        return value or None

    def word(self, key: str, words: type[Words]) -> Words | None:
        """Return a member of an enumeration of words."""
        value = self.choice(key, [word.value for word in words])
        return None if value is None else words(value)

    def date(self, key: str) -> PartialDate | None:
        """Return a date that may lack its day or month."""
        text = self.text(key)
        try:
            return PartialDate.from_iso(text) if text else None
        except ValueError as error:
            raise fault("no_date", self.at(key), value=shown(text)) from error

    def uuid(self, key: str) -> str | None:
        """Return a UUID in lower case."""
        text = self.text(key).lower()
        if text and not _UUID.fullmatch(text):
            raise fault("not_uuid", self.at(key), value=shown(text))
        return text or None

    def truth(self, key: str) -> bool | None:
        """Return true or false."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return value
        raise fault("not_truth", self.at(key))

    def number(self, key: str, low: float, high: float) -> float | None:
        """Return a number from `low` to `high`."""
        value = self.value(key)
        return None if value is None else checked_number(value, self.at(key), low, high)

    def numbers(self, key: str, count: int, low: float, high: float) -> tuple[float, ...] | None:
        """Return exactly `count` numbers."""
        values = self.items(key, count)
        if not values:
            return None
        path = self.at(key)
        if len(values) != count:
            raise fault("wrong_count", path, count=count)
        return tuple(
            checked_number(value, f"{path}[{index}]", low, high)
            for index, value in enumerate(values)
        )

    def child(self, key: str) -> Node:
        """Return the object under a key; what it leaves unasked belongs to this one's `rest`."""
        value = self.value(key)
        node = Node({} if value is None else value, self.at(key), self.notes)
        self._children[key] = node
        return node

    def objects(self, key: str, limit: int, read: Callable[[Node], Read]) -> tuple[Read, ...]:
        """Return what `read` makes of each object in a list."""
        path = self.at(key)
        return tuple(
            read(Node(item, f"{path}[{index}]", self.notes))
            for index, item in enumerate(self.items(key, limit))
        )

    def leave(self, key: str) -> None:
        """Count a key among the unknown, for what stands under it is."""
        self._asked.discard(key)

    def rest(self) -> Pairs:
        """Note and return the keys that nobody has asked for, as (key, JSON text); call it last.

        Those of a child stand as an object under the child's key.
        """
        return tuple((key, self._kept(key, value)) for key, value in self.unasked().items())

    def _kept(self, key: str, value: object) -> str:
        text = ""
        for piece in _JSON.iterencode(value):  # Piece by piece, so that the limit spares memory.
            text += piece
            if len(text) > LONGEST_EXTRA:
                raise fault("too_long", self.at(shown(key)), limit=LONGEST_EXTRA)
        return text

    def unasked(self) -> dict[str, object]:
        """Note and return the keys that nobody has asked for, those of children below theirs."""
        strange = {key: item for key, item in self._data.items() if key not in self._asked}
        unasked = _sound_object(strange, self.path, DEEPEST)
        self.notes += [self.at(shown(key)) for key in unasked]
        for key, child in self._children.items():
            if below := child.unasked():
                unasked[key] = below
        return unasked


def checked_text(value: object, path: str) -> str:
    """Return a text that every output can carry, its line ends plain."""
    if not isinstance(value, str):
        raise fault("not_text", path)
    if len(value) > LONGEST_TEXT:
        raise fault("too_long", path, limit=LONGEST_TEXT)
    if found := forbidden_character(value):
        raise fault("bad_character", path, character=f"U+{ord(found):04X}")
    return plain_line_ends(value)


def checked_number(value: object, path: str, low: float, high: float) -> float:
    """Return a finite number within its bounds; true and false are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise fault("not_number", path)
    if not low <= value <= high:
        raise fault("out_of_range", path, low=f"{low:g}", high=f"{high:g}")
    return float(value)


def checked_key(key: str, path: str) -> None:
    """Refuse a key that no file could carry back."""
    if len(key) > LONGEST_NAME:
        raise fault("too_long", path, limit=LONGEST_NAME)
    if found := forbidden_character(key):
        raise fault("bad_character", path, character=f"U+{ord(found):04X}")


def _sound(value: object, path: str, levels: int) -> object:
    """Return an unknown value if it is bounded and can be written back, empty keys left out."""
    if isinstance(value, str):
        return checked_text(value, path)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if not abs(value) <= _GREATEST:
            raise fault("not_number", path)
        return plain_number(value)
    if levels == 0:
        raise fault("too_deep", path)
    if isinstance(value, list):
        return [_sound(item, f"{path}[{i}]", levels - 1) for i, item in enumerate(value)]
    if isinstance(value, dict):
        return _sound_object(value, path, levels - 1)
    raise fault("not_object", path)


def _sound_object(data: dict[str, object], path: str, levels: int) -> dict[str, object]:
    kept: dict[str, object] = {}
    for key, value in data.items():
        below = f"{path}.{shown(key)}" if path else shown(key)
        checked_key(key, below)
        sound = _sound(value, below, levels)
        if not is_empty(sound):
            kept[key] = sound
    return kept
