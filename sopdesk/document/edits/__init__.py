"""What a clerk can do to an SOP, as pure functions from value to value.

Every edit keeps a valid value valid (see `validity`), heals the flow around what comes and goes,
and returns the same objects where nothing changes, so that what was derived from them stays good.
None raises on a legal value: what cannot be done changes nothing.
"""

from sopdesk.document.edits.flows import (
    connect,
    disconnect,
    reconnect,
    set_label,
    set_line,
    set_sides,
)
from sopdesk.document.edits.fragments import Fragment, copy_steps, paste_steps
from sopdesk.document.edits.lanes import (
    add_lane,
    move_lane,
    remove_lane,
    rename_lane,
    set_lane_group,
)
from sopdesk.document.edits.merging import merge_cells, part_cell
from sopdesk.document.edits.moving import move_step
from sopdesk.document.edits.replacing import Occurrence, Search, occurrences, replace_words
from sopdesk.document.edits.sops import (
    add_procedure,
    new_sop,
    remove_procedure,
    replace_procedure,
)
from sopdesk.document.edits.steps import change_step, delete_steps, insert_step
from sopdesk.document.edits.symbols import (
    add_on_flow,
    add_symbol,
    move_symbol,
    remove_symbol,
    set_kind,
    set_symbol_text,
)

__all__ = [
    "Fragment",
    "Occurrence",
    "Search",
    "add_lane",
    "add_on_flow",
    "add_procedure",
    "add_symbol",
    "change_step",
    "connect",
    "copy_steps",
    "delete_steps",
    "disconnect",
    "insert_step",
    "merge_cells",
    "move_lane",
    "move_step",
    "move_symbol",
    "new_sop",
    "occurrences",
    "part_cell",
    "paste_steps",
    "reconnect",
    "remove_lane",
    "remove_procedure",
    "remove_symbol",
    "rename_lane",
    "replace_procedure",
    "replace_words",
    "set_kind",
    "set_label",
    "set_lane_group",
    "set_line",
    "set_sides",
    "set_symbol_text",
]
