"""One school day as nurture staff read it: who checked in and how, who is silent, who waits. Pure.

Nothing here judges a child: steps stand as the child chose them, a missing one is missing, and the only list
that is not by name is the one of those who had it hard.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.patterns.today.good_news import GoodNews
from kiosk.patterns.today.hard import HardDay
from kiosk.patterns.today.told import Child, Request, Step, is_morning
from kiosk.school.calendar import SchoolCalendar

NAMES_MOST = 400
"""So many names of silent children stand by class; early in the morning it would be all of them."""
NAMES_AT_ONCE = 40
"""So many or fewer stand there without a click, and so on paper."""
SHORT = 8
"""So many who had it hard stand with all that was told; the others by class, with the one step and its time."""
ALL_ON_ONE_PAGE = 400
"""A school of so many children is shown whole; in a larger one classes are opened one at a time."""
NO_CLASS = "-"
"""How an address names the children without a class."""


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
        morning = [one for one in self.told if is_morning(one.at)]
        return morning, list(self.told[len(morning) :])


@dataclass(frozen=True, slots=True)
class HardTold:
    """A child who had it hard, and how the rest of the day was."""

    hard: HardDay
    told: tuple[Step | Ask, ...]
    """Every step and every request of the day, in order."""


@dataclass(frozen=True)
class ClassToday:
    """One class: how many were heard from, who was not, and, when it is opened, what each child told."""

    name: str
    size: int
    """How many children could have checked in."""
    checked_in: int
    """How many chose a step."""
    silent: tuple[Child, ...]
    """Who was not heard from, without those who are left out of patterns or were not in school."""
    hard: tuple[HardDay, ...]
    """Who had it hard, the most pressing first; without them, too."""
    heard: tuple[Heard, ...] = ()
    """Everyone who was heard from; nobody while the class is not opened."""
    is_open: bool = True
    away: tuple[Child, ...] = ()
    """Who was not in school, as a register says; without those who are left out, too."""

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.name or NO_CLASS


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
    chosen: ClassToday | None
    """The one class that is looked at; nothing when it is the whole school."""
    hard: tuple[HardTold, ...]
    """The first ``SHORT`` who had it hard, with all that was told; of the chosen class alone when there is one."""
    waiting: tuple[Request, ...]
    """Always the whole school's: whoever waits must not be out of sight because a class was chosen."""
    late: tuple[Late, ...]
    """Of the chosen class alone, when there is one."""
    asked: int
    """How many requests were asked on this day."""
    good_news: tuple[GoodNews, ...] = ()
    """A few things that are worth noticing, by name; of the whole school, so nothing when a class is chosen."""
    with_answers: bool = True
    """Whether the school has what children answered on this page, and who was not heard from."""
    last_register: date | None = None
    """The newest day until this one of which a register is in; nothing when there is none of late."""

    @property
    def is_today(self) -> bool:
        """Whether the day is still going on."""
        return self.day == self.now.date()

    @property
    def opened(self) -> list[ClassToday]:
        """The classes shown with every child and step."""
        return [each for each in self.classes if each.is_open]

    @property
    def hard_by_half(self) -> dict[bool, list[HardTold]]:
        """Those who had it hard since noon (true), and those who had it before noon alone."""
        halves = {half: [one for one in self.hard if one.hard.is_since_noon == half] for half in (True, False)}
        return {half: told for half, told in halves.items() if told}

    @property
    def further_hard(self) -> dict[str, list[HardDay]]:
        """By class, who had it hard beyond those whose day is told."""
        told = {one.hard.child.id for one in self.hard}
        looked_at = (self.chosen,) if self.chosen else self.classes
        further = {each.name: [one for one in each.hard if one.child.id not in told] for each in looked_at}
        return {name: children for name, children in further.items() if children}

    @property
    def silent(self) -> dict[str, tuple[Child, ...]]:
        """By class, the children who have not been heard from."""
        return {each.name: each.silent for each in self.classes if each.silent}

    @property
    def not_heard(self) -> int:
        """How many children have not been heard from."""
        return sum(len(each.silent) for each in self.classes)

    @property
    def away(self) -> int:
        """How many children were not in school, as a register says."""
        return sum(len(each.away) for each in self.classes)

    @property
    def named(self) -> list[str]:
        """The classes of whose children this page says anything, for the record of the look."""
        waiting = {one.class_name for one in self.waiting}
        if not self.with_answers:
            late = {one.request.class_name for one in self.late}
            return sorted(waiting | late | {one.class_name for one in self.good_news})
        if self.chosen is None:
            return [each.name for each in self.classes]
        return sorted({self.chosen.name, *waiting})

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
    children: Collection[Child],
    checked_in: Collection[int],
    hard: Sequence[HardDay],
    steps: Iterable[Step],
    requests: Sequence[Request],
    calendar: SchoolCalendar,
    answer_within: float,
    chosen: str | None = None,
    good_news: tuple[GoodNews, ...] = (),
    with_answers: bool = True,
    last_register: date | None = None,
) -> DayInSchool:
    """Put one day together.

    Args:
        day: the day shown.
        now: this moment on the school's own clock.
        children: everyone who was in school, or checked in all the same.
        checked_in: the ids of all who chose a step.
        hard: who had it hard, in order.
        steps: the day's check-ins, in the order they were felt; those of ``steps_needed`` are enough.
        requests: those still open, those asked on this day, and those first answered on it or ended since.
        calendar: when the school is open; a request's clock stands still when it is not.
        answer_within: seconds of school time a request may wait for its first answer.
        chosen: the key of the class that is looked at; the whole school when there is no such class.
        good_news: what is worth noticing.
        with_answers: whether the school wants to see them here; else nobody's are handed in.
        last_register: the newest day until this one of which a register is in.
    """
    closed = calendar.why_closed(day)
    asked = [one for one in requests if one.school_day == day]
    opened = opened_classes(children, chosen)
    told = _told_by(steps, asked)
    classes = tuple(
        _class_today(name, of_class, told, checked_in, is_open=name in opened)
        for name, of_class in _by_class(children, checked_in, hard, asked, expected=closed is None)
    )
    looked_at = next((each for each in classes if each.key == chosen), None)
    first_of_all = [one for one in hard if looked_at is None or one.child.class_name == looked_at.name][:SHORT]
    waiting = [one for one in requests if one.is_open and (day == now.date() or one.school_day == day)]
    waiting.sort(key=lambda one: (not one.cannot_wait, one.asked_at, one.pupil_id))
    late = _late(day, requests, calendar, answer_within)
    return DayInSchool(
        day=day,
        now=now,
        closed=closed,
        classes=classes,
        chosen=looked_at,
        hard=tuple(HardTold(one, _heard(one.child, told).told) for one in first_of_all),
        waiting=tuple(waiting),
        late=tuple(one for one in late if looked_at is None or one.request.class_name == looked_at.name),
        asked=len(asked),
        good_news=() if looked_at else good_news,
        with_answers=with_answers,
        last_register=last_register,
    )


