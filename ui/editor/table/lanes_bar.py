"""The actors of the flow table in their order: add, rename, move, group, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from sopdesk.foundation.wording import tr
from ui.editor.changes.lanes import LaneChanges
from ui.editor.fields.choice_list import Choices
from ui.editor.fields.choices import actor_choices
from ui.editor.table.name_field import NameField, NameTarget
from ui.plain_words import plain_caption, plain_tip
from ui.theme import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

    from sopdesk.document.values import Lane
    from ui.editor.fields.vocabulary import Vocabulary
    from ui.session import Session


class LanesBar(QWidget):
    """One tab per lane, in the lanes' order, and a button for another."""

    def __init__(
        self, session: Session, vocabulary: Vocabulary, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._changes = session, LaneChanges(session)
        self._tabs = _LaneTabs(session, self._changes, vocabulary, self)
        self._add = QToolButton(self)
        self._add.setIcon(icon("add_lane"))
        self._add.setText(tr("Actor"))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setAutoRaise(True)
        self._add.setToolTip(tr("Add an actor"))
        self._add.setAccessibleName(tr("Add an actor"))
        self._add.clicked.connect(self.add_lane)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._tabs, 1)
        row.addWidget(self._add)
        session.sop_changed.connect(self._on_sop_changed)
        self._on_sop_changed()

    @property
    def tabs(self) -> _LaneTabs:
        """The tabs, one a lane."""
        return self._tabs

    def add_lane(self) -> None:
        """Add a lane at the right and ask for its name where it stands."""
        self._tabs.rename(self._changes.add())

    @property
    def field(self) -> NameField:
        """The field for a name."""
        return self._tabs.field

    def _on_sop_changed(self, _sop: object = None) -> None:
        self._add.setEnabled(not self._session.is_read_only)


class _LaneTabs(QTabBar):
    """The lanes as tabs that can be dragged; the order is written when the drag ends."""

    def __init__(
        self, session: Session, changes: LaneChanges, vocabulary: Vocabulary, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._changes, self._vocabulary = session, changes, vocabulary
        self._lanes: tuple[Lane, ...] = ()
        self.setAccessibleName(tr("Actors"))
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setStyleSheet("QTabBar::tab { padding: 3px 10px; }")
        self.tabBarDoubleClicked.connect(lambda index: self.rename(self._id_at(index)))
        session.sop_changed.connect(self._follow)
        session.selection_changed.connect(self._follow_selection)
        self._follow()
        self._field = NameField(self, session)  # Behind the tabs: it stands over one of them.

    # Following the value

    def _follow(self, _sop: object = None) -> None:
        procedure = self._session.procedure
        lanes = procedure.lanes if procedure is not None else ()
        if lanes == self._lanes:
            return
        self._lanes = lanes
        self.blockSignals(True)
        while self.count() > len(lanes):
            self.removeTab(self.count() - 1)
        while self.count() < len(lanes):
            self.addTab("")
        for index, lane in enumerate(lanes):
            self.setTabText(index, plain_caption(lane.name) or tr("(no name)"))
            self.setTabData(index, lane.id)
            self.setTabToolTip(index, plain_tip(" / ".join((*lane.group, lane.name))))
        self.blockSignals(False)
        self._follow_selection()

    def _follow_selection(self, _selection: object = None) -> None:
        """Stand on the lane of the selected symbol."""
        procedure, symbol = self._session.procedure, self._session.selection.symbol
        symbols = procedure.symbols if procedure is not None else ()
        lanes = next((known.lanes for known in symbols if known.id == symbol), ())
        order = [lane.id for lane in self._lanes]
        if lanes and lanes[0] in order:
            self.setCurrentIndex(order.index(lanes[0]))

    def _id_at(self, index: int) -> str | None:
        data = self.tabData(index) if index >= 0 else None
        return data if isinstance(data, str) else None

    def _index_of(self, lane: str) -> int:
        return next((i for i in range(self.count()) if self.tabData(i) == lane), -1)

    # Moving

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Write the order that a drag has come to, as one undo."""
        super().mouseReleaseEvent(event)
        shown = [self._id_at(index) for index in range(self.count())]
        for place, (lane, known) in enumerate(zip(shown, self._lanes, strict=False)):
            if lane is not None and lane != known.id:
                moved = self._moved(shown, place)
                self._move(moved, shown.index(moved))
                return

    def _moved(self, shown: list[str | None], place: int) -> str:
        """Return the lane that was dragged: the one whose removal makes both orders equal."""
        here = shown[place]
        without = [lane for lane in shown if lane != here]
        known = [lane.id for lane in self._lanes]
        is_here = without == [lane for lane in known if lane != here]
        return (here or "") if is_here else known[place]

    def _move(self, lane: str, to: int) -> None:
        self._changes.move(lane, to)
        self._follow()

    # Renaming

    def rename(self, lane: str | None) -> None:
        """Ask for a lane's name where its tab stands."""
        if lane is None or self._index_of(lane) < 0 or self._session.is_read_only:
            return

        def write(name: str) -> None:
            self._changes.rename(lane, name)

        target = self._target(lane, tr("Name of the actor"), lambda one: one.name, write)
        self._field.open(target, self._names)

    def _names(self) -> Choices:
        """Return what an actor can be called."""
        procedure = self._session.procedure
        return actor_choices(procedure, self._vocabulary.words("lanes")) if procedure else Choices()

    def _group(self, lane: str) -> None:
        def write(text: str) -> None:
            parts = (part.strip() for part in text.split("/"))
            self._changes.group(lane, tuple(part for part in parts if part))

        def read(known: Lane) -> str:
            return " / ".join(known.group)

        self._field.open(self._target(lane, tr("Heading above"), read, write))

    def _target(
        self, lane: str, name: str, read: Callable[[Lane], str], write: Callable[[str], None]
    ) -> NameTarget:
        """Return a text of a lane, over its tab."""

        def read_now() -> str | None:
            return next((read(known) for known in self._lanes if known.id == lane), None)

        return NameTarget(name, read_now, write, lambda: self.tabRect(self._index_of(lane)))

    @property
    def field(self) -> NameField:
        """The field for a name."""
        return self._field

    # Keys and menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename, move, remove; else walk along the tabs."""
        lane = self._id_at(self.currentIndex())
        ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if lane is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rename(lane)
        elif event.key() == Qt.Key.Key_Delete:
            self._changes.remove(lane)
        elif event.modifiers() == ctrl_shift and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if event.key() == Qt.Key.Key_Left else 1
            self._move(lane, max(0, self.currentIndex() + by))
            self.setCurrentIndex(self._index_of(lane))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to a lane."""
        index = self.tabAt(event.pos())
        if index >= 0 and not self._session.is_read_only:
            self.setCurrentIndex(index)
            self.menu_for(index).popup(event.globalPos() + QPoint(2, 2))

    def menu_for(self, index: int) -> QMenu:
        """Return the menu of a lane."""
        lane = self._id_at(index) or ""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename…"), lambda: self.rename(lane))
        menu.addAction(tr("Heading above…"), lambda: self._group(lane))
        menu.addSeparator()
        left = menu.addAction(tr("Move left"), lambda: self._move(lane, index - 1))
        left.setEnabled(index > 0)
        right = menu.addAction(tr("Move right"), lambda: self._move(lane, index + 1))
        right.setEnabled(index < self.count() - 1)
        menu.addSeparator()
        menu.addAction(
            tr("Remove (its symbols move to the neighbour)"), lambda: self._changes.remove(lane)
        )
        return menu
