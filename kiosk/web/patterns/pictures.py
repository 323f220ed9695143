"""Where each mark of a picture stands: numbers for SVG, which the templates draw. Pure.

A picture never says anything alone: its title is a sentence, each of its points has words of its own and can be
reached with the keyboard, and its table stands on the same page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kiosk.feelings.rules import step_of
from kiosk.patterns.child.over_time import Answer
from kiosk.patterns.figures.spread import STEPS
from kiosk.patterns.figures.xmr import Limits, Signal
from kiosk.wording import N_, Day, Sentence, joined

ROW = 34
DAY = 15
LEFT = 128
AFTER = 22
"""Room after the newest day for the number of a step: a phone begins there, with the words out of sight."""
TOP = 12
BOTTOM = 34
LEAST_WIDTH = 460


class Told(NamedTuple):
    """One answer as it is written down. A tuple, as a year has hundreds."""

    intensity: int
    step: int
    word: str
    time: str
    entered_by: str | None


_CLOCK = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
"""Each minute of a day as it is written."""


class DayTold(NamedTuple):
    """A day with an answer."""

    day: date
    id: str
    """Of its row in the table."""
    answers: list[Told]


def told_by_day(answers: Sequence[Answer]) -> list[DayTold]:
    """Each day with an answer and what was answered on it, in order of time."""
    found: dict[date, list[Told]] = defaultdict(list)
    for _id, day, step, intensity, word, at, entered_by in answers:
        found[day].append(Told(intensity, step, word, _CLOCK[60 * at.hour + at.minute], entered_by))
    return [DayTold(day, f"day-{day.isoformat()}", found[day]) for day in sorted(found)]


class DayOfDots(NamedTuple):
    """A day with an answer: one target as broad as the day and as high as the picture, as a dot is a small one."""

    x: int
    """Where the day begins."""
    dots: list[int]
    """Where across each of its answers stands; ``HEIGHTS`` says how far down."""
    told: DayTold
    """What a screen reader and a pointer say, and the row of the table that holds it."""


class Line(NamedTuple):
    """A line across or up, with what stands at its end."""

    at: float
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """Days on which the child was not in school, one after the other."""

    x: float
    width: float
    words: str


@dataclass(frozen=True)
class Dots:
    """A picture of dots over school days, calm below and hard above."""

    width: float
    height: float
    left: float
    right: float
    floor: float
    rows: tuple[Line, ...]
    weeks: tuple[Line, ...]
    breadth: int
    """How broad a day is."""
    days: tuple[DayOfDots, ...]
    away: tuple[Shade, ...]


def dots(
    days: Sequence[date],
    told: Sequence[DayTold],
    direction: str,
    words: Sequence[str],
    away: Collection[date] = (),
) -> Dots:
    """Each answer a dot; days without an answer stay empty.

    Args:
        days: the school days across; a day with an answer that is none of them is added.
        told: what was answered, day by day.
        direction: which end of the school's scale is calm, for the numbers at the side.
        words: the school's words for the steps, calm first.
        away: days on which a register says that the child was not in school.
    """
    across = sorted({*days, *(one.day for one in told)})
    width = max(LEAST_WIDTH, LEFT + DAY * len(across) + AFTER)
    step = (width - LEFT - AFTER) / max(1, len(across))
    floor = TOP + 5 * ROW
    number_of = {day: number for number, day in enumerate(across)}
    found = []
    for one in told:  # by place and in plain steps: a year has hundreds, and a call for each takes as long again
        begins, each = LEFT + step * number_of[one[0]], step / len(one[2])
        places, at = [], begins + each / 2
        for _ in one[2]:
            places.append(int(at))
            at += each
        found.append(DayOfDots(int(begins), places, one))
    return Dots(
        width=width,
        height=floor + BOTTOM,
        left=LEFT,
        right=width - AFTER,
        floor=floor,
        rows=tuple(
            Line(HEIGHTS[intensity], str(step_of(intensity, direction)), words[intensity - 1])
            for intensity in range(5, 0, -1)
        ),
        weeks=tuple(_weeks(across, step)),
        breadth=int(step),
        days=tuple(found),
        away=tuple(_shades(across, step, away)),
    )


HEIGHTS = {intensity: TOP + ROW * (5 - intensity) + ROW // 2 for intensity in range(1, 6)}
"""How far down the answers of each intensity stand."""


def _shades(across: Sequence[date], step: float, away: Collection[date]) -> list[Shade]:
    runs: list[list[int]] = []
    for number in (number for number, day in enumerate(across) if day in away):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        Shade(
            round(LEFT + step * run[0], 1),
            round(step * len(run), 1),
            Sentence("Not in school: %(days)s", days=joined([Day(across[number], "d MMM") for number in run])),
        )
        for run in runs
    ]


def _weeks(across: Sequence[date], step: float) -> list[Line]:
    """A line where a week begins; its date where there is room for one."""
    lines: list[Line] = []
    written = float("-inf")
    for number, day in enumerate(across):
        if number and _week(day) == _week(across[number - 1]):
            continue
        at = round(LEFT + step * number, 1)
        has_room = at - written >= 52
        lines.append(Line(at, Day(day, "d MMM") if has_room else ""))
        written = at if has_room else written
    return lines


@dataclass(frozen=True, slots=True)
class Point:
    """One school day of a group."""

    x: float
    y: float
    signal: Signal | None
    words: str
    goes_to: str


@dataclass(frozen=True)
class Xmr:
    """A chart of percentages with its limits, where there are any."""

    width: float
    height: float
    left: float
    right: float
    floor: float
    breadth: float
    """How broad a point's target is."""
    points: tuple[Point, ...]
    path: str
    mean: float | None
    lower: float | None
    upper: float | None
    rows: tuple[Line, ...]
    weeks: tuple[Line, ...]


