"""What the fields of the identity offer while one types: what the office has used before."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sopdesk.document.values import LISTS, Approval, Closing
from sopdesk.foundation.wording import tr
from ui.editor.fields.choice_list import Choice, Choices
from ui.editor.fields.choices import LEAST_TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopdesk.document.values import Sop
    from ui.editor.fields.line_fields import LineField, LinesField
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session

_SOP = "SOP "
"""How a related SOP is named: before its title, unless that says so itself."""
_OWNERS = ("approved_by", "closing")


class Completion(QObject):
    """Offers the items of lists, positions, ranks, units, and officials with what is known of them.

    Nothing is preselected: Enter and Tab do what they do without a list, until one walks into it.
    """

    def __init__(
        self,
        session: Session,
        vocabulary: Vocabulary,
        fields: Mapping[str, LineField | LinesField],
    ) -> None:
        super().__init__(session)
        self._session, self._vocabulary = session, vocabulary
        for name in LISTS:
            fields[name].set_choices(partial(self._items, name))
        fields["unit"].set_choices(self._units)
        for owner in _OWNERS:
            fields[f"{owner}_position"].set_choices(partial(self._texts, "position"))
            fields[f"{owner}_rank"].set_choices(partial(self._texts, "rank"))
            official = fields[f"{owner}_name"]
            official.set_choices(self._officials)
            official.taken.connect(partial(self._sign, owner))

    def _items(self, name: str) -> Choices:
        """Return what the office has in a list and this SOP has not yet."""
        sop = self._session.sop
        used: Iterable[str] = self._vocabulary.words(name)
        if name == "related":
            used = dict.fromkeys((*used, *self._titles()))
        here = getattr(sop.identity, name) if sop is not None else ()
        return Choices.of((text for text in used if text not in here), least=LEAST_TYPED)

    def _titles(self) -> list[str]:
        """Return the office's other SOPs as a list names them."""
        sop = self._session.sop
        others = (e.title for e in self._session.entries if sop is None or e.uuid != sop.uuid)
        titles = dict.fromkeys(title for title in others if title)
        return [title if title.upper().startswith(_SOP) else _SOP + title for title in titles]

    def _texts(self, topic: str) -> Choices:
        return Choices.of(self._vocabulary.words(topic))

    def _units(self) -> Choices:
        units = dict.fromkeys(" / ".join(entry.unit) for entry in self._session.entries)
        return Choices.of(unit for unit in units if unit)

    def _officials(self) -> Choices:
        known = self._vocabulary.officials()
        return Choices(tuple(Choice(_shown(one), one.name, one) for one in known))

    def _sign(self, owner: str, chosen: Choice) -> None:
        """Let the rank and the number be those of the one whose name was taken.

        The position too, where none is typed. All of it is one undo with the name.
        """
        official = chosen.meant
        if isinstance(official, Approval):
            self._session.apply(
                tr("Edit {field}", field=tr("Name")),
                lambda sop: _signed(sop, owner, official),
                f"identity/{owner}_name",
            )


def _shown(official: Approval) -> str:
    parts = (official.name, " / ".join(official.position), official.employee_id)
    return "  ·  ".join(part for part in parts if part)


def _signed(sop: Sop, owner: str, official: Approval) -> Sop:
    before = sop.identity.approved_by if owner == "approved_by" else sop.closing or Closing()
    after = dataclasses.replace(
        before,
        name=official.name,
        rank=official.rank,
        employee_id=official.employee_id,
        position=before.position or official.position,
    )
    if isinstance(after, Closing):
        return dataclasses.replace(sop, closing=after)
    return dataclasses.replace(sop, identity=dataclasses.replace(sop.identity, approved_by=after))
