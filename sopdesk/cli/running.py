"""From the arguments to the exit code: language, streams, faults."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from sopdesk.cli.contract import DONE, NOT_DONE
from sopdesk.cli.parsing import language_in, parse
from sopdesk.cli.terminal import complain, use_utf8
from sopdesk.foundation.faults import UserError
from sopdesk.foundation.wording import tr, use_language, word_fault

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the command that the arguments name, without the program's name; return the exit code."""
    use_utf8()
    use_language(language_in(argv))
    try:
        arguments = parse(argv)
    except SystemExit as leaving:
        return NOT_DONE if leaving.code else DONE
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the results has left, as `head` does. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    return code


def _run(arguments: Namespace) -> int:
    from sopdesk.cli import commands

    try:
        code: int = getattr(commands, f"run_{arguments.command}")(arguments)
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        complain(_word(error))
        if arguments.debug:
            traceback.print_exc()
        return NOT_DONE
    return code


def _word(error: BaseException) -> str:
    """Return the one sentence for whatever ended the command."""
    if isinstance(error, UserError):
        return word_fault(error)
    if isinstance(error, KeyboardInterrupt):
        return tr("Stopped before the end. Nothing was half-written.")
    bug = " ".join(f"{type(error).__name__}: {error}".split())
    return tr("The program met a fault of its own: {bug}. --debug tells more.", bug=bug)
