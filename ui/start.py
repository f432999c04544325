"""The program's entry: the command line without importing Qt, or the window.

All else is imported within `main`, which takes an interruption for what it is at any moment.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopdesk.foundation.wording import Language

_LANGUAGES: tuple[Language, ...] = ("id", "en")
_NOT_DONE = 2
"""As `sopdesk.cli.contract` has it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, or open the window; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if is_for_command_line(arguments):
            from sopdesk.cli import main as run

            return run(arguments)
        return _open_window(arguments)
    except KeyboardInterrupt:  # What could word it was still being imported: nothing had begun.
        return _NOT_DONE


def is_for_command_line(arguments: Sequence[str]) -> bool:
    """Tell the command line from the window's: nothing, or one file; and perhaps a language.

    A bare word that names no file is taken for a mistyped command rather than for a file.
    """
    _, arguments = language_apart(arguments)
    if not arguments:
        return False
    from sopdesk.cli.contract import COMMANDS

    first = arguments[0]
    is_file = os.path.exists(first) or os.path.splitext(first)[1] != ""
    return len(arguments) > 1 or first in COMMANDS or not is_file


def language_apart(arguments: Sequence[str]) -> tuple[Language | None, Sequence[str]]:
    """Return the language that `--lang` asks for, before all else or after it, and the rest."""
    for language in _LANGUAGES:
        for asked in (["--lang", language], [f"--lang={language}"]):
            if list(arguments[: len(asked)]) == asked:
                return language, arguments[len(asked) :]
            if list(arguments[-len(asked) :]) == asked:
                return language, arguments[: -len(asked)]
    return None, arguments


def _open_window(arguments: Sequence[str]) -> int:
    from sopdesk.cli.terminal import complain
    from sopdesk.foundation.wording import tr, use_language

    language, files = language_apart(arguments)
    if language is not None:
        use_language(language)
    if not has_screen(sys.platform, os.environ):
        complain(tr("There is no screen for the window; sopdesk --help lists what works "
                    "without one."))  # fmt: skip
        return _NOT_DONE
    from ui.app import run

    return run([sys.argv[0], *files], language)


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can be shown, or Qt is told to do with something else."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in named)


if __name__ == "__main__":
    sys.exit(main())
