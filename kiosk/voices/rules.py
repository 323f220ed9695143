"""What can be kept as a recording. Pure.

The kind of a sound is read from its first bytes, never from what a browser or a file's name says. The formats are
those that browsers record: WebM (RFC 9559), Ogg (RFC 3533) and MP4 (ISO/IEC 14496-12).
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.refusal import Refusal

LARGEST = 200 * 1024
LONGEST_SECONDS = 10
_GRACE_SECONDS = 1  # a recorder that is told to stop after ten seconds stops a moment later
_WEBM, _OGG = b"\x1a\x45\xdf\xa3", b"OggS"
_OPUS_RATE = 48_000
_SEGMENT, _CLUSTER, _TIMESTAMP, _BLOCK_GROUP, _BLOCK, _SIMPLE_BLOCK = (
    0x18538067,
    0x1F43B675,
    0xE7,
    0xA0,
    0xA1,
    0xA3,
)
_HOLD_OTHERS = (_SEGMENT, _CLUSTER, _BLOCK_GROUP)


class SoundRefused(Refusal):
    """A sound that cannot be kept; the message is a sentence for whoever recorded it."""


def check_sound(sound: bytes) -> str:
    """The media type of a sound that can be kept.

    Raises:
        SoundRefused: none, too much or too long of it, or not a sound as browsers record it.
    """
    if not sound:
        raise SoundRefused("There is no recording yet. Press Record, or choose a sound file.")
    if len(sound) > LARGEST:
        raise SoundRefused(
            "This recording is too large. Use at most %(most)s KB; ten seconds are enough.", most=LARGEST // 1024
        )
    kind = sound_type(sound)
    if kind is None:
        raise SoundRefused("This is not a sound that tablets can play. Use a WebM, Ogg or MP4 (M4A) recording.")
    if seconds_of(sound, kind) > LONGEST_SECONDS + _GRACE_SECONDS:
        raise SoundRefused("This recording is too long. Use at most %(most)s seconds.", most=LONGEST_SECONDS)
    return kind


def sound_type(sound: bytes) -> str | None:
    """What kind of sound this is by its own first bytes; nothing for anything else."""
    start = sound[:64]
    if start.startswith(_WEBM) and b"webm" in start:
        return "audio/webm"
    if start.startswith(_OGG) and (b"OpusHead" in start or b"\x01vorbis" in start):
        return "audio/ogg"
    if start[4:8] == b"ftyp":
        return "audio/mp4"
    return None


def seconds_of(sound: bytes, kind: str) -> float:
    """How long a sound is, as far as its container tells; 0 where it does not."""
    try:
        return {"audio/webm": _webm_seconds, "audio/ogg": _ogg_seconds, "audio/mp4": _mp4_seconds}[kind](sound)
    except (IndexError, ValueError, ZeroDivisionError):
        return 0.0  # cut off or odd; its size still bounds it


def _ogg_seconds(sound: bytes) -> float:
    """From the position that the last page gives, in samples."""
    at = sound.rindex(_OGG)
    return int.from_bytes(sound[at + 6 : at + 14], "little") / _OPUS_RATE


def _mp4_seconds(sound: bytes) -> float:
    """From the movie header, which a recorder that writes as it goes leaves at 0."""
    at = sound.index(b"mvhd") + 4
    wide = sound[at] == 1
    scale_at, length = (at + 20, 8) if wide else (at + 12, 4)
    scale = int.from_bytes(sound[scale_at : scale_at + 4], "big")
    return int.from_bytes(sound[scale_at + 4 : scale_at + 4 + length], "big") / scale


def _webm_seconds(sound: bytes) -> float:
    """From the times of the blocks, which are in milliseconds as every recorder writes them."""
    cluster = latest = 0
    for name, content in _webm_elements(sound, 0, len(sound)):
        if name == _TIMESTAMP:
            cluster = int.from_bytes(content, "big")
        elif name in (_SIMPLE_BLOCK, _BLOCK):
            after = _width(content[0])  # the number of the track
            latest = max(latest, cluster + int.from_bytes(content[after : after + 2], "big", signed=True))
    return latest / 1000


def _webm_elements(sound: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Every element with its content, in order; those that only hold others are opened."""
    at = start
    while at < end:
        width = _width(sound[at])
        name = int.from_bytes(sound[at : at + width], "big")
        at += width
        width = _width(sound[at])
        size = int.from_bytes(sound[at : at + width], "big") & ~(1 << (7 * width))
        at += width
        is_open = size == (1 << (7 * width)) - 1  # a live recorder does not know the size yet
        until = end if is_open else min(at + size, end)
        if name in _HOLD_OTHERS:
            if is_open:
                continue  # its children follow; the next of its kind ends it
            yield from _webm_elements(sound, at, until)
        else:
            yield name, sound[at:until]
        at = until


def _width(first: int) -> int:
    """How many bytes a number of variable length takes, by its first one."""
    if first == 0:
        raise ValueError("not a number of EBML")
    return 9 - first.bit_length()
