"""Where each action stands: the menu bar and the toolbar, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton

from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QMainWindow

    from ui.window.actions import Actions

LINE = ""
"""A separator between actions."""

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "new_file", "open_file", "@recent", LINE,
            "save", "send_copy", LINE,
            "import_exchange", "merge_file", "export_exchange", LINE,
            "print", "export_pdf", LINE,
            "@safety", "office_settings", LINE,
            "quit",
        ),
    ),
    ("&Edit", ("undo", "redo", LINE, "find_sop", "replace_words")),
    (
        "&SOP",
        ("new_sop", "copy_sop", "plan_titles", LINE, "@status", "sheet_settings", LINE,
         "history", LINE, "delete_sop", "deleted_sops"),
    ),
    (
        "S&tep",
        ("insert_step", "insert_step_above", "delete_step", LINE,
         "move_step_up", "move_step_down", LINE,
         "kind_start", "kind_process", "kind_decision", "kind_end", LINE,
         "connect_next", "refer_to_sop", "lane_left", "lane_right", LINE, "add_lane"),
    ),
    (
        "&View",
        ("library", "findings", LINE, "next_part", "previous_part", LINE,
         "zoom_in", "zoom_out", "zoom_actual", "fit", LINE, "@language", "own_name"),
    ),
    ("&Recap", ("export_recap", "recap_settings")),
    ("&Help", ("keys", "about")),
)  # fmt: skip
"""Menus in order; `@name` is the place of a submenu, of `SUBMENUS` or handed in."""

SUBMENUS: dict[str, tuple[str, tuple[str, ...]]] = {
    "safety": ("Backup and Recovery", ("backups", "recovery_copies", LINE, "verify_file")),
}
"""Submenus of actions, by name."""

TOOLBAR = (
    "new_sop", "save", LINE, "undo", "redo", LINE,
    "insert_step", "delete_step", "move_step_up", "move_step_down", "add_lane", LINE,
    "findings", LINE, "print", "export_pdf", "export_recap",
)  # fmt: skip


def fill_menu_bar(window: QMainWindow, actions: Actions, submenus: Mapping[str, QMenu]) -> None:
    """Put the menus into the window's bar."""
    for title, names in MENUS:
        _fill(window.menuBar().addMenu(tr(title)), names, actions, submenus)


def _fill(
    menu: QMenu, names: Sequence[str], actions: Actions, submenus: Mapping[str, QMenu]
) -> None:
    for name in names:
        submenu = name.removeprefix("@")
        if name == LINE:
            menu.addSeparator()
        elif submenu in SUBMENUS:
            title, inner = SUBMENUS[submenu]
            _fill(menu.addMenu(tr(title)), inner, actions, submenus)
        elif name.startswith("@"):
            menu.addMenu(submenus[submenu])
        else:
            menu.addAction(actions[name])


def add_toolbar(window: QMainWindow, actions: Actions) -> QToolBar:
    """Put the one compact toolbar into the window: words where an icon says too little."""
    bar = QToolBar(tr("Toolbar"), window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in TOOLBAR:
        if name == LINE:
            bar.addSeparator()
            continue
        bar.addAction(actions[name])
        button = bar.widgetForAction(actions[name])
        word = actions.word(name)
        if word and isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            # Qt leaves no room between an icon and its word.
            actions[name].setIconText(f" {word}")
    window.addToolBar(bar)
    return bar


def names_in(menus: Sequence[tuple[str, Sequence[str]]] = MENUS) -> tuple[tuple[str, str], ...]:
    """Return (menu, action name) for every action in the menus."""
    return tuple(
        (title, name)
        for title, names in menus
        for name in names
        if name != LINE and not name.startswith("@")
    )
