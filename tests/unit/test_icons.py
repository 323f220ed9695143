"""The icons for home screens are there, square, and of the size in their name."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from kiosk.web.app_icons import APPLE_ICON, PNG_SIZES, manifest_icons

STATIC = Path(__file__).parents[2] / "static"
PNGS = [APPLE_ICON, *(f"img/icon-{size}.png" for size in PNG_SIZES)]


@pytest.mark.parametrize("name", PNGS)
def test_a_png_is_square_and_as_large_as_it_says(name: str) -> None:
    head = (STATIC / name).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (int(Path(name).stem.removeprefix("icon-")),) * 2


def test_a_manifest_names_files_that_are_there() -> None:
    icons = manifest_icons(lambda name: name)
    assert all((STATIC / icon["src"]).is_file() for icon in icons)
    assert {"192x192", "512x512", "any"} == {icon["sizes"] for icon in icons}


def test_there_is_no_other_png() -> None:
    assert sorted(path.name for path in (STATIC / "img").glob("*.png")) == sorted(Path(name).name for name in PNGS)
