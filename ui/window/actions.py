"""What the window can do, as one table: name, words, icon, keys, and when it can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from sopdesk.foundation.wording import tr
from ui import theme
from ui.foreign_words import what_happened
from ui.plain_words import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ui.session import Session


class Need(Enum):
    """What must be there before something can be done."""

    NOTHING = auto()
    FILE = auto()
    WRITABLE_FILE = auto()
    ANY_SOP = auto()
    SOP = auto()
    WRITABLE_SOP = auto()
    SELECTED_STEPS = auto()
    UNDO = auto()
    REDO = auto()


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. `word` is the short text of the toolbar; `keys` are portable key sequences."""

    name: str
    text: str
    need: Need = Need.NOTHING
    icon: str = ""
    keys: tuple[str, ...] = ()
    word: str = ""
    is_checkable: bool = False


SPECS = (
    Spec("new_file", "New Office File…", icon="new_file", keys=("Ctrl+Shift+N",)),
    Spec("open_file", "Open…", icon="open", keys=("Ctrl+O",)),
    Spec("save", "Save", Need.WRITABLE_FILE, "save", ("Ctrl+S",), "Save"),
    Spec("send_copy", "Send a Copy…", Need.FILE),
    Spec("import_exchange", "Import Exchange File…", Need.WRITABLE_FILE),
    Spec("merge_file", "Merge Office File…", Need.WRITABLE_FILE),
    Spec("merge_report", "Report of the Last Merge…", Need.FILE),
    Spec("export_exchange", "Export Exchange File…", Need.ANY_SOP),
    Spec("print", "Print…", Need.ANY_SOP, "print", ("Ctrl+P",), "Print"),
    Spec("export_pdf", "Export PDF…", Need.ANY_SOP, "pdf", ("Ctrl+E",), "PDF"),
    Spec("backups", "Backups…", Need.FILE),
    Spec("recovery_copies", "Recovery Copies…"),
    Spec("verify_file", "Check the File", Need.FILE),
    Spec("office_settings", "Office Settings…", Need.WRITABLE_FILE, "settings"),
    Spec("quit", "Quit", keys=("Ctrl+Q",)),
    Spec("undo", "Undo", Need.UNDO, "undo", ("Ctrl+Z",)),
    Spec("redo", "Redo", Need.REDO, "redo", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Spec("find_sop", "Find SOP", Need.FILE, "search", ("Ctrl+F",)),
    Spec("replace_words", "Replace…", Need.WRITABLE_SOP, keys=("Ctrl+H",)),
    Spec("new_sop", "New SOP", Need.WRITABLE_FILE, "new_sop", ("Ctrl+N",), "New SOP"),
    Spec("plan_titles", "Register Titles…", Need.WRITABLE_FILE),
    Spec("copy_sop", "Duplicate", Need.WRITABLE_SOP),
    Spec("copy_sop_replacing", "Duplicate and Replace Words…", Need.WRITABLE_SOP),
    Spec("sheet_settings", "Sheet of This SOP…", Need.WRITABLE_SOP),
    Spec("history", "History…", Need.SOP, keys=("Ctrl+Shift+H",)),
    Spec("delete_sop", "Delete SOP", Need.WRITABLE_SOP),
    Spec("deleted_sops", "Deleted SOPs…", Need.FILE),
    Spec("insert_step", "Insert Step Below", Need.WRITABLE_SOP, "insert_step",
         ("Ctrl+Enter", "Ctrl+Return"), "Add Step"),
    Spec("insert_step_above", "Insert Step Above", Need.WRITABLE_SOP,
         keys=("Ctrl+Shift+Enter", "Ctrl+Shift+Return")),
    Spec("delete_step", "Delete Step", Need.SELECTED_STEPS, "delete_step", ("Ctrl+Del",),
         "Delete Step"),
    Spec("move_step_up", "Move Step Up", Need.SELECTED_STEPS, "move_up", ("Ctrl+Shift+Up",)),
    Spec("move_step_down", "Move Step Down", Need.SELECTED_STEPS, "move_down",
         ("Ctrl+Shift+Down",)),
    Spec("kind_start", "Start", Need.SELECTED_STEPS, "start", ("Ctrl+1",)),
    Spec("kind_process", "Process", Need.SELECTED_STEPS, "process", ("Ctrl+2",)),
    Spec("kind_decision", "Decision", Need.SELECTED_STEPS, "decision", ("Ctrl+3",)),
    Spec("kind_end", "End", Need.SELECTED_STEPS, "end", ("Ctrl+4",)),
    Spec("connect_next", "Leads to…", Need.SELECTED_STEPS, "connect", ("Ctrl+L",)),
    Spec("add_symbol", "Add a Symbol to This Step", Need.SELECTED_STEPS),
    Spec("refer_to_sop", "Refer to Another SOP…", Need.SELECTED_STEPS),
    Spec("lane_left", "Symbol to the Lane at the Left", Need.SELECTED_STEPS,
         keys=("Ctrl+Shift+Left",)),
    Spec("lane_right", "Symbol to the Lane at the Right", Need.SELECTED_STEPS,
         keys=("Ctrl+Shift+Right",)),
    Spec("add_lane", "Add Actor", Need.WRITABLE_SOP, "add_lane", word="Add Actor"),
    Spec("findings", "Check", Need.FILE, "check", ("F7",), "Check", is_checkable=True),
    Spec("library", "List of SOPs", Need.FILE, keys=("F9",), is_checkable=True),
    Spec("next_part", "Next Part", Need.FILE, keys=("F6",)),
    Spec("previous_part", "Previous Part", Need.FILE, keys=("Shift+F6",)),
    Spec("zoom_in", "Zoom In", Need.SOP, "zoom_in", ("Ctrl++", "Ctrl+=")),
    Spec("zoom_out", "Zoom Out", Need.SOP, "zoom_out", ("Ctrl+-",)),
    Spec("zoom_actual", "Actual Size", Need.SOP, keys=("Ctrl+0",)),
    Spec("fit", "Fit Page", Need.SOP, "fit", ("Ctrl+J",)),
    Spec("own_name", "Your Name…"),
    Spec("export_recap", "Export Recap to Excel…", Need.ANY_SOP, "recap", word="Recap"),
    Spec("recap_settings", "Title and Signatory of the Recap…", Need.WRITABLE_FILE),
    Spec("keys", "Keyboard Shortcuts", icon="help", keys=("F1",)),
    Spec("about", "About SOPDesk"),
)  # fmt: skip


class Actions(QObject):
    """The window's actions by name, `action_<name>` as object names, enabled as they can be done.

    Their keys work in the whole window.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._specs = {spec.name: spec for spec in SPECS}
        self._actions = {spec.name: _make(spec, window) for spec in SPECS}
        self._conditions: dict[str, Callable[[], bool]] = {}
        for signal in (
            session.file_changed,
            session.entries_changed,
            session.sop_changed,
            session.selection_changed,
            session.saved_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        """Return the action of this name."""
        return self._actions[name]

    def word(self, name: str) -> str:
        """Return an action's short text for the toolbar, `""` where its icon says enough."""
        word = self._specs[name].word
        return tr(word) if word else ""

    def connect_to(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Let each named action call its handler."""
        for name, handler in handlers.items():
            self._actions[name].triggered.connect(lambda _checked=False, call=handler: call())

    def require(self, name: str, is_possible: Callable[[], bool]) -> None:
        """Let an action be done only while this holds too; `refresh` asks it."""
        self._conditions[name] = is_possible
        self.refresh()

    def refresh(self) -> None:
        """Enable what can be done now, and say what undo and redo would do."""
        met = _met(self._session)
        for name, spec in self._specs.items():
            is_possible = self._conditions.get(name, lambda: True)
            self._actions[name].setEnabled(spec.need in met and is_possible())
        for name, text, label in (
            ("undo", tr("Undo"), self._session.undo_label),
            ("redo", tr("Redo"), self._session.redo_label),
        ):
            self._actions[name].setText(f"{text}: {label}" if label else text)
        self._say_where_undo_ends()

    def _say_where_undo_ends(self) -> None:
        """Say beside undo that it does not reach behind a change of another."""
        work = self._session.work
        loaded = work.loaded if work is not None else None
        hint = _tool_tip(self._specs["undo"], self._actions["undo"])
        if loaded is not None:
            hint = f"{hint}\n{what_happened(loaded)} {tr('Undo goes back to there.')}"
        self._actions["undo"].setToolTip(plain_tip(hint))


def _make(spec: Spec, window: QWidget) -> QAction:
    action = QAction(tr(spec.text), window)
    action.setObjectName(f"action_{spec.name}")
    if spec.icon:
        action.setIcon(theme.icon(spec.icon))
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    action.setCheckable(spec.is_checkable)
    action.setToolTip(_tool_tip(spec, action))
    window.addAction(action)
    return action


def _tool_tip(spec: Spec, action: QAction) -> str:
    plain = tr(spec.text).removesuffix("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{plain} ({keys})" if keys else plain


def _met(session: Session) -> set[Need]:
    """Return the needs that are met."""
    has_file, has_sop = session.file is not None, session.sop is not None
    can_write = has_file and not session.is_read_only
    selection = session.selection
    facts = {
        Need.NOTHING: True,
        Need.FILE: has_file,
        Need.WRITABLE_FILE: can_write,
        Need.ANY_SOP: bool(session.entries),
        Need.SOP: has_sop,
        Need.WRITABLE_SOP: has_sop and can_write,
        Need.SELECTED_STEPS: has_sop and can_write and bool(selection.steps or selection.symbol),
        Need.UNDO: session.can_undo,
        Need.REDO: session.can_redo,
    }
    return {need for need, is_met in facts.items() if is_met}
