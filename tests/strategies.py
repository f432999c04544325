"""Valid values at random, small: every feature of an SOP that the exchange file can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from sopdesk.document.dates import PartialDate
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.values import (
    COLUMNS,
    Approval,
    Closing,
    Flow,
    Identity,
    Kind,
    Lane,
    Line,
    ListStyle,
    ListStyles,
    Procedure,
    SheetSettings,
    Side,
    Sop,
    Spans,
    Status,
    Step,
    Symbol,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

WORDS = (
    "Memeriksa", "konsep", "surat", "10 menit", "2 hari", "-", "*draft*", "**penting**", r"\*", "*",
    "{x}", '"kutip"', "a\\b", "Ş\u0327", "日本", "🙂", "a\tb", "baris\nbaru", " ", "'; DROP",
    "=1+1", "\u202eabc", "<b>&amp;", "Ya", "Kasubag", "x" * 40,
)  # fmt: skip

filled: SearchStrategy[str] = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
texts: SearchStrategy[str] = st.just("") | filled
lists: SearchStrategy[tuple[str, ...]] = st.lists(texts, max_size=3).map(tuple)
uuids: SearchStrategy[str] = st.uuids(version=4).map(str)

_EXTRA = st.sampled_from(
    [(), (), (), (("paraf", '"ada"'),), (("x-1", '{"a":[1,2.5,null,true,"",{}]}'), ("ÿ", "[[]]"))]
)
_SOP_EXTRA = st.sampled_from(
    [(), (("x", "0"), ("approved_by", '{"email":"a@b"}'), ("sheet", '{"labels":{"z":"Z"}}'))]
)


@st.composite
def dates(draw: DrawFn) -> PartialDate | None:
    """Draw a date that may lack its day, its month, or everything."""
    year = draw(st.none() | st.integers(1945, 2100))
    if year is None:
        return None
    month = draw(st.none() | st.integers(1, 12))
    return PartialDate(year, month, draw(st.none() | st.integers(1, 28)) if month else None)


approvals: SearchStrategy[Approval] = st.just(Approval()) | st.builds(
    Approval, position=lists, name=texts, rank=texts, employee_id=texts
)
closings: SearchStrategy[Closing | None] = st.none() | st.builds(
    Closing, place_date=filled, position=lists, name=texts, rank=texts, employee_id=texts
)
list_styles: SearchStrategy[ListStyles] = st.just(ListStyles()) | st.builds(
    ListStyles,
    legal_basis=st.sampled_from(ListStyle),
    warnings=st.none() | st.sampled_from(ListStyle),
    activity_items=st.none() | st.sampled_from(ListStyle),
    outputs=st.none() | st.sampled_from(ListStyle),
)
sheet_settings: SearchStrategy[SheetSettings] = st.just(SheetSettings()) | st.builds(
    SheetSettings,
    paper=st.sampled_from([None, "f4", "f4-210", "a4", "legal", "letter"]),
    orientation=st.sampled_from([None, "landscape", "portrait"]),
    margins_mm=st.sampled_from([None, (10.0, 12.5, 10.0, 20.0)]),
    font=st.sampled_from([None, "sans", "serif"]),
    size_pt=st.sampled_from([None, 8.0, 10.5]),
    columns=st.sampled_from([None, COLUMNS, ("activity", "lanes", "outputs", "duration")]),
    labels=st.dictionaries(st.sampled_from(list(DEFAULT_LABELS)), filled, max_size=2).map(
        lambda words: tuple((key, words[key]) for key in DEFAULT_LABELS if key in words)
    ),
    widths_mm=st.sampled_from([(), (("activity", 62.5), ("lanes", 18.0))]),
    number_row=st.sampled_from([None, True, False]),
    identity_on_same_page=st.sampled_from([None, True, False]),
)
identities: SearchStrategy[Identity] = st.builds(
    Identity,
    title=texts,
    number=texts,
    unit=lists,
    institution=lists,
    created_on=dates(),
    revised_on=dates(),
    revision=texts,
    effective_on=dates(),
    approved_by=approvals,
    legal_basis=lists,
    qualifications=lists,
    related=lists,
    equipment=lists,
    warnings=lists,
    records=lists,
    list_styles=list_styles,
)


@st.composite
def steps(draw: DrawFn, name: str, rows_left: int) -> Step:
    """Draw a step whose cells cover at most the rows that are left, its own included."""
    rows = st.integers(1, min(rows_left, 3))
    return Step(
        id=name,
        activity=draw(texts),
        number=draw(st.none() | st.sampled_from(["1.", "3", "a)"])),
        activity_items=draw(lists),
        requirements=draw(lists),
        duration=draw(texts),
        outputs=draw(lists),
        remarks=draw(texts),
        spans=Spans(draw(rows), draw(rows), draw(rows), draw(rows)),
        refers_to=draw(st.none() | uuids),
        extra=draw(_EXTRA),
    )


@st.composite
def symbols(draw: DrawFn, name: str, step: str, lanes: tuple[Lane, ...]) -> Symbol:
    """Draw a symbol of a step, in one lane or over several neighbours."""
    first = draw(st.integers(0, len(lanes) - 1))
    wide = draw(st.sampled_from([1, 1, 1, 2, 3]))
    return Symbol(
        id=name,
        step=step,
        lanes=tuple(lane.id for lane in lanes[first : first + wide]),
        kind=draw(st.sampled_from(Kind)),
        text=draw(texts),
        extra=draw(_EXTRA),
    )


@st.composite
def flows(draw: DrawFn, ids: tuple[str, ...]) -> Flow:
    """Draw a flow between two of the symbols, which may be one and the same."""
    return Flow(
        source=draw(st.sampled_from(ids)),
        target=draw(st.sampled_from(ids)),
        label=draw(st.sampled_from(["", "Ya", "Tidak", "Teknis / Administratif"])),
        line=draw(st.sampled_from(Line)),
        exit=draw(st.sampled_from([None, None, Side.LEFT, Side.RIGHT, Side.BOTTOM])),
        entry=draw(st.sampled_from([None, None, Side.LEFT, Side.RIGHT, Side.TOP])),
        extra=draw(_EXTRA),
    )


@st.composite
def procedures(draw: DrawFn, most_steps: int = 5) -> Procedure:
    """Draw a flow table: steps with none, one or several symbols; any flows between these."""
    mark = draw(st.sampled_from(["", "x ", "ß"]))
    lanes = tuple(
        Lane(id=f"{mark}a{n}", name=draw(texts), group=draw(lists), extra=draw(_EXTRA))
        for n in range(draw(st.integers(0, 4)))
    )
    rows = draw(st.integers(0, most_steps))
    table = tuple(draw(steps(f"{mark}s{n}", rows - n)) for n in range(rows))
    places = [step.id for step in table for _ in range(draw(st.sampled_from([1, 1, 1, 0, 2, 3])))]
    shapes = tuple(
        draw(symbols(f"{mark}n{n}", step, lanes)) for n, step in enumerate(places) if lanes
    )
    ids = tuple(shape.id for shape in shapes)
    return Procedure(
        lanes=lanes,
        steps=table,
        symbols=shapes,
        flows=tuple(draw(st.lists(flows(ids), max_size=6))) if ids else (),
        title=draw(texts),
        notes=draw(lists),
        extra=draw(_EXTRA),
    )


@st.composite
def sops(draw: DrawFn, most_procedures: int = 2, most_steps: int = 5) -> Sop:
    """Draw an SOP with every feature that the exchange file can say."""
    return Sop(
        identity=draw(identities),
        procedures=tuple(
            draw(st.lists(procedures(most_steps), min_size=1, max_size=most_procedures))
        ),
        status=draw(st.sampled_from(Status)),
        sheet=draw(sheet_settings),
        closing=draw(closings),
        uuid=draw(uuids),
        extra=draw(_SOP_EXTRA),
    )
