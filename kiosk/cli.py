"""The commands of the console script ``kiosk``.

Exit 0: done. 1: refused or found wrong, one plain sentence on stderr, nothing changed. 2: misused.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from kiosk.config import Settings, load_settings
from kiosk.refusal import Refusal

DEMO_FOLDER = "instance/demo"
Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def kiosk() -> None:
    """Treetops: a child asks, an adult answers, the child sees the answer."""


def in_app(command: Command) -> Command:
    """Run a command inside the application; its known failures become one sentence and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from kiosk import create_app

        app = create_app(load_settings())
        with app.app_context():
            return command(*args, **kwargs)

    return run  # type: ignore[return-value]


def migrated(command: Command) -> Command:
    """Refuse to work on a database that this program was not written for."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from kiosk.migrations import is_migrated

        if not is_migrated():
            raise Refusal("The database is not ready. Run kiosk migrate first.")
        return command(*args, **kwargs)

    return run  # type: ignore[return-value]


@kiosk.command()
@click.option("--host", help="Address to listen on (KIOSK_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (KIOSK_PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Bring the database up to date and serve until stopped."""
    from kiosk import create_app
    from kiosk.migrations import migrate_database
    from kiosk.web.serving import serve as serve_app

    settings = _with_address(load_settings(), host, port)
    app = create_app(settings)
    with app.app_context():
        migrate_database()
    serve_app(app, settings, ready=lambda: click.echo(f"Treetops is at http://{settings.host}:{settings.port}"))


@kiosk.command()
@click.option("--host", help="Address to listen on (KIOSK_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (KIOSK_PORT).")
def demo(host: str | None, port: int | None) -> None:
    """Build a believable school in instance/demo and serve it."""
    from kiosk import create_app
    from kiosk.demo.build import ready_demo
    from kiosk.demo.days import ZONE
    from kiosk.demo.folder import make_way
    from kiosk.migrations import migrate_database
    from kiosk.web.serving import check_address
    from kiosk.web.serving import serve as serve_app

    settings = _with_address(load_settings({"KIOSK_INSTANCE": DEMO_FOLDER, **os.environ}), host, port)
    check_address(settings)  # before anything is taken away: an older demo may still be running there
    make_way(settings, datetime.now(ZONE).date())
    app = create_app(settings)
    with app.app_context():
        migrate_database()
        school = ready_demo(click.echo)

    def ready() -> None:
        for line in [*school.lines(f"http://{settings.host}:{settings.port}"), "Ready"]:
            print(line, flush=True)

    serve_app(app, settings, ready=ready)


@kiosk.command()
@in_app
def migrate() -> None:
    """Bring the database up to the newest version."""
    from kiosk.migrations import migrate_database, newest_version

    migrate_database()
    click.echo(f"The database is at version {newest_version()}.")


@kiosk.command("import-roster")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Write the changes; without it they are only shown.")
@click.option("--school", help="Take only this school, by name or id, from files that hold several.")
@click.option("--allow-many-leavers", is_flag=True, help="Go on although more than half would leave.")
@in_app
@migrated
def import_roster(path: Path, *, apply: bool, school: str | None, allow_many_leavers: bool) -> None:
    """Read pupils, staff and classes from the school's own export (folder, zip or CSV)."""
    from kiosk.people.roster.command import import_roster as run

    sys.exit(run(path, apply=apply, school=school, allow_many_leavers=allow_many_leavers, echo=click.echo))


@kiosk.command("import-attendance")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Write it; without it what the registers say is only shown.")
@in_app
@migrated
def import_attendance(path: Path, *, apply: bool) -> None:
    """Read who was in school from the registers' export (CSV, folder or zip)."""
    from kiosk.people.attendance.command import import_attendance as run

    sys.exit(run(path, apply=apply, echo=click.echo))


@kiosk.command("add-staff")
@click.argument("name")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help="adult, duty, nurture, dsl or admin; may be repeated.",
)
@in_app
@migrated
def add_staff(name: str, email: str, roles: tuple[str, ...]) -> None:
    """Make an account and print its first password."""
    from kiosk.audit import KEYBOARD
    from kiosk.people.accounts import add_staff as add

    account = add(name, email, roles, KEYBOARD)
    click.echo(f"{name} can sign in at /staff/ with {email} and this password: {account.password}")
    if account.was_found_by_name:
        click.echo(f"They are the one {name} of the roster, where no e-mail address is given.")


@kiosk.command("high5-from-classes")
@click.option("--apply", is_flag=True, help="Write it; otherwise it is only shown.")
@in_app
@migrated
def high5_from_classes(*, apply: bool) -> None:
    """Give every pupil who has no High 5 yet the adults who teach their class."""
    from kiosk.people.high5_start import high5_from_classes as run

    sys.exit(run(apply=apply, echo=click.echo))


@kiosk.command("pair-tablet")
@click.argument("name")
@click.option(
    "--class",
    "classes",
    multiple=True,
    required=True,
    help="A class it shows; may be repeated; all for every class.",
)
@click.option("--print-token", is_flag=True, help="Pair at once and print the device's token as the last word.")
@in_app
@migrated
def pair_tablet(name: str, classes: tuple[str, ...], *, print_token: bool) -> None:
    """Invite a tablet: prints a code that works once, for ten minutes."""
    from kiosk.audit import KEYBOARD
    from kiosk.people.tablets import invite_tablet
    from kiosk.people.tablets import pair_tablet as pair

    if print_token:
        _tablet, token = pair(name, classes, KEYBOARD)
        click.echo(f"{name} is paired. Its token: {token}")
    else:
        code = invite_tablet(name, classes, KEYBOARD)
        click.echo(f"On the tablet open /pair and type this code within ten minutes: {code}")


