"""The catalogue words everything that the code says, in both languages."""

from __future__ import annotations

import ast
import gettext
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("id", "en")


def folder(language: str) -> Path:
    return ROOT / "resources" / "locale" / language / "LC_MESSAGES"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Message to wording, as the text file says."""
    with open(folder(language) / "sopdesk.po", "rb") as stream:
        return {str(entry.id): str(entry.string) for entry in read_po(stream) if entry.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def calls(function: str) -> dict[str, str]:
    """First argument to place, of each call of this function with a literal, in the product."""
    found = {}
    for path in [*ROOT.glob("sopdesk/**/*.py"), *ROOT.glob("ui/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            first = node.args[0]
            if (
                name == function
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                found[first.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def is_code(message: str) -> bool:
    return message.startswith(("fault.", "finding."))


def test_every_text_of_the_interface_has_its_indonesian_wording() -> None:
    missing = {text: at for text, at in calls("tr").items() if not catalogue("id").get(text)}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_worded(language: str) -> None:
    missing = {
        code: at
        for code, at in calls("UserError").items()
        if not catalogue(language).get(f"fault.{code}")
    }
    assert missing == {}


def test_both_languages_word_the_same_codes() -> None:
    indonesian, english = (set(filter(is_code, catalogue(language))) for language in LANGUAGES)
    assert indonesian == english


def test_a_wording_fills_in_the_same_facts_in_both_languages() -> None:
    differing = {
        message: worded
        for message, worded in catalogue("id").items()
        if placeholders(worded)
        != placeholders(catalogue("en")[message] if is_code(message) else message)
    }
    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_its_text_says(language: str) -> None:
    with open(folder(language) / "sopdesk.mo", "rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    stale = [
        text for text, worded in catalogue(language).items() if compiled.gettext(text) != worded
    ]
    assert stale == [], "make messages"
