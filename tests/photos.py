"""Pictures for the tests, drawn here: what a phone sends, with all that it writes about place and time."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

WHERE = b"53 degrees north"
"""Stands in the file as the place where it was taken."""


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (640, 480), colour: tuple[int, int, int] = (200, 60, 60)
) -> bytes:
    """A picture whose middle has one colour and whose sides another, with a place, a comment and a profile."""
    image = Image.new("RGB", size, (20, 20, 120))
    middle = min(size)
    image.paste(
        colour,
        ((size[0] - middle) // 2, (size[1] - middle) // 2, (size[0] + middle) // 2, (size[1] + middle) // 2),
    )
    about = Image.Exif()
    about[0x010F] = "A telephone"
    about.get_ifd(0x8825).update({1: "N", 2: (53.0, 28.0, 12.0), 3: "W", 4: (2.0, 14.0, 3.0), 27: WHERE})
    sent = BytesIO()
    image.save(sent, kind, exif=about, icc_profile=b"a profile of a screen")
    assert WHERE in sent.getvalue()
    return sent.getvalue()


def lying_down() -> bytes:
    """A photo that was taken with the phone on its side: green is above once it is turned."""
    image = Image.new("RGB", (400, 400), (0, 160, 0))
    image.paste((160, 0, 0), (200, 0, 400, 400))
    about = Image.Exif()
    about[0x0112] = 6  # to be turned a quarter clockwise
    sent = BytesIO()
    image.save(sent, "JPEG", exif=about)
    return sent.getvalue()


def says_it_is_huge(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that unpack to gigabytes."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", lines) + part(b"IEND", b"")
