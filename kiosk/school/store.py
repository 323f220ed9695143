"""Reading and changing how the school runs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.school.calendar import SchoolCalendar, Span
from kiosk.school.models import SchoolDates, Setting
from kiosk.school.settings import SETTINGS, calendar_of, check_setting

_READ = select(Setting.name, Setting.value)
_DATES = select(SchoolDates.kind, SchoolDates.first_day, SchoolDates.last_day, SchoolDates.name).order_by(
    SchoolDates.first_day, SchoolDates.id
)


def settings() -> dict[str, str]:
    """Every setting with the value in force.

    Read once a request: another process may have changed one, so nothing is kept for longer.
    """
    session = db.session()
    kept: dict[str, str] | None = session.info.get("school_settings")
    if kept is None:
        kept = {name: setting.default for name, setting in SETTINGS.items()}
        kept.update((name, value) for name, value in session.connection().execute(_READ) if name in SETTINGS)
        session.info["school_settings"] = kept
    return kept


def setting_value(name: str) -> ColumnElement[str]:
    """One setting with its default, as part of another statement."""
    kept = select(Setting.value).where(Setting.name == name).scalar_subquery()
    return func.coalesce(kept, SETTINGS[name].default)


def school_calendar() -> SchoolCalendar:
    """The school's calendar as set now."""
    session = db.session()
    kept: SchoolCalendar | None = session.info.get("school_calendar")
    if kept is None:
        kept = session.info["school_calendar"] = calendar_of(settings(), *_terms_and_closures())
    return kept


def _terms_and_closures() -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    found: dict[str, list[Span]] = {"term": [], "closed": []}
    for kind, first, last, name in db.session().connection().execute(_DATES):
        found[kind].append(Span(first, last, name))
    return tuple(found["term"]), tuple(found["closed"])


def local_now(at: datetime | None = None) -> datetime:
    """This moment on the school's own clock."""
    return (at or utc_now()).astimezone(school_calendar().zone)


def change_setting(name: str, value: str, by: Actor) -> str:
    """Set one setting and return the value kept.

    Raises:
        SettingRefused: no such setting, or not a value it can have.
    """
    value = check_setting(name, value)
    with writing() as session:
        old = settings()[name]
        session.merge(Setting(name=name, value=value))
        shown = SETTINGS[name].shown
        record("setting_changed", by, name=name, old=shown(old), new=shown(value))
    forget_settings()
    return value


def forget_settings() -> None:
    """Read the settings anew when they are next asked for."""
    db.session().info.pop("school_settings", None)
    db.session().info.pop("school_calendar", None)
