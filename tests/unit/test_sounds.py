"""A recording is what its own bytes say, short and small; anything else is refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.voices.rules import LARGEST, SoundRefused, check_sound, seconds_of, sound_type
from tests.sounds import mp4, ogg, webm

PAGE = b"<!doctype html><script src=/x.js></script>" + b" " * 100


@pytest.mark.parametrize(
    ("sound", "kind"),
    [(webm(), "audio/webm"), (ogg(), "audio/ogg"), (mp4(), "audio/mp4")],
    ids=["webm", "ogg", "mp4"],
)
def test_each_kind_is_known_by_its_first_bytes(sound: bytes, kind: str) -> None:
    assert check_sound(sound) == kind


@pytest.mark.parametrize(
    ("sound", "kind", "seconds"),
    [
        (webm(3), "audio/webm", 2.98),
        (webm(3, knows_its_size=True), "audio/webm", 2.98),
        (ogg(7), "audio/ogg", 7),
        (mp4(4), "audio/mp4", 4),
    ],
    ids=["webm of a live recorder", "webm that knows its size", "ogg", "mp4"],
)
def test_it_knows_how_long_a_sound_is(sound: bytes, kind: str, seconds: float) -> None:
    assert seconds_of(sound, kind) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "sound",
    [
        b"",
        PAGE,
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x1a\x45\xdf\xa3" + b"matroska" + bytes(100),
        b"OggS" + bytes(60),
        b"GIF89a" + bytes(100),
        webm()[:3],
        webm() + bytes(LARGEST),
        webm(12),
        ogg(11.5),
        mp4(60),
    ],
    ids=[
        *("nothing", "a page", "a wave", "a film", "ogg without sound", "a picture", "a beginning"),
        *("too large", "webm too long", "ogg too long", "mp4 too long"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(sound: bytes) -> None:
    with pytest.raises(SoundRefused) as refused:
        check_sound(sound)
    assert str(refused.value).endswith(".")


def test_ten_seconds_and_the_moment_a_recorder_needs_to_stop_are_not_too_long() -> None:
    assert check_sound(ogg(10.6)) == "audio/ogg"


@given(some.binary(max_size=400))
def test_no_bytes_make_it_stumble(tail: bytes) -> None:
    for start in (webm()[:40], ogg()[:20], mp4()[:12], b""):
        kind = sound_type(start + tail)
        if kind:
            assert seconds_of(start + tail, kind) >= 0
