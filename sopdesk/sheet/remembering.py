"""Pure functions remembered by the identity of their immutable arguments.

An edit replaces only the values that it changed, so identity tells in no time what stayed the same,
where comparing or hashing a whole table would cost as much as laying it out.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Value = TypeVar("Value")


def remember(size: int) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """Decorate a pure function so that it keeps its last `size` results by argument identity.

    The arguments are kept alive with the result, so that an identity is never used again meanwhile.
    Small values (numbers, texts, None) compare by value.
    """

    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        kept: OrderedDict[tuple[object, ...], tuple[tuple[object, ...], Result]] = OrderedDict()

        @wraps(function)
        def ask(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
            given = (*args, *kwargs.values())
            key = (*map(_name, given), *kwargs)
            if key in kept:
                kept.move_to_end(key)
                return kept[key][1]
            result = function(*args, **kwargs)
            kept[key] = (given, result)
            if len(kept) > size:
                kept.popitem(last=False)
            return result

        return ask

    return decorate


def _name(value: object) -> object:
    if value is None or isinstance(value, (int, float, str)):
        return (type(value), value)
    return id(value)


class Firsts(Generic[Value]):
    """The first value for each key, of the last `size` keys asked for.

    A key made of identities must name parts of the value, which are kept alive with it.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: dict[Hashable, Value] = {}

    def of(self, key: Hashable, value: Value) -> Value:
        """Return the first value that was given for this key, or else this one."""
        first = self._kept[key] = self._kept.pop(key, value)
        if len(self._kept) > self._size:
            del self._kept[next(iter(self._kept))]
        return first
