"""The changes to the lanes of the flow table that is looked at, each one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document import edits
from sopdesk.document.values import Lane
from sopdesk.foundation.wording import tr

if TYPE_CHECKING:
    from ui.session import Session


class LaneChanges:
    """What can be done to a lane; right after it was added, its first name is the same undo."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self) -> str:
        """Add a lane at the right, named by its place until it is renamed; return its id."""
        procedure = self._session.procedure
        count = len(procedure.lanes) if procedure is not None else 0
        lane = Lane(name=tr("Actor {number}", number=count + 1))
        self._session.apply_to_procedure(
            tr("Add actor"), lambda value: edits.add_lane(value, lane), _merge_key(lane.id)
        )
        return lane.id

    def rename(self, lane: str, name: str) -> None:
        """Name a lane."""
        self._session.apply_to_procedure(
            tr("Rename actor"), lambda value: edits.rename_lane(value, lane, name), _merge_key(lane)
        )

    def group(self, lane: str, group: tuple[str, ...]) -> None:
        """Put headings above a lane, from the outermost in."""
        self._session.apply_to_procedure(
            tr("Group actor"), lambda value: edits.set_lane_group(value, lane, group)
        )

    def move(self, lane: str, to: int) -> None:
        """Move a lane to a place, the first being 0."""
        self._session.apply_to_procedure(
            tr("Move actor"), lambda value: edits.move_lane(value, lane, to)
        )

    def remove(self, lane: str) -> None:
        """Remove a lane; its symbols move to the neighbour."""
        self._session.apply_to_procedure(
            tr("Remove actor"), lambda value: edits.remove_lane(value, lane)
        )


def _merge_key(lane: str) -> str:
    """Return what lets the addition of a lane and its first name be one undo."""
    return f"lane/{lane}"
