"""The window's middle: the welcome page, or library, editor and findings side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sopdesk.foundation.wording import tr
from ui.editor import EditorPane
from ui.editor.keys import Command
from ui.findings.findings_panel import FindingsPanel
from ui.library.library_panel import LibraryPanel
from ui.plain_words import PlainLabel
from ui.window.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from ui.findings.found import Found
    from ui.session import Session
    from ui.settings import Settings
    from ui.toast import Toast
    from ui.window.actions import Actions

_LIBRARY_WIDTH = 264
_FINDINGS_WIDTH = 270
_COMMANDS = {
    "insert_step": Command.INSERT_BELOW,
    "insert_step_above": Command.INSERT_ABOVE,
    "delete_step": Command.DELETE_STEPS,
    "move_step_up": Command.MOVE_UP,
    "move_step_down": Command.MOVE_DOWN,
    "kind_start": Command.START,
    "kind_process": Command.PROCESS,
    "kind_decision": Command.DECISION,
    "kind_end": Command.END,
    "add_symbol": Command.ADD_SYMBOL,
    "connect_next": Command.CONNECT,
    "refer_to_sop": Command.REFER,
    "lane_left": Command.LANE_LEFT,
    "lane_right": Command.LANE_RIGHT,
}
"""What the actions ask of the editor, on what is selected."""


class Workspace(QSplitter):
    """Library, editor, findings; the outer two can be folded away and keep their widths."""

    def __init__(
        self, session: Session, found: Found, settings: Settings, actions: Actions, toast: Toast
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._toast = toast
        self.setHandleWidth(1)
        self.library = LibraryPanel(session)
        self.editor = EditorPane(session)
        self._middle = QStackedWidget()
        self._middle.addWidget(_NoSop(session, actions))
        self._middle.addWidget(self.editor)
        self.banner = Banner(session)
        self._findings = FindingsPanel(session, found, actions["findings"])
        for panel in (self.library, _below(self.banner, self._middle), self._findings):
            self.addWidget(panel)
            self.setCollapsible(self.count() - 1, False)
        self.setStretchFactor(1, 1)
        self.setSizes([_LIBRARY_WIDTH, 4 * _LIBRARY_WIDTH, _FINDINGS_WIDTH])
        self.restoreState(settings.layout("workspace"))
        self._follow(actions["library"], self.library, shown=True)
        self._follow(actions["findings"], self._findings, shown=False)
        self._findings.identity_asked.connect(self.editor.edit_identity)
        self._findings.sheet_asked.connect(actions["sheet_settings"].trigger)
        session.sop_changed.connect(self._on_sop_changed)
        self._on_sop_changed(session.sop)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions call in these panels."""
        editor = self.editor
        return {
            "find_sop": self._find_sop,
            "replace_words": editor.replace_words,
            "copy_sop_replacing": self._copy_and_replace,
            "next_part": partial(self._go_on, 1),
            "previous_part": partial(self._go_on, -1),
            **{name: partial(editor.do, command) for name, command in _COMMANDS.items()},
            "add_lane": editor.add_lane,
            "zoom_in": editor.zoom_in,
            "zoom_out": editor.zoom_out,
            "zoom_actual": editor.zoom_actual,
            "fit": editor.fit,
        }

    def _find_sop(self) -> None:
        self._actions["library"].setChecked(True)
        self.library.begin_search()

    def _copy_and_replace(self) -> None:
        """Show a copy of the SOP, and ask which of its words are to be others."""
        original = self._session.sop
        self._actions["copy_sop"].trigger()
        copy = self._session.sop
        if copy is not None and original is not None and copy.uuid != original.uuid:
            self.editor.replace_words()

    def _go_on(self, by: int) -> None:
        """Put the cursor into the next part that shows, after the last one into the first."""
        parts = [part for part in (self.library, *self.editor.parts) if part.isVisible()]
        if self._toast.isVisible():
            parts.append(self._toast)
        focused = self.window().focusWidget()
        here = [
            focused is not None and (part is focused or part.isAncestorOf(focused))
            for part in parts
        ]
        at = here.index(True) + by if True in here else 0
        if parts:
            parts[at % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, action: QAction, panel: QWidget, shown: bool) -> None:
        """Show and hide a panel with its checkable action, as it was at the last end."""
        name = action.objectName()
        action.toggled.connect(panel.setVisible)
        action.setChecked(self._settings.is_shown(name, shown))
        panel.setVisible(action.isChecked())
        action.toggled.connect(lambda is_shown: self._settings.keep_shown(name, is_shown))

    def keep_layout(self) -> None:
        """Remember the widths for the next start."""
        self._settings.keep_layout("workspace", self.saveState())

    def _on_sop_changed(self, sop: object) -> None:
        self._middle.setCurrentIndex(0 if sop is None else 1)


def _below(banner: QWidget, middle: QWidget) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(banner)
    column.addWidget(middle, 1)
    return both


class _NoSop(QWidget):
    """What stands in the middle while no SOP is open."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self._session = session
        self._words = PlainLabel("")
        self._words.setForegroundRole(self._words.foregroundRole().PlaceholderText)
        button = QPushButton(actions["new_sop"].icon(), actions["new_sop"].text())
        button.clicked.connect(actions["new_sop"].trigger)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch()
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        session.entries_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        has_some = bool(self._session.entries)
        choose = tr("Choose an SOP at the left, or begin a new one.")
        self._words.setText(choose if has_some else tr("Begin the first SOP of this office."))