SIGNALS: dict[Signal, str] = {
    "beyond": N_("beyond what is usual"),
    "shift": N_("one of seven or more on one side of the mean"),
    "near": N_("one of two in three close to a limit"),
}


def day_called(day: date) -> str:
    """``Monday 2 November``."""
    return Day(day, "EEEE d MMMM")


def week_called(monday: date) -> str:
    """``Week of 2 November``."""
    return Sentence("Week of %(date)s", date=Day(monday, "d MMMM"))


def xmr(
    days: Sequence[date],
    shares: Sequence[float],
    limits: Limits | None,
    said: Sequence[Signal | None],
    *,
    called: Callable[[date], str] = day_called,
    least_width: float = LEAST_WIDTH,
    leads_to: str = "day",
) -> Xmr:
    """Percentages per school day as points, with the mean and the limits they are to be expected in.

    Args:
        days: the school days with a point.
        shares: 0 to 100, one for each.
        limits: nothing while there are too few days.
        said: what each point says, nothing for most.
        called: how a day is called; where each point is a week, its Monday.
        least_width: of the picture; a few points across the whole page need a broad one, or all becomes large.
        leads_to: how the ids of the rows begin that the points lead to.
    """
    left, after, height = 52.0, 46.0, 6 * ROW
    floor = TOP + height
    width = max(least_width, left + DAY * len(days) + after)
    step = (width - left - after) / max(1, len(days))
    most = max(10.0, *shares, limits.upper if limits else 0.0) if shares else 10.0
    top = min(100.0, 10 * (int(most) // 10 + 1))

    def up(share: float) -> float:
        return round(floor - height * max(0.0, min(share, top)) / top, 1)

    points = tuple(
        Point(
            x=round(left + step * (number + 0.5), 1),
            y=up(share),
            signal=signal,
            words=joined([joined([called(day), f"{share:.0f} %"], ": "), *([SIGNALS[signal]] if signal else [])]),
            goes_to=f"{leads_to}-{day}",
        )
        for number, (day, share, signal) in enumerate(zip(days, shares, said, strict=True))
    )
    return Xmr(
        width=width,
        height=floor + BOTTOM,
        left=left,
        right=width - after,
        floor=floor,
        breadth=round(step, 1),
        points=points,
        path="M" + " L".join(f"{point.x} {point.y}" for point in points) if points else "",
        mean=up(limits.mean) if limits else None,
        lower=up(limits.lower) if limits else None,
        upper=up(limits.upper) if limits else None,
        rows=tuple(Line(up(share), f"{share:.0f} %") for share in (0.0, top / 2, top)),
        weeks=tuple(Line(line.at - LEFT + left, line.words) for line in _weeks(days, step)),
    )


class Square(NamedTuple):
    """One day of the year. A tuple like a dot: a year has hundreds."""

    intensity: int | None = None
    step: int | None = None
    """The hardest answer as the school counts it; nothing on a day without one."""
    is_away: bool = False
    """Whether a register says that the child was not in school."""
    is_school: bool = True


NO_ANSWER = Square()
NOT_HERE = Square(is_away=True)
NO_SCHOOL = Square(is_school=False)


class Week(NamedTuple):
    """The head of a column of the year in squares."""

    name: str
    """``7 Sep``: the Monday of the week."""
    month: str
    """The month where a new one begins, to stand above the column; else empty."""


@dataclass(frozen=True)
class Year:
    """The year in squares: weeks across, weekdays down."""

    weeks: list[Week]
    rows: list[tuple[int, list[Square]]]
    """Each weekday on which there is school (Monday is 0), with a square for each week."""


def year_in_squares(year: Sequence[tuple[date, int | None]], direction: str, away: Collection[date] = ()) -> Year:
    """The school days of a year, week by week.

    Args:
        year: each school day with its hardest intensity, oldest first.
        direction: which end of the school's scale is calm.
        away: days on which a register says that the child was not in school.
    """
    answered = {hardest: Square(hardest, step_of(hardest, direction)) for hardest in STEPS}
    rows: dict[int, dict[int, Square]] = defaultdict(dict)
    for day, hardest in year:
        square = answered[hardest] if hardest else NOT_HERE if day in away else NO_ANSWER
        rows[day.weekday()][_week(day)] = square
    weeks = sorted({week for row in rows.values() for week in row})
    mondays = [date.fromordinal(7 * week + 1) for week in weeks]
    months = [monday.month for monday in mondays]
    return Year(
        [
            Week(Day(monday, "d MMM"), Day(monday, "MMM") if _begins(months, at) else "")
            for at, monday in enumerate(mondays)
        ],
        [(weekday, [rows[weekday].get(week, NO_SCHOOL) for week in weeks]) for weekday in sorted(rows)],
    )


def _week(day: date) -> int:
    """Its number in the calendar, counted from the first Monday there is."""
    return (day.toordinal() - 1) // 7


def _begins(months: Sequence[int], at: int) -> bool:
    """Whether a month's name stands here: over its first week, if its second is not the next month's first."""
    is_first = at == 0 or months[at - 1] != months[at]
    return is_first and (at + 1 == len(months) or months[at + 1] == months[at])


HEAT_FROM = (5, 10, 15, 25)
"""From so many hard answers in a hundred on a cell of the heat map is darker. The same on every map: the darkest
of a calm class is not as dark as that of a hard one."""


def heat_tone(share: float) -> int:
    """How dark a cell of the heat map is, 1 to 5, by the percentage as it is written in the cell."""
    return 1 + bisect_right(HEAT_FROM, round(share))


def heat_key() -> list[tuple[int, str]]:
    """Each tone and what it says."""
    between = [
        Sentence("%(first)s to %(last)s", first=first, last=f"{last - 1} %") for first, last in pairwise(HEAT_FROM)
    ]
    return [
        (1, Sentence("under %(share)s", share=f"{HEAT_FROM[0]} %")),
        *enumerate(between, 2),
        (5, Sentence("%(share)s and more", share=f"{HEAT_FROM[-1]} %")),
    ]
