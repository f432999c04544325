"""The words that an office has used are offered, and no other office's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopdesk.document.edits import new_sop
from sopdesk.storage.office_file import create, open_file
from ui.editor.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.session import Session


def test_words_are_those_of_the_open_file(
    qtbot: QtBot, session: Session, office_path: Path, tmp_path: Path
) -> None:
    vocabulary = Vocabulary(session)
    vocabulary.words("lanes")
    qtbot.waitUntil(lambda: vocabulary.words("lanes") == ["Staf"])
    other = tmp_path / "lain.db"
    with create(other) as made:
        made.add(new_sop("Tanpa langkah"))
    session.use_file(open_file(other))
    assert vocabulary.words("lanes") == []
