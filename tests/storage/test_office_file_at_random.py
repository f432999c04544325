"""Whatever is done in whatever order, by two who share the file: it says what a list would say."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from strategies import sops

from sopdesk.document.ids import new_uuid
from sopdesk.document.values import Sop
from sopdesk.foundation.faults import UserError
from sopdesk.storage.office_file import create, open_file
from sopdesk.storage.verification import verify

WHO = st.integers(0, 1)
PLACE = st.integers(1, 6)


class SharedFile(RuleBasedStateMachine):
    """Two clerks on one file, and the list of (value, number of saves) that it must be."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name, "kantor.db")
        self.files = [create(path), open_file(path)]
        self.expected: list[tuple[Sop, int]] = []

    def teardown(self) -> None:
        assert verify(self.files[0].path).is_sound
        for file in self.files:
            file.close()
        self.folder.cleanup()

    def at(self, place: int) -> int:
        return (place - 1) % len(self.expected)

    @rule(who=WHO, place=PLACE, sop=sops(most_procedures=1, most_steps=2))
    def add(self, who: int, place: int, sop: Sop) -> None:
        sop = Sop(sop.identity, sop.procedures, sop.status, uuid=new_uuid())
        rev = self.files[who].add(sop, place)
        self.expected.insert(place - 1, (sop, rev))

    @precondition(lambda self: self.expected)
    @rule(who=WHO, place=PLACE, value=sops(most_procedures=1, most_steps=2), is_late=st.booleans())
    def save(self, who: int, place: int, value: Sop, is_late: bool) -> None:
        index = self.at(place)
        before, rev = self.expected[index]
        sop = Sop(value.identity, value.procedures, value.status, uuid=before.uuid)
        if is_late:
            try:
                self.files[who].save(sop, rev - 1)
            except UserError as fault:
                if fault.code == "save_conflict":
                    return
            raise AssertionError("a save over an old state was taken")
        self.expected[index] = (sop, self.files[who].save(sop, rev))

    @precondition(lambda self: self.expected)
    @rule(who=WHO, place=PLACE)
    def delete(self, who: int, place: int) -> None:
        sop, _ = self.expected.pop(self.at(place))
        self.files[who].delete(sop.uuid)

    @precondition(lambda self: self.expected)
    @rule(who=WHO, place=PLACE, to=PLACE)
    def move(self, who: int, place: int, to: int) -> None:
        moved = self.expected.pop(self.at(place))
        self.files[who].move(moved[0].uuid, to)
        self.expected.insert(to - 1, moved)

    @precondition(lambda self: self.expected)
    @rule(who=WHO, place=PLACE)
    def bring_in_again(self, who: int, place: int) -> None:
        sop, _ = self.expected[self.at(place)]
        assert self.files[who].add_new([sop]).skipped == (sop,)

    @invariant()
    def both_see_the_same(self) -> None:
        for file in self.files:
            assert [(stored.sop, stored.rev) for stored in file.load_all()] == self.expected
            assert [
                (entry.uuid, entry.rev, entry.title, entry.unit) for entry in file.entries()
            ] == [
                (sop.uuid, rev, sop.identity.title, sop.identity.unit) for sop, rev in self.expected
            ]


TestSharedFile = SharedFile.TestCase
TestSharedFile.settings = settings(max_examples=12, stateful_step_count=12)
