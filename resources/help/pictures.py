"""Take the README's pictures, `window.png` and `sheet.png`, of the example office.

The window wants a screen, be it a virtual one: `xvfb-run make pictures`.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pypdfium2
from PIL import Image

from sopdesk.foundation.resources import resource
from sopdesk.jobs.printing import print_sheets
from ui.app import create

FOLDER = Path(__file__).parent
EXAMPLE = resource("example", "kantor-contoh.db")
SIZE = (1366, 768)
SHOWN_SOP = "#1"
SETTLING_S = 3.0
"""So long the window may take to lay out and paint all that comes in when its time comes."""


def take_window(target: Path) -> None:
    """Save the window as it opens on the example office."""
    app, window = create(["sopdesk", str(EXAMPLE)])
    window.showNormal()
    window.resize(*SIZE)
    until = time.monotonic() + SETTLING_S
    while time.monotonic() < until:
        app.processEvents()
    window.grab().save(str(target))
    window.close()
    _shrink(Image.open(target), target)


def take_sheet(target: Path, folder: Path) -> None:
    """Save the flow table of the example's first SOP as it is printed."""
    print_sheets(EXAMPLE, folder / "sheet.pdf", wanted=[SHOWN_SOP])
    page = pypdfium2.PdfDocument(folder / "sheet.pdf")[1]
    _shrink(page.render(scale=SIZE[0] / page.get_width()).to_pil(), target)


def _shrink(picture: Image.Image, target: Path) -> None:
    """Save with 256 colours: the README is read over thin lines."""
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        # The clerk's own settings and drafts stay out of the picture.
        os.environ |= {"XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name, "XDG_CACHE_HOME": name}
        take_sheet(FOLDER / "sheet.png", Path(name))
        take_window(FOLDER / "window.png")
