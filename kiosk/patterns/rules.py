"""One school day as nurture staff read it: who checked in and how, who is silent, who waits. Pure.

Nothing here judges a child: steps stand as the child chose them, a missing one is missing, and the only list
that is not by name is the short one of hard mornings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from kiosk.chats.rules import OPEN, Level, State
from kiosk.school.calendar import SchoolCalendar

MORNING_ENDS = time(12)
HARD = 4
"""From this intensity on (1 calm to 5 hardest) a morning is on the short list."""

# --- what a store reads ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil who was in school on the day."""

    id: int
    name: str
    class_name: str
    """Empty for a child whom the roster puts in no class."""
    on_tablet: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One check-in, with the word it had when the child chose it."""

    pupil_id: int
    step: int
    """As the school counted it then: as many fingers as this."""
    intensity: int
    word: str
    at: datetime
    """On the school's own clock."""
    entered_by: str | None
    """What the children call the adult who entered it for a child who showed it on their fingers."""

    @property
    def clock(self) -> str:
        """The time of day, such as ``08:52``."""
        return f"{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Request:
    """A chat request; instants on the school's own clock."""

    pupil_id: int
    pupil_name: str
    class_name: str
    school_day: date
    state: State
    wants: str
    asked_for: str | None
    """The adult the child chose; nobody means whoever is on duty."""
    owner: str | None
    """Who has it, or, while nobody answered, who is asked; nobody means whoever is on duty."""
    said_at: datetime
    """When the child asked, by the tablet's clock where that can be believed."""
    asked_at: datetime
    """When it reached us: later, when the tablet was offline."""
    due_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    coming_at: datetime | None
    cannot_wait: bool
    late: bool = False
    """The time for an answer has passed at least once since the last answer."""
    level: Level = "asked"
    """How far along its chain; ``nobody``: no adult who could be told is here."""

    @property
    def is_open(self) -> bool:
        """Whether the child still waits."""
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether the child has waited longer than the school promised."""
        return self.is_open and (self.late or now > self.due_at)


# --- the page -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """That a child asked for a chat."""

    at: datetime
    """On the school's own clock."""

    @property
    def clock(self) -> str:
        """The time of day, such as ``08:52``."""
        return f"{self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Heard:
    """A child who was heard from."""

    child: Child
    told: tuple[Step | Ask, ...]
    """Every step and every request of the day, in order."""

    @property
    def steps(self) -> list[Step]:
        """The steps; none when the child asked for a chat without choosing one."""
        return [one for one in self.told if isinstance(one, Step)]

    @property
    def halves(self) -> tuple[list[Step | Ask], list[Step | Ask]]:
        """The morning and the afternoon."""
        morning = [one for one in self.told if _is_morning(one.at)]
        return morning, list(self.told[len(morning) :])

    @property
    def hardest_morning(self) -> int:
        """The highest intensity before noon; 0 when there is none."""
        return max((step.intensity for step in self.steps if _is_morning(step.at)), default=0)


@dataclass(frozen=True)
class ClassToday:
    """One class: who was heard from and who was not, each by name."""

    name: str
    heard: tuple[Heard, ...]
    silent: tuple[Child, ...]

    @property
    def checked_in(self) -> int:
        """How many chose a step."""
        return sum(bool(one.steps) for one in self.heard)

    @property
    def size(self) -> int:
        """How many children could have."""
        return len(self.heard) + len(self.silent)


@dataclass(frozen=True, slots=True)
class Late:
    """A request that waited longer than the school allows before anybody answered."""

    request: Request
    settled_at: datetime
    """The first answer, or the child's "I'm OK now" without one."""

    @property
    def was_answered(self) -> bool:
        """Whether an adult answered at all."""
        return self.request.answered_at is not None


