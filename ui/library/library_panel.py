"""The library at the window's left: search, filter by status, the tree of SOPs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.library.library_model import UNIT_ROLE, LibraryModel
from ui.library.library_view import LibraryView
from ui.library.search_field import SearchField
from ui.library.status_filter import StatusFilter
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from sopdesk.document.values import Status
    from sopdesk.storage.office_file import Entry
    from ui.session import Session

MANY = 150
"""From this many SOPs on the units begin folded: a clerk looks for one, not for all."""
SEARCH_AFTER_MS = 250
"""Titles are filtered at each key; the words inside the SOPs when the typing pauses."""


class LibraryPanel(QWidget):
    """Search field, status filter and tree; `menu_asked` is where a context menu should stand."""

    menu_asked = Signal(QPoint)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._statuses: set[Status] = set()
        self._found: frozenset[str] = frozenset()
        self._unfolded: dict[tuple[str, ...], bool] = {}
        self._search = SearchField()
        self._filter = StatusFilter()
        self._count = PlainLabel()
        self._empty = PlainLabel()
        self._model = LibraryModel(session.is_unsaved, session.colleagues.names_on)
        self._view = LibraryView(self._model)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._arrange()
        self._listen()
        self._show()

    def _arrange(self) -> None:
        self.setMinimumWidth(190)
        heading = PlainLabel(tr("List of SOPs"))
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self._count.setForegroundRole(self._count.foregroundRole().PlaceholderText)
        head = QHBoxLayout()
        head.setContentsMargins(10, 8, 10, 4)
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(self._count)
        tools = QHBoxLayout()
        tools.setContentsMargins(8, 0, 8, 6)
        tools.setSpacing(4)
        tools.addWidget(self._search)
        tools.addWidget(self._filter)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 24, 16, 0)
        self._empty.setForegroundRole(self._empty.foregroundRole().PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        self.setFocusProxy(self._view)

    def _listen(self) -> None:
        session = self._session
        session.file_changed.connect(self._on_file_changed)
        session.entries_changed.connect(self._show)
        session.office_changed.connect(self._show)
        session.sop_changed.connect(self._on_sop_changed)
        session.saved_changed.connect(self._model.note_saved)
        session.colleagues.changed.connect(self._model.note_colleagues)
        self._search.textChanged.connect(self._on_search_typed)
        self._search.returnPressed.connect(self._on_search_confirmed)
        self._search.left.connect(lambda: self._view.setFocus(Qt.FocusReason.TabFocusReason))
        self._pause.timeout.connect(self._on_search_paused)
        self._filter.statuses_changed.connect(self._on_statuses_changed)
        self._view.opened.connect(session.open_sop)
        self._view.menu_asked.connect(self.menu_asked)
        self._view.expanded.connect(lambda index: self._note_unfolded(index, True))
        self._view.collapsed.connect(lambda index: self._note_unfolded(index, False))

    def begin_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @property
    def shown(self) -> tuple[str, ...]:
        """The uuids that search and filter leave, in the order of the file."""
        return tuple(entry.uuid for entry in self._wanted())

    @property
    def unit(self) -> tuple[str, ...]:
        """The unit that the current row stands for or belongs to."""
        return _unit_of(self._view.currentIndex())

    def _show(self) -> None:
        """Show what search and filter leave, folded as before, on the SOP that is open."""
        entries = self._session.entries
        wanted = self._wanted()
        if self._model.show(wanted, self._session.office.units):
            self._unfold()
        all_shown = len(wanted) == len(entries)
        self._count.setText(str(len(entries)) if all_shown else f"{len(wanted)}/{len(entries)}")
        self._view.setVisible(bool(wanted))
        self._empty.setVisible(not wanted)
        self._empty.setText(
            tr("Nothing matches. Try fewer letters or another status.")
            if entries
            else tr("No SOP yet.")
        )
        self._on_sop_changed()

    def _unfold(self) -> None:
        """Fold the units as the clerk has them, none while searching."""
        is_searching = bool(self._search.text())
        are_few = len(self._session.entries) < MANY
        with QSignalBlocker(self._view):
            for index in self._model.units():
                shown = self._unfolded.get(_unit_of(index), are_few)
                self._view.setExpanded(index, shown or is_searching)
        self._view.setRootIsDecorated(bool(self._model.units()))

    def _wanted(self) -> list[Entry]:
        """Return what search and filter leave."""
        words = self._search.text().casefold().split()
        return [entry for entry in self._session.entries if self._is_wanted(entry, words)]

    def _is_wanted(self, entry: Entry, words: list[str]) -> bool:
        if self._statuses and entry.status not in self._statuses:
            return False
        if not words:
            return True
        shown = f"{entry.title} {entry.number} {' '.join(entry.unit)}".casefold()
        return all(word in shown for word in words) or entry.uuid in self._found

    def _on_sop_changed(self, _sop: object = None) -> None:
        sop = self._session.sop
        index = self._model.index_of(sop.uuid) if sop is not None else QModelIndex()
        if index != self._view.currentIndex():
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)

    def _on_file_changed(self) -> None:
        self._unfolded.clear()
        self._search.clear()

    def _note_unfolded(self, unit: QModelIndex, is_unfolded: bool) -> None:
        self._unfolded[_unit_of(unit)] = is_unfolded

    def _on_search_typed(self) -> None:
        self._found = frozenset()
        self._pause.start()
        self._show()

    def _on_search_paused(self) -> None:
        text = self._search.text().strip()
        found = frozenset(self._session.search(text)) if len(text) >= 3 else frozenset()
        if found != self._found:
            self._found = found
            self._show()

    def _on_search_confirmed(self) -> None:
        self._on_search_paused()
        uuid = self._view.topmost()
        if uuid is not None:
            self._session.open_sop(uuid)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_statuses_changed(self, statuses: set[Status]) -> None:
        self._statuses = statuses
        self._show()


def _unit_of(index: QModelIndex) -> tuple[str, ...]:
    return tuple(index.data(UNIT_ROLE) or ())
