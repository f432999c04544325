"""Office files to test on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sopdesk.storage.office_file import OfficeFile, create, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's office file stands, or will."""
    return tmp_path / "kantor.db"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office file without SOPs, to copy: that takes a tenth of making one."""
    path = tmp_path_factory.mktemp("storage") / "kosong.db"
    create(path).close()
    return path


@pytest.fixture
def file(path: Path, empty_file: Path) -> Iterator[OfficeFile]:
    """An open office file without SOPs."""
    shutil.copyfile(empty_file, path)
    with open_file(path) as opened:
        yield opened
