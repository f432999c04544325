from __future__ import annotations

from sopdesk.document.values import Lane
from sopdesk.sheet.remembering import remember


def counting(size: int) -> tuple[list[object], object]:
    asked: list[object] = []

    @remember(size)
    def named(value: object, width: float = 0.0) -> list[object]:
        asked.append(value)
        return [value, width]

    return asked, named


def test_the_same_value_is_computed_once() -> None:
    asked, named = counting(4)
    lane = Lane("a", "Staf")
    assert named(lane) is named(lane)  # type: ignore[operator]
    assert len(asked) == 1


def test_an_equal_value_is_another_value() -> None:
    asked, named = counting(4)
    assert named(Lane("a")) == named(Lane("a"))  # type: ignore[operator]
    assert len(asked) == 2


def test_numbers_and_texts_are_told_apart_by_value_and_kind() -> None:
    asked, named = counting(9)
    lane = Lane("a")
    for width in (1.5, float("1.5"), 1, True, "1", None):
        named(lane, width)  # type: ignore[operator]
    assert len(asked) == 5


def test_what_is_named_is_not_taken_for_what_is_placed() -> None:
    asked, named = counting(4)
    lane = Lane("a")
    assert named(lane, width=2.0) == named(lane, 2.0) == [lane, 2.0]  # type: ignore[operator]
    assert len(asked) == 2


def test_what_was_asked_last_is_kept() -> None:
    asked, named = counting(2)
    a, b, c = Lane("a"), Lane("b"), Lane("c")
    for lane in (a, b, a, c, a):
        named(lane)  # type: ignore[operator]
    assert asked == [a, b, c]
    named(b)  # type: ignore[operator]
    assert asked == [a, b, c, b]


def test_the_argument_lives_as_long_as_its_result() -> None:
    _, named = counting(50)
    for number in range(50):
        assert named(Lane(str(number)))[0] == Lane(str(number))  # type: ignore[operator]
