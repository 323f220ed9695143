"""A demo is rebuilt only in a folder marked as a demo's; nothing else is ever taken away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config import Settings
from kiosk.demo.folder import MARK, DemoRefused, built_on, make_way, mark_built

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'treetops.sqlite3'}", secret_key="k" * 40
    )


@pytest.fixture
def demo(settings: Settings) -> Settings:
    """A demo built yesterday, with its other files around it."""
    make_way(settings, YESTERDAY)
    for name in ("treetops.sqlite3", "treetops.sqlite3-wal", "treetops.sqlite3-shm", "secret_key", "notes.txt"):
        (settings.instance / name).write_text(name)
    mark_built(settings, YESTERDAY)
    return settings


def names_in(settings: Settings) -> set[str]:
    return {path.name for path in settings.instance.iterdir()}


def test_an_empty_folder_becomes_a_demo_that_is_not_built(settings: Settings):
    make_way(settings, TODAY)
    assert names_in(settings) == {MARK}
    assert built_on(settings) is None


def test_a_demo_of_another_day_loses_its_database_and_nothing_else(demo: Settings):
    make_way(demo, TODAY)
    assert names_in(demo) == {MARK, "secret_key", "notes.txt"}
    assert built_on(demo) is None


def test_the_demo_of_today_stays(demo: Settings):
    before = names_in(demo)
    make_way(demo, YESTERDAY)
    assert names_in(demo) == before
    assert built_on(demo) == YESTERDAY


def test_the_demo_of_today_goes_when_a_fresh_one_is_wanted(demo: Settings):
    make_way(demo, YESTERDAY, fresh=True)
    assert "treetops.sqlite3" not in names_in(demo)


def test_half_a_demo_is_begun_again(settings: Settings):
    make_way(settings, TODAY)
    (settings.instance / "treetops.sqlite3").write_text("half")
    make_way(settings, TODAY)
    assert names_in(settings) == {MARK}


@pytest.mark.parametrize("ending", ["", "-wal"])
def test_a_real_school_is_refused_and_untouched(settings: Settings, ending: str):
    file = settings.instance / f"treetops.sqlite3{ending}"
    file.write_text("children")
    with pytest.raises(DemoRefused, match="not a demo"):
        make_way(settings, TODAY, fresh=True)
    assert file.read_text() == "children"
    assert not (settings.instance / MARK).exists()


def test_a_database_outside_the_demo_folder_is_refused_and_untouched(demo: Settings, tmp_path: Path):
    inside = Settings(
        instance=demo.instance / "demo", database_url=f"sqlite:///{tmp_path / 'treetops.sqlite3'}", secret_key="k"
    )
    inside.instance.mkdir()
    (inside.instance / MARK).write_text('{"built_on": "2020-01-01"}')
    with pytest.raises(DemoRefused, match="keeps its database in"):
        make_way(inside, TODAY)
    assert (tmp_path / "treetops.sqlite3").exists()


def test_a_path_that_climbs_out_of_the_folder_is_outside(demo: Settings, tmp_path: Path):
    (demo.instance / "demo").mkdir()
    climbing = Settings(
        instance=demo.instance / "demo",
        database_url=f"sqlite:///{demo.instance / 'demo' / '..' / 'treetops.sqlite3'}",
        secret_key="k",
    )
    with pytest.raises(DemoRefused):
        make_way(climbing, TODAY)
    assert (tmp_path / "treetops.sqlite3").exists()


def test_a_mark_that_cannot_be_read_counts_as_half_a_demo(demo: Settings):
    (demo.instance / MARK).write_text("{")
    assert built_on(demo) is None
    make_way(demo, TODAY)
    assert "treetops.sqlite3" not in names_in(demo)


def test_a_database_on_a_server_is_never_ours_to_delete(tmp_path: Path):
    on_server = Settings(instance=tmp_path, database_url="postgresql+psycopg://x/demo", secret_key="k")
    make_way(on_server, TODAY)
    assert built_on(on_server) is None
