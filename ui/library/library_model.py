"""The library's tree for a view: light, so that a thousand SOPs cost nothing until shown."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from sopdesk.foundation.wording import tr
from ui.library.library_tree import Node, build
from ui.plain_words import plain_tip
from ui.statuses import force_word, standing_word, status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sopdesk.storage.office_file import Entry
    from ui.library.library_tree import Unit

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

UUID_ROLE = int(Role.UserRole)
ENTRY_ROLE = int(Role.UserRole) + 1
COUNT_ROLE = int(Role.UserRole) + 2
UNSAVED_ROLE = int(Role.UserRole) + 3
UNIT_ROLE = int(Role.UserRole) + 4
DEPTH_ROLE = int(Role.UserRole) + 5
COLLEAGUES_ROLE = int(Role.UserRole) + 6


class LibraryModel(QAbstractItemModel):
    """Units and SOPs. `UUID_ROLE` is an SOP's uuid, None on a unit.

    `names_on` returns who else has an SOP open, by name.
    """

    def __init__(
        self,
        is_unsaved: Callable[[str], bool],
        names_on: Callable[[str], Sequence[str]] = lambda _uuid: (),
    ) -> None:
        super().__init__()
        self._root = Node()
        self._leaves: dict[str, Node] = {}
        # An index names its node by a number that is never used again: a view may ask about one
        # from before a reset, and a pointer to a node that is gone would end the process.
        self._nodes: dict[int, Node] = {}
        self._keys = itertools.count(1)
        self._shape: object = None
        self._unsaved: set[str] = set()
        self._is_unsaved = is_unsaved
        self._with_others: set[str] = set()
        self._names_on = names_on

    def show(self, entries: Iterable[Entry], units: Sequence[Unit]) -> bool:
        """Show these SOPs under these units; say whether the tree was built anew.

        Where only words of SOPs have changed the tree stays, and a view keeps its place.
        """
        entries = list(entries)
        shape = (tuple((entry.uuid, tuple(entry.unit)) for entry in entries), tuple(units))
        if shape == self._shape:
            self._renew(entries)
            return False
        self.beginResetModel()
        self._shape = shape
        self._root = build(entries, units)
        self._leaves, self._nodes = {}, {}
        self._note(self._root)
        self.endResetModel()
        return True

    def _renew(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            node = self._leaves[entry.uuid]
            if node.entry != entry:
                node.entry = entry
                index = self._index_of(node)
                self.dataChanged.emit(index, index)

    def _note(self, node: Node) -> None:
        for child in node.children:
            child.key = next(self._keys)
            self._nodes[child.key] = child
            if child.entry is not None:
                self._leaves[child.entry.uuid] = child
            self._note(child)

    def index_of(self, uuid: str) -> QModelIndex:
        """Return the place of an SOP, an invalid index where it is not shown."""
        node = self._leaves.get(uuid)
        return self._index_of(node) if node is not None else QModelIndex()

    def _index_of(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.key)

    def units(self) -> list[QModelIndex]:
        """Return the places of all units, outer ones first."""
        found: list[QModelIndex] = []

        def walk(node: Node) -> None:
            for child in node.children:
                if child.entry is None:
                    found.append(self._index_of(child))
                    walk(child)

        walk(self._root)
        return found

    def note_saved(self) -> None:
        """Have the marks of unsaved work painted anew where they have changed."""
        unsaved = {uuid for uuid in self._leaves if self._is_unsaved(uuid)}
        for uuid in (unsaved ^ self._unsaved) & self._leaves.keys():
            index = self.index_of(uuid)
            self.dataChanged.emit(index, index, [UNSAVED_ROLE])
        self._unsaved = unsaved

    def note_colleagues(self) -> None:
        """Have the marks of SOPs that somebody else has open painted anew."""
        with_others = {uuid for uuid in self._leaves if self._names_on(uuid)}
        for uuid in with_others | (self._with_others & self._leaves.keys()):
            index = self.index_of(uuid)
            self.dataChanged.emit(index, index, [COLLEAGUES_ROLE])
        self._with_others = with_others

    # What a view asks

    def _node(self, index: Index) -> Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the place of a child."""
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self._index_of(children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the place of the unit around."""
        above = self._node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self._index_of(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many children stand there."""
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return one: the delegate paints what else is known."""
        return 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """Return what is known of an SOP or a unit."""
        node = self._node(index)
        if node.entry is not None:
            return self._of_sop(node.entry, role)
        if role == Role.DisplayRole:
            return tr("Without a unit") if node.has_no_name else node.unit[-1]
        if role == Role.ToolTipRole:
            return plain_tip(self.data(index))
        if role == Role.AccessibleTextRole:
            return tr("{unit}, SOPs: {count}", unit=self.data(index), count=node.count)
        return {COUNT_ROLE: node.count, UNIT_ROLE: node.unit}.get(role)

    def _of_sop(self, entry: Entry, role: int) -> object:
        if role == Role.DisplayRole:
            return entry.title or tr("(untitled)")
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            status = status_word(entry.status)
            force = force_word(entry.status, entry.effective_on, date.today())
            below = second_line(entry.number, ", ".join(filter(None, [status, force])))
            names = ", ".join(self._names_on(entry.uuid))
            others = tr("Also open at: {names}", names=names) if names else ""
            damage = _damage_word() if entry.is_damaged else ""
            twin = _twin_word() if entry.is_twin else ""
            if role == Role.ToolTipRole:
                told = [entry.title or tr("(untitled)"), below, twin, others, damage]
                return plain_tip("\n".join(filter(None, told)))
            unsaved = tr("not saved") if self._is_unsaved(entry.uuid) else ""
            return ", ".join(filter(None, [entry.title, below, twin, unsaved, others, damage]))
        if role == UNSAVED_ROLE:
            return self._is_unsaved(entry.uuid)
        if role == COLLEAGUES_ROLE:
            return self._names_on(entry.uuid)
        if role == DEPTH_ROLE:
            return self._leaves[entry.uuid].depth
        return {UUID_ROLE: entry.uuid, ENTRY_ROLE: entry, UNIT_ROLE: entry.unit}.get(role)


def standing_of(entry: Entry) -> str:
    """Return in words how an SOP stands today, and first that it is another version of one."""
    standing = standing_word(entry.status, entry.effective_on, date.today())
    return second_line(tr("other version"), standing) if entry.is_twin else standing


def _twin_word() -> str:
    return tr(
        "Another version of an SOP in this list: it came in from another file, or was kept beside."
    )


def _damage_word() -> str:
    return tr(
        "This SOP is damaged in the file and cannot be opened. The other SOPs are fine; its "
        "history or a backup brings it back."
    )


def second_line(number: str, standing: str) -> str:
    """Return what stands below a title."""
    return "  ·  ".join(filter(None, [number, standing]))
