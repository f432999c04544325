"""What the commands take, and argparse in the language of the interface."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn, get_args

import sopdesk
from sopdesk.cli.contract import NOT_DONE
from sopdesk.cli.terminal import complain
from sopdesk.document.office import PAPERS
from sopdesk.foundation.wording import Language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LANGUAGES: tuple[Language, ...] = get_args(Language)
ORIENTATIONS = ("landscape", "portrait")


def language_in(argv: Sequence[str]) -> Language:
    """Return the language that the arguments ask for, known before they are parsed."""
    for before, argument in zip(("", *argv), argv, strict=False):
        for language in LANGUAGES:
            if argument == f"--lang={language}" or (before == "--lang" and argument == language):
                return language
    return "id"


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments of a command.

    Raises:
        SystemExit: 0 when help or version was asked for and shown, 2 when they make no sense; one
            sentence has said so.
    """
    _word_argparse()
    return _parser().parse_args(argv)


def _word_argparse() -> None:
    """Let argparse word itself by our catalogue.

    It asks gettext for the language of the process's locale, and has no other door: the language
    here is chosen by `--lang`. A message that the catalogue lacks stays English.
    """
    worded: dict[str, Callable[..., str]] = {
        "_": tr,
        "ngettext": lambda one, many, count: tr(one if count == 1 else many),
    }
    vars(argparse).update(worded)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to read on."""

    def error(self, message: str) -> NoReturn:
        """Leave with the sentence."""
        told = tr("Not understood: {problem}. See {program} --help.", problem=message,
                  program=self.prog)  # fmt: skip
        complain(told)
        self.exit(NOT_DONE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sopdesk",
        description=tr("Government SOPs: the steps are typed, the flowchart draws itself."),
        epilog=tr("Without a command the window opens, on FILE.db where one is named."),
        parents=[_common()],
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"SOPDesk {sopdesk.__version__}",
        help=tr("show program's version number and exit"),
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=tr("COMMAND"), title=tr("commands")
    )
    for name, (summary, fill) in _fillers().items():
        command = commands.add_parser(
            name, help=summary, description=summary, parents=[_common()], allow_abbrev=False
        )
        fill(command)
    return parser


def _common() -> _Parser:
    """Return the options that may stand before the command and after it."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--lang", choices=LANGUAGES, help=tr("language of the messages"))
    common.add_argument("--debug", action="store_true", help=tr("show where an error arose"))
    return common


def _fill_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.db", help=tr("the office file"))


def _fill_import(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    command.add_argument(
        "sources", metavar="SOURCE", nargs="+", help=tr("an exchange file .json or office file .db")
    )
    _fill_json(command)


def _fill_merge(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    command.add_argument("other", metavar="OTHER.db", help=tr("the office file to bring in"))
    _fill_json(command)


def _fill_rescue(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    _fill_out(command, "NEW.db")


def _fill_list(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    _fill_json(command)


def _fill_print(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    _fill_out(command, "OUT.pdf")
    _fill_sops(command)
    _fill_paper(command)


def _fill_recap(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", metavar="FILE.db", nargs="+", help=tr("the office files"))
    _fill_out(command, "OUT.xlsx")


def _fill_export(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    _fill_out(command, "OUT.json")
    _fill_sops(command)


def _fill_layout(command: argparse.ArgumentParser) -> None:
    _fill_file(command)
    command.add_argument("--sop", metavar="NUMBER", required=True, help=tr("number, or #position"))
    _fill_paper(command)
    command.add_argument(
        "--endless", action="store_true", help=tr("flow tables on one page as tall as needed")
    )
    _fill_json(command)


def _fill_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=tr("write JSON, for programs"))


def _fill_out(command: argparse.ArgumentParser, name: str) -> None:
    command.add_argument("-o", "--out", metavar=name, required=True, help=tr("the file to write"))


def _fill_sops(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sop",
        metavar="NUMBER",
        action="append",
        default=[],
        help=tr("only this SOP: number, or #position; may be repeated"),
    )


def _fill_paper(command: argparse.ArgumentParser) -> None:
    command.add_argument("--paper", choices=PAPERS, help=tr("instead of the SOP's own paper"))
    command.add_argument("--orientation", choices=ORIENTATIONS, help=tr("how the paper lies"))


def _fillers() -> dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]:
    """Return for each command what it does, and what gives it its arguments."""
    return {
        "new": (tr("make an empty office file"), _fill_file),
        "import": (tr("add SOPs from other files"), _fill_import),
        "list": (tr("list the SOPs"), _fill_list),
        "check": (tr("find what breaks the rules"), _fill_list),
        "print": (tr("write the SOP sheets as a PDF"), _fill_print),
        "recap": (tr("write the recap of one or many office files"), _fill_recap),
        "export": (tr("write the SOPs as an exchange file"), _fill_export),
        "layout": (tr("write where everything stands on the sheet"), _fill_layout),
        "verify": (tr("read and check everything in an office file"), _fill_file),
        "merge": (tr("bring another office file in, keeping both where they differ"), _fill_merge),
        "rescue": (tr("write what is sound in a damaged file into a new one"), _fill_rescue),
    }
