"""The texts around the cells of a flow table that can be edited where they stand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.labels import DEFAULT_LABELS
from sopdesk.document.texts import clean
from sopdesk.foundation.wording import tr
from sopdesk.sheet.look import look_of
from ui.editor.fields.choice_list import Choices
from ui.editor.fields.choices import actor_choices
from ui.editor.sheet.geometry import united
from ui.editor.sheet.targets import TextTarget

if TYPE_CHECKING:
    from sopdesk.document.values import Procedure, Sop
    from sopdesk.sheet.values import Page, Rect, Text
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session


class LaneTarget(TextTarget):
    """The name of an actor."""

    def __init__(self, session: Session, lane: str) -> None:
        super().__init__(session, tr("Name of the actor"))
        self._lane = lane

    def text(self) -> str | None:
        """Return the name."""
        lanes = self._procedure.lanes if self._procedure is not None else ()
        return next((lane.name for lane in lanes if lane.id == self._lane), None)

    def write(self, typed: str) -> None:
        """Rename the actor."""
        self._change(
            tr("Rename actor"),
            lambda value: edits.rename_lane(value, self._lane, clean(typed).strip()),
        )

    def rect_on(self, page: Page) -> Rect | None:
        """Return the cell of the name."""
        found = _over_lane(page, self._lane, "lane")
        return found[0].cell if found else None

    def choices(self, vocabulary: Vocabulary) -> Choices:
        """Return the actors that the office has elsewhere and this table has not yet."""
        procedure = self._procedure
        return actor_choices(procedure, vocabulary.words("lanes")) if procedure else Choices()


class GroupTarget(TextTarget):
    """A heading over lanes; writing it renames it over every lane that had it below."""

    def __init__(self, session: Session, lane: str, name: str) -> None:
        super().__init__(session, tr("Name of the group"))
        self._lane = lane
        lanes = self._procedure.lanes if self._procedure is not None else ()
        self._had = {known.id: known.group for known in lanes if name in known.group}
        self._depth = {known: group.index(name) for known, group in self._had.items()}

    def text(self) -> str | None:
        """Return the name, `""` where it was taken away under the open field."""
        lanes = self._procedure.lanes if self._procedure is not None else ()
        here = next((lane.group for lane in lanes if lane.id == self._lane), None)
        if here is None or self._missing(self._lane, here) not in (0, 1):
            return None
        return "" if self._missing(self._lane, here) else here[self._depth[self._lane]]

    def write(self, typed: str) -> None:
        """Rename the group; empty takes it away."""
        name = clean(typed).strip()
        self._change(tr("Rename group"), lambda value: self._renamed(value, name))

    def rect_on(self, page: Page) -> Rect | None:
        """Return the cell of the name, over the lane."""
        found, name = _over_lane(page, self._lane, "group"), self.text() or ""
        return next((text.cell for text in found if _is_within(text, name)), None)

    def _renamed(self, value: Procedure, name: str) -> Procedure:
        for lane in value.lanes:
            missing = self._missing(lane.id, lane.group) if lane.id in self._had else -1
            if missing in (0, 1):
                at = self._depth[lane.id]
                outer, inner = lane.group[:at], lane.group[at + 1 - missing :]
                group = (*outer, name, *inner) if name else (*outer, *inner)
                value = edits.set_lane_group(value, lane.id, group)
        return value

    def _missing(self, lane: str, group: tuple[str, ...]) -> int:
        """Return how many headings a lane has fewer than when the field was opened."""
        return len(self._had[lane]) - len(group)


class HeadingTarget(TextTarget):
    """A heading word; writing it words it for this SOP alone, empty as the office does."""

    def __init__(self, session: Session, key: str) -> None:
        super().__init__(session, tr("Heading"))
        self._key = key

    def text(self) -> str | None:
        """Return the word."""
        sop = self._session.sop
        return look_of(sop, self._session.office).label(self._key) if sop is not None else None

    def write(self, typed: str) -> None:
        """Set the word."""
        words = " ".join(clean(typed).split())
        self._session.apply(tr("Edit heading"), lambda value: self._worded(value, words))

    def rect_on(self, page: Page) -> Rect | None:
        """Return the heading's cell."""
        said = self.text() or ""
        cells = {text.cell for text in page.texts if text.role == "heading"}
        return next((cell for cell in cells if _same(_said_in(page, cell), said)), None)

    def _worded(self, value: Sop, words: str) -> Sop:
        labels = {**dict(value.sheet.labels), self._key: words}
        kept = tuple((name, said) for name, said in labels.items() if said)
        return dataclasses.replace(value, sheet=dataclasses.replace(value.sheet, labels=kept))


class TitleTarget(TextTarget):
    """The title above a flow table."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Edit text"))

    def text(self) -> str | None:
        """Return the title."""
        return self._procedure.title if self._procedure is not None else None

    def write(self, typed: str) -> None:
        """Set the title."""
        title = clean(typed).strip()
        self._change(tr("Edit text"), lambda value: dataclasses.replace(value, title=title))

    def rect_on(self, page: Page) -> Rect | None:
        """Return the title's place on a page that has the table alone."""
        return _united(page, "title") if page.kind == "flow" else None


class NotesTarget(TextTarget):
    """All notes below a flow table, one a line."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Edit text"))

    def text(self) -> str | None:
        """Return the notes."""
        return "\n".join(self._procedure.notes) if self._procedure is not None else None

    def write(self, typed: str) -> None:
        """Set the notes."""
        lines = tuple(line.strip() for line in clean(typed).split("\n") if line.strip())
        self._change(tr("Edit text"), lambda value: dataclasses.replace(value, notes=lines))

    def rect_on(self, page: Page) -> Rect | None:
        """Return the place of all of them."""
        return _united(page, "note")


def group_of(session: Session, text: Text, lane: str) -> GroupTarget | None:
    """Return the heading over a lane that a text of the sheet is."""
    lanes = session.procedure.lanes if session.procedure is not None else ()
    groups = next((known.group for known in lanes if known.id == lane), ())
    name = next((group for group in groups if _is_within(text, group)), None)
    return GroupTarget(session, lane, name) if name is not None else None


def heading_of(session: Session, page: Page, text: Text) -> HeadingTarget | None:
    """Return the heading word that a text of the sheet is."""
    if session.sop is None:
        return None
    said, look = _said_in(page, text.cell), look_of(session.sop, session.office)
    keys = [key for key in DEFAULT_LABELS if key.startswith("column_")]
    key = next((key for key in keys if _same(look.label(key), said)), None)
    return HeadingTarget(session, key) if key is not None else None


def _over_lane(page: Page, lane: str, role: str) -> list[Text]:
    band = next((band for band in page.lanes if band.id == lane), None)
    if band is None:
        return []
    x = (band.left + band.right) / 2
    return [t for t in page.texts if t.role == role and t.cell.left <= x < t.cell.right]


def _said_in(page: Page, cell: Rect) -> str:
    return "".join(t.text for t in page.texts if t.cell == cell and t.role == "heading")


def _united(page: Page, role: str) -> Rect | None:
    cells = [text.cell for text in page.texts if text.role == role]
    return united(cells) if cells else None


def _is_within(text: Text, name: str) -> bool:
    """Whether a text is a name, or a line of it."""
    shown = text.text.strip()
    return bool(shown) and shown in name


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).lower() == "".join(other.split()).lower()
