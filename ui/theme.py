"""How the window looks: colours after the system's light or dark scheme, and recoloured icons.

A widget asks for a colour by its role, never by its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from sopdesk.foundation.resources import resource


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one scheme, by role."""

    window: str
    panel: str
    base: str
    border: str
    text: str
    faint: str
    accent: str
    on_accent: str
    hover: str
    selected: str
    good: str
    warning: str
    error: str
    backdrop: str


LIGHT = Colors(
    window="#f3f5f6",
    panel="#fafbfb",
    base="#ffffff",
    border="#d5dce0",
    text="#1c2b33",
    faint="#57666f",
    accent="#14647c",
    on_accent="#ffffff",
    hover="#e6ecef",
    selected="#d3e6ec",
    good="#2b7a4b",
    warning="#9a6200",
    error="#b3362b",
    backdrop="#dfe5e8",
)
DARK = Colors(
    window="#1f2528",
    panel="#23292d",
    base="#191e21",
    border="#3a444a",
    text="#e3e9ec",
    faint="#9babb4",
    accent="#58b3cc",
    on_accent="#0d1c21",
    hover="#2d3539",
    selected="#1e3b46",
    good="#69c08c",
    warning="#e0a84a",
    error="#ee8478",
    backdrop="#14181a",
)


def is_dark() -> bool:
    """Return whether the system asks for a dark window."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def colors() -> Colors:
    """Return the colours of the scheme in use."""
    return DARK if is_dark() else LIGHT


def apply(app: QApplication) -> None:
    """Give the application its style, palette and sheet, after the system's scheme.

    Nothing is done where it has them: styling every widget anew takes as long as a start.
    """
    look = colors()
    if app.property(_SCHEME) == look.window:
        return
    if app.property(_SCHEME) is None:
        app.setStyle("fusion")
    app.setProperty(_SCHEME, look.window)
    app.setPalette(_palette(look))
    app.setStyleSheet(style_sheet(look))


def style_sheet(look: Colors) -> str:
    """Return the sheet of styles for all widgets, in these colours."""
    tick = "tick_dark" if look is DARK else "tick_light"
    drawn = resource("icons", f"{tick}.svg").as_posix()
    return _STYLE_SHEET.format(tick=drawn, **{name: getattr(look, name) for name in _ROLES})


def follow_system() -> None:
    """Look at the system's scheme again, and take it on if it is another one."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app)


def icon(name: str) -> QIcon:
    """Return a shipped icon that is drawn in the colours of the scheme in use."""
    return QIcon(_Drawing(name))


_CLONES: list[QIconEngine] = []
"""Qt for Python hands over an engine that an icon is made of, but frees a clone too early."""


class _Drawing(QIconEngine):
    """Draws an SVG when it is shown: sharp at every size, right in every scheme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        made = _Drawing(self._name)
        _CLONES.append(made)
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setOpacity(0.4 if mode == QIcon.Mode.Disabled else 1.0)
        _renderer(self._name, colors().text).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap


@lru_cache(maxsize=128)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))


def _palette(look: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(look.window))
    for part, color in (
        (role.Window, look.window),
        (role.WindowText, look.text),
        (role.Base, look.base),
        (role.AlternateBase, look.panel),
        (role.Text, look.text),
        (role.Button, look.window),
        (role.ButtonText, look.text),
        (role.ToolTipBase, look.base),
        (role.ToolTipText, look.text),
        (role.PlaceholderText, look.faint),
        (role.Highlight, look.accent),
        (role.HighlightedText, look.on_accent),
        (role.Link, look.accent),
        (role.Accent, look.accent),
        (role.Mid, look.border),
    ):
        palette.setColor(part, QColor(color))
    grey = QColor(look.faint)
    grey.setAlpha(140)
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, grey)
    return palette


_SCHEME = "sopdesk_scheme"
_ROLES = tuple(Colors.__dataclass_fields__)

_STYLE_SHEET = """
QToolTip {{ background: {base}; color: {text}; border: 1px solid {border}; padding: 4px 6px; }}
QMenuBar {{ background: {window}; padding: 1px 4px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {base}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 10px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 6px; }}
QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu::item:disabled {{ color: {faint}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {border};
            padding: 2px 6px 4px 6px; spacing: 2px; }}
QToolBar QToolButton {{ padding: 4px 7px; border: 1px solid transparent; border-radius: 5px; }}
QToolBar QToolButton:hover {{ background: {hover}; }}
QToolBar QToolButton:pressed, QToolBar QToolButton:checked {{ background: {selected}; }}
QToolBar QToolButton:focus {{ border-color: {accent}; }}
QToolBar::separator {{ width: 1px; background: {border}; margin: 5px 5px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {border}; color: {faint}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{
    background: {base}; border: 1px solid {border}; border-radius: 5px; padding: 3px 6px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {accent}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
QPushButton {{ background: {base}; border: 1px solid {border}; border-radius: 5px;
               padding: 5px 14px; min-height: 16px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:default {{ background: {accent}; border-color: {accent}; color: {on_accent}; }}
QPushButton:disabled {{ color: {faint}; background: {window}; border-color: {border}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {faint};
    border-radius: 8px; background: {base}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {accent}; }}
QRadioButton::indicator:unchecked:focus, QRadioButton::indicator:unchecked:hover {{
    border-color: {accent}; }}
QCheckBox::indicator, QGroupBox::indicator, QListView::indicator {{ width: 12px; height: 12px;
    border: 1px solid {faint}; border-radius: 3px; background: {base}; }}
QGroupBox::indicator {{ width: 10px; height: 10px; }}
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QListView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QListView:disabled {{ color: {faint}; background: {window}; }}
QCheckBox::indicator:disabled, QListView::indicator:disabled {{ border-color: {border};
    background: {window}; }}
QCheckBox::indicator:checked:disabled, QListView::indicator:checked:disabled {{
    background: {border}; }}
QCheckBox::indicator:focus, QCheckBox::indicator:hover, QGroupBox::indicator:focus,
QGroupBox::indicator:hover {{ border-color: {accent}; }}
QTabBar::tab {{ padding: 6px 14px; border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ border-bottom-color: {accent}; color: {text}; }}
QTabBar::tab:!selected {{ color: {faint}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {border}; }}
QListWidget#pages {{ background: transparent; border: none; outline: none; }}
QListWidget#pages::item {{ padding: 0 10px; border-radius: 5px; color: {text}; }}
QListWidget#pages::item:hover {{ background: {hover}; }}
QListWidget#pages::item:selected {{ background: {selected}; color: {text}; }}
QDialog QTreeWidget, QDialog QListWidget {{ outline: none; }}
QDialog QTreeWidget::item {{ padding: 5px 6px; color: {text}; }}
QDialog QListWidget::item {{ padding: 4px 5px; border: 1px solid transparent; color: {text}; }}
QDialog QListWidget::item:focus {{ border-color: {accent}; }}
QDialog QTreeWidget::item:selected, QDialog QListWidget::item:selected {{
    background: {selected}; color: {text}; }}
QHeaderView::section {{ background: {panel}; color: {faint}; border: none;
    border-right: 1px solid {border}; border-bottom: 1px solid {border}; padding: 4px 6px; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; margin: 2px; min-height: 28px;
    min-width: 28px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLabel#qt_msgbox_informativelabel {{ min-width: 340px; }}
QProgressBar {{ border: none; border-radius: 3px; background: {hover}; height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
"""
