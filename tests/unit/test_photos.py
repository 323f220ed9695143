"""A picture that was sent becomes a small square of our own making; what is no picture is refused."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from kiosk.people.photos import LARGEST_KEPT, LARGEST_SENT, SIDE, PhotoRefused, name_of, small_picture
from tests.photos import WHERE, lying_down, photo, says_it_is_huge

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def opened(kept: bytes) -> Image.Image:
    return Image.open(BytesIO(kept))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (3000, 200)])
def test_the_middle_of_it_is_kept_small_and_square(kind: str, size: tuple[int, int]) -> None:
    kept = small_picture(photo(kind, size))
    assert len(kept) <= LARGEST_KEPT
    image = opened(kept)
    assert (image.format, image.size, image.mode) == ("JPEG", (SIDE, SIDE), "RGB")
    for corner in ((4, 4), (SIDE - 5, 4), (4, SIDE - 5), (SIDE // 2, SIDE // 2)):
        red, green, blue = image.getpixel(corner)  # type: ignore[misc]
        assert (abs(red - 200) < 40, green < 110, blue < 110) == (True, True, True), "the sides were cut off"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_where_when_and_with_what_it_was_taken_is_kept(kind: str) -> None:
    kept = small_picture(photo(kind))
    image = opened(kept)
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (WHERE, b"A telephone", b"profile", b"Exif"):
        assert trace not in kept


def test_a_tiny_one_is_made_larger() -> None:
    assert opened(small_picture(photo("PNG", (3, 2)))).size == (SIDE, SIDE)


def test_it_stands_as_it_was_seen() -> None:
    image = opened(small_picture(lying_down()))
    above, below = image.getpixel((SIDE // 2, 20)), image.getpixel((SIDE // 2, SIDE - 20))
    assert above[1] > above[0]  # type: ignore[index]
    assert below[0] > below[1]  # type: ignore[index]


def test_what_is_see_through_becomes_paper() -> None:
    sent = BytesIO()
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(sent, "PNG")
    assert min(opened(small_picture(sent.getvalue())).getpixel((5, 5))) > 250  # type: ignore[arg-type, type-var]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    sent = BytesIO()
    Image.new("L", (300, 300), 128).convert("L" if mode == "I;16" else mode).save(
        sent, "JPEG" if mode == "CMYK" else "PNG"
    )
    assert opened(small_picture(sent.getvalue())).size == (SIDE, SIDE)


def test_even_noise_fits() -> None:
    sent = BytesIO()
    Image.frombytes("RGB", (600, 600), Random(1).randbytes(600 * 600 * 3)).save(sent, "PNG")
    assert len(small_picture(sent.getvalue())) <= LARGEST_KEPT


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "There is no picture yet"),
        (b"\0" * (LARGEST_SENT + 1), "too large. Use at most 10 MB"),
        (b"hello", "not a picture we can read"),
        (SCRIPT, "not a picture we can read"),
        (b"GIF89a" + bytes(60), "not a picture we can read"),
        (b"\xff\xd8\xff\xe0" + bytes(60), "not a picture we can read"),
        (photo()[:900], "not a picture we can read"),
        (photo("PNG")[:700], "not a picture we can read"),
        (says_it_is_huge(), "not a picture we can read"),
        (says_it_is_huge(9_000, 9_000), "too many pixels"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(sent: bytes, why: str) -> None:
    with pytest.raises(PhotoRefused, match=why):
        small_picture(sent)


def test_a_picture_in_which_a_page_hides_is_only_its_pixels() -> None:
    assert b"script" not in small_picture(photo("PNG") + SCRIPT)


def test_the_name_comes_from_the_content() -> None:
    one, other = small_picture(photo()), small_picture(photo(colour=(10, 200, 10)))
    assert name_of(one) == name_of(small_picture(photo()))
    assert name_of(one) != name_of(other)
    assert len(name_of(one)) == 32
