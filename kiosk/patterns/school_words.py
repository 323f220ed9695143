"""How figures of a class or the school are told in a sentence. Pure."""

from __future__ import annotations

from kiosk.patterns.groups import ENOUGH_IN_HOUR, Chart, GroupOverWeeks, Heat, hard_share
from kiosk.patterns.sentences import half_words, median_words, number_words
from kiosk.patterns.words import count
from kiosk.patterns.xmr import LEAST_DAYS
from kiosk.wording import N_

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def chart_finding(name: str, chart: Chart, hard: str) -> str:
    """What the chart says, as its title.

    Args:
        name: of the group.
        chart: its percentages.
        hard: which steps are hard, as the school counts them: ``4 or 5``.
    """
    who = name[0].upper() + name[1:]
    if not chart.days:
        return f"{who}: no school day of this time has ten answers that may be shown."
    if chart.limits is None:
        return (
            f"{who}: answers of {hard} per school day, on {count(len(chart.days), 'day')}. "
            f"From {LEAST_DAYS} days on it can be said what is usual."
        )
    usual = f"usually {max(0, chart.limits.lower):.0f} to {chart.limits.upper:.0f} % of answers are {hard}"
    beyond = sum(said == "beyond" for said in chart.signals)
    shifted = sum(said == "shift" for said in chart.signals)
    if not any(chart.signals):
        return f"{who}: {usual}, and no day stands out."
    parts = []
    if beyond:
        parts.append(f"{number_words(beyond)} {'day stands' if beyond == 1 else 'days stand'} out")
    if shifted:
        parts.append(f"{number_words(shifted)} days in long runs lie on one side of the middle")
    if not parts:
        parts.append("some days lie close to a limit")
    return f"{who}: {usual}; {' and '.join(parts)}."


def weeks_finding(shown: GroupOverWeeks, hard: str) -> str:
    """What the weeks of a house or a list say, as the title of their chart."""
    chart, who = shown.chart, shown.group.name
    if not chart.days:
        return f"{who}: no week of this time can be shown."
    shares = sorted(chart.shares)
    middle = shares[len(shares) // 2]
    between = f"between {shares[0]:.0f} and {shares[-1]:.0f} % of answers were {hard}"
    if len(shares) == 1:
        between = f"{shares[0]:.0f} % of answers were {hard}"
    usual = f", in the middle one {middle:.0f} %" if len(shares) > 2 else ""
    return f"{who}: in {count(len(shares), 'week')} {between}{usual}."


def weeks_middle(shown: GroupOverWeeks, direction: str) -> str:
    """The median and the middle half of everything that is shown."""
    assert shown.spread is not None
    return (
        f"The middle answer is {median_words(shown.spread, direction)}; "
        f"half of the answers or more lie at {half_words(shown.spread, direction)}."
    )


def heat_finding(name: str, heat: Heat, hard: str) -> str:
    """When the hard hour of the week is, as the title of the heat map."""
    if all(sum(counts) < ENOUGH_IN_HOUR for counts in heat.cells.values()):
        return f"There are too few answers of {name} in any hour of the week to say which is hard."
    if heat.hardest is None:
        return f"In the hours of {name} with answers enough none was {hard}."
    weekday, hour = heat.hardest
    counts = heat.cells[heat.hardest]
    return (
        f"The hard hour of the week is {WEEKDAYS[weekday]} {hour_words(hour)}: "
        f"{hard_share(counts):.0f} % of {count(sum(counts), 'answer')} were {hard}."
    )


def hour_words(hour: int) -> str:
    """``9 to 10``, by the clock on the wall."""
    return f"{(hour - 1) % 12 + 1} to {hour % 12 + 1}"
