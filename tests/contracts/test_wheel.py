"""A wheel, installed in an empty environment away from the checkout, serves the same pages and keeps its data
in the folder it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener
from zipfile import ZipFile

import pytest

from tests.bench.servers import free_port
from tests.contracts.checkout import ROOT, files_under, name_of

pytestmark = pytest.mark.xdist_group("wheel")  # built once

INSTALLS_WITHIN_SECONDS = 300
ANSWERS_WITHIN_SECONDS = 30
STOPS_WITHIN_SECONDS = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: setuptools would leave a build folder in the checkout and take old files up
    from it."""
    folder = tmp_path_factory.mktemp("wheel")
    for path in (*files_under("kiosk", "templates", "static"), *map(ROOT.joinpath, PROJECT_FILES)):
        copy = folder / "source" / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    _run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(folder / "source")], folder)
    (built,) = folder.glob("*.whl")
    return built


PROJECT_FILES = ("setup.cfg", "pyproject.toml", "README.md")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, the folder commands run in, and the folder the data goes to."""

    environment: Path
    elsewhere: Path
    data: Path

    def kiosk(self, *words: str) -> str:
        """Run the installed console script; what it printed."""
        return _run(
            [str(self.environment / "bin" / "kiosk"), *words], self.elsewhere, KIOSK_INSTANCE=str(self.data)
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel alone in a new environment; the libraries it asks for are lent by ours, so nothing is fetched."""
    folder = tmp_path_factory.mktemp("installed")
    environment, elsewhere = folder / "environment", folder / "elsewhere"
    elsewhere.mkdir()
    _run([sys.executable, "-m", "venv", "--without-pip", str(environment)], folder)
    python = environment / "bin" / "python"
    _run(
        [PIP[0], "-m", "pip", "--python", str(python), *PIP[3:], "install", "--no-deps", "--no-index", str(wheel)],
        folder,
    )
    where = _run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], elsewhere).strip()
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(where) / "lent.pth").write_text("\n".join(sorted(lent)) + "\n")
    return Installed(environment, elsewhere, folder / "data")


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        there = {name for name in archive.namelist() if ".dist-info/" not in name}
    pages = {f"kiosk/{name_of(path)}" for path in files_under("templates", "static")}
    assert there == pages | {name_of(path) for path in files_under("kiosk")}


def test_it_does_not_run_from_the_checkout(installed: Installed) -> None:
    python = str(installed.environment / "bin" / "python")
    where = _run([python, "-c", "import kiosk; print(kiosk.__file__)"], installed.elsewhere)
    assert Path(where.strip()).is_relative_to(installed.environment)


def test_the_commands_work_and_the_data_stays_in_the_named_folder(installed: Installed) -> None:
    installed.kiosk("migrate")
    said = installed.kiosk("add-staff", "Ms Patel", "--email", "patel@hazelwood.example", "--role", "admin")
    assert "patel@hazelwood.example" in said
    token = installed.kiosk("pair-tablet", "Oak tablet", "--class", "all", "--print-token").split()[-1]
    assert len(token) >= 40
    assert list(installed.elsewhere.iterdir()) == []
    assert {"treetops.sqlite3", "secret_key"} <= {path.name for path in installed.data.iterdir()}


@pytest.fixture(scope="module")
def address(installed: Installed) -> Iterator[str]:
    """Where the installed program serves."""
    port = free_port()
    installed.data.mkdir(exist_ok=True)  # by itself a test must not need those above to have run before it
    command = [str(installed.environment / "bin" / "kiosk"), "serve", "--port", str(port)]
    environ = _environ(KIOSK_INSTANCE=str(installed.data))
    with (
        (installed.data / "faults.log").open("w") as faults,  # not a pipe: nobody would empty it
        subprocess.Popen(
            command, cwd=installed.elsewhere, env=environ, stdout=subprocess.PIPE, stderr=faults, text=True
        ) as server,
    ):
        assert server.stdout
        try:
            assert "Treetops is at" in server.stdout.readline(), (installed.data / "faults.log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(STOPS_WITHIN_SECONDS)


@pytest.mark.parametrize("path", ["/", "/static/css/base.css", "/staff/sign-in", "/pair", "/sw.js", "/readyz"])
def test_the_same_pages_are_served(address: str, path: str) -> None:
    with build_opener(ProxyHandler({})).open(address + path, timeout=ANSWERS_WITHIN_SECONDS) as answer:
        assert answer.status == 200
        assert answer.read()


def _run(command: list[str], folder: Path, **environ: str) -> str:
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=_environ(**environ),
        capture_output=True,
        text=True,
        timeout=INSTALLS_WITHIN_SECONDS,
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return done.stdout


def _environ(**more: str) -> dict[str, str]:
    """Our environment without what would point the program at the checkout or at other settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("KIOSK_", "PYTHON"))}
    return ours | more
