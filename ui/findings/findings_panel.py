"""The list of findings at the window's right: what, where, and a button that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sopdesk.document.numbering import bare, shown_numbers
from sopdesk.foundation.wording import tr
from ui import theme
from ui.plain_words import PlainLabel
from ui.works import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent

    from sopdesk.document.findings import Finding
    from sopdesk.document.values import Procedure
    from ui.findings.found import Found
    from ui.session import Session

    Remedy = tuple[str, Callable[[], object]]
    """What a card's button says and does."""


_FIELDS = {
    "title_missing": "title",
    "effective_before_created": "effective_on",
    "revised_before_created": "revised_on",
}
"""The field of the identity that a finding is about, where it does not say so itself."""


_ON_PAPER = ("lanes_too_narrow", "lanes_too_small")
"""What the sheet's settings mend."""

_MOST_CARDS = 100
"""At a time: nobody reads more, and thousands of cards would stop the window."""


class FindingsPanel(QWidget):
    """A card for each finding; choosing one selects its step. `toggle` shows and hides it."""

    identity_asked = Signal(str)
    """The clerk wants to fill in a field of the identity, e.g. `title`."""
    sheet_asked = Signal()
    """The clerk wants to change the paper, columns or margins of the SOP."""

    def __init__(self, session: Session, found: Found, toggle: QAction) -> None:
        super().__init__()
        self.setObjectName("findings_panel")
        self.setAccessibleName(tr("Findings"))
        self.setMinimumWidth(220)
        self._session = session
        self._found = found
        self._shows_hints = False
        self._steps: list[dict[str, str]] = []
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(8, 0, 8, 8)
        self._cards.setSpacing(6)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._cards)
        column.addStretch(1)  # all of the room: a card is as high as its words
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Its cards take the keyboard.
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_head(toggle))
        column.addWidget(scroll)
        found.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        sop = self._session.sop
        self._steps = [_step_names(procedure) for procedure in sop.procedures] if sop else []
        hints = [finding for finding in self._found.all if finding.severity == "hint"]
        self._add_cards([finding for finding in self._found.all if finding.severity != "hint"])
        if len(hints) == len(self._found.all):
            self._cards.addWidget(self._nothing())
        if hints:
            self._cards.addWidget(self._fold(len(hints)))
        self._add_cards(hints if self._shows_hints else [])

    def _add_cards(self, findings: Sequence[Finding]) -> None:
        """Show the first of the findings, and how many are left."""
        for finding in findings[:_MOST_CARDS]:
            self._cards.addWidget(self._card(finding))
        left = len(findings) - _MOST_CARDS
        if left > 0:
            more = tr("{count} more show once these are mended.", count=left)
            self._cards.addWidget(_quiet(more))

    def _fold(self, count: int) -> QToolButton:
        """Return the line that hides and shows the hints about style."""
        fold = QToolButton()
        fold.setObjectName("findings_hints")
        fold.setText(tr("Hints about style ({count})", count=count))
        arrow = Qt.ArrowType.DownArrow if self._shows_hints else Qt.ArrowType.RightArrow
        fold.setArrowType(arrow)
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fold.setAutoRaise(True)
        fold.clicked.connect(self._on_fold_clicked)
        return fold

    def _on_fold_clicked(self) -> None:
        self._shows_hints = not self._shows_hints
        self._found.look()  # What was found last may be of a table that has just gone.

    def _card(self, finding: Finding) -> QWidget:
        remedy: Remedy | None = None
        if finding.mend is not None:
            remedy = tr("Mend"), lambda: self._found.mend(finding)
        elif finding.code in _ON_PAPER:
            remedy = tr("Sheet of This SOP…"), self.sheet_asked.emit
        return _Card(finding, self._where(finding), lambda: self._go_to(finding), remedy)

    def _where(self, finding: Finding) -> str:
        """Say which step or which of several flow tables a finding is about, as on the sheet."""
        sop = self._session.sop
        if sop is None or finding.part == "identity":
            return tr("Identity") if finding.part == "identity" else ""
        if finding.step is None:
            is_alone = len(sop.procedures) == 1
            return "" if is_alone else tr("Table {number}", number=finding.procedure + 1)
        return self._steps[finding.procedure].get(finding.step, "")

    def _go_to(self, finding: Finding) -> None:
        self._session.show_procedure(finding.procedure)
        if finding.step is not None:
            self._session.select(Selection(steps=(finding.step,)))
        elif finding.part == "identity":
            self.identity_asked.emit(_FIELDS.get(finding.code) or finding.facts["field"])

    def _nothing(self) -> PlainLabel:
        """Return the words that stand where no card does."""
        words = tr("No SOP open.")
        if self._session.sop is not None:
            is_begun = self._found.is_begun
            nothing_yet = tr("Nothing to check until a step is typed.")
            words = tr("Nothing to mend.") if is_begun else nothing_yet
        return _quiet(words)


class _Card(QFrame):
    """One finding: a coloured edge for how bad it is, the place, the words, the mend."""

    def __init__(
        self,
        finding: Finding,
        where: str,
        choose: Callable[[], None],
        remedy: Remedy | None,
    ) -> None:
        super().__init__()
        self._choose = choose
        look = theme.colors()
        edge = {"error": look.error, "warning": look.warning}.get(finding.severity, look.border)
        self.setObjectName("card")
        self.setStyleSheet(
            f"#card {{ background: {look.base}; border: 1px solid {look.border};"
            f" border-left: 3px solid {edge}; border-radius: 4px; }}"
            f"#card:focus {{ border-color: {look.accent}; border-left-color: {edge}; }}"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = PlainLabel(tr(f"finding.{finding.code}", **finding.facts))
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 8, 7)
        column.setSpacing(3)
        if where:
            place = PlainLabel(where)
            place.setStyleSheet(f"color: {look.faint};")
            column.addWidget(place)
        column.addWidget(words, 1)
        self.setAccessibleName(f"{where}: {words.text()}" if where else words.text())
        if remedy is not None:
            said, do = remedy
            button = QPushButton(said)
            button.setStyleSheet("padding: 2px 10px;")
            button.clicked.connect(lambda: do())
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)


def _step_names(procedure: Procedure) -> dict[str, str]:
    """Return how each step is called on its cards, by its id."""
    numbers = map(bare, shown_numbers(procedure))
    return {
        step.id: tr("Step {number}", number=number or f"#{row}")
        for row, (step, number) in enumerate(zip(procedure.steps, numbers, strict=True), 1)
    }


def _quiet(words: str) -> PlainLabel:
    label = PlainLabel(words)
    label.setWordWrap(True)
    label.setForegroundRole(label.foregroundRole().PlaceholderText)
    label.setContentsMargins(4, 12, 4, 0)
    return label


def _head(toggle: QAction) -> QHBoxLayout:
    heading = PlainLabel(tr("Findings"))
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    close = QToolButton()
    close.setIcon(theme.icon("close"))
    close.setIconSize(QSize(16, 16))
    close.setAutoRaise(True)
    close.setToolTip(tr("Close"))
    close.setAccessibleName(tr("Close the findings"))
    close.clicked.connect(toggle.trigger)
    row = QHBoxLayout()
    row.setContentsMargins(10, 6, 6, 6)
    row.addWidget(heading)
    row.addStretch()
    row.addWidget(close)
    return row
