"""Where the files that travel with the program lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, e.g. `resource("fonts", "Sans-Regular.ttf")`."""
    return ROOT.joinpath(*parts)
