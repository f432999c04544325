"""Office files to test on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopdesk.storage.office_file import OfficeFile, create

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's office file stands, or will."""
    return tmp_path / "kantor.db"


@pytest.fixture
def file(path: Path) -> Iterator[OfficeFile]:
    """An office file without SOPs."""
    with create(path) as made:
        yield made
