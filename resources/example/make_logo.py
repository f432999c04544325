"""Draw `logo.png`, the emblem of the example's invented regency."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 560
FINER = 4
"""Drawn this much larger and scaled down, so that edges are smooth."""

BLUE, GREEN, GOLD, WHITE, DARK = "#1d5fa8", "#2a8a57", "#f2b632", "#ffffff", "#14395f"

Point = tuple[float, float]


def shield(inset: float) -> list[Point]:
    """Return the shield's outline, drawn in by `inset`, in the picture's own pixels."""
    left, right, top = 20 + inset, WIDTH - 20 - inset, 20 + inset
    shoulder, tip = 300.0, HEIGHT - 20 - 1.3 * inset
    curve = [math.pi / 2 * step / 40 for step in range(41)]
    centre, half = WIDTH / 2, (right - left) / 2
    right_side = [
        (centre + half * math.cos(a), shoulder + (tip - shoulder) * math.sin(a)) for a in curve
    ]
    left_side = [(2 * centre - x, y) for x, y in reversed(right_side)]
    return [(left, top), (right, top), *right_side, *left_side]


def rays(centre: Point, inner: float, outer: float, count: int) -> list[Point]:
    """Return a star's outline: the sun with its rays."""
    points = []
    for step in range(2 * count):
        radius = inner if step % 2 else outer
        angle = math.pi * step / count - math.pi / 2
        points.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return points


def wave(top: float, height: float) -> list[Point]:
    """Return a band of water across the picture."""

    def edge(shift: float) -> list[Point]:
        return [(float(x), top + shift + 9 * math.sin(x / 26)) for x in range(0, WIDTH + 1, 4)]

    return [*edge(0), *reversed(edge(height))]


def draw() -> Image.Image:
    """Return the emblem on a transparent ground."""
    size = (WIDTH * FINER, HEIGHT * FINER)

    def scaled(points: list[Point]) -> list[Point]:
        return [(x * FINER, y * FINER) for x, y in points]

    field = Image.new("RGBA", size, BLUE)
    pen = ImageDraw.Draw(field)
    sun = (WIDTH / 2, 190.0)
    pen.polygon(scaled(rays(sun, 74, 118, 17)), fill=GOLD)
    pen.ellipse(scaled([(sun[0] - 62, sun[1] - 62), (sun[0] + 62, sun[1] + 62)]), fill=WHITE)
    pen.ellipse(scaled([(sun[0] - 52, sun[1] - 52), (sun[0] + 52, sun[1] + 52)]), fill=GOLD)
    pen.polygon(scaled([(20, 400), (150, 236), (226, 330), (318, 214), (470, 400)]), fill=GREEN)
    pen.rectangle(scaled([(0, 380), (WIDTH, HEIGHT)]), fill=BLUE)
    for top in (380, 424, 468):
        pen.polygon(scaled(wave(top, 18)), fill=WHITE)
    emblem = Image.new("RGBA", size)
    ImageDraw.Draw(emblem).polygon(scaled(shield(0)), fill=DARK)
    ImageDraw.Draw(emblem).polygon(scaled(shield(8)), fill=GOLD)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(scaled(shield(18)), fill=255)
    emblem.paste(field, mask=mask)
    return emblem.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw().quantize(64, Image.Quantize.FASTOCTREE).save(
        Path(__file__).with_name("logo.png"), optimize=True
    )
