"""``kiosk patterns-report``: the figures of the method's page, computed anew, and the lists of real series."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kiosk.patterns.different.method import CALMER_A_WEEK, ENTRIES_A_WEEK
from kiosk.patterns.different.series import A_WEEK, SHUFFLES, Named, OfSeries, Series, lists_of_series
from kiosk.patterns.different.simulation import (
    CORRELATIONS,
    KINDS,
    PUPILS,
    Changed,
    Unchanged,
    entries_a_week,
    share_found,
)
from kiosk.patterns.figures import chance

WEEKS = 600
CHILDREN = 8_000
CHARTS = 4_000
_WIDTH = 28

Show = Callable[[str, float], None]
"""Hears what is being computed and how much of it is done, 0 to 1."""


def patterns_report(
    echo: Callable[[str], None], show: Show, *, weeks: int = WEEKS, children: int = CHILDREN
) -> tuple[list[Unchanged], list[Changed]]:
    """Simulate and print; the figures come back as well.

    Args:
        echo: prints a line.
        show: shows how far it has come, where somebody looks.
        weeks: weeks that each made-up school of 400 lives without a change.
        children: made-up children who change, of each kind.
    """
    echo(f"A school of {PUPILS} in which nothing changes: entries on the weekly list ({weeks} weeks each)")
    echo(_row("", *(f"correlation {each}" for each in CORRELATIONS)))
    unchanged = []
    for kind in KINDS:
        of_kind = [
            entries_a_week(kind, correlation, weeks, progress=partial(show, f"{kind}, correlation {correlation}"))
            for correlation in CORRELATIONS
        ]
        echo(_row(f"all {kind}", *(f"{one.entries_a_week:.1f}" for one in of_kind)))
        unchanged += of_kind
    echo("")
    echo("The same schools: entries on the list of calmer answers")
    for kind in KINDS:
        echo(_row(f"all {kind}", *(f"{one.calmer_a_week:.1f}" for one in unchanged if one.kind == kind)))
    echo("")
    echo(f"Half of the answers become 4s and 5s: share on the list ({children} children each)")
    echo(_row("", "after 5 school days", "after 10"))
    changed = []
    for kind in KINDS:
        one = share_found(kind, 0.0, children, progress=partial(show, f"{kind}, changing"))
        echo(_row(kind, *(f"{share:.0%}" for share in one.after_days.values())))
        changed.append(one)
    return unchanged, changed


def charts_report(echo: Callable[[str], None], show: Show, *, charts: int = CHARTS) -> list[chance.Charts]:
    """Print how many charts of a class or a school mark something while nothing changes; the figures come back.

    Args:
        echo: prints a line.
        show: shows how far it has come, where somebody looks.
        charts: how many are drawn of each kind.
    """
    echo(f"Charts in which nothing changes, {chance.HARD:.0%} of answers hard: share with a mark ({charts} each)")
    echo(_row("", *(f"of {answers} answers" for answers in chance.ANSWERS)))
    drawn = []
    for points in chance.POINTS:
        of_length = [
            chance.charts_unchanged(points, answers, charts, progress=partial(show, f"charts of {points} points"))
            for answers in chance.ANSWERS
        ]
        echo(_row(f"{points} points", *(f"{one.marked:.0%}" for one in of_length)))
        echo(_row("  beyond a limit", *(f"{one.beyond:.0%}" for one in of_length)))
        drawn += of_length
    return drawn


def series_report(echo: Callable[[str], None], show: Show, series: Series) -> OfSeries:
    """Make the weekly lists of real series and print what they name; the figures come back as well.

    Args:
        echo: prints a line.
        show: shows how far it has come, where somebody looks.
        series: the people's days.

    Raises:
        SeriesRefused: they are too short to compare anybody with themselves.
    """
    found = lists_of_series(series, progress=partial(show, "shuffling"))
    alike = "unknown" if found.alike is None else f"{found.alike:.2f}"
    echo(
        f"{found.people} people, up to {found.days} days, {found.answered:.0%} of them answered; "
        f"correlation with the day before (median): {alike}"
    )
    echo(f"{found.compared} people could be compared with themselves, in {found.weeks} weeks of {A_WEEK} days")
    echo("")
    echo(_row("", "harder than usual", "calmer than usual"))
    for words, number in _SERIES_ROWS:
        echo(_row(words, *(number(found, named) for named in (found.harder, found.calmer))))
    for words, named in (("harder", found.harder), ("calmer", found.calmer)):
        echo(f"week by week, {words}: " + " ".join(f"{length:.0f}" for length in named.lengths))
    echo("")
    echo(f"The same answers of each person in any order ({SHUFFLES} times): what stands there for nothing")
    echo(_row("", "harder than usual", "calmer than usual"))
    for words, number in _SERIES_ROWS:
        echo(_row(words, *(number(found, named) for named in (found.harder_shuffled, found.calmer_shuffled))))
    echo("")
    echo("The simulation, in which nothing changes for anybody: entries a week, of 400 compared")
    echo(_row("", *(f"correlation {each}" for each in CORRELATIONS)))
    for kind, entries in ENTRIES_A_WEEK.items():
        echo(_row(f"all {kind}, harder", *map(str, entries)))
        echo(_row(f"all {kind}, calmer", *map(str, CALMER_A_WEEK[kind])))
    return found


_SERIES_ROWS: tuple[tuple[str, Callable[[OfSeries, Named], str]], ...] = (
    ("entries a week", lambda _found, named: f"{named.a_week:.1f}"),
    ("  of 400 compared", lambda found, named: f"{found.of_400(named):.1f}"),
    ("people ever on it", lambda found, named: f"{named.ever / found.compared:.0%}"),
)


def _row(first: str, *others: str) -> str:
    return f"{first:<{_WIDTH}}" + "".join(f"{each:>20}" for each in others)
