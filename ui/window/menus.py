"""Where each action stands in the menu bar, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.foundation.wording import tr
from ui.window.toolbar import LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QMainWindow, QMenu

    from ui.window.actions import Actions

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "&File",
        (
            "new_file", "open_file", "@recent", LINE,
            "save", "send_copy", LINE,
            "import_exchange", "merge_file", "merge_report", "export_exchange", LINE,
            "print", "export_pdf", LINE,
            "@safety", "office_settings", LINE,
            "quit",
        ),
    ),
    ("&Edit", ("undo", "redo", LINE, "find_sop", "replace_words")),
    (
        "&SOP",
        ("new_sop", "copy_sop", "copy_sop_replacing", "plan_titles", LINE,
         "@status", "sheet_settings", LINE, "history", LINE, "delete_sop", "deleted_sops"),
    ),
    (
        "S&tep",
        ("insert_step", "insert_step_above", "delete_step", LINE,
         "move_step_up", "move_step_down", LINE,
         "kind_start", "kind_process", "kind_decision", "kind_end", "add_symbol", LINE,
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


def names_in(menus: Sequence[tuple[str, Sequence[str]]] = MENUS) -> tuple[tuple[str, str], ...]:
    """Return (menu, action name) for every action in the menus."""
    return tuple(
        (title, name)
        for title, names in menus
        for name in names
        if name != LINE and not name.startswith("@")
    )
