"""The actors of the flow table in their order: add, rename, move, group, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QTabBar, QToolButton, QWidget

from sopdesk.document import edits
from sopdesk.foundation.wording import tr
from ui.plain_words import plain_caption, plain_tip
from ui.theme import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent

    from sopdesk.document.values import Lane, Procedure, Sop
    from ui.editor.changes.commands import Commands
    from ui.session import Session


class LanesBar(QWidget):
    """One tab per lane, in the lanes' order, and a button for another."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._commands = session, commands
        self._tabs = _LaneTabs(session, commands, self)
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
        self._tabs.rename(self._commands.add_lane())

    def commit(self) -> None:
        """Write a name that is being typed."""
        self._tabs.commit()

    def as_typed(self) -> Sop | None:
        """Return the SOP with the name in it that is being typed; None for none."""
        return self._tabs.as_typed()

    def _on_sop_changed(self, _sop: object = None) -> None:
        self._add.setEnabled(not self._session.is_read_only)


class _LaneTabs(QTabBar):
    """The lanes as tabs that can be dragged; the order is written when the drag ends."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._commands = session, commands
        self._lanes: tuple[Lane, ...] = ()
        self._field: QLineEdit | None = None
        self._field_writes: Callable[[str], None] | None = None
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
        lanes = (
            next((s.lanes for s in procedure.symbols if s.id == symbol), ())
            if (procedure is not None)
            else ()
        )
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
        self._session.apply_to_procedure(
            tr("Move actor"), lambda value: edits.move_lane(value, lane, to)
        )
        self._follow()

    # Renaming

    def rename(self, lane: str | None) -> None:
        """Ask for a lane's name where its tab stands."""
        index = self._index_of(lane) if lane is not None else -1
        if lane is None or index < 0 or self._session.is_read_only:
            return
        known = next(known for known in self._lanes if known.id == lane)

        def write(name: str) -> None:
            self._commands.rename_lane(lane, name)

        self._ask(index, known.name, tr("Name of the actor"), write)

    def _group(self, lane: str) -> None:
        known = next(known for known in self._lanes if known.id == lane)

        def write(text: str) -> None:
            group = tuple(part.strip() for part in text.split("/") if part.strip())
            self._session.apply_to_procedure(
                tr("Group actor"), lambda value: edits.set_lane_group(value, lane, group)
            )

        self._ask(self._index_of(lane), " / ".join(known.group), tr("Heading above"), write)

    def _ask(self, index: int, text: str, name: str, write: Callable[[str], None]) -> None:
        self.commit()
        rect = self.tabRect(index)
        at = self.mapTo(self.window(), rect.topLeft())
        field = QLineEdit(text, self.window())
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.setGeometry(QRect(at, rect.size().expandedTo(field.sizeHint())))
        field.installEventFilter(self)
        field.returnPressed.connect(self.commit)
        self._field, self._field_writes = field, write
        field.show()
        field.raise_()
        field.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def field(self) -> QLineEdit | None:
        """The field for a name, while it is open."""
        return self._field

    def commit(self) -> None:
        """Write the name that is being typed."""
        field, write = self._field, self._field_writes
        self._close_field()
        if field is not None and write is not None:
            write(field.text().strip())

    def as_typed(self) -> Sop | None:
        """Return the SOP with the name in it that is being typed; None for none."""
        field, write = self._field, self._field_writes
        if field is None or write is None:
            return None
        return self._session.rehearse(lambda: write(field.text().strip()))

    def _close_field(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            field.removeEventFilter(self)
            field.hide()
            field.deleteLater()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write a name when its field is left, give it up by Esc."""
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._close_field()
            return True
        return super().eventFilter(watched, event)

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
            self._remove(lane)
        elif event.modifiers() == ctrl_shift and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if event.key() == Qt.Key.Key_Left else 1
            self._move(lane, max(0, self.currentIndex() + by))
            self.setCurrentIndex(self._index_of(lane))
        else:
            super().keyPressEvent(event)

    def _remove(self, lane: str) -> None:
        def edit(value: Procedure) -> Procedure:
            return edits.remove_lane(value, lane)

        self._session.apply_to_procedure(tr("Remove actor"), edit)

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
        menu.addAction(tr("Remove (its symbols move to the neighbour)"), lambda: self._remove(lane))
        return menu
