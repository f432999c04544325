"""The menus at the pointer: what can be done to the selected step, symbol or arrow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from sopdesk.document.values import Line, Side
from sopdesk.foundation.wording import tr
from ui.editor.keys import Command
from ui.editor.kind_icons import kind_icon
from ui.editor.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.editor.changes.commands import Commands
    from ui.editor.popups.cell_merging import CellMerging

_NATIVE = QKeySequence.SequenceFormat.NativeText


def kinds_menu(parent: QWidget, commands: Commands) -> QMenu:
    """Return the menu of the four kinds, the selected symbol's checked."""
    menu = _menu(parent)
    _add_kinds(menu, commands)
    return menu


def step_menu(
    parent: QWidget,
    commands: Commands,
    do: Callable[[Command], None],
    cells: CellMerging,
    empty_cells: Callable[[], object] | None = None,
) -> QMenu:
    """Return the menu of the selected step, its symbol, and the cells pointed at.

    `empty_cells` is what Del does in a table of cells; without it Del deletes the symbol.
    """
    menu = _menu(parent)
    for group in _step_groups():
        for text, keys, command in group:
            _add(menu, text, keys, partial(do, command))
        menu.addSeparator()
    _add(menu, tr("Add a Symbol to This Step"), "", partial(do, Command.ADD_SYMBOL))
    _add(menu, tr("Refer to Another SOP…"), "", partial(do, Command.REFER))
    if empty_cells is not None:
        _add(menu, tr("Empty the Cells"), "Del", empty_cells)
    if cells.is_possible:
        menu.addSeparator()
        _add_merging(menu, cells)
    if commands.selected_symbol() is not None:
        menu.addSeparator()
        _add_kinds(menu, commands)
        menu.addSeparator()
        _add(menu, tr("Leads to…"), "Ctrl+L", lambda: do(Command.CONNECT))
        keys = "Del" if empty_cells is None else ""
        _add(menu, tr("Delete symbol"), keys, commands.remove_symbols)
    return menu


def _step_groups() -> tuple[tuple[tuple[str, str, Command], ...], ...]:
    """Return what can be done to any step, in groups: words, keys and command."""
    return (
        (
            (tr("Insert Step Below"), "Ctrl+Enter", Command.INSERT_BELOW),
            (tr("Insert Step Above"), "Ctrl+Shift+Enter", Command.INSERT_ABOVE),
            (tr("Move Step Up"), "Ctrl+Shift+Up", Command.MOVE_UP),
            (tr("Move Step Down"), "Ctrl+Shift+Down", Command.MOVE_DOWN),
            (tr("Delete Step"), "Ctrl+Del", Command.DELETE_STEPS),
        ),
        (
            (tr("Cut"), "Ctrl+X", Command.CUT),
            (tr("Copy"), "Ctrl+C", Command.COPY),
            (tr("Paste"), "Ctrl+V", Command.PASTE),
        ),
    )


def _add_merging(menu: QMenu, cells: CellMerging) -> None:
    words = tr("Merge with the Row Below") if cells.is_single else tr("Merge Cells")
    merge = menu.addAction(words, lambda: cells.merge())
    merge.setEnabled(cells.can_merge)
    if cells.can_part:
        menu.addAction(tr("Part Cells"), lambda: cells.part())


def flow_menu(parent: QWidget, commands: Commands, edit_label: Callable[[], object]) -> QMenu:
    """Return the menu of the selected arrow."""
    menu = _menu(parent)
    _add(menu, tr("Edit label"), "F2", edit_label)
    line = menu.addAction(tr("Plain line without arrow head"))
    line.setCheckable(True)
    flow = commands.selected_flow()
    line.setChecked(flow is not None and flow.line is Line.PLAIN)
    line.triggered.connect(
        lambda is_plain: commands.set_line(Line.PLAIN if is_plain else Line.ARROW)
    )
    if flow is not None:
        _add_sides(menu, tr("Leaves at"), flow.exit, (Side.LEFT, Side.RIGHT, Side.BOTTOM),
                   lambda side: commands.set_sides(side, flow.entry))  # fmt: skip
        _add_sides(menu, tr("Enters at"), flow.entry, (Side.LEFT, Side.RIGHT, Side.TOP),
                   lambda side: commands.set_sides(flow.exit, side))  # fmt: skip
    menu.addSeparator()
    _add(menu, tr("Delete arrow"), "Del", commands.remove_selected)
    return menu


def _add_sides(
    menu: QMenu,
    title: str,
    chosen: Side | None,
    sides: tuple[Side, ...],
    choose: Callable[[Side | None], object],
) -> None:
    words = {
        Side.LEFT: tr("the left"),
        Side.RIGHT: tr("the right"),
        Side.TOP: tr("the top"),
        Side.BOTTOM: tr("the bottom"),
    }
    below = menu.addMenu(title)
    group = QActionGroup(below)
    for side in (None, *sides):
        action = below.addAction(tr("wherever it fits") if side is None else words[side])
        action.setCheckable(True)
        action.setChecked(side is chosen)
        action.triggered.connect(partial(_call, choose, side))
        group.addAction(action)


def _call(choose: Callable[[Side | None], object], side: Side | None, _checked: bool) -> None:
    choose(side)


def _add_kinds(menu: QMenu, commands: Commands) -> None:
    symbol = commands.selected_symbol()
    group = QActionGroup(menu)
    for number, (kind, word) in enumerate(kind_words().items(), 1):
        action = _add(menu, word, f"Ctrl+{number}", partial(commands.set_kind, kind))
        action.setIcon(kind_icon(kind))
        action.setCheckable(True)
        action.setChecked(symbol is not None and symbol.kind is kind)
        group.addAction(action)


def _add(menu: QMenu, text: str, keys: str, do: Callable[[], object]) -> QAction:
    """Add an entry that tells its keys; they are not its shortcut, the views know them."""
    action = menu.addAction(f"{text}\t{QKeySequence(keys).toString(_NATIVE)}" if keys else text)
    action.triggered.connect(lambda _checked=False: do())
    return action


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
