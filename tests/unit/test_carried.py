"""What each adult carries: their own times, what somebody else took, and nothing of while they were away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from kiosk.chats.rules import Event, Kind, state_of
from kiosk.patterns.connections.carried import (
    ANSWERS,
    LEAST_TIMES,
    Carried,
    Happened,
    Part,
    carried_by,
    every_month,
    parts_of,
    total_of,
)

ALI, OKAFOR, NOVAK = 1, 2, 3
NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def happened(kind: str, when: datetime, adult_id: int | None, to_adult_id: int | None = None) -> Happened:
    return kind, when, adult_id, to_adult_id


def parts(*story: Happened, reached: int | None = 0) -> list[Part]:
    """Told with a clock that never stops."""
    return parts_of(story, None if reached is None else at(reached), lambda start, end: end - start)


class TestPartsOfOneRequest:
    def test_seen_and_talked_by_the_same_adult(self) -> None:
        story = happened("seen", at(4), ALI), happened("talked", at(20), ALI)
        assert parts(*story) == [Part(ALI, has_met=True, to_seen=minutes(4), to_met=minutes(20))]

    def test_their_time_begins_when_it_reached_them(self) -> None:
        story = happened("seen", at(14), NOVAK), happened("talked", at(20), NOVAK)
        assert parts(*story, reached=10) == [Part(NOVAK, has_met=True, to_seen=minutes(4), to_met=minutes(10))]

    def test_who_takes_it_from_the_board_without_having_been_told_has_no_wait(self) -> None:
        story = happened("seen", at(14), NOVAK), happened("talked", at(20), NOVAK)
        assert parts(*story, reached=14) == [Part(NOVAK, has_met=True, to_seen=None, to_met=None)]
        assert parts(*story, reached=None) == [Part(NOVAK, has_met=True, to_seen=None, to_met=None)]

    def test_handed_over_it_is_a_wait_from_then_on(self) -> None:
        story = (
            happened("handed_over", at(3), ALI, OKAFOR),
            happened("seen", at(8), OKAFOR),
            happened("talked", at(30), OKAFOR),
        )
        assert parts(*story) == [
            Part(ALI, has_met=False, to_seen=minutes(3), to_met=None),
            Part(OKAFOR, has_met=True, to_seen=minutes(5), to_met=minutes(27)),
        ]

    def test_passed_on_because_nobody_came_it_is_a_wait_from_then_on(self) -> None:
        story = (
            happened("coming", at(2), ALI),
            happened("passed_on", at(30), None, OKAFOR),
            happened("talked", at(36), OKAFOR),
        )
        assert parts(*story)[1] == Part(OKAFOR, has_met=True, to_seen=minutes(6), to_met=minutes(6))

    def test_passed_on_before_anybody_answered_the_first_who_answers_waits_since_they_were_told(self) -> None:
        story = happened("passed_on", at(10), None, OKAFOR), happened("seen", at(12), OKAFOR)
        assert parts(*story, reached=10) == [Part(OKAFOR, has_met=False, to_seen=minutes(2), to_met=None)]

    def test_taken_over_from_somebody_who_had_it_is_no_wait(self) -> None:
        story = happened("seen", at(2), NOVAK), happened("talked", at(40), ALI)
        assert parts(*story)[1] == Part(ALI, has_met=True, to_seen=None, to_met=None)

    def test_handed_back_the_first_answer_stays_what_it_was(self) -> None:
        story = (
            happened("handed_over", at(3), ALI, OKAFOR),
            happened("handed_over", at(5), OKAFOR, ALI),
            happened("talked", at(30), ALI),
        )
        assert parts(*story) == [
            Part(ALI, has_met=True, to_seen=minutes(3), to_met=minutes(30)),
            Part(OKAFOR, has_met=False, to_seen=minutes(2), to_met=None),
        ]

    def test_opened_again_each_who_talked_has_met(self) -> None:
        story = happened("talked", at(5), ALI), happened("talked", at(90), NOVAK)
        assert [(part.adult_id, part.has_met) for part in parts(*story)] == [(ALI, True), (NOVAK, True)]

    def test_nobody_did_anything(self) -> None:
        assert parts(happened("passed_on", at(10), None, OKAFOR)) == []


@pytest.mark.parametrize("kind", get_args(Kind))
def test_what_counts_as_an_answer_is_what_the_life_of_a_request_counts(kind: Kind) -> None:
    if kind in ("asked", "closed", "signed_off", "reopened"):
        assert kind not in ANSWERS, "it begins a life or follows its end"
        return
    asked = Event("asked", NINE, to_adult_id=ALI)
    state = state_of([asked, Event(kind, at(1), adult_id=ALI, to_adult_id=OKAFOR)])
    assert (state.answered_at is not None) == (kind in ANSWERS)


@dataclass
class Asked:
    """A request of the November Friday, of Mrs Ali unless it says otherwise."""

    parts: Sequence[Part] = ()
    asked_for_id: int | None = ALI
    while_away: bool = False
    without_account: bool = False
    is_unanswered: bool = False
    school_day: date = TODAY


def met(adult_id: int, seen: int | None = 2, talked: int | None = 10) -> Part:
    return Part(
        adult_id,
        has_met=True,
        to_seen=None if seen is None else minutes(seen),
        to_met=None if talked is None else minutes(talked),
    )


def of(adult_id: int, *asked: Asked) -> Carried:
    return total_of(carried_by(asked)[adult_id].values())


class TestWhatTheyCarry:
    def test_a_request_that_named_nobody_counts_for_who_answered(self) -> None:
        found = of(NOVAK, Asked([met(NOVAK)], asked_for_id=None))
        assert (found.asked, found.answered, found.met) == (0, 1, 1)
        assert found.seen_after == [minutes(2)]

    def test_what_somebody_else_took_is_said_so_and_is_nobodys_wait(self) -> None:
        taken = Asked([met(NOVAK, seen=1435, talked=None)])
        ali, novak = of(ALI, taken), of(NOVAK, taken)
        assert (ali.asked, ali.taken, ali.answered, ali.seen_after) == (1, 1, 0, [])
        assert (novak.asked, novak.answered) == (0, 1)

    def test_without_an_account_is_a_reason_of_its_own_and_in_no_time(self) -> None:
        found = of(
            ALI,
            Asked([met(OKAFOR, seen=3)], without_account=True),
            Asked(is_unanswered=True, without_account=True),
            Asked([met(ALI, seen=300, talked=320)], without_account=True),
        )
        assert (found.asked, found.without_account, found.while_away) == (3, 3, 0)
        assert (found.taken, found.unanswered, found.seen_after) == (0, 0, [])

    def test_while_away_is_counted_and_in_no_time_even_if_they_answer_when_they_are_back(self) -> None:
        found = of(ALI, Asked([met(ALI, seen=300, talked=320)], while_away=True))
        assert (found.asked, found.while_away, found.taken) == (1, 1, 0)
        assert (found.answered, found.met) == (1, 1)
        assert (found.seen_after, found.met_after) == ([], [])

    def test_who_stands_in_for_somebody_away_has_their_own_time(self) -> None:
        away = Asked([met(OKAFOR, seen=3)], while_away=True)
        assert of(OKAFOR, away).seen_after == [minutes(3)]
        assert of(ALI, away).taken == 0

    def test_never_answered_is_said_unless_they_were_away(self) -> None:
        found = of(ALI, Asked(is_unanswered=True), Asked(is_unanswered=True, while_away=True))
        assert (found.asked, found.while_away, found.unanswered) == (2, 1, 1)

    def test_what_became_of_requests_by_name_adds_up(self) -> None:
        asked = [
            Asked([met(ALI)]),
            Asked([met(NOVAK)]),
            Asked([met(OKAFOR)], while_away=True),
            Asked(is_unanswered=True),
        ]
        found = of(ALI, *asked)
        assert found.asked == found.answered + found.taken + found.while_away + found.unanswered == 4

    def test_only_whoever_answered_first_answered_first(self) -> None:
        both = Asked([Part(ALI, has_met=False, to_seen=minutes(1), to_met=None), met(OKAFOR)])
        assert (of(ALI, both).answered, of(ALI, both).met) == (1, 0)
        assert (of(OKAFOR, both).answered, of(OKAFOR, both).met) == (0, 1)

    def test_of_fewer_than_five_no_middle_is_told(self) -> None:
        few = of(ALI, *[Asked([met(ALI)])] * (LEAST_TIMES - 1))
        assert (few.to_seen, few.to_met) == (None, None)
        enough = of(ALI, *[Asked([met(ALI, seen=at_)]) for at_ in (1, 2, 3, 4, 90)])
        assert enough.to_seen is not None
        assert (enough.to_seen.median, enough.to_seen.ninetieth) == (minutes(3), minutes(90))

    def test_nobody_else_is_there(self) -> None:
        assert set(carried_by([Asked([met(NOVAK)]), Asked(asked_for_id=None)])) == {ALI, NOVAK}


class TestMonths:
    def test_each_month_has_its_own(self) -> None:
        october = date(2026, 10, 5)
        found = carried_by([Asked([met(ALI)], school_day=october), Asked([met(NOVAK)])])
        assert {month: (one.asked, one.answered) for month, one in found[ALI].items()} == {
            date(2026, 10, 1): (1, 1),
            date(2026, 11, 1): (1, 0),
        }
        assert list(found[NOVAK]) == [date(2026, 11, 1)]

    def test_months_that_brought_nothing_stand_there_too(self) -> None:
        november = Carried(asked=3)
        found = every_month({date(2026, 11, 1): november}, date(2026, 8, 30), date(2026, 11, 22))
        assert list(found) == [date(2026, month, 1) for month in (8, 9, 10, 11)]
        assert found[date(2026, 11, 1)] is november
        assert found[date(2026, 8, 1)] == Carried()

    def test_all_months_together_leave_each_as_it_was(self) -> None:
        months = [Carried(asked=1, seen_after=[minutes(1)]), Carried(asked=2, seen_after=[minutes(2)])]
        assert total_of(months) == Carried(asked=3, seen_after=[minutes(1), minutes(2)])
        assert months[0].seen_after == [minutes(1)]
