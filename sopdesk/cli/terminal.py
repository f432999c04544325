"""What the command line says, and where."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from sopdesk.foundation.faults import UserError
from sopdesk.foundation.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.jobs import Progress


def use_utf8() -> None:
    """Write UTF-8 whatever the console or pipe, and never fail over a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """Write a line of the results; who started the program without an output wants none.

    Raises:
        UserError: as `deliver`.
        BrokenPipeError: who reads the results has left.
    """
    if sys.stdout is not None:
        with _delivering():
            sys.stdout.write(visible(line) + "\n")


def deliver() -> None:
    """Let the results reach their place.

    Raises:
        UserError: `results_unwritten`, the disk is full or disturbed.
        BrokenPipeError: who reads the results has left.
    """
    if sys.stdout is not None:
        with _delivering():
            sys.stdout.flush()


def complain(sentence: str, details: str = "") -> None:
    """Write a line about what went wrong, and below it details; where it can be written."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(visible(sentence).replace("\n", "\\n") + "\n" + visible(details))
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


@contextlib.contextmanager
def _delivering() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _silence(sys.stdout)
        raise
    except OSError as error:
        _silence(sys.stdout)
        raise UserError("results_unwritten") from error


def _silence(stream: TextIO) -> None:
    """Let a stream that takes no more end in nothing, else Python complains of it at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def meter(words: str) -> Progress | None:
    """Return what shows the progress on the terminal; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        is_over = done >= total
        line = f"\r{words} {done}/{total}"
        sys.stderr.write(f"\r{' ' * len(line)}\r" if is_over else line)
        sys.stderr.flush()

    return show
