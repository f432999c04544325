"""Take the README's pictures, `window.png`, `history.png` and `sheet.png`, of the example office.

The window wants a screen, be it a virtual one: `xvfb-run make pictures`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image
from PySide6.QtWidgets import QTabWidget

from sopdesk.document.values import Sop, Status
from sopdesk.foundation.resources import resource
from sopdesk.jobs.printing import print_sheets
from sopdesk.storage.office_file import open_file
from ui.app import create
from ui.history.history_dialog import HistoryDialog
from ui.history.versions import Versions
from ui.window.main_window import MainWindow
from ui.works import Selection

FOLDER = Path(__file__).parent
EXAMPLE = resource("example", "kantor-contoh.db")
SIZE = (1366, 768)
SHOWN_SOP, SHOWN_STEP = 4, 2
"""The SOP that the window shows, and the step that is selected; both counted from 0."""
PRINTED_SOP = "#1"
SETTLING_S = 3.0
"""So long the window may take to lay out and paint all that comes in when its time comes."""


def take_window(target: Path) -> None:
    """Save the window on the example office, a step in the middle of a flow table selected."""
    app, window = create(["sopdesk", str(EXAMPLE)])
    window.showNormal()
    window.resize(*SIZE)
    assert isinstance(window, MainWindow)
    session = window.session
    session.open_sop(session.entries[SHOWN_SOP].uuid)
    assert session.procedure is not None
    session.select(Selection((session.procedure.steps[SHOWN_STEP].id,)))
    until = time.monotonic() + SETTLING_S
    while time.monotonic() < until:
        app.processEvents()
    window.grab().save(str(target))
    window.close()
    # All its colours: the few dots and icons that are coloured would be the first to go.
    Image.open(target).convert("RGB").save(target, optimize=True)


def take_history(target: Path, folder: Path) -> None:
    """Save the history of an SOP that two have saved and one changes, compared with it now."""
    file = folder / EXAMPLE.name
    shutil.copyfile(EXAMPLE, file)
    _save_as_two(file)
    app, window = create(["sopdesk", str(file)])
    assert isinstance(window, MainWindow)
    session = window.session
    session.open_sop(session.entries[SHOWN_SOP].uuid)
    session.apply("", _changed)
    assert session.file is not None
    assert session.sop is not None
    dialog = HistoryDialog(
        session.sop,
        Versions(session.file, session.sop.uuid),
        session.lay_out,
        session.title_of,
        window,
        can_restore=True,
    )
    for tabs in dialog.findChildren(QTabWidget):
        tabs.setCurrentIndex(1)  # what differs
    dialog.show()
    app.processEvents()
    dialog.grab().save(str(target))
    session.save()
    session.wait_for_save()
    window.close()
    Image.open(target).convert("RGB").save(target, optimize=True)


def _save_as_two(path: Path) -> None:
    """Let two clerks save the SOP that is shown, the second one over a version of the first."""
    with open_file(path, author="Rina") as file:
        uuid = file.entries()[SHOWN_SOP].uuid
        sop = file.load(uuid).sop
        rev = file.save(replace(sop, status=Status.REVIEW), 1)
        file.author = "Budi"
        file.save(replace(sop, status=Status.CORRECTION), rev, [replace(sop, status=Status.DRAFT)])


def _changed(sop: Sop) -> Sop:
    """Return an SOP as somebody may have gone on with it."""
    table = sop.procedures[0]
    first, second, *others = table.steps
    steps = (
        replace(first, activity=f"{first.activity} dan memberi tanda terima", duration="20 menit"),
        replace(second, remarks="Paling lambat pukul 14.00"),
        *others,
    )
    identity = replace(sop.identity, revision="1")
    procedures = (replace(table, steps=steps), *sop.procedures[1:])
    return replace(sop, identity=identity, procedures=procedures)


def take_sheet(target: Path, folder: Path) -> None:
    """Save the flow table of the example's first SOP as it is printed."""
    print_sheets(EXAMPLE, folder / "sheet.pdf", wanted=[PRINTED_SOP])
    page = pypdfium2.PdfDocument(folder / "sheet.pdf")[1]
    picture = page.render(scale=SIZE[0] / page.get_width()).to_pil().convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        # The clerk's own settings and drafts stay out of the picture.
        os.environ |= {"XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name, "XDG_CACHE_HOME": name}
        take_sheet(FOLDER / "sheet.png", Path(name))
        take_window(FOLDER / "window.png")
        take_history(FOLDER / "history.png", Path(name))
