"""The house's own rules: what the files may say, and what the packages must bring."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = {".git", ".venv", "build", "dist", "__pycache__"}
FORBIDDEN = {
    "an issue's number": r"(?i)\bissues?\s*#?\d",
    "a path of one machine": r"/(?:" + r"work|tmp|root|home)/",
    "a registry's address": r"(?i)\b(?:" + r"pypi|pythonhosted|npmjs)\.(?:org|com)",
    "work left for later": r"\b(?:" + r"TODO|FIXME|XXX)\b",
}


def product_files() -> list[Path]:
    """The texts of the checkout, in its folders and at its top."""
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if path.is_file() and not hidden and not SCRATCH.intersection(parts):
            found.append(path)
    return found


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    guilty = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in product_files()
        if path.name != "test_house.py" and (match := pattern.search(text_of(path)))
    ]
    assert guilty == []


def locked() -> dict[str, str]:
    """Package to version, as the lock pins them."""
    text = (ROOT / "requirements.lock").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


def test_the_lock_pins_every_direct_dependency_as_the_project_asks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = locked()
    for wanted in project["project"]["dependencies"]:
        name, version = re.sub(r"\[.*\]", "", wanted).split("==")
        assert pins[name.lower()] == version
    assert {name.lower() for name in project["dependency-groups"]["dev"]} <= pins.keys()


def test_every_locked_package_has_hashes_and_the_lock_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "#" not in text


def test_the_lock_serves_windows_and_macos_too() -> None:
    entry = re.search(r"^pillow==.*?(?=^[a-z])", (ROOT / "requirements.lock").read_text(),
                      re.MULTILINE | re.DOTALL)  # fmt: skip
    assert entry is not None
    assert entry[0].count("--hash") > 50


def test_a_thousand_calls_into_qt_leave_none_counted_right(qapp: object) -> None:
    """Some builds of Qt for Python lose a reference to None with each call, and die of it."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("teks")
        label.setEnabled(True)
        label.resize(10, 10)
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = {"PySide6", "reportlab", "openpyxl", "sqlite_utils", "PIL"}
    code = f"import sys, sopdesk.cli; print(*{heavy}.intersection(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


class TestWhatTheMachineLacks:
    """`resources/setup/system.py`, which runs before there is a package to import."""

    @pytest.fixture
    def system(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location(
            "system", ROOT / "resources" / "setup" / "system.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def test_is_found_by_loading_it(
        self, system: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(system, "QT_LIBRARIES", {"libsurely": "libsurely-not-here.so.9"})
        monkeypatch.setattr(sys, "platform", "linux")
        assert system.missing_packages() == ["libsurely"]

    def test_is_named_with_its_command_to_one_who_is_not_root(
        self,
        system: ModuleType,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(system, "missing_packages", lambda: ["libegl1"])
        monkeypatch.setattr(system.shutil, "which", lambda name: name)
        monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
        assert system.main() == 1
        assert "apt-get install --yes --no-install-recommends libegl1" in capsys.readouterr().out
