"""One part of an SOP in three versions: which side it is taken from, and where nobody can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from sopdesk.document.comparison.difference import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Side = Literal["mine", "theirs"]

Thing = tuple[str, str]
"""A lane, step or symbol of one flow table: what it is, and its id."""

Value = TypeVar("Value")
Other = TypeVar("Other")


class Three(NamedTuple, Generic[Value]):
    """The same in the common base, on my side and on theirs."""

    base: Value
    mine: Value
    theirs: Value

    def map(self, change: Callable[[Value], Other]) -> Three[Other]:
        """Return what `change` makes of each version."""
        return Three(change(self.base), change(self.mine), change(self.theirs))

    def of(self, side: Side) -> Value:
        """Return the version of one side."""
        return self.mine if side == "mine" else self.theirs


class Spot(NamedTuple):
    """Where a part stands: as a `Difference` names it, and of which thing it is."""

    part: str
    field: str
    name: str = ""
    procedure: int | None = None
    thing: Thing = ("", "")

    @property
    def key(self) -> str:
        """Return what names the part among all of the SOP, the same in every merge of it."""
        table = "" if self.procedure is None else str(self.procedure)
        return "/".join((table, self.part, *self.thing, self.field))


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both sides changed differently, each version as text to show.

    `part`, `field`, `name` and `procedure` are those of a `comparison.Difference`; where the whole
    thing is meant, `field` is `step`, `symbol`, `lane` or `table`, and a version that lacks it is
    "". An order that differs is the field `lanes`, `steps`, `symbols`, `flows` or `tables` of the
    part `table`. `key` names the clash in `choose`.
    """

    key: str
    part: str
    field: str
    name: str
    base: str
    mine: str
    theirs: str
    procedure: int | None = None


class Umpire:
    """Decides part by part, and keeps the clashes.

    A clash is decided as it was chosen, else for mine. A thing that one side took away while the
    other changed it is contested: what only hangs on it, such as the ways that lead there, is
    decided with it, so that it comes back, or goes, whole.
    """

    def __init__(self, *, has_base: bool, choices: Mapping[str, Side]) -> None:
        self._has_base = has_base
        self._choices = choices
        self._contested: dict[Thing, Side] = {}
        self.clashes: list[Clash] = []

    def side(
        self,
        spot: Spot,
        values: Three[Value],
        shown: Three[str] | None = None,
        hangs_on: Iterable[Thing] = (),
    ) -> Side:
        """Return the side that a part is taken from.

        `shown` are the versions as text where `worded` cannot tell them; `hangs_on` is what the
        part says something about.
        """
        base, mine, theirs = values
        if mine == theirs:
            return "mine"
        if self._has_base and base in (mine, theirs):
            return self.contested(hangs_on) or ("theirs" if mine == base else "mine")
        texts = shown or values.map(worded)
        self.clashes.append(
            Clash(spot.key, spot.part, spot.field, spot.name, *texts, spot.procedure)
        )
        return self._choices.get(spot.key, "mine")

    def side_of_thing(
        self,
        spot: Spot,
        values: Three[Value],
        shown: Three[str],
        hangs_on: Iterable[Thing] = (),
    ) -> Side:
        """Return the side that says whether a thing is there; `values` are None where it is not."""
        followed = self.contested(hangs_on)
        if followed is not None:
            return followed
        known = len(self.clashes)
        side = self.side(spot, values, shown)
        if len(self.clashes) > known:
            self._contested[spot.thing] = side
        return side

    def contested(self, things: Iterable[Thing]) -> Side | None:
        """Return the side that won the first contested one of these things."""
        return next((self._contested[one] for one in things if one in self._contested), None)

    def begin_table(self) -> None:
        """Begin another flow table, whose things may have the ids of those of the last."""
        self._contested.clear()
