"""The start of the window: `create` for programs and tests, `run` for the clerk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from sopdesk.foundation.resources import resource
from sopdesk.foundation.wording import current_language, use_language
from ui import theme
from ui.settings import Settings
from ui.window.main_window import MainWindow
from ui.window.unexpected import catch_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMainWindow

    from sopdesk.foundation.wording import Language


def create(
    argv: Sequence[str], language: Language | None = None
) -> tuple[QApplication, QMainWindow]:
    """Show the window, on the office file `argv[1]` if there is one; run no event loop.

    The window has been painted once before the file is opened, so that the clerk sees it at once.
    Without a file it goes on, after that, where the clerk left off, or shows the welcome page.
    `language` goes before the one that the clerk has chosen, and leaves it chosen. A second call in
    one process makes a second window.
    """
    app = _application(argv)
    settings = Settings()
    use_language(language or settings.language)
    _word_qt(app)
    theme.apply(app)
    window = MainWindow(settings)
    window.show()
    last = settings.last_file
    if len(argv) > 1:
        app.processEvents()
        _open(window, Path(argv[1]))
    elif last is not None:
        QTimer.singleShot(0, window, lambda: _go_on_with(window, last))
    else:
        _welcome(window, None)
    return app, window


def _go_on_with(window: MainWindow, last: Path) -> None:
    """Open the file of the last time; asking a share that is away for it may take a while."""
    if os.path.isfile(last):  # False, too, for a share or a folder that lets nobody ask.
        _open(window, last)
    else:
        _welcome(window, last)


def _open(window: MainWindow, path: Path) -> None:
    if not window.files.open(path):
        _welcome(window, path)


def _welcome(window: MainWindow, path: Path | None) -> None:
    """Show the welcome page, and what a crash left of a file's work, or of any."""
    window.show_welcome()
    QTimer.singleShot(0, window, lambda: window.recovery.offer(path))


def run(argv: Sequence[str], language: Language | None = None) -> int:
    """Show the window as `create` does until it is closed; return the process's exit code."""
    catch_all()
    app, _window = create(argv, language)
    return app.exec()


def _application(argv: Sequence[str]) -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setOrganizationName("SOPDesk")
    QCoreApplication.setApplicationName("SOPDesk")
    QApplication.setDesktopFileName("sopdesk")
    app = QApplication([argv[0] if argv else sys.argv[0]])
    app.setApplicationDisplayName("SOPDesk")
    app.styleHints().colorSchemeChanged.connect(theme.follow_system)
    app.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
    return app


def _word_qt(app: QApplication) -> None:
    """Let Qt's own buttons and dialogs speak the language in use."""
    from ui.qt_words import IndonesianQt

    for translator in app.findChildren(IndonesianQt):
        app.removeTranslator(translator)
        translator.deleteLater()
    if current_language() == "id":
        app.installTranslator(IndonesianQt(app))
