"""Ganti: words of the whole SOP found and replaced, one by one or all at once, each one undo.

It stays beside the editor: what the list stands on is shown there, and what is changed there is
found anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from sopdesk.document.edits import Search, occurrences, replace_words
from sopdesk.foundation.wording import tr
from ui.comparison.words import field_word
from ui.dialogs.fields import form
from ui.editor.words import number_of
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from sopdesk.document.edits import Occurrence
    from sopdesk.document.values import Sop
    from ui.session import Session

_AROUND = 28
"""How many characters of a text are listed, at least, on either side of what was found."""
_OFF_PX = 24
"""How far it stands, at first, from the window's corner: the step table stays in sight."""


class ReplaceDialog(QDialog):
    """Two fields, the places that were found, and what to do with them."""

    place_chosen = Signal(object)
    """An `Occurrence` is to be shown in the editor."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("replace_dialog")
        self.setWindowTitle(tr("Replace"))
        self._session = session
        self._found: tuple[Occurrence, ...] = ()
        self._words, self._by = QLineEdit(), QLineEdit()
        self._is_whole = QCheckBox(tr("Whole words only"))
        self._is_whole.setChecked(True)
        self._is_exact = QCheckBox(tr("Tell capitals apart"))
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Places found"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._said = PlainLabel("")
        self._next = QPushButton(tr("Next"))
        self._one = QPushButton(tr("Replace"))
        self._all = QPushButton(tr("Replace All"))
        self._arrange()
        for signal in (
            self._words.textChanged, self._is_whole.toggled, self._is_exact.toggled,
        ):  # fmt: skip
            signal.connect(lambda _: self._look())
        session.sop_changed.connect(self._on_sop_changed)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._next.clicked.connect(self._go_on)
        self._one.clicked.connect(self._replace_one)
        self._all.clicked.connect(self._replace_all)
        self.resize(560, 420)

    def _arrange(self) -> None:
        fields = form()
        fields.addRow(tr("Find"), self._words)
        fields.addRow(tr("Replace by"), self._by)
        options, buttons = QHBoxLayout(), QHBoxLayout()
        options.setSpacing(18)
        for box in (self._is_whole, self._is_exact):
            options.addWidget(box)
        options.addStretch()
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        self._next.setDefault(True)
        buttons.addWidget(self._said, 1)
        for button in (self._next, self._one, self._all, close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addLayout(fields)
        column.addLayout(options)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)

    def begin(self) -> None:
        """Show, the cursor in the words to find."""
        self._look()
        if not self.testAttribute(Qt.WidgetAttribute.WA_Moved):
            self._stand_aside()
        self.show()
        self.activateWindow()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._words.selectAll()

    def _stand_aside(self) -> None:
        window = self.parentWidget()
        assert window is not None
        corner = window.mapToGlobal(window.rect().bottomRight())
        self.move(corner - QPoint(self.width() + _OFF_PX, self.height() + _OFF_PX))

    def event(self, event: QEvent) -> bool:
        """Find the words in what is being typed, too, before one of them is chosen here."""
        if event.type() == QEvent.Type.WindowActivate:
            self._session.commit_asked.emit()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing while nobody sees it."""
        self._list.clear()
        super().hideEvent(event)

    # Looking

    @property
    def _search(self) -> Search:
        return Search(self._words.text(), self._is_whole.isChecked(), self._is_exact.isChecked())

    def _on_sop_changed(self, _sop: object) -> None:
        if self.isVisible():
            self._look(self._list.currentRow())

    def _look(self, row: int = -1) -> None:
        """Find the words anew, and stand on the place of this row, as far as it is still there."""
        sop, before = self._session.sop, self._found[: row + 1]
        self._found = occurrences(sop, self._search) if sop is not None else ()
        self._list.blockSignals(True)
        self._list.clear()
        for found in self._found:
            self._list.addItem(QListWidgetItem(_line(sop, found)))  # type: ignore[arg-type]
        self._list.setCurrentRow(_row_of_last(before, self._found))
        self._list.blockSignals(False)
        count = tr("Found: {count}.", count=len(self._found))
        self._say(count if self._words.text().strip() else "")

    def _say(self, words: str) -> None:
        self._said.setText(words)
        for button in (self._next, self._one, self._all):
            button.setEnabled(bool(self._found))

    def _go_on(self) -> None:
        """Show the next place; behind the last comes the first."""
        if self._found:
            self._list.setCurrentRow((self._list.currentRow() + 1) % len(self._found))

    def _on_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.place_chosen.emit(self._found[row])

    # Replacing

    def _replace_one(self) -> None:
        """Replace where the list stands, or go to the first place to see it before."""
        row = self._list.currentRow()
        if row < 0:
            self._go_on()
            return
        count = len(self._found)
        if self._apply(row):
            # Where the new words hold the old ones, these are found again: on to what is behind.
            behind = row + 1 + len(self._found) - count
            self._list.setCurrentRow(-1)
            self._list.setCurrentRow(behind if behind < len(self._found) else -1)

    def _replace_all(self) -> None:
        count = len(self._found)
        if self._apply(None):
            self._say(tr("Replaced: {count}.", count=count))

    def _apply(self, only: int | None) -> bool:
        search, by = self._search, self._by.text()
        self._session.commit_asked.emit()
        return self._session.apply(
            tr("Replace “{words}”", words=search.words),
            lambda sop: replace_words(sop, search, by, only),
        )


def _row_of_last(before: Sequence[Occurrence], now: Sequence[Occurrence]) -> int:
    """Return where the last of the places found before is now, -1 where it is another by now.

    Items of one list that say the same are told apart by their order.
    """
    if not before:
        return -1
    same = [row for row, found in enumerate(now) if found == before[-1]]
    nth = before.count(before[-1])
    return same[nth - 1] if nth <= len(same) else -1


def _line(sop: Sop, found: Occurrence) -> str:
    """Say where something was found, and what stands around it."""
    place, text = found.place, found.text
    start = text.rfind(" ", 0, max(0, found.start - _AROUND)) + 1
    end = text.find(" ", found.end + _AROUND)
    end = len(text) if end < 0 else end
    around = " ".join(text[start:end].split())
    shown = ("…" if start else "") + around + ("…" if end < len(text) else "")
    parts = []
    if place.step is not None:
        number = number_of(sop.procedures[place.procedure], place.step)
        parts.append(tr("Step {number}", number=number))
    elif place.part == "identity":
        parts.append(tr("Identity"))
    parts.append(
        tr("Label of the arrow") if place.part == "flow" else field_word(place.part, place.field)
    )
    return f"{' · '.join(parts)}: {shown}"