@kiosk.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@in_app
@migrated
def setting(name: str | None, value: str | None) -> None:
    """Show how the school runs, or change one setting."""
    from kiosk.audit import KEYBOARD
    from kiosk.school.settings import SETTINGS, check_setting
    from kiosk.school.store import change_setting, settings

    if name is None:
        for each, known in SETTINGS.items():
            click.echo(f"{each} = {known.shown(settings()[each])}   ({known.meaning})")
    elif value is None:
        check_setting(name, settings().get(name, ""))
        click.echo(SETTINGS[name].shown(settings()[name]))
    else:
        kept = change_setting(name, value, KEYBOARD)
        click.echo(f"{name} = {SETTINGS[name].shown(kept)}")


@kiosk.command()
@click.argument("pupil_id", type=int)
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="Write it there, as CSV or .xlsx.")
@in_app
@migrated
def chronology(pupil_id: int, file: Path | None) -> None:
    """Everything that happened around one child, for the school's own safeguarding records."""
    from kiosk.audit import KEYBOARD
    from kiosk.patterns.child.chronology import chronology_export, chronology_of
    from kiosk.patterns.child.store import NoSuchChild
    from kiosk.patterns.out.files import as_csv, as_xlsx
    from kiosk.people.rules import read_id

    if file is not None and file.exists():
        raise Refusal(f"{file} is there already. Choose another name.")
    try:
        export = chronology_export(chronology_of(read_id(str(pupil_id)) or 0, KEYBOARD))
    except NoSuchChild:
        raise Refusal(f"There is no child with the number {pupil_id}.") from None
    if file is None:
        click.echo(as_csv(export).decode("utf-8-sig"), nl=False)
    else:
        file.touch(mode=0o600)
        file.write_bytes(as_xlsx(export) if file.suffix == ".xlsx" else as_csv(export))
        click.echo(f"Written to {file}. It holds what adults wrote about a child: keep it safe.")


@kiosk.command("patterns-report")
@click.option("--weeks", type=click.IntRange(1), help="Weeks that each made-up school lives without a change.")
@click.option("--children", type=click.IntRange(1), help="Made-up children of each kind who change.")
@click.option("--charts", type=click.IntRange(1), help="Made-up charts of each kind in which nothing changes.")
@click.option(
    "--series",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Instead: make the lists of a file of real series, a CSV with a row for each answer.",
)
@click.option("--person", default="person", show_default=True, help="The column of the file that says who.")
@click.option("--day", default="day", show_default=True, help="The column that says on which day, or when.")
@click.option("--intensity", default="intensity", show_default=True, help="The column that says how, from 1 to 5.")
@click.option("--each-row", is_flag=True, help="Each row counts as a day of its own: for short, dense series.")
@click.option("--calm-is-5", is_flag=True, help="The file counts the other way.")
def patterns_report(
    *,
    weeks: int | None,
    children: int | None,
    charts: int | None,
    series: Path | None,
    person: str,
    day: str,
    intensity: str,
    each_row: bool,
    calm_is_5: bool,
) -> None:
    """Simulate what "different from usual" and charts find, miss and mark for nothing; takes two minutes."""
    from kiosk.patterns.different import report
    from kiosk.patterns.different.series import Columns, read_series

    def show(name: str, done: float) -> None:
        if sys.stderr.isatty():
            end = "\r" if done < 1 else "\r\x1b[K"
            print(f"{name}: {done:4.0%}", end=end, file=sys.stderr, flush=True)

    if series is not None:
        try:
            with series.open(encoding="utf-8-sig", newline="") as lines:
                columns = Columns(person, day, intensity)
                found = read_series(lines, columns, by_day=not each_row, calm_is_5=calm_is_5)
        except (OSError, UnicodeDecodeError, csv.Error):
            raise Refusal(f"{series} cannot be read as a CSV file.") from None
        report.series_report(click.echo, show, found)
        return
    report.patterns_report(click.echo, show, weeks=weeks or report.WEEKS, children=children or report.CHILDREN)
    click.echo()
    report.charts_report(click.echo, show, charts=charts or report.CHARTS)


@kiosk.command("vapid-keys")
def vapid_keys() -> None:
    """Print the public key with which phones ask for alerts; it is made when it is not there."""
    from kiosk.alerts.vapid import public_key

    click.echo(public_key(load_settings().instance))


def main() -> NoReturn:
    """The console script: a traceback never reaches the person at the keyboard."""
    from sqlalchemy.exc import DBAPIError

    from kiosk.db import Busy

    try:
        kiosk.main(standalone_mode=True)
    except Refusal as refused:
        click.echo(str(refused), err=True)
    except Busy:
        click.echo("The database is in use by another program. Try again in a moment.", err=True)
    except DBAPIError as error:
        why = str(error.orig).splitlines()[0].rstrip(".")
        click.echo(f"The database could not be used: {why}.", err=True)
    except OSError as error:
        click.echo(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.", err=True)
    sys.exit(1)


def _with_address(settings: Settings, host: str | None, port: int | None) -> Settings:
    from dataclasses import replace

    return replace(settings, host=host or settings.host, port=port or settings.port)
