"""Sounds for the tests, as browsers record them, made here: the containers are real, what is in them is a hum."""

from __future__ import annotations

from io import BytesIO


def webm(seconds: float = 1.0, *, knows_its_size: bool = False) -> bytes:
    """A WebM sound with a block every 20 ms, as a browser's recorder writes one."""
    head = _element(0x1A45DFA3, _element(0x4282, b"webm"))
    blocks = b"".join(
        _element(0xA3, b"\x81" + at.to_bytes(2, "big", signed=True) + b"\x80" + b"\x55" * 8)
        for at in range(0, 1000, 20)
    )
    clusters = b"".join(
        _element(0x1F43B675, _element(0xE7, (1000 * second).to_bytes(4, "big")) + blocks)
        for second in range(int(seconds))
    )
    if knows_its_size:
        return head + _element(0x18538067, clusters)
    return head + (0x18538067).to_bytes(4, "big") + b"\x01" + b"\xff" * 7 + clusters


def ogg(seconds: float = 1.0) -> bytes:
    """An Ogg sound of Opus: a first page, and a last one that tells where it ends."""
    return _page(0, b"OpusHead" + bytes(11)) + _page(int(seconds * 48_000), b"\x55" * 40)


def mp4(seconds: float = 1.0) -> bytes:
    """An MP4 sound: its brand, and the movie's header."""
    header = bytes(12) + (1000).to_bytes(4, "big") + int(seconds * 1000).to_bytes(4, "big") + bytes(80)
    return _box(b"ftyp", b"M4A \0\0\0\0") + _box(b"moov", _box(b"mvhd", header))


class SentAgain(BytesIO):
    """A file that can be sent in one form after the other."""

    def close(self) -> None:
        """Begin again, instead."""
        self.seek(0)


def _element(name: int, content: bytes) -> bytes:
    length = (name.bit_length() + 7) // 8
    return name.to_bytes(length, "big") + (len(content) | 1 << 28).to_bytes(4, "big") + content


def _page(position: int, content: bytes) -> bytes:
    head = b"OggS\0\0" + position.to_bytes(8, "little") + bytes(12)
    return head + b"\x01" + len(content).to_bytes(1, "big") + content


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content
