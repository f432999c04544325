"""What the command line says, and where."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sopdesk.jobs import Progress


def use_utf8() -> None:
    """Write UTF-8 whatever the console or pipe, and never fail over a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """Write a line of the results."""
    sys.stdout.write(line + "\n")


def complain(sentence: str) -> None:
    """Write a line about what went wrong."""
    sys.stderr.write(sentence + "\n")


def meter(words: str) -> Progress | None:
    """Return what shows the progress on the terminal; None where nobody would see it."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        is_over = done >= total
        line = f"\r{words} {done}/{total}"
        sys.stderr.write(f"\r{' ' * len(line)}\r" if is_over else line)
        sys.stderr.flush()

    return show
