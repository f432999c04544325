from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sopdesk.document import history
from sopdesk.document.edits import new_sop
from sopdesk.document.history import History
from sopdesk.document.unread import Unread


def test_undo_returns_the_value_before_and_redo_the_one_after() -> None:
    first, second = new_sop("satu"), new_sop("dua")
    past = History(first)
    past.record("Ganti judul", second)
    assert (past.sop, past.undo_label, past.redo_label) == (second, "Ganti judul", None)
    assert past.undo() is first
    assert (past.can_undo, past.redo_label) == (False, "Ganti judul")
    assert past.redo() is second
    assert (past.can_undo, past.can_redo) == (True, False)


@given(st.lists(st.sampled_from(["record", "merge", "undo", "redo"]), max_size=30))
def test_all_undone_is_the_beginning_and_all_redone_the_end(moves: list[str]) -> None:
    first = new_sop()
    past = History(first)
    for number, move in enumerate(moves):
        if move in ("record", "merge"):
            past.record(move, new_sop(str(number)), "key" if move == "merge" else None)
        else:
            getattr(past, move)()
    last = past.sop
    while past.can_redo:
        last = past.redo()
    while past.can_undo:
        past.undo()
    assert past.sop is first
    while past.can_redo:
        past.redo()
    assert past.sop is last


def test_keystrokes_in_one_field_are_one_change() -> None:
    first = new_sop()
    past = History(first)
    for title in ("S", "Su", "Sur"):
        past.record("Ketik", new_sop(title), "title")
    assert past.undo() is first
    assert past.redo().identity.title == "Sur"


def test_other_keys_an_undo_or_an_end_part_the_changes() -> None:
    past = History(new_sop("0"))
    past.record("Ketik", new_sop("1"), "title")
    past.record("Ketik", new_sop("2"), "number")
    assert past.undo().identity.title == "1"
    past.record("Ketik", new_sop("3"), "title")
    assert past.undo().identity.title == "1"
    past.redo()
    past.end_merge()
    past.record("Ketik", new_sop("4"), "title")
    assert past.undo().identity.title == "3"


def test_a_change_after_an_undo_forgets_what_was_undone() -> None:
    past = History(new_sop("0"))
    past.record("Ketik", new_sop("1"))
    past.undo()
    past.record("Ketik", new_sop("2"))
    assert not past.can_redo


def test_the_same_value_is_no_change() -> None:
    sop = new_sop()
    past = History(sop)
    past.record("Ketik", sop)
    assert not past.can_undo


def test_undo_and_redo_of_nothing_change_nothing() -> None:
    sop = new_sop()
    past = History(sop)
    assert past.undo() is sop
    assert past.redo() is sop


def test_the_oldest_changes_are_forgotten_first() -> None:
    past = History(new_sop("awal"))
    for number in range(history.MOST + 5):
        past.record("Ketik", new_sop(str(number)))
    while past.can_undo:
        past.undo()
    assert past.sop.identity.title == "4"


def test_what_cannot_be_read_goes_back_and_forth_with_the_value() -> None:
    sop, red = new_sop(), Unread(0, "a", "next", "entah")
    past = History(sop)
    past.record("Ketik", sop, unread=(red,))
    past.record("Ketik", new_sop("lain"))
    assert past.unread == (red,)
    past.undo()
    past.undo()
    assert past.unread == ()
    assert not past.can_undo
    past.redo()
    assert (past.sop, past.unread) == (sop, (red,))
