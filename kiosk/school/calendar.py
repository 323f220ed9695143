"""School days and school hours: pure rules from an instant and the school's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from kiosk.wording import N_, Sentence

ALWAYS = "always"
"""Every day, or all day long: a school that never closes keeps no terms and no holidays."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As settings write them."""
DAY_NAMES = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""As people read them, in the same order."""


NATIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
"""Whose bank holidays a school keeps, and their names in the ``holidays`` library."""
HOLIDAYS = (
    N_("New Year's Day"),
    N_("New Year Holiday"),
    N_("Saint Patrick's Day"),
    N_("Good Friday"),
    N_("Easter Monday"),
    N_("May Day"),
    N_("Spring Bank Holiday"),
    N_("Battle of the Boyne"),
    N_("Summer Bank Holiday"),
    N_("Late Summer Bank Holiday"),
    N_("Saint Andrew's Day"),
    N_("Christmas Day"),
    N_("Boxing Day"),
)
"""How that library names those of every year, so that they can be translated."""
LOOK_AHEAD_DAYS = 400
"""A school whose next term is not entered yet is taken to open again after this long at most."""
NEXT_TERM_AHEAD = timedelta(days=21)
"""So long before the last term entered is over the office is asked for the next one."""


@dataclass(frozen=True)
class Span:
    """Some days, first and last included, and what the school calls them."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolCalendar:
    """When the school is open, in its own time zone."""

    zone: ZoneInfo
    weekdays: frozenset[int]
    """0 is Monday."""
    opens: time
    closes: time
    """Equal to ``opens`` means all day long."""
    terms: tuple[Span, ...] = ()
    """The school year's terms; with none entered every day may be a school day."""
    closures: tuple[Span, ...] = ()
    """Half-terms, training days, snow: the school's own."""
    nation: str | None = None
    """Whose bank holidays are kept: one of ``NATIONS``."""
    year_month: int = 9
    """In which month a school year begins, unless a term says otherwise; see :meth:`school_year`."""

    def day(self, at: datetime) -> date:
        """The school day an instant belongs to: its local date."""
        return at.astimezone(self.zone).date()

    def is_school_day(self, day: date) -> bool:
        """Whether pupils are in school on this date."""
        known = self._school_days.get(day)
        if known is None:
            known = self._school_days[day] = self.why_closed(day) is None
        return known

    def why_closed(self, day: date) -> str | None:
        """Why there is no school on a date, in a word or two; nothing on a school day."""
        if day.weekday() not in self.weekdays:
            return N_("weekend")
        for closure in self.closures:
            if day in closure:
                return closure.name or N_("closed")
        if self.terms and not any(day in term for term in self.terms):
            return N_("holidays")
        return bank_holiday(day, self.nation) if self.nation else None

    def is_open(self, at: datetime) -> bool:
        """Whether an instant is within school hours of a school day."""
        local = at.astimezone(self.zone)
        if not self.is_school_day(local.date()):
            return False
        return self.opens == self.closes or self.opens <= local.time() < self.closes

    def next_school_day(self, after: date) -> date:
        """The first school day later than ``after``."""
        ahead = (after + timedelta(days=days) for days in range(1, LOOK_AHEAD_DAYS))
        return next(filter(self.is_school_day, ahead), after + timedelta(days=LOOK_AHEAD_DAYS))

    def no_term_after(self, today: date) -> date | None:
        """The last day of the last term entered, once it is over or near; nothing while another is entered.

        After it school counts as closed, and no request is passed on.
        """
        last = max((term.last for term in self.terms), default=None)
        return last if last is not None and today > last - NEXT_TERM_AHEAD else None

    def next_opening(self, at: datetime) -> datetime:
        """The instant school next opens; ``at`` itself when it is open."""
        if self.is_open(at):
            return at
        today = self.day(at)
        opens, _closes = self.hours_of(today)
        if self.is_school_day(today) and at < opens:
            return opens
        return self.hours_of(self.next_school_day(today))[0]

    def school_days_in(self, days: Span) -> int:
        """How many school days there are in some days, first and last included."""
        length = (days.last - days.first).days + 1
        return sum(self.is_school_day(days.first + timedelta(days=ahead)) for ahead in range(length))

    def previous_school_day(self, before: date) -> date:
        """The last school day earlier than ``before``."""
        back = (before - timedelta(days=days) for days in range(1, LOOK_AHEAD_DAYS))
        return next(filter(self.is_school_day, back), before - timedelta(days=LOOK_AHEAD_DAYS))

    def school_year(self, day: date) -> Span:
        """The school year that a date lies in, as ``2026/27``.

        It begins on the first of ``year_month``. A term that begins in August and goes on into September begins
        the year by itself: otherwise a school back on 27 August would have its first days in the year before.
        """
        first = self._year_begins(day.year)
        if day < first:
            first = self._year_begins(day.year - 1)
        next_first = self._year_begins(first.year + 1)
        return Span(first, next_first - timedelta(days=1), f"{first.year}/{next_first.year % 100:02}")

    def _year_begins(self, year: int) -> date:
        september = date(year, 9, 1)
        in_august = (term.first for term in self.terms if date(year, 8, 1) <= term.first < september <= term.last)
        return min([date(year, self.year_month, 1), *in_august])

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """When school opens and closes on a date, as instants (closing comes after opening)."""
        opens = datetime.combine(day, self.opens, self.zone)
        if self.opens == self.closes:
            return opens, datetime.combine(day + timedelta(days=1), self.opens, self.zone)
        return opens, datetime.combine(day, self.closes, self.zone)

    def add_open_seconds(self, start: datetime, seconds: float) -> datetime:
        """The instant by which ``seconds`` of school time have passed since ``start``.

        Time outside school hours does not count: asked at 15:29 with ten minutes to answer, the time is up
        at 08:39 on the next school day (of a school open from 08:30 to 15:30).
        """
        left = timedelta(seconds=seconds)
        moment = start.astimezone(self.zone)
        for ahead in range(LOOK_AHEAD_DAYS):
            day = moment.date() + timedelta(days=ahead)
            if not self.is_school_day(day):
                continue
            opens, closes = self.hours_of(day)
            begins = max(opens, moment)
            # Compare as instants: two local times in one zone would ignore a clock change between them.
            room = max(timedelta(0), closes.astimezone(UTC_ZONE) - begins.astimezone(UTC_ZONE))
            if left <= room:
                return (begins.astimezone(UTC_ZONE) + left).astimezone(self.zone)
            left -= room
        return moment + timedelta(days=LOOK_AHEAD_DAYS)

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How much school time lies between two instants: asked at 15:25 and seen at 08:35 are ten minutes."""
        passed = timedelta(0)
        first, last = self.day(start), self.day(end)
        for ahead in range(min((last - first).days, LOOK_AHEAD_DAYS) + 1):
            hours = self._open_on(first + timedelta(days=ahead))
            if hours is not None:
                opens, closes = hours
                passed += max(timedelta(0), min(closes, end) - max(opens, start))
        return passed

    def _open_on(self, day: date) -> tuple[datetime, datetime] | None:
        if day not in self._openings:
            opens, closes = (at.astimezone(UTC_ZONE) for at in self.hours_of(day))
            self._openings[day] = (opens, closes) if self.is_school_day(day) else None
        return self._openings[day]

    @cached_property
    def _school_days(self) -> dict[date, bool]:
        """Days that were asked for: a page about a year asks for the same two hundred at every look."""
        return {}

    @cached_property
    def _openings(self) -> dict[date, tuple[datetime, datetime] | None]:
        """Days that were asked for: the requests of a term lie on the same few."""
        return {}


UTC_ZONE = ZoneInfo("UTC")


def bank_holiday(day: date, nation: str) -> str | None:
    """The bank holiday on a date, if it is one there."""
    return _bank_holidays(nation, day.year).get(day)


def bank_holidays_in(days: Span, nation: str) -> list[tuple[date, str]]:
    """The bank holidays on some days, in their order."""
    years = range(days.first.year, days.last.year + 1)
    return sorted(
        (day, name) for year in years for day, name in _bank_holidays(nation, year).items() if day in days
    )


@cache
def _bank_holidays(nation: str, year: int) -> dict[date, str]:
    import holidays  # when first needed: most requests never ask

    found = holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year)
    return {day: _holiday_words(name) for day, name in found.items()}


def _holiday_words(name: str) -> Sentence:
    """A bank holiday as the library names it, to be said in the reader's language."""
    itself, moved, _ = name.partition(" (observed)")
    return Sentence("%(holiday)s (observed)", holiday=Sentence(itself)) if moved else Sentence(itself)


def local_time(at: datetime, zone_name: str) -> datetime:
    """An instant as clocks and calendars show it in a time zone."""
    return at.astimezone(ZoneInfo(zone_name))


def parse_weekdays(text: str) -> frozenset[int]:
    """Read ``mon-fri``, ``mon,wed,fri`` or ``always``.

    Raises:
        ValueError: the text names no day, or one that is not a day.
    """
    if text.strip().lower() == ALWAYS:
        return frozenset(range(7))
    days: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        start = WEEKDAYS.index(first)
        end = WEEKDAYS.index(last) if dash else start
        days.update(day % 7 for day in range(start, end + 1 if end >= start else end + 8))
    return frozenset(days)


def parse_hours(text: str) -> tuple[time, time]:
    """Read ``08:30-15:30`` or ``always`` (equal ends).

    Raises:
        ValueError: not two times, or school would close before it opens.
    """
    if text.strip().lower() == ALWAYS:
        return time(0), time(0)
    first, _, last = text.replace(" ", "").partition("-")
    opens, closes = _clock_time(first), _clock_time(last)
    if closes <= opens:
        raise ValueError("School closes after it opens.")
    return opens, closes


def _clock_time(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
