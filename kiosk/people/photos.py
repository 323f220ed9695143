"""What becomes of a picture that somebody sends: a small square of our own making, or a refusal. Pure.

A phone's photo says where and when it was taken, and with which phone. Nothing of the file that was sent is kept:
its pixels are drawn anew, so that no place, no hidden data and no trick of a hostile file goes any further.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from kiosk.refusal import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST_SENT = 10 * 1024 * 1024
"""In bytes; a phone's photo has two to eight megabytes."""
MOST_PIXELS = 50_000_000
"""A phone's largest photo. What says it has more is made to exhaust the server's memory."""
MOST_PIXELS_AT_ONCE = 16_000_000
"""Of those formats that can only be unpacked whole."""
SIDE = 256
"""Of the square that is kept, in pixels."""
LARGEST_KEPT = 20 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
KEPT_TYPE = "image/jpeg"
"""Every tablet shows it, also an old one."""
_NAME_LENGTH = 32
_PAPER = (255, 255, 255)
_QUALITIES = (85, 75, 65, 50, 35, 20)


class PhotoRefused(Refusal):
    """A picture that cannot be kept; the message is a sentence for whoever sent it."""


def small_picture(sent: bytes) -> bytes:
    """The middle of a picture as a small square, without anything else that was in the file.

    Raises:
        PhotoRefused: nothing, too much, or not a picture that we can read.
    """
    if not sent:
        raise PhotoRefused("There is no picture yet. Choose one.")
    if len(sent) > LARGEST_SENT:
        raise PhotoRefused("This picture is too large. Use at most %(most)s MB.", most=LARGEST_SENT // 1024**2)
    return _encoded(_square(sent))


def name_of(kept: bytes) -> str:
    """The name of a kept picture, made from its content: another picture never has the same."""
    return sha256(kept).hexdigest()[:_NAME_LENGTH]


def _square(sent: bytes) -> Picture:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as image:
            pixels = image.width * image.height
            if pixels > (MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_AT_ONCE):
                raise PhotoRefused("This picture has too many pixels. Send a smaller copy of it.")
            image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is unpacked no larger than it is needed
            upright = ImageOps.exif_transpose(image)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            square = ImageOps.fit(upright.convert(mode), (SIDE, SIDE)).convert("RGBA")
    except (
        *(OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, MemoryError),
        *(struct.error, zlib.error, Image.DecompressionBombError),
    ) as why:  # what the readers raise for a file that is broken or no picture
        raise PhotoRefused("This is not a picture we can read. Use a JPEG, PNG or WebP picture.") from why
    fresh = Image.new("RGB", (SIDE, SIDE), _PAPER)  # knows nothing of the file
    fresh.paste(square, mask=square.getchannel("A"))
    return fresh


def _encoded(square: Picture) -> bytes:
    """The square in the best quality that is small enough; noise alone needs the last."""
    for quality in _QUALITIES:
        made = BytesIO()
        square.save(made, "JPEG", quality=quality, optimize=True)
        if made.tell() <= LARGEST_KEPT:
            break
    return made.getvalue()
