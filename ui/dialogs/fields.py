"""The few kinds of fields that the settings are made of, each with its value in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sopdesk.foundation.wording import current_language, tr
from ui.plain_text import PlainTextField
from ui.plain_words import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")


class LinesField(PlainTextField):
    """A text of a few lines, each an entry of a tuple."""

    def __init__(self, lines: Iterable[str], rows: int, placeholder: str = "") -> None:
        super().__init__("\n".join(lines))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        height = QFontMetrics(self.font()).lineSpacing() * rows
        self.setFixedHeight(height + 18)

    def lines(self) -> tuple[str, ...]:
        """Return the lines that say something, trimmed."""
        texts = (line.strip() for line in self.toPlainText().splitlines())
        return tuple(text for text in texts if text)


class ChoiceField(QComboBox, Generic[T]):
    """One of some values, each in words."""

    def __init__(self, choices: Sequence[tuple[T, str]], value: T) -> None:
        super().__init__()
        self._values = [choice for choice, _word in choices]
        self.addItems([word for _choice, word in choices])
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def value(self) -> T:
        """Return the value that is chosen."""
        return self._values[self.currentIndex()]


class NumberField(QDoubleSpinBox):
    """A number with its unit; `empty` is shown for the least value, which then means none."""

    def __init__(
        self,
        value: float | None,
        least: float,
        most: float,
        unit: str = "",
        step: float = 1.0,
        empty: str = "",
    ) -> None:
        super().__init__()
        self.setDecimals(1)
        self.setSingleStep(step)
        # What a file holds stays, even where one would not choose it.
        least, most = min(least, value or least), max(most, value or most)
        self.setRange(least - step if empty else least, most)
        self.setSuffix(f" {unit}" if unit else "")
        self.setMinimumSize(110, 26)
        self.setSpecialValueText(empty)
        self.setValue(self.minimum() if value is None else value)
        self._given, self._shown = value, self.value()

    def number(self) -> float | None:
        """Return the number, None for the field's word for none; untouched, as it was given."""
        if self.value() == self._shown:
            return self._given
        if self.specialValueText() and self.value() == self.minimum():
            return None
        return round(self.value(), 1)

    def textFromValue(self, value: float) -> str:
        """Show `9` rather than `9,0`; the comma is the language's, never the system's."""
        shown = f"{value:g}"
        return shown.replace(".", ",") if current_language() == "id" else shown

    def valueFromText(self, text: str) -> float:
        """Read what is typed, with comma or point; Qt asks only for what `validate` has passed."""
        return float(self._digits(text) or 0)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let numbers be typed with comma or point, whatever the system's own is."""
        digits = self._digits(text)
        state = QValidator.State
        if digits in ("", ".") or text == self.specialValueText():
            return state.Intermediate if digits in ("", ".") else state.Acceptable, text, place
        try:
            value = float(digits)
        except ValueError:
            return state.Invalid, text, place
        fits = self.minimum() <= value <= self.maximum()
        return (state.Acceptable if fits else state.Intermediate), text, place

    def _digits(self, text: str) -> str:
        return text.removesuffix(self.suffix()).strip().replace(",", ".")


def form() -> QFormLayout:
    """Return a form whose labels stand above narrow fields or left of wide ones alike."""
    layout = QFormLayout()
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(9)
    layout.setContentsMargins(0, 0, 0, 0)
    return layout


def page(*parts: Any) -> QWidget:  # noqa: ANN401
    """Return a page of layouts and widgets, one below the other, at the top."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch()
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """Return a page that scrolls up and down where the screen is too low for it."""
    area = _Scrolled()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Its fields take the keyboard.
    area.setWidget(inner)
    return area


class _Scrolled(QScrollArea):
    """Asks for all of what it holds, and takes less."""

    def sizeHint(self) -> QSize:
        inner = (self.widget() or self).sizeHint()
        return QSize(inner.width() + self.verticalScrollBar().sizeHint().width(), inner.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)


def hint(text: str) -> PlainLabel:
    """Return a quiet line of explanation."""
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(label.foregroundRole().PlaceholderText)
    return label


def buttons(dialog: QDialog, accept: str) -> QDialogButtonBox:
    """Return the dialog's buttons: `accept` in its own words, and cancel."""
    box = QDialogButtonBox()
    done = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    done.setObjectName("accept")
    done.setDefault(True)
    box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
