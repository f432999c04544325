"""Draw the stages of a sheet for `sopdesk/sheet/README.md`: `stage-1.png` to `stage-5.png`.

The sheet is one of the example office's words; each picture shows what its stage adds.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw

from sopdesk.document.office import Office
from sopdesk.document.values import Flow, Kind, Lane, Procedure, Sop, Step, Symbol
from sopdesk.foundation.resources import resource
from sopdesk.intake.exchange import read_exchange
from sopdesk.output.pdf import write_pdf
from sopdesk.sheet.layout import lay_out
from sopdesk.sheet.page_grid import page_grid
from sopdesk.sheet.routing.router import route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopdesk.sheet.routing.grid import Node
    from sopdesk.sheet.routing.router import Routes
    from sopdesk.sheet.values import Page, Sheet, Text

FOLDER = Path(__file__).parent
EXAMPLE = resource("example", "kantor-contoh.json")
PAGED_SOP = 2
"""Of the example office, counted from 0: it goes over three pages."""

WIDTH, GREYS = 1000, 16
UNIT, BORDER = 12, 8
"""Of the picture of tracks: the distance of its lines, and the room around them, in dots."""

LANES = ("Pemohon", "Petugas", "Kepala Seksi", "Kepala Bidang")
STEPS = (
    ("Mengajukan permohonan tertulis", "start", 0),
    ("Mencatat permohonan dan meneruskan berkasnya", "process", 1),
    ("Menelaah permohonan", "decision", 3),
    ("Melengkapi data dukung", "process", 0),
    ("Memeriksa data dukung", "decision", 2),
    ("Mencocokkan data dengan konsep keputusan", "decision", 1),
    ("Menerima keputusan", "end", 0),
)
FLOWS = ((0, 1, ""), (1, 2, ""), (2, 3, "Ya"), (2, 6, "Tidak"), (3, 4, ""), (4, 5, "Ya"),
         (4, 1, "Tidak"), (5, 6, "Ya"), (5, 2, "Tidak"))  # fmt: skip


def sample() -> Procedure:
    """Return a flow table with flows that must cross."""
    return Procedure(
        tuple(Lane(str(i), name) for i, name in enumerate(LANES)),
        tuple(
            Step(str(i), activity, requirements=("Berkas",), duration="1 hari", outputs=("Agenda",))
            for i, (activity, _, _) in enumerate(STEPS)
        ),
        tuple(
            Symbol(str(i), (str(lane),), Kind(kind), "", str(i))
            for i, (_, kind, lane) in enumerate(STEPS)
        ),
        tuple(Flow(str(source), str(target), label) for source, target, label in FLOWS),
    )


def take_stages(folder: Path) -> None:
    """Save the pictures of all stages."""
    sheet = lay_out(Sop(procedures=(sample(),)), Office(), paper="a4")
    page = sheet.pages[-1]
    words = replace(page, shapes=(), connectors=(), texts=_without(page, "label"))
    heads = tuple(text for text in page.texts if text.role in ("heading", "lane"))
    symbols = replace(page, connectors=(), texts=heads)
    assert any(line.jumps for line in page.connectors)
    for number, shown in ((1, words), (2, symbols), (4, page)):
        _save(_rendered(replace(sheet, pages=(shown,)), folder)[0], f"stage-{number}.png")
    _save(draw_tracks(sample()), "stage-3.png")
    example = read_exchange(EXAMPLE)
    paged = lay_out(example.sops[PAGED_SOP], example.office or Office())
    _save(_side_by_side(_rendered(paged, folder)[1:]), "stage-5.png")


def _without(page: Page, role: str) -> tuple[Text, ...]:
    return tuple(text for text in page.texts if text.role != role)


def _rendered(sheet: Sheet, folder: Path) -> list[Image.Image]:
    """Return the pages of a sheet without the white above and below what is on them."""
    path = folder / "stage.pdf"
    write_pdf([sheet], path, title="", author="")
    document = pypdfium2.PdfDocument(path)
    pages = [page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
             for page in document]  # fmt: skip
    document.close()
    return [_trimmed(page) for page in pages]


def _trimmed(page: Image.Image) -> Image.Image:
    bounds = page.point([255 - grey for grey in range(256)]).getbbox()
    assert bounds
    return page.crop((0, bounds[1] - BORDER, WIDTH, bounds[3] + BORDER))


def draw_tracks(procedure: Procedure) -> Image.Image:
    """Return the routing grid of a flow table: its lines in grey, its symbols, its routes."""
    page = page_grid(procedure, range(len(procedure.steps)), (), ())
    routes = route(page.grid)
    size = [UNIT * (axis.length - 1) + 2 * BORDER for axis in (routes.across, routes.down)]
    picture = Image.new("L", (size[0], size[1]), 255)
    pen = ImageDraw.Draw(picture)
    for x in range(routes.across.length):
        pen.line((*_dot(x, 0), *_dot(x, routes.down.length - 1)), 215)
    for y in range(routes.down.length):
        pen.line((*_dot(0, y), *_dot(routes.across.length - 1, y)), 215)
    for node in page.grid.nodes:
        pen.rectangle(_cell(node, routes), 235, 0, 2)
    for path in routes.paths:
        pen.line([_dot(*point) for point in path], 0, 2)
        x, y = _dot(*path[-1])
        pen.ellipse((x - 3, y - 3, x + 3, y + 3), 0)
    return picture


def _cell(node: Node, routes: Routes) -> tuple[int, int, int, int]:
    across, down = routes.across, routes.down
    near = _dot(across.cell(node.first), down.cell(node.band))
    return (*near, *_dot(across.far(node.last), down.far(node.band)))


def _dot(x: int, y: int) -> tuple[int, int]:
    return BORDER + UNIT * x, BORDER + UNIT * y


def _side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    small = [page.reduce(2) for page in pages]
    height = max(page.height for page in small)
    picture = Image.new("L", (sum(page.width for page in small), height), 255)
    x = 0
    for page in small:
        picture.paste(page, (x, 0))
        x += page.width
    return picture


def _save(picture: Image.Image, name: str) -> None:
    greys = picture.quantize(GREYS, dither=Image.Dither.NONE)
    greys.save(FOLDER / name, optimize=True, bits=4)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        take_stages(Path(name))
