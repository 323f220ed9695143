"""How figures of a class or the school are told in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.patterns.figures.xmr import ENOUGH_ANSWERS, LEAST_DAYS, LEAST_WEEKS
from kiosk.patterns.school.groups import Chart, Figures, GroupOverWeeks, hard_share
from kiosk.patterns.school.heat import ENOUGH_IN_HOUR, Cell, Heat
from kiosk.patterns.words import count, middle_words, number_words
from kiosk.school.calendar import DAY_NAMES
from kiosk.wording import N_, Sentence, counted, joined

HOURS_NAMED = 3
"""More hours than this are counted, and the hardest named."""
AT_THE_BEGINNING = N_("The whole school")
"""What begins a sentence is another word in a catalogue; a class's or a list's name is in none."""


def chart_finding(name: str, chart: Chart, hard: str) -> str:
    """What the chart says, as its title.

    Args:
        name: of the group.
        chart: its percentages.
        hard: which steps are hard, as the school counts them: ``4 or 5``.
    """
    capital = name[0].upper() + name[1:]
    who = Sentence(capital)
    if not chart.days:
        return Sentence(
            "%(who)s: no whole week of this time has %(least)s answers that may be shown.",
            who=who,
            least=ENOUGH_ANSWERS,
        )
    if chart.limits is None:
        return _not_yet_usual(who, chart, hard)
    usual = {
        "who": who,
        "low": f"{max(0, chart.limits.lower):.0f}",
        "high": _per_cent(chart.limits.upper),
        "hard": hard,
    }
    if any(chart.signals):
        return Sentence(
            "%(who)s: usually %(low)s to %(high)s of answers are %(hard)s; %(days)s.",
            **usual,
            days=_what_stands_out(chart),
        )
    if chart.by_week:
        return Sentence(
            "%(who)s: usually %(low)s to %(high)s of answers are %(hard)s, and no week stands out.", **usual
        )
    return Sentence(
        "%(who)s: usually %(low)s to %(high)s of answers are %(hard)s, and no day stands out.", **usual
    )


def _not_yet_usual(who: str, chart: Chart, hard: str) -> str:
    if len(chart.days) >= (LEAST_WEEKS if chart.by_week else LEAST_DAYS):
        return Sentence(
            "%(who)s: %(hard)s in %(number)s of %(answers)s, too few to say what stands out.",
            who=who,
            hard=hard,
            number=chart.hard,
            answers=count(sum(chart.numbers), "answer"),
        )
    if chart.by_week:
        return Sentence(
            "%(who)s: answers of %(hard)s per week, in %(weeks)s. "
            "From %(least)s weeks on it can be said what is usual.",
            who=who,
            hard=hard,
            weeks=count(len(chart.days), "week"),
            least=LEAST_WEEKS,
        )
    return Sentence(
        "%(who)s: answers of %(hard)s per school day, on %(days)s. "
        "From %(least)s days on it can be said what is usual.",
        who=who,
        hard=hard,
        days=count(len(chart.days), "day"),
        least=LEAST_DAYS,
    )


def _what_stands_out(chart: Chart) -> str:
    beyond, shifted = (sum(said == kind for said in chart.signals) for kind in ("beyond", "shift"))
    number, long = number_words(beyond), number_words(shifted)
    if chart.by_week:
        out = counted("%(number)s week stands out", "%(number)s weeks stand out", beyond, number=number)
        runs = Sentence("%(number)s weeks in long runs lie on one side of the middle", number=long)
    else:
        out = counted("%(number)s day stands out", "%(number)s days stand out", beyond, number=number)
        runs = Sentence("%(number)s days in long runs lie on one side of the middle", number=long)
    if beyond and shifted:
        return Sentence("%(others)s and %(last)s", others=out, last=runs)
    if beyond or shifted:
        return out if beyond else runs
    return N_("some weeks lie close to a limit") if chart.by_week else N_("some days lie close to a limit")


def limits_words(chart: Chart) -> str:
    """What the lines of a chart with limits are, and how often it marks something for nothing."""
    assert chart.limits is not None
    said = {"mean": _per_cent(chart.limits.mean), "marked": chart.marked_by_chance}
    if chart.by_week:
        return Sentence(
            "The middle line is the mean, %(mean)s; the dashed lines are the limits in which weeks are to be "
            "expected while nothing changes. Squares are weeks that stand out. By chance alone, about %(marked)s "
            "of 100 charts like this one have a square.",
            **said,
        )
    return Sentence(
        "The middle line is the mean, %(mean)s; the dashed lines are the limits in which days are to be expected "
        "while nothing changes. Squares are days that stand out. By chance alone, about %(marked)s of 100 charts "
        "like this one have a square.",
        **said,
    )


def hours_left_out(figures: Figures) -> list[str]:
    """Of how many hours nothing is shown, and at which hours of the day that is most of them."""
    if not figures.hidden:
        return []
    said: list[str] = [
        Sentence(
            "%(hidden)s of %(hours)s in which anybody answered are left out.",
            hidden=figures.hidden,
            hours=count(figures.hours, "hour"),
        )
    ]
    mostly = figures.mostly_hidden()
    if mostly:
        said.append(
            Sentence(
                "Mostly left out are the hours %(hours)s: what children answered then is hardly in here.",
                hours=_and([hour_words(hour) for hour in mostly]),
            )
        )
    return said


def weeks_finding(shown: GroupOverWeeks, hard: str) -> str:
    """What the weeks of a house or a list say, as the title of their chart."""
    chart, who = shown.chart, shown.group.name
    if not chart.days:
        return Sentence("%(who)s: no week of this time can be shown.", who=who)
    shares = sorted(chart.shares)
    said = {
        "who": who,
        "weeks": count(len(shares), "week"),
        "low": f"{shares[0]:.0f}",
        "high": _per_cent(shares[-1]),
        "hard": hard,
    }
    if len(shares) == 1:
        return Sentence("%(who)s: in %(weeks)s %(high)s of answers were %(hard)s.", **said)
    if len(shares) == 2:
        return Sentence("%(who)s: in %(weeks)s between %(low)s and %(high)s of answers were %(hard)s.", **said)
    return Sentence(
        "%(who)s: in %(weeks)s between %(low)s and %(high)s of answers were %(hard)s, "
        "in the middle one %(middle)s.",
        **said,
        middle=_per_cent(shares[len(shares) // 2]),
    )


def weeks_middle(shown: GroupOverWeeks, direction: str) -> str:
    """The median and the middle half of everything that is shown."""
    assert shown.spread is not None
    return middle_words(shown.spread, direction)


def heat_finding(name: str, heat: Heat, hard: str) -> str:
    """When the hard hours of the week are, if any stands out, as the title of the heat map."""
    if not heat.judged:
        return Sentence(
            "There are too few answers of %(who)s in any hour of the week to say which is hard.",
            who=Sentence(name),
        )
    others = heat.together(hard=False)
    rest = {"hard": hard, "others": _per_cent(hard_share(others))}
    if not heat.hard_hours and len(heat.judged) < len(heat.cells):
        return Sentence(
            "No hour of the week stands out: %(others)s of %(answers)s in hours that are not striped were "
            "%(hard)s.",
            **rest,
            answers=count(sum(others), "answer"),
        )
    if not heat.hard_hours:
        return Sentence(
            "No hour of the week stands out: %(others)s of %(answers)s were %(hard)s.",
            **rest,
            answers=count(sum(others), "answer"),
        )
    named = [_named(cell) for cell in heat.hard_hours[:HOURS_NAMED]]
    together = heat.together(hard=True)
    said = rest | {"share": _per_cent(hard_share(together)), "answers": count(sum(together), "answer")}
    if len(named) == 1:
        return Sentence(
            "The hard hour of the week is %(hours)s: %(share)s of %(answers)s were %(hard)s, "
            "in the other hours %(others)s.",
            **said,
            hours=named[0],
        )
    if len(heat.hard_hours) == len(named):
        return Sentence(
            "The hard hours of the week are %(hours)s: %(share)s of %(answers)s were %(hard)s, "
            "in the other hours %(others)s.",
            **said,
            hours=_and(named),
        )
    return Sentence(
        "%(number)s hours of the week stand out as hard, most of all %(hours)s: %(share)s of %(answers)s were "
        "%(hard)s, in the other hours %(others)s.",
        **said,
        number=len(heat.hard_hours),
        hours=_and(named),
    )


def few_answers(heat: Heat) -> str | None:
    """That some hours have too few answers to be judged; nothing when all have enough."""
    few = len(heat.cells) - len(heat.judged)
    if not few:
        return None
    return counted(
        "%(count)s striped hour has fewer than %(least)s answers: it is not judged, and not in the sentence "
        "above.",
        "%(count)s striped hours have fewer than %(least)s answers: they are not judged, and not in the sentence "
        "above.",
        few,
        least=ENOUGH_IN_HOUR,
    )


def _named(cell: Cell) -> str:
    weekday, hour = cell
    return joined([DAY_NAMES[weekday], hour_words(hour)], " ")


def _and(words: Sequence[str]) -> str:
    *others, last = words
    if not others:
        return last
    return Sentence("%(others)s and %(last)s", others=joined(others), last=last)


def _per_cent(share: float) -> str:
    return f"{share:.0f} %"


def hour_words(hour: int) -> str:
    """``9 to 10``, by the clock on the wall."""
    return Sentence("%(first)s to %(last)s", first=(hour - 1) % 12 + 1, last=hour % 12 + 1)
