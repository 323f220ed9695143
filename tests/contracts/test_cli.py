"""Every command ends with 0, 1 or 2; a refusal is one plain sentence on stderr and changes nothing."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path

import pytest

from kiosk.cli import kiosk, main
from tests.bench.servers import free_port
from tests.cast import PASSWORD, email_of
from tests.conftest import Templates
from tests.contracts.checkout import ROOT

Change = Callable[[Path], object]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int | str | None
    out: str
    err: str


class Keyboard:
    """Somebody at the keyboard of the server, with one instance folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def types(self, *words: str, **environ: str) -> Ended:
        """Run ``kiosk`` with these words, through the same function as the console script."""
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["kiosk", *words])
            for name, value in ({"KIOSK_INSTANCE": str(self.folder)} | environ).items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:  # anything else would be a traceback
                main()
        said = self._capsys.readouterr()
        return Ended(ended.value.code or 0, said.out, said.err)

    def kept(self) -> list[str]:
        """Everything in the database."""
        file = self.folder / "treetops.sqlite3"
        if not file.is_file():
            return []
        with closing(sqlite3.connect(file)) as connection:
            return list(connection.iterdump())


@pytest.fixture
def keyboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    """A server that was never started: no folder, no database."""
    return Keyboard(tmp_path / "instance", monkeypatch, capsys)


@pytest.fixture
def school(keyboard: Keyboard, sqlite_templates: Templates) -> Keyboard:
    """A server with the cast in its database."""
    keyboard.folder.mkdir()
    shutil.copy(sqlite_templates.with_cast, keyboard.folder / "treetops.sqlite3")
    return keyboard


def test_the_first_hour_of_a_new_school(keyboard: Keyboard, tmp_path: Path) -> None:
    roster = tmp_path / "pupils.csv"
    roster.write_text("Forename,Surname,Class,UPN\nAmir,Khan,Oak,A123456789012\n", "utf-8")
    assert "version" in keyboard.types("migrate").out
    assert keyboard.types("setting", "school_name", "Hazelwood Primary").out == "school_name = Hazelwood Primary\n"
    assert keyboard.types("import-roster", str(roster)).status == 0
    nothing_yet = keyboard.types("pair-tablet", "Oak tablet", "--class", "Oak")
    assert nothing_yet.status == 1
    assert keyboard.types("import-roster", str(roster), "--apply").status == 0
    code = keyboard.types("pair-tablet", "Oak tablet", "--class", "Oak")
    assert (code.status, len(code.out.split()[-1])) == (0, 8)
    assert len(keyboard.types("pair-tablet", "Spare", "--class", "Oak", "--print-token").out.split()[-1]) == 43
    added = keyboard.types("add-staff", "Mrs Ali", "--email", "ali@hazelwood.example", "--role", "adult")
    assert "ali@hazelwood.example" in added.out
    assert added.err == ""


