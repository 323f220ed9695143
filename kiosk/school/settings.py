"""How the school runs: every setting with its default, its meaning and its check. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.refusal import Refusal
from kiosk.school.calendar import NATIONS, WEEKDAYS, SchoolCalendar, Span, parse_hours, parse_weekdays
from kiosk.school.languages import LANGUAGES, SOURCE
from kiosk.wording import N_, Sentence

YEAR_BEGINS = {"september": 9, "august": 8}
"""In which month a school year can begin."""
HIDDEN = N_("(set, and not shown)")


class SettingRefused(Refusal):
    """A value a setting cannot have; the message is a sentence for the person who gave it."""


@dataclass(frozen=True)
class SchoolSetting:
    """One thing a school decides."""

    default: str
    meaning: str
    problem: Callable[[str], str | None]
    """Says in a sentence what is wrong with a value, or nothing."""
    choices: tuple[str, ...] = ()
    """All the values it can have, when they are few."""
    secret: bool = False
    """It may hold a password: it is never shown, and not written into the record."""

    def shown(self, value: str) -> str:
        """A value as anybody may see it."""
        return HIDDEN if self.secret and value else value

    @property
    def hint(self) -> str:
        """What a value looks like, as the end of a sentence."""
        return self.problem("") or N_("anything will do")


def _text(most: int) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        if not value.strip() or not value.isprintable():
            return Sentence("write some words on one line, at most %(most)s characters", most=most)
        return Sentence("use at most %(most)s characters", most=most) if len(value) > most else None

    return problem


def _text_or_nothing(most: int) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        return _text(most)(value) if value else None

    return problem


def _number(least: int, most: int) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        fits = value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most
        return None if fits else Sentence("use a whole number from %(least)s to %(most)s", least=least, most=most)

    return problem


def _choice(*choices: str) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        return None if value in choices else Sentence("use one of: %(choices)s", choices=", ".join(choices))

    return problem


def _mail_server(value: str) -> str | None:
    """Nothing, or an Apprise mail address without a recipient."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        known = parts.scheme in ("mailto", "mailtos") and bool(parts.hostname)
        names = {name for name, _ in parse_qsl(parts.query)}
        fits = known and (parts.port is None or parts.port > 0) and parts.path in ("", "/") and "to" not in names
    except ValueError:
        fits = False
    if not fits or not value.isprintable() or len(value) > 400:
        return N_("use an address such as mailtos://NAME:PASSWORD@SERVER?from=ADDRESS, or nothing for no mail")
    return None


def _time_zone(value: str) -> str | None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return N_("use a name such as Europe/London")
    return None


def _parses(parse: Callable[[str], object], hint: str) -> Callable[[str], str | None]:
    def problem(value: str) -> str | None:
        try:
            parse(value)
        except ValueError:
            return hint
        return None

    return problem


def off_or_number(value: str) -> int | None:
    """Read ``off`` (nothing) or a whole number.

    Raises:
        ValueError: neither.
    """
    return None if value.strip().lower() == "off" else int(value)


def hard_in_days(value: str) -> tuple[int, int] | None:
    """Read ``off`` (nothing) or ``4 in 10``: at least so many hard answers in so many school days.

    Raises:
        ValueError: neither, or more answers than days, or more days than the rules look back.
    """
    if value.strip().lower() == "off":
        return None
    least, days = (int(part) for part in value.split(" in "))
    if not 1 <= least <= days <= 40:
        raise ValueError(value)
    return least, days


def _off_or(least: int, most: int) -> Callable[[str], str | None]:
    number = _number(least, most)

    def problem(value: str) -> str | None:
        if value == "off" or number(value) is None:
            return None
        return Sentence("use off, or a whole number from %(least)s to %(most)s", least=least, most=most)

    return problem


WHOSE_HOLIDAYS = (*NATIONS, "none")
SCALE_ORDERS = ("left_to_right", "follow")
DIRECTIONS = ("calm_is_1", "calm_is_5")
THEMES = ("calm", "zones", "no_traffic_light", "high_contrast")
SCALE_PICTURES = ("faces", "thermometer", "weather")
YES_NO = ("no", "yes")

