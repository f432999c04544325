"""The geometry listing: what a sheet's pages hold, as plain data for measuring and other programs.

Millimetres, origin at the top left of the page, y downwards; the values are those that are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopdesk.sheet.faces import FACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopdesk.sheet.values import Connector, Page, Shape, Sheet, Text

VERSION = 1


def listing(sheet: Sheet) -> dict[str, Any]:
    """Return the listing of a sheet, ready for JSON; numbers to a thousandth of a mm."""
    paper = sheet.paper
    return {
        "format": "sopdesk-layout",
        "version": VERSION,
        "sop": sheet.sop,
        "number": sheet.number,
        "notes": [
            {"code": "lanes_too_narrow", "least_spacing_mm": note.least_spacing_mm}
            for note in sheet.notes
        ],
        "paper": {
            "name": paper.name,
            "width": paper.width,
            "height": paper.height,
            "margins": list(paper.margins),
        },
        "pages": [_page(page) for page in sheet.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "kind": page.kind,
        "procedure": page.procedure,
        "boxes": [{"role": box.role, "rect": _round(box.rect)} for box in page.boxes],
        "lanes": [
            {"id": lane.id, "left": round(lane.left, 3), "right": round(lane.right, 3)}
            for lane in page.lanes
        ],
        "rows": [
            {
                "step": row.step,
                "part": row.part,
                "parts": row.parts,
                "top": round(row.top, 3),
                "bottom": round(row.bottom, 3),
            }
            for row in page.rows
        ],
        "symbols": [_symbol(shape) for shape in page.shapes],
        "connectors": [_connector(connector) for connector in page.connectors],
        "texts": [_text(text) for text in page.texts],
    }


def _symbol(shape: Shape) -> dict[str, Any]:
    listed: dict[str, Any] = {"id": shape.id, "kind": str(shape.kind)}
    if shape.letter is not None:
        listed["letter"] = shape.letter
    listed["rect"] = _round(shape.rect)
    listed["outline"] = [_round(point) for point in shape.outline]
    return listed


def _connector(connector: Connector) -> dict[str, Any]:
    return {
        "from": connector.source,
        "to": connector.target,
        "flow": connector.flow,
        "points": [_round(point) for point in connector.points],
        "arrow": connector.has_arrow,
        "label": connector.label or None,
        "label_rect": _round(connector.label_rect) if connector.label_rect else None,
        "jumps": [_round(point) for point in connector.jumps],
    }


def _text(text: Text) -> dict[str, Any]:
    listed: dict[str, Any] = {"role": text.role}
    if text.step is not None:
        listed["step"] = text.step
    return listed | {
        "text": text.text,
        "rect": _round(text.rect),
        "cell": _round(text.cell),
        "font": FACES[text.runs[0].face].family,
        "size_pt": text.size_pt,
    }


def _round(numbers: Iterable[float]) -> list[float]:
    return [round(number, 3) for number in numbers]
