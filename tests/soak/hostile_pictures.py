"""Pictures that were made to harm, or are none."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _png(width: int, height: int, pixels: bytes, *more: bytes, depth: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    return b"".join(
        (_PNG, _chunk(b"IHDR", head), *more, _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    )


def _packed(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(size >> 20)) + packer.flush()


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes((1, 17, 0, 2, 17, 1, 3, 17, 1))
    return (
        b"\xff\xd8\xff\xe0"
        + struct.pack(">H", 16)
        + b"JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0"
        + frame
        + b"\xff\xd9"
    )


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.png", b"x")
    return stream.getvalue()


def pictures() -> dict[str, bytes]:
    """Return files that claim to be a picture, by what they are."""
    bitmap = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, *[0] * 6) + bytes(4)
    small = zlib.compress(bytes(4))
    noise = random.Random(5).randbytes(20_000)
    return {
        "a PNG of 900 megapixels": _png(30_000, 30_000, _packed(2**26)),
        "a PNG of 26 megapixels": _png(5_200, 5_000, _packed(2**26)),
        "a PNG one pixel high": _png(2**31 - 1, 1, small),
        "a PNG one pixel wide": _png(1, 2**31 - 1, small),
        "a PNG of no size": _png(0, 0, small),
        "a PNG without pixels": _png(100, 100, b""),
        "a PNG of noise": _png(100, 100, noise),
        "a PNG of a depth that is none": _png(100, 100, small, depth=7),
        "a PNG with a wrong check": _png(1, 1, small)[:29] + b"\0\0\0\0" + _png(1, 1, small)[33:],
        "a PNG that is cut in its head": _png(1, 1, small)[:20],
        "a PNG of its head alone": _PNG,
        "a PNG beyond the size": _png(1, 1, small) + bytes(6 * 2**20),
        "a PNG with a chunk that lies": _PNG + struct.pack(">I", 2**31 - 1) + b"IHDR" + noise,
        "a JPEG of 4,294 megapixels": _jpeg(65_535, 65_535),
        "a JPEG of no size": _jpeg(0, 0),
        "a JPEG without pixels": _jpeg(100, 100),
        "a JPEG of noise": b"\xff\xd8\xff\xe0" + noise,
        "a JPEG of its head alone": b"\xff\xd8\xff",
        "a GIF": b"GIF89a\x01\0\x01\0\x80\0\0" + bytes(6)
        + b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
        "a BMP": b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + bitmap,
        "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "an SVG of entities": b'<!DOCTYPE s [<!ENTITY a "aaaa">]><svg width="&a;"/>',
        "a PPM": b"P6 100000 100000 255\n" + noise,
        "an XPM": b'/* XPM */ static char *a[] = {"99999 99999 1 1", "a c #000"};',
        "an icon": b"\0\0\x01\0\x01\0" + noise,
        "a TIFF": b"II*\0\x08\0\0\0" + noise,
        "a WebP": b"RIFF\x10\0\0\0WEBPVP8 " + noise,
        "a PDF": b"%PDF-1.7\n" + noise,
        "an archive": _archive(),
        "a text": b"logo",
        "emptiness": b"",
        "nothing but noise": noise,
    }  # fmt: skip
