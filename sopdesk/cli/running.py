"""From the arguments to the exit code: language, streams, signals, faults."""

from __future__ import annotations

import contextlib
import signal
import threading
import traceback
from typing import TYPE_CHECKING, NoReturn

from sopdesk.cli.contract import DONE, NOT_DONE
from sopdesk.cli.parsing import language_in, parse
from sopdesk.cli.terminal import complain, deliver, use_utf8
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, use_language, word_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDING = ("SIGTERM", "SIGHUP")
"""The signals that end a program; Windows has not all of them."""


def main(argv: Sequence[str]) -> int:
    """Run the command that the arguments name, without the program's name; return the exit code."""
    try:
        use_utf8()
        use_language(language_in(argv))
        with _clearing_up():
            code = _run(argv)
            deliver()
    except BrokenPipeError:  # Who read the results has left, as `head` does.
        return NOT_DONE
    except (Exception, KeyboardInterrupt) as error:
        complain(_word(error), traceback.format_exc() if "--debug" in argv else "")
        return NOT_DONE
    return code


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = parse(argv)
    except SystemExit as leaving:
        return NOT_DONE if leaving.code else DONE
    from sopdesk.cli import commands

    code: int = getattr(commands, f"run_{arguments.command}")(arguments)
    return code


@contextlib.contextmanager
def _clearing_up() -> Iterator[None]:
    """Let a signal that ends the program leave by the way that clears temporary files away."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Only the main thread may ask for signals.
        return
    numbers = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    # One that whoever started the program has had ignored, as `nohup` does, stays ignored.
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _stop) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _word(error: BaseException) -> str:
    """Return the one sentence for whatever ended the command."""
    if isinstance(error, UserError):
        return word_fault(error)
    if isinstance(error, KeyboardInterrupt):
        return tr("Stopped before the end. Nothing was half-written.")
    bug = " ".join(f"{type(error).__name__}: {error}".split())
    return tr("The program met a fault of its own: {bug}. --debug tells more.", bug=bug)