@dataclass(frozen=True)
class DayInSchool:
    """Everything the page says about one day."""

    day: date
    now: datetime
    closed: str | None
    """Why there is no school on this day, in a word or two; nothing on a school day."""
    classes: tuple[ClassToday, ...]
    hard_mornings: tuple[Heard, ...]
    waiting: tuple[Request, ...]
    late: tuple[Late, ...]
    asked: int
    """How many requests were asked on this day."""

    @property
    def is_today(self) -> bool:
        """Whether the day is still going on."""
        return self.day == self.now.date()

    @property
    def checked_in(self) -> int:
        """How many children have chosen a step."""
        return sum(each.checked_in for each in self.classes)

    @property
    def size(self) -> int:
        """How many children could have."""
        return sum(each.size for each in self.classes)


def day_in_school(
    day: date,
    now: datetime,
    *,
    children: Iterable[Child],
    steps: Iterable[Step],
    requests: Sequence[Request],
    calendar: SchoolCalendar,
    answer_within: float,
) -> DayInSchool:
    """Put one day together.

    Args:
        day: the day shown.
        now: this moment on the school's own clock.
        children: everyone who was in school, or checked in all the same.
        steps: the day's check-ins, in the order they were felt.
        requests: those still open, those asked on this day, and those first answered or ended on it.
        calendar: when the school is open; a request's clock stands still when it is not.
        answer_within: seconds of school time a request may wait for its first answer.
    """
    closed = calendar.why_closed(day)
    asked = [one for one in requests if one.school_day == day]
    classes = tuple(_by_class(children, steps, asked, expected=closed is None))
    mornings = [heard for each in classes for heard in each.heard if heard.hardest_morning >= HARD]
    mornings.sort(key=lambda heard: (-heard.hardest_morning, _by_name(heard.child)))
    waiting = [one for one in requests if one.is_open and (day == now.date() or one.school_day == day)]
    waiting.sort(key=lambda one: (not one.cannot_wait, one.asked_at, one.pupil_id))
    return DayInSchool(
        day=day,
        now=now,
        closed=closed,
        classes=classes,
        hard_mornings=tuple(mornings),
        waiting=tuple(waiting),
        late=tuple(_late(requests, calendar, answer_within)),
        asked=len(asked),
    )


def _by_class(
    children: Iterable[Child], steps: Iterable[Step], asked: Iterable[Request], *, expected: bool
) -> list[ClassToday]:
    told_by: dict[int, list[Step | Ask]] = defaultdict(list)
    for step in steps:
        told_by[step.pupil_id].append(step)
    for request in asked:
        told_by[request.pupil_id].append(Ask(request.said_at))
    heard: dict[str, list[Heard]] = defaultdict(list)
    silent: dict[str, list[Child]] = defaultdict(list)
    for child in sorted(children, key=_by_name):
        if told := told_by.get(child.id):
            heard[child.class_name].append(Heard(child, tuple(sorted(told, key=_at))))
        elif expected and child.on_tablet:  # nobody waits for a child who is kept off the tablet
            silent[child.class_name].append(child)
    return [
        ClassToday(name, tuple(heard[name]), tuple(silent[name]))
        for name in sorted(heard.keys() | silent.keys(), key=_class_order)
    ]


def _at(told: Step | Ask) -> datetime:
    return told.at


def _by_name(child: Child) -> tuple[str, int]:
    return child.name.casefold(), child.id


def _class_order(name: str) -> tuple[bool, str]:
    return not name, name.casefold()  # children without a class come last


def _is_morning(at: datetime) -> bool:
    return at.time() < MORNING_ENDS


def _late(requests: Iterable[Request], calendar: SchoolCalendar, answer_within: float) -> Iterator[Late]:
    """The requests whose first answer, or the child's "I'm OK now" without one, came after the time allowed."""
    for request in sorted(requests, key=lambda one: (one.asked_at, one.pupil_id)):
        settled_at = request.answered_at or request.ended_at
        if settled_at is None:
            continue  # still unanswered: it stands among those waiting
        allowed = calendar.add_open_seconds(request.asked_at, answer_within)
        if settled_at > allowed:
            yield Late(request, settled_at)