SETTINGS: dict[str, SchoolSetting] = {
    "school_name": SchoolSetting("Our school", N_("The school's name, shown to staff."), _text(80)),
    "safe_space_name": SchoolSetting("Treetops", N_("What the children call the safe space."), _text(40)),
    "timezone": SchoolSetting("Europe/London", N_("The school's time zone."), _time_zone),
    "school_hours": SchoolSetting(
        "08:30-15:30",
        N_("When a request must have an answer: 08:30-15:30, or always."),
        _parses(parse_hours, N_("use two times such as 08:30-15:30, or always")),
    ),
    "school_days": SchoolSetting(
        "mon-fri",
        N_("Days the school is open: mon-fri, a list such as mon,tue,thu, or always."),
        _parses(parse_weekdays, N_("use days such as mon-fri or mon,tue,thu, or always")),
    ),
    "bank_holidays": SchoolSetting(
        "england",
        N_("Whose bank holidays the school keeps: england, wales, scotland, northern_ireland or none."),
        _choice(*WHOSE_HOLIDAYS),
        WHOSE_HOLIDAYS,
    ),
    "school_year_begins": SchoolSetting(
        "september",
        N_(
            "In which month a school year begins, on its first: september or august. A term that begins in August "
            "and goes on into September begins it by itself."
        ),
        _choice(*YEAR_BEGINS),
        tuple(YEAR_BEGINS),
    ),
    "answer_within_seconds": SchoolSetting(
        "600", N_("How long a request may wait for an answer, in seconds of school time."), _number(5, 86_400)
    ),
    "scale_direction": SchoolSetting(
        "calm_is_1",
        N_("Which end of the scale is calm: calm_is_1 or calm_is_5."),
        _choice(*DIRECTIONS),
        DIRECTIONS,
    ),
    "retention_checkins_days": SchoolSetting(
        "730", N_("How long check-ins are kept, in days."), _number(30, 9_999)
    ),
    "two_person_close": SchoolSetting(
        "no", N_("Whether a second person signs off each chat: yes or no."), _choice(*YES_NO), YES_NO
    ),
    "pupil_free_text": SchoolSetting(
        "no", N_("Whether pupils may write words of their own: yes or no."), _choice(*YES_NO), YES_NO
    ),
    "help_place": SchoolSetting(
        "the school office", N_("Where a child should go when nobody has answered."), _text(60)
    ),
    "tablet_language": SchoolSetting(
        SOURCE,
        N_("The language of the tablets while no child with a language of their own is there: en, cy and others."),
        _choice(*LANGUAGES),
        tuple(LANGUAGES),
    ),
    "scale_order_rtl": SchoolSetting(
        "left_to_right",
        N_(
            "Which way the steps stand in a language written from right to left: left_to_right as on the school's "
            "walls, or follow the writing."
        ),
        _choice(*SCALE_ORDERS),
        SCALE_ORDERS,
    ),
    "tablet_theme": SchoolSetting(
        "calm",
        N_(
            "The colours of the steps where nobody chose otherwise for a class or a child: calm, zones, "
            "no_traffic_light or high_contrast."
        ),
        _choice(*THEMES),
        THEMES,
    ),
    "tablet_scale_picture": SchoolSetting(
        "faces",
        N_("What stands beside the fingers where nobody chose otherwise: faces, thermometer or weather."),
        _choice(*SCALE_PICTURES),
        SCALE_PICTURES,
    ),
    "duty_board_names": SchoolSetting(
        "no", N_("Whether the duty board on the wall shows children's names: yes or no."), _choice(*YES_NO), YES_NO
    ),
    "patterns_today": SchoolSetting(
        "yes",
        N_(
            "Whether Today shows what children answered, whose day was hard and who is not heard from: yes or no. "
            "Who waits and who was answered late stands there always."
        ),
        _choice(*YES_NO),
        YES_NO,
    ),
    "patterns_child": SchoolSetting(
        "yes",
        N_("Whether there is a page with one child's answers over time: yes or no."),
        _choice(*YES_NO),
        YES_NO,
    ),
    "patterns_different": SchoolSetting(
        "yes",
        N_("Whether there is a weekly list of what is different from usual: yes or no."),
        _choice(*YES_NO),
        YES_NO,
    ),
    "patterns_connections": SchoolSetting(
        "yes",
        N_("Whether there is a page of who is not heard from and who is named by whom: yes or no."),
        _choice(*YES_NO),
        YES_NO,
    ),
    "patterns_school": SchoolSetting(
        "yes",
        N_("Whether there is a page with figures of classes and the school: yes or no."),
        _choice(*YES_NO),
        YES_NO,
    ),
    "weekly_list_day": SchoolSetting(
        "mon",
        N_("The day from which each week's list is shown; it looks at the school days before: mon to sun."),
        _choice(*WEEKDAYS),
        WEEKDAYS,
    ),
    "quiet_days": SchoolSetting(
        "5", N_("After how many school days without a word a child is not heard from."), _number(1, 60)
    ),
    "rule_hard_answers": SchoolSetting(
        "off",
        N_("Plain rule, so many hard days among the last school days: 4 in 10, or off."),
        _parses(hard_in_days, N_("use off, or two numbers such as 4 in 10, the second at most 40")),
    ),
    "rule_hard_running": SchoolSetting("3", N_("Plain rule, so many hard days running, or off."), _off_or(2, 10)),
    "rule_always_same": SchoolSetting(
        "off", N_("Plain rule, so many days the same answer, or off."), _off_or(5, 40)
    ),
    "rule_sudden_move": SchoolSetting(
        "off", N_("Plain rule, the last three days so many steps from the ten before, or off."), _off_or(1, 4)
    ),
    "rule_weekends": SchoolSetting(
        "no", N_("Plain rule, hard before or after weekends and not between: yes or no."), _choice(*YES_NO), YES_NO
    ),
    "concern_contact": SchoolSetting(
        "",
        N_(
            "Who to go to when the only safeguarding lead is the one a worry is about: "
            "a name and how to reach them."
        ),
        _text_or_nothing(200),
    ),
    "mail_server": SchoolSetting(
        "",
        N_(
            "The school's mail server, for alerts to adults' own addresses: "
            "mailtos://NAME:PASSWORD@SERVER?from=ADDRESS. Empty sends no mail."
        ),
        _mail_server,
        secret=True,
    ),
}


