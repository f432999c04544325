from __future__ import annotations

import pytest

from sopdesk.document.lettering import letters


@pytest.mark.parametrize(
    ("number", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_letters_go_on_after_z(number: int, text: str) -> None:
    assert letters(number) == text
