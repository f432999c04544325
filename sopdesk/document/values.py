"""An SOP as an immutable value: its identity, its flow tables, and how its sheet differs.

The words are those of the guideline PermenPAN-RB 35/2012. A value holds what the exchange file can
say and nothing that follows from it: no position, no route, no automatic number. Empty is `""`,
`()` or None. Text may mark italics as `*word*` and bold as `**word**` (see `markup`). `extra` keeps
keys of an exchange file that this version does not know, as (key, JSON text).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from sopdesk.document.ids import new_id, new_uuid

if TYPE_CHECKING:
    from sopdesk.document.dates import PartialDate

Pairs = tuple[tuple[str, str], ...]
"""A small mapping of texts in a fixed order."""


class Kind(StrEnum):
    """The symbols that a clerk places; off-page connectors are derived by the sheet."""

    START = "start"
    PROCESS = "process"
    DECISION = "decision"
    END = "end"


class Side(StrEnum):
    """Where a flow leaves or enters its symbol."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


EXITS = (Side.LEFT, Side.RIGHT, Side.BOTTOM)
ENTRIES = (Side.LEFT, Side.RIGHT, Side.TOP)
"""The flow runs downwards: it never leaves its symbol at the top nor enters one at the bottom."""


class Line(StrEnum):
    """A flow with an arrow head, or a plain line that joins two who work together."""

    ARROW = "arrow"
    PLAIN = "plain"


class Status(StrEnum):
    """Where an SOP stands in its life; in force follows from `APPROVED` and the effective date."""

    PLANNED = "planned"
    DRAFT = "draft"
    REVIEW = "review"
    CORRECTION = "correction"
    FINAL = "final"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class ListStyle(StrEnum):
    """How the items of a list are marked on the sheet."""

    BULLETS = "bullets"
    NUMBERS = "numbers"
    LETTERS = "letters"
    DASHES = "dashes"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of one actor; `group` holds the headings above it, outermost first."""

    id: str = field(default_factory=new_id)
    name: str = ""
    group: tuple[str, ...] = ()
    extra: Pairs = ()


@dataclass(frozen=True, slots=True)
class Spans:
    """How many rows, this one included, each cell of a step covers; at least 1."""

    duration: int = 1
    requirements: int = 1
    outputs: int = 1
    remarks: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the flow table. `number` is what is printed, None for the automatic number.

    `refers_to` is the uuid of another SOP that the step invokes.
    """

    id: str = field(default_factory=new_id)
    activity: str = ""
    number: str | None = None
    activity_items: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    duration: str = ""
    outputs: tuple[str, ...] = ()
    remarks: str = ""
    spans: Spans = Spans()
    refers_to: str | None = None
    extra: Pairs = ()


@dataclass(frozen=True, slots=True)
class Symbol:
    """A shape in a step's row, in one lane or over neighbouring ones, left to right.

    Several symbols of one step in one lane are stacked in the order of the procedure's list.
    """

    step: str
    lanes: tuple[str, ...]
    kind: Kind = Kind.PROCESS
    text: str = ""
    id: str = field(default_factory=new_id)
    extra: Pairs = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The order of two symbols, by their ids.

    `exit` and `entry` are the sides that the user has fixed, of `EXITS` and `ENTRIES`.
    """

    source: str
    target: str
    label: str = ""
    line: Line = Line.ARROW
    exit: Side | None = None
    entry: Side | None = None
    extra: Pairs = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One flow table: its actors, steps, symbols and flows; a title above and notes below."""

    lanes: tuple[Lane, ...] = ()
    steps: tuple[Step, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    flows: tuple[Flow, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()
    extra: Pairs = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves: position lines (`a.n. WALIKOTA`, `Sekretaris Daerah`), name, rank, NIP."""

    position: tuple[str, ...] = ()
    name: str = ""
    rank: str = ""
    employee_id: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A second signature block below the last table, under its place and date."""

    place_date: str = ""
    position: tuple[str, ...] = ()
    name: str = ""
    rank: str = ""
    employee_id: str = ""


@dataclass(frozen=True, slots=True)
class ListStyles:
    """The style of each list; None leaves it to the office."""

    legal_basis: ListStyle | None = None
    qualifications: ListStyle | None = None
    related: ListStyle | None = None
    equipment: ListStyle | None = None
    warnings: ListStyle | None = None
    records: ListStyle | None = None
    activity_items: ListStyle | None = None
    requirements: ListStyle | None = None
    outputs: ListStyle | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the identity sheet says. `unit` is a path in the office, outermost first."""

    title: str = ""
    number: str = ""
    unit: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    created_on: PartialDate | None = None
    revised_on: PartialDate | None = None
    revision: str = ""
    effective_on: PartialDate | None = None
    approved_by: Approval = Approval()
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    list_styles: ListStyles = ListStyles()


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """How a sheet looks; None, or a key that is absent, leaves it to the office.

    `columns` orders the columns that are present, of `COLUMNS`. `labels` maps a key of
    `labels.DEFAULT_LABELS` to the word printed. `widths_mm` maps a column to its width in mm;
    `lanes` there is the width of each lane. `margins_mm` is top, right, bottom, left.
    """

    paper: str | None = None
    orientation: Literal["landscape", "portrait"] | None = None
    margins_mm: tuple[float, float, float, float] | None = None
    font: str | None = None
    size_pt: float | None = None
    columns: tuple[str, ...] | None = None
    labels: Pairs = ()
    widths_mm: tuple[tuple[str, float], ...] = ()
    number_row: bool | None = None
    identity_on_same_page: bool | None = None


COLUMNS = ("number", "activity", "lanes", "requirements", "duration", "outputs", "remarks")
LISTS = ("legal_basis", "qualifications", "related", "equipment", "warnings", "records")


@dataclass(frozen=True, slots=True)
class Sop:
    """One administrative procedure. `origin` is the uuid it had in the file it came from."""

    identity: Identity = Identity()
    procedures: tuple[Procedure, ...] = (Procedure(),)
    status: Status = Status.DRAFT
    sheet: SheetSettings = SheetSettings()
    closing: Closing | None = None
    uuid: str = field(default_factory=new_uuid)
    origin: str | None = None
    extra: Pairs = ()
