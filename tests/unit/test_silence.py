"""Who is not heard from, and who is named by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import quantiles

import pytest

from kiosk.patterns.connections.silence import (
    ASKS_OFTEN,
    Connected,
    Here,
    Silence,
    here_since,
    named_by,
    silence,
    wait_of,
)

DAYS = [date(2026, 11, 2) + timedelta(days=at + 2 * (at // 5)) for at in range(15)]
"""Three weeks, Monday to Friday; the last is Friday 20 November."""
ALI, OKAFOR, PRYCE = 1, 2, 3
AMIR = Connected(1, "Amir Khan", "Oak", (ALI, OKAFOR), DAYS[-1], 2, has_planned_time=False, on_tablet=True)


def lists(*children: Connected, quiet_days: int = 5) -> Silence:
    return silence(children, DAYS, quiet_days=quiet_days, leavers=frozenset({PRYCE}))


def test_a_child_who_is_heard_asks_and_has_two_adults_is_on_no_list() -> None:
    assert lists(AMIR) == Silence((), (), (), (), (), ())


def test_not_heard_for_so_many_school_days() -> None:
    quiet = replace(AMIR, last_heard=DAYS[-6])
    assert lists(quiet).not_heard == (quiet,)
    assert lists(replace(AMIR, last_heard=DAYS[-5])).not_heard == ()
    assert lists(quiet, quiet_days=6).not_heard == ()


def test_never_heard_of_at_all() -> None:
    never = replace(AMIR, last_heard=None, asked=0)
    assert lists(never).not_heard == (never,)
    assert lists(never).never_asks == (), "who never says anything is named once"


def test_who_came_this_week_or_is_kept_off_the_tablet_is_not_silent() -> None:
    assert lists(replace(AMIR, last_heard=None, joined_on=DAYS[-2])).not_heard == ()
    assert lists(replace(AMIR, last_heard=None, on_tablet=False)).not_heard == ()


def test_before_there_were_so_many_school_days_nobody_is_silent() -> None:
    quiet = replace(AMIR, last_heard=None)
    found = silence([quiet], DAYS[:4], quiet_days=5, leavers=frozenset())
    assert found.not_heard == ()


def test_who_never_asks_and_who_asks_often() -> None:
    never, often = replace(AMIR, id=2, asked=0), replace(AMIR, id=3, asked=ASKS_OFTEN)
    found = lists(never, often, replace(often, id=4, has_planned_time=True))
    assert (found.never_asks, found.asks_often) == ((never,), (often,))


def test_nobody_only_one_and_a_leaver() -> None:
    nobody, one, leaver = replace(AMIR, id=2, adults=()), replace(AMIR, id=3, adults=(ALI,)), replace(AMIR, id=4)
    leaver = replace(leaver, adults=(PRYCE, ALI))
    only_leaver = replace(AMIR, id=5, adults=(PRYCE,))
    found = lists(nobody, one, leaver, only_leaver)
    assert found.nobody_named == (nobody, only_leaver), "an adult who has left can be asked no more"
    assert found.only_one == (one, leaver)
    assert found.with_leaver == (leaver, only_leaver)


def test_who_is_left_out_is_on_no_list_of_what_a_child_does_and_counted_once() -> None:
    quiet = replace(AMIR, id=2, last_heard=DAYS[-6], is_left_out=True)
    never, often = replace(quiet, id=3, last_heard=DAYS[-1], asked=0), replace(quiet, id=4, asked=ASKS_OFTEN)
    assert lists(AMIR, quiet, never, often) == Silence((), (), (), (), (), (), left_out=3)


def test_who_is_left_out_is_on_every_list_of_what_the_school_owes_them() -> None:
    nobody = replace(AMIR, id=2, adults=(), is_left_out=True)
    leaver = replace(nobody, id=3, adults=(PRYCE, ALI))
    found = lists(nobody, leaver)
    assert (found.nobody_named, found.only_one, found.with_leaver) == ((nobody,), (leaver,), (leaver,))


def test_who_is_away_for_long_is_nobody_to_count_on_and_no_leaver() -> None:
    found = silence([AMIR], DAYS, quiet_days=5, leavers=frozenset(), away_long=frozenset({ALI}))
    assert (found.nobody_named, found.only_one, found.with_leaver) == ((), (AMIR,), ())
    found = silence([AMIR], DAYS, quiet_days=5, leavers=frozenset({OKAFOR}), away_long=frozenset({ALI}))
    assert (found.nobody_named, found.only_one, found.with_leaver) == ((AMIR,), (), (AMIR,))


def test_who_names_somebody_who_cannot_be_asked() -> None:
    other = replace(AMIR, id=2, adults=(OKAFOR,))
    found = silence([AMIR, other], DAYS, quiet_days=5, leavers=frozenset(), no_account=frozenset({ALI}))
    assert found.without_account == (AMIR,)


def test_lists_are_by_name() -> None:
    zofia, amir = replace(AMIR, id=1, name="zofia", asked=0), replace(AMIR, id=2, name="Amir", asked=0)
    assert [child.name for child in lists(zofia, amir).never_asks] == ["Amir", "zofia"]


def test_who_is_named_by_whom() -> None:
    zofia = replace(AMIR, id=2, name="Zofia Nowak", adults=(OKAFOR,))
    assert named_by([AMIR, zofia]) == {ALI: 1, OKAFOR: 2}


def test_waits_are_told_by_the_middle_and_the_ninetieth_percentile() -> None:
    lengths = [timedelta(minutes=minutes) for minutes in range(1, 12)]
    wait = wait_of(lengths)
    assert wait is not None
    assert (wait.number, wait.median, wait.ninetieth) == (11, timedelta(minutes=6), timedelta(minutes=10))
    assert quantiles(range(1, 12), n=10, method="inclusive")[-1] == pytest.approx(10)


def test_one_wait_and_none() -> None:
    one = wait_of([timedelta(minutes=3)])
    assert one is not None
    assert (one.median, one.ninetieth) == (timedelta(minutes=3), timedelta(minutes=3))
    assert wait_of([]) is None


class TestWithRegisters:
    """Days on which a register says that a child was not in school."""

    def quiet(self, *away: date, last_heard: date | None = DAYS[-6]) -> tuple[Connected, ...]:
        child = replace(AMIR, last_heard=last_heard)
        return silence(
            [child], DAYS, quiet_days=5, leavers=frozenset(), away={child.id: frozenset(away)}
        ).not_heard

    def test_a_child_who_was_ill_for_a_week_is_not_silent(self) -> None:
        assert self.quiet() != ()
        assert self.quiet(DAYS[-1]) == ()
        assert self.quiet(*DAYS[-5:]) == ()

    def test_a_child_who_was_here_five_times_and_said_nothing_is(self) -> None:
        assert self.quiet(DAYS[-2], DAYS[-4], last_heard=DAYS[-8]) != ()
        assert self.quiet(DAYS[-2], DAYS[-4], last_heard=DAYS[-7]) == ()

    def test_who_was_hardly_ever_here_is_not_silent(self) -> None:
        assert self.quiet(*DAYS[:11], last_heard=None) == ()
        assert self.quiet(*DAYS[:10], last_heard=None) != ()

    def test_how_often_they_were_here_since(self) -> None:
        child = replace(AMIR, last_heard=DAYS[-9])
        known = dict.fromkeys(DAYS, True) | {DAYS[-1]: False, DAYS[-3]: False}
        assert here_since(child, DAYS, known) == Here(6, 8)
        assert here_since(child, DAYS, {DAYS[-2]: True, DAYS[-12]: False}) == Here(1, 1)
        assert here_since(child, DAYS, {}) is None
        assert here_since(replace(child, last_heard=None), DAYS, known) == Here(13, 15)
