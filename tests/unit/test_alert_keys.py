"""The key for push is made once, whoever comes first, and only its owner reads it."""

from __future__ import annotations

import stat
import threading
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.alerts.vapid import FILE, KeyRefused, public_key
from kiosk.cli import kiosk


def test_the_public_half_is_what_browsers_take(tmp_path: Path) -> None:
    key = public_key(tmp_path)
    point = urlsafe_b64decode(key + "=")
    assert (len(point), point[0], "=" in key) == (65, 4, False)
    assert public_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_many_who_come_first_agree(tmp_path: Path) -> None:
    start, keys = threading.Barrier(4), set()

    def ask() -> None:
        start.wait(timeout=10)
        keys.add(public_key(tmp_path))

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(keys) == 1


def test_a_file_that_is_no_key_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("nothing of use")
    with pytest.raises(KeyRefused, match="holds no usable key"):
        public_key(tmp_path)
    assert (tmp_path / FILE).read_text() == "nothing of use"


def test_the_command_prints_the_public_half_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_INSTANCE", str(tmp_path))
    printed = CliRunner().invoke(kiosk, ["vapid-keys"]).output
    assert printed.strip() == public_key(tmp_path)
    assert "PRIVATE" not in printed
