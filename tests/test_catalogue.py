"""The catalogue words everything that the code says, in both languages."""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The facts that a text names, and what argparse fills into its own."""
    facts = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return facts | set(re.findall(r"%(?:\(\w+\))?[a-z]", text))


@cache
def trees() -> dict[Path, ast.Module]:
    """The product's modules, parsed."""
    paths = [*ROOT.glob("sopdesk/**/*.py"), *ROOT.glob("ui/**/*.py")]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def texts_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def calls(function: str) -> dict[str, str]:
    """First argument to place, of each call of this function with a literal, in the product."""
    found = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            texts = list(texts_in(node.args[0])) if name == function else []
            if isinstance(node.args[0], ast.Constant | ast.IfExp) and texts:
                found.update(dict.fromkeys(texts, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def is_code(message: str) -> bool:
    return message.startswith(("fault.", "finding."))


def test_every_text_of_the_interface_has_its_indonesian_wording() -> None:
    missing = {text: at for text, at in calls("tr").items() if not catalogue("id").get(text)}
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("function", "prefix"),
    [
        ("UserError", "fault."),
        ("fault", "fault.exchange_"),
        ("Finding", "finding."),
    ],
)
def test_every_fault_and_finding_is_worded(language: str, function: str, prefix: str) -> None:
    codes = calls(function)
    assert codes
    missing = {code: at for code, at in codes.items() if not catalogue(language).get(prefix + code)}
    assert missing == {}


def test_every_wording_is_of_something_that_the_code_says() -> None:
    argparse_says = set(texts_in(ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))))
    said = argparse_says.union(*map(texts_in, trees().values()))
    assert [text for text in catalogue("id") if not is_code(text) and text not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_worded_twice(language: str) -> None:
    text = (folder(language) / "sopdesk.po").read_text(encoding="utf-8")
    times = Counter(re.findall(r"^msgid ((?:\".*\"\n)+)", text, re.MULTILINE))
    assert [message for message, count in times.items() if count > 1] == []


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
def test_the_compiled_catalogue_is_what_its_text_compiles_to(language: str) -> None:
    with open(folder(language) / "sopdesk.po", "rb") as stream:
        messages = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    is_current = compiled.getvalue() == (folder(language) / "sopdesk.mo").read_bytes()
    assert is_current, "make messages"