def opened_classes(children: Collection[Child], chosen: str | None) -> set[str]:
    """The names of the classes that are shown with every step: the chosen one, or all of a small school."""
    names = {child.class_name for child in children}
    found = {name for name in names if (name or NO_CLASS) == chosen}
    if found:
        return found
    return names if len(children) <= ALL_ON_ONE_PAGE else set()


def steps_needed(children: Collection[Child], hard: Iterable[HardDay], chosen: str | None) -> set[int] | None:
    """Whose steps have to be read: of opened classes and of those told in full; nothing means everybody's."""
    opened = opened_classes(children, chosen)
    if opened == {child.class_name for child in children}:
        return None
    needed = {child.id for child in children if child.class_name in opened}
    looked_at = [one.child.id for one in hard if not opened or one.child.id in needed]
    return needed.union(looked_at[:SHORT])


def _told_by(steps: Iterable[Step], asked: Iterable[Request]) -> Mapping[int, list[Step | Ask]]:
    told: dict[int, list[Step | Ask]] = defaultdict(list)
    for step in steps:
        told[step.pupil_id].append(step)
    for request in asked:
        told[request.pupil_id].append(Ask(request.said_at))
    return told


@dataclass(frozen=True)
class _OfClass:
    heard: list[Child]
    hard: list[HardDay]
    silent: list[Child]
    """All of them, those who are left out of patterns, too."""
    away: list[Child]
    """Who was not in school, as a register says, and was not heard from either."""


def _by_class(
    children: Iterable[Child],
    checked_in: Iterable[int],
    hard: Iterable[HardDay],
    asked: Iterable[Request],
    *,
    expected: bool,
) -> list[tuple[str, _OfClass]]:
    heard_from = {*checked_in, *(request.pupil_id for request in asked)}
    found: dict[str, _OfClass] = defaultdict(lambda: _OfClass([], [], [], []))
    for child in sorted(children, key=_by_name):
        if child.id in heard_from:
            found[child.class_name].heard.append(child)
        elif expected and child.on_tablet:  # nobody waits for a child who is kept off the tablet
            of_class = found[child.class_name]
            (of_class.away if child.is_away else of_class.silent).append(child)
    for one in hard:
        found[one.child.class_name].hard.append(one)
    return sorted(found.items(), key=lambda each: _class_order(each[0]))


def _class_today(
    name: str,
    of_class: _OfClass,
    told: Mapping[int, list[Step | Ask]],
    checked_in: Collection[int],
    *,
    is_open: bool,
) -> ClassToday:
    return ClassToday(
        name=name,
        size=len(of_class.heard) + len(of_class.silent),
        checked_in=sum(child.id in checked_in for child in of_class.heard),
        silent=tuple(child for child in of_class.silent if not child.is_left_out),
        hard=tuple(of_class.hard),
        heard=tuple(_heard(child, told) for child in of_class.heard) if is_open else (),
        is_open=is_open,
        away=tuple(child for child in of_class.away if not child.is_left_out),
    )


def _heard(child: Child, told: Mapping[int, list[Step | Ask]]) -> Heard:
    return Heard(child, tuple(sorted(told.get(child.id, ()), key=_at)))


def _at(told: Step | Ask) -> datetime:
    return told.at


def _by_name(child: Child) -> tuple[str, int]:
    return child.name.casefold(), child.id


def _class_order(name: str) -> tuple[bool, list[tuple[int, str]]]:
    """7B stands before 10A; children without a class come last."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return not name, [(int(part), "") if part.isdecimal() else (10**9, part) for part in parts]


def _late(
    day: date, requests: Iterable[Request], calendar: SchoolCalendar, answer_within: float
) -> Iterator[Late]:
    """The requests whose first answer, or the child's "I'm OK now" without one, came after the time allowed.

    Those asked on the day and those settled on it: one that only went on, or came later, stands on its own days.
    """
    for request in sorted(requests, key=lambda one: (one.asked_at, one.pupil_id)):
        settled_at = request.answered_at or request.ended_at
        if settled_at is None:
            continue  # still unanswered: it stands among those waiting
        if day not in (request.school_day, settled_at.date()):
            continue
        allowed = calendar.add_open_seconds(request.asked_at, answer_within)
        if settled_at > allowed:
            yield Late(request, settled_at)
