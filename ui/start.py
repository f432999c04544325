"""The program's entry: the command line without importing Qt, or the window."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sopdesk.cli.contract import COMMANDS, NOT_DONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, or open the window; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if is_for_command_line(arguments):
        from sopdesk.cli import main as run

        return run(arguments)
    return _open_window(arguments)


def is_for_command_line(arguments: Sequence[str]) -> bool:
    """Tell the command line from the window's, which is nothing, or one file.

    A bare word that names no file is taken for a mistyped command rather than for a file.
    """
    if not arguments:
        return False
    first = arguments[0]
    is_file = os.path.exists(first) or os.path.splitext(first)[1] != ""
    return len(arguments) > 1 or first in COMMANDS or not is_file


def _open_window(arguments: Sequence[str]) -> int:
    from sopdesk.cli.terminal import complain
    from sopdesk.foundation.wording import tr

    if not has_screen(sys.platform, os.environ):
        complain(tr("There is no screen for the window; sopdesk --help lists what works "
                    "without one."))  # fmt: skip
        return NOT_DONE
    from ui.app import run

    return run([sys.argv[0], *arguments])


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can be shown, or Qt is told to do with something else."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in named)


if __name__ == "__main__":
    sys.exit(main())