def test_the_commands_of_the_readme_make_a_school(
    keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pupils.csv").write_text("Forename,Surname,Class,UPN\nAmir,Khan,Oak,A123456789012\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    told = re.findall(r"^    \.venv/bin/kiosk (.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    commands = [shlex.split(line, comments=True) for line in told]
    assert commands.pop() == ["serve"]
    assert len(commands) >= 6
    for command in commands:
        ended = keyboard.types(*command)
        assert (ended.status, ended.err) == (0, ""), command


def test_nobody_else_on_the_machine_can_look_into_the_folder(keyboard: Keyboard) -> None:
    assert keyboard.types("migrate").status == 0
    assert keyboard.folder.stat().st_mode & 0o077 == 0
    assert (keyboard.folder / "secret_key").stat().st_mode & 0o077 == 0


def test_migrating_again_changes_nothing(school: Keyboard) -> None:
    before = school.kept()
    assert school.types("migrate").status == 0
    assert school.kept() == before


def test_every_setting_is_listed_with_its_value_and_meaning(school: Keyboard) -> None:
    from kiosk.school.settings import SETTINGS

    listed = school.types("setting").out.splitlines()
    assert [line.partition(" = ")[0] for line in listed] == list(SETTINGS)
    assert all(SETTINGS[line.partition(" = ")[0]].meaning in line for line in listed)
    assert school.types("setting", "timezone").out == "Europe/London\n"


NEW = "new@hazelwood.example"
REFUSED_OF_A_SCHOOL = {
    "a class nobody has": ["pair-tablet", "Oak tablet", "--class", "Willow"],
    "every class and one": ["pair-tablet", "Oak tablet", "--class", "all", "--class", "Oak"],
    "a tablet without a name": ["pair-tablet", " ", "--class", "Oak"],
    "a tablet with an endless name": ["pair-tablet", "x" * 81, "--class", "Oak", "--print-token"],
    "an address that has an account": ["add-staff", "Mrs Ali", "--email", email_of("ali"), "--role", "adult"],
    "the same in capitals": ["add-staff", "Mrs Ali", "--email", email_of("ali").upper(), "--role", "adult"],
    "no address at all": ["add-staff", "Mrs Ali", "--email", "mrs ali", "--role", "adult"],
    "a role nobody has": ["add-staff", "Mrs Ali", "--email", NEW, "--role", "head"],
    "an adult without a name": ["add-staff", " ", "--email", NEW, "--role", "adult"],
    "an adult with an endless name": ["add-staff", "x" * 121, "--email", NEW, "--role", "duty"],
    "a name that hides something": ["add-staff", "Mrs\x1bAli", "--email", NEW, "--role", "duty"],
    "a setting nobody has": ["setting", "weather"],
    "a value for a setting nobody has": ["setting", "weather", "sunny"],
    "a time zone that is none": ["setting", "timezone", "Hazelwood"],
    "a path as a time zone": ["setting", "timezone", "../UTC"],
    "a day that closes before it opens": ["setting", "school_hours", "15:30-08:30"],
    "no day at all": ["setting", "school_days", "holiday"],
    "a number that is none": ["setting", "answer_within_seconds", "ten"],
    "a number that is too small": ["setting", "answer_within_seconds", "1"],
    "an empty name": ["setting", "school_name", " "],
    "a name of two lines": ["setting", "school_name", "Hazelwood\nPrimary"],
    "a roster that is not there": ["import-roster", "nowhere.csv", "--apply"],
    "registers that are not there": ["import-attendance", "nowhere.csv", "--apply"],
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED_OF_A_SCHOOL)
def test_what_a_school_cannot_have_is_refused_in_one_sentence_and_changes_nothing(
    school: Keyboard, what: str
) -> None:
    before = school.kept()
    ended = school.types(*REFUSED_OF_A_SCHOOL[what])
    assert ended.status == 1
    assert ended.out == ""
    assert_one_sentence(ended.err)
    assert school.kept() == before


def make_folder_a_file(folder: Path) -> None:
    folder.write_text("")


def write(name: str, text: bytes) -> Change:
    def change(folder: Path) -> None:
        folder.mkdir()
        (folder / name).write_bytes(text)

    return change


def make_folder(name: str) -> Change:
    return lambda folder: (folder / name).mkdir(parents=True)


BROKEN: dict[str, tuple[Change, dict[str, str]]] = {
    "the folder is a file": (make_folder_a_file, {}),
    "the folder cannot be made": (make_folder_a_file, {"KIOSK_INSTANCE": "{folder}/deeper"}),
    "the toml is not toml": (write("kiosk.toml", b"port = ["), {}),
    "the toml is not text": (write("kiosk.toml", b"\xff\xfe"), {}),
    "the toml is a folder": (make_folder("kiosk.toml"), {}),
    "the port in the toml is a word": (write("kiosk.toml", b'port = "tablet"'), {}),
    "the port in the toml is a list": (write("kiosk.toml", b"port = [8080]"), {}),
    "a name in the toml has a slip": (write("kiosk.toml", b"prot = 9000"), {}),
    "the toml names its own folder": (write("kiosk.toml", b'instance = "elsewhere"'), {}),
    "the key is empty": (write("secret_key", b"\n"), {}),
    "the key is not text": (write("secret_key", b"\xff" * 60), {}),
    "the key is a folder": (make_folder("secret_key"), {}),
    "the key given is short": (make_folder("."), {"KIOSK_SECRET_KEY": "treetops"}),
    "the database is a folder": (make_folder("treetops.sqlite3"), {}),
    "the database is something else": (write("treetops.sqlite3", b"Forename,Surname\n" * 99), {}),
    "the database is of a kind we do not speak": (make_folder("."), {"KIOSK_DATABASE_URL": "mysql://localhost/x"}),
    "the address of the database cannot be read": (
        make_folder("."),
        {"KIOSK_DATABASE_URL": "postgresql://us:pw@there:port/x"},
    ),
    "the address names no database": (make_folder("."), {"KIOSK_DATABASE_URL": "sqlite:///"}),
    "the database server is not there": (make_folder("."), {"KIOSK_DATABASE_URL": "postgresql://127.0.0.1:1/x"}),
    "the port is none": (make_folder("."), {"KIOSK_PORT": "99999"}),
    "the streams are none": (make_folder("."), {"KIOSK_STREAMS": "-1"}),
    "the proxies are none": (make_folder("."), {"KIOSK_TRUSTED_PROXY": "yes"}),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
@pytest.mark.parametrize("command", [["migrate"], ["setting"], ["serve"]], ids=" ".join)
def test_a_server_that_cannot_work_says_so_in_one_sentence(
    keyboard: Keyboard, what: str, command: list[str]
) -> None:
    change, environ = BROKEN[what]
    change(keyboard.folder)
    ended = keyboard.types(*command, **{k: v.format(folder=keyboard.folder) for k, v in environ.items()})
    assert ended.status == 1
    assert ended.out == ""
    assert_one_sentence(ended.err)


def test_a_key_for_which_there_is_no_room_leaves_no_draft_behind(
    keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that is started again every few seconds would leave one each time."""

    def full(_bytes: int) -> str:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("kiosk.config.secrets.token_urlsafe", full)
    ended = keyboard.types("migrate")
    assert (ended.status, "No space left on device" in ended.err) == (1, True)
    assert_one_sentence(ended.err)
    assert list(keyboard.folder.iterdir()) == []


NEED_A_DATABASE = {
    "chronology": ["1"],
    "import-roster": ["."],
    "import-attendance": ["."],
    "add-staff": ["Mrs Ali", "--email", "ali@hazelwood.example", "--role", "adult"],
    "high5-from-classes": ["--apply"],
    "pair-tablet": ["Oak tablet", "--class", "all"],
    "setting": ["school_name", "Hazelwood"],
}
MAKE_THEIR_OWN = {"demo", "migrate", "serve"}
NEED_NONE = {"patterns-report", "vapid-keys"}


def test_every_command_is_known_here() -> None:
    assert set(kiosk.commands) == set(NEED_A_DATABASE) | MAKE_THEIR_OWN | NEED_NONE


@pytest.mark.parametrize("command", NEED_A_DATABASE)
def test_a_database_that_was_not_migrated_is_not_touched(keyboard: Keyboard, command: str) -> None:
    ended = keyboard.types(command, *NEED_A_DATABASE[command])
    assert ended.status == 1
    assert ended.err == "The database is not ready. Run kiosk migrate first.\n"
    assert keyboard.kept() == ["BEGIN TRANSACTION;", "COMMIT;"]


@pytest.mark.parametrize("command", ["migrate", "serve", "setting"])
def test_a_database_of_a_newer_program_is_not_touched(school: Keyboard, command: str) -> None:
    with closing(sqlite3.connect(school.folder / "treetops.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = school.kept()
    ended = school.types(command)
    assert ended.status == 1
    assert_one_sentence(ended.err)
    assert school.kept() == before


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_an_address_that_is_taken_or_no_address_is_refused(keyboard: Keyboard, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for where in (
            ["--port", str(taken.getsockname()[1])],
            ["--host", "999.1.1.1", "--port", str(free_port())],
        ):
            ended = keyboard.types(command, *where)
            assert ended.status == 1
            assert ended.out == ""
            assert_one_sentence(ended.err)


def test_a_demo_never_takes_the_place_of_a_school(school: Keyboard) -> None:
    before = school.kept()
    ended = school.types("demo", "--port", str(free_port()))
    assert ended.status == 1
    assert_one_sentence(ended.err)
    assert school.kept() == before


MISUSED = {
    "no such command": ["ring-bell"],
    "no such option": ["migrate", "--quickly"],
    "a word too many": ["migrate", "now"],
    "an argument left out": ["add-staff"],
    "an option left out": ["add-staff", "Mrs Ali", "--role", "adult"],
    "a class left out": ["pair-tablet", "Oak tablet"],
    "a path left out": ["import-roster"],
    "a port that is none": ["serve", "--port", "99999"],
}


@pytest.mark.parametrize("what", MISUSED)
def test_a_command_that_is_misused_ends_with_2(school: Keyboard, what: str) -> None:
    before = school.kept()
    ended = school.types(*MISUSED[what])
    assert ended.status == 2
    assert "Traceback" not in ended.err
    assert ended.err.strip()
    assert school.kept() == before


@pytest.mark.parametrize("command", sorted(kiosk.commands))
def test_every_command_explains_itself(keyboard: Keyboard, command: str) -> None:
    helped = keyboard.types(command, "--help")
    assert helped.status == 0
    assert kiosk.commands[command].help
    assert not keyboard.folder.exists()


def test_the_other_way_to_start_it_is_the_same_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "setting"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert_one_sentence(done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["instance"]


def test_a_password_is_shown_once_and_kept_nowhere(school: Keyboard) -> None:
    said = school.types("add-staff", "Mr Lane", "--email", "lane@hazelwood.example", "--role", "adult").out
    password = said.split()[-1]
    assert len(password) >= 20
    assert password != PASSWORD
    assert not any(password in line for line in school.kept())


def assert_one_sentence(said: str) -> None:
    """One line for a person: it ends like a sentence and shows nothing of our code."""
    assert said.count("\n") == 1, said
    assert said.rstrip()[-1] in ".?!", said
    assert "Traceback" not in said
    assert "Error" not in said