def check_setting(name: str, value: str) -> str:
    """The value as it is kept.

    Raises:
        SettingRefused: there is no such setting, or it cannot have this value.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        raise SettingRefused(
            "There is no setting %(name)s. There are: %(names)s.", name=repr(name), names=", ".join(SETTINGS)
        )
    value = value.strip()
    if problem := setting.problem(value):
        given = N_("that") if setting.secret else repr(value[:60])
        raise SettingRefused("%(name)s cannot be %(value)s: %(problem)s.", name=name, value=given, problem=problem)
    return value


def calendar_of(
    values: Mapping[str, str], terms: tuple[Span, ...] = (), closures: tuple[Span, ...] = ()
) -> SchoolCalendar:
    """The calendar that these settings, terms and closures describe; ``always`` open is always open."""
    return _calendar(tuple(values[name] for name in _OF_THE_CALENDAR), terms, closures)


_OF_THE_CALENDAR = ("school_hours", "school_days", "bank_holidays", "timezone", "school_year_begins")


@lru_cache(maxsize=8)
def _calendar(values: tuple[str, ...], terms: tuple[Span, ...], closures: tuple[Span, ...]) -> SchoolCalendar:
    """One and the same as long as nothing changes: it remembers which days are school days."""
    hours, days, nation, zone, begins = values
    opens, closes = parse_hours(hours)
    always = days.strip().lower() == "always"
    return SchoolCalendar(
        zone=ZoneInfo(zone),
        weekdays=parse_weekdays(days),
        opens=opens,
        closes=closes,
        terms=() if always else terms,
        closures=() if always else closures,
        nation=None if always or nation == "none" else nation,
        year_month=YEAR_BEGINS[begins],
    )
