"""The life of a request, as rules: what may follow what, and what it adds up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.chats.rules import (
    LATE_AFTER,
    AlreadyOver,
    ChatState,
    Event,
    NotYet,
    SecondPerson,
    SomebodyHasIt,
    StillOpen,
    check_answer,
    due_at,
    state_after,
    state_of,
)

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
ALI, OKAFOR, NOVAK, GREEN = 1, 2, 4, 5
ADULTS = st.sampled_from([ALI, OKAFOR, NOVAK, GREEN])


def asked(of: int | None = ALI) -> ChatState:
    return state_of([Event("asked", START, to_adult_id=of)])


def after(state: ChatState, kind: str, adult: int | None = ALI, **more: object) -> ChatState:
    return state_after(state, Event(kind, START + timedelta(minutes=1), adult_id=adult, **more))  # type: ignore[arg-type]


def test_a_request_belongs_to_the_adult_asked_but_nobody_has_taken_it() -> None:
    state = asked()
    assert (state.state, state.owner_id, state.taken_by) == ("asked", ALI, None)


def test_each_answer_names_who_has_it() -> None:
    seen = after(asked(), "seen")
    coming = after(seen, "coming", coming_at=START + timedelta(minutes=30))
    talked = after(coming, "talked")
    assert (seen.state, seen.taken_by) == ("seen", ALI)
    assert (coming.state, coming.coming_at) == ("coming", START + timedelta(minutes=30))
    assert (talked.state, talked.coming_at, talked.is_open) == ("talked", None, False)


def test_handing_over_asks_the_other_adult_anew() -> None:
    state = after(after(asked(), "seen"), "handed_over", to_adult_id=OKAFOR)
    assert (state.state, state.owner_id, state.taken_by, state.coming_at) == ("asked", OKAFOR, None, None)


def test_a_child_who_cannot_wait_keeps_their_place_in_the_life() -> None:
    state = after(after(asked(), "seen"), "cannot_wait", adult=None)
    assert (state.state, state.owner_id, state.cannot_wait) == ("seen", ALI, True)


@pytest.mark.parametrize("why", ["gone", "unreachable"])
def test_passed_on_before_its_time_it_keeps_its_time_while_nobody_has_answered(why: str) -> None:
    moved = after(asked(), "passed_on", adult=None, to_adult_id=OKAFOR, note=why)
    assert (moved.owner_id, moved.since, moved.late) == (OKAFOR, START, False)


@pytest.mark.parametrize("why", ["gone", "late", "somebody_came"])
def test_passed_on_after_an_answer_or_in_its_time_it_has_its_time_anew(why: str) -> None:
    before = after(asked(), "seen") if why == "gone" else asked()
    moved = after(before, "passed_on", adult=None, to_adult_id=OKAFOR, note=why)
    assert (moved.owner_id, moved.since > START, moved.late) == (OKAFOR, True, why == "late")


@pytest.mark.parametrize(
    "kind", ["seen", "coming", "handed_over", "escalated", "talked", "cancelled", "cannot_wait", "passed_on"]
)
@pytest.mark.parametrize("end", ["talked", "cancelled"])
def test_nothing_an_adult_may_answer_follows_the_end(kind: str, end: str) -> None:
    with pytest.raises(AlreadyOver):
        after(after(asked(), end), kind)


def test_what_stays_with_who_is_coming_still_says_so_to_the_child() -> None:
    """The lead has it already and is coming; or no lead is here, and who is coming told them."""
    coming = after(asked(), "coming", GREEN)
    state = after(coming, "escalated", ALI, to_adult_id=GREEN, note="a reason")
    assert (state.state, state.taken_by, state.level) == ("coming", GREEN, "lead")


def test_the_lead_is_asked_anew_with_what_is_escalated() -> None:
    state = after(after(asked(), "seen"), "escalated", to_adult_id=GREEN, note="a reason")
    assert (state.state, state.owner_id, state.level, state.taken_by) == ("asked", GREEN, "lead", None)


def test_a_second_person_signs_off_and_nobody_their_own_talk() -> None:
    talked = after(asked(), "talked", ALI)
    with pytest.raises(SecondPerson):
        after(talked, "signed_off", ALI)
    assert after(talked, "signed_off", GREEN).state == "closed"
    with pytest.raises(NotYet):
        after(asked(), "signed_off", GREEN)
    with pytest.raises(AlreadyOver):
        after(after(asked(), "cancelled", None), "signed_off", GREEN)


@pytest.mark.parametrize("end", [["talked"], ["talked", "closed"]])
def test_opened_again_the_child_waits_anew(end: list[str]) -> None:
    state = after(after(asked(), "cannot_wait", None), "seen")
    for kind in end:
        state = after(state, kind)
    anew = START + timedelta(days=1)
    state = state_after(state, Event("reopened", anew, adult_id=NOVAK, to_adult_id=NOVAK))
    assert (state.state, state.owner_id, state.since, state.level) == ("asked", NOVAK, anew, "asked")
    assert (state.ended_at, state.late, state.nudged, state.cannot_wait) == (None, False, False, False)
    assert state.answered_at is not None


def test_what_the_child_cancelled_or_still_waits_for_is_not_opened_again() -> None:
    with pytest.raises(AlreadyOver):
        after(after(asked(), "cancelled", None), "reopened", to_adult_id=ALI)
    with pytest.raises(StillOpen):
        after(asked(), "reopened", to_adult_id=ALI)


def test_what_was_talked_about_can_be_closed_once() -> None:
    closed = after(after(asked(), "talked"), "closed")
    assert closed.state == "closed"
    with pytest.raises(AlreadyOver):
        after(closed, "closed")


def test_a_life_begins_with_being_asked_once() -> None:
    with pytest.raises(ValueError, match="begins"):
        state_of([Event("seen", START, adult_id=ALI)])
    with pytest.raises(ValueError, match="once"):
        state_after(asked(), Event("asked", START))
    with pytest.raises(ValueError, match="begins"):
        state_of([])


def test_of_two_adults_answering_one_wins_and_the_other_is_told_who() -> None:
    taken = after(asked(), "seen", ALI)
    with pytest.raises(SomebodyHasIt) as told:
        check_answer(taken, OKAFOR, seen_number=1, number=2, take_over=False)
    assert told.value.owner_id == ALI


def test_taking_over_needs_to_know_who_has_it() -> None:
    taken = after(asked(), "coming", ALI)
    check_answer(taken, NOVAK, seen_number=2, number=2, take_over=True)
    with pytest.raises(SomebodyHasIt):
        check_answer(taken, NOVAK, seen_number=1, number=2, take_over=True)


def test_the_adult_who_has_it_can_always_go_on() -> None:
    check_answer(after(asked(), "seen", ALI), ALI, seen_number=1, number=7, take_over=False)


def test_it_is_due_after_the_school_time_allowed_or_ten_minutes_after_the_time_promised() -> None:
    def add(at: datetime, seconds: float) -> datetime:
        return at + timedelta(seconds=seconds)

    assert due_at(asked(), 600, add) == START + timedelta(minutes=10)
    promised = START + timedelta(minutes=45)
    assert due_at(after(asked(), "coming", coming_at=promised), 600, add) == promised + LATE_AFTER


class Life(RuleBasedStateMachine):
    """Any order of events that the rules allow keeps the promises below."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.now = START

    @initialize(of=st.none() | ADULTS)
    def ask(self, of: int | None) -> None:
        self.happen(Event("asked", self.now, to_adult_id=of))

    @rule(kind=st.sampled_from(["seen", "talked"]), adult=ADULTS)
    def answer(self, kind: str, adult: int) -> None:
        self.happen(Event(kind, self.now, adult_id=adult))  # type: ignore[arg-type]

    @rule(adult=ADULTS, minutes=st.none() | st.integers(1, 300))
    def coming(self, adult: int, minutes: int | None) -> None:
        at = self.now + timedelta(minutes=minutes) if minutes else None
        self.happen(Event("coming", self.now, adult_id=adult, coming_at=at))

    @rule(adult=ADULTS, to=ADULTS)
    def hand_over(self, adult: int, to: int) -> None:
        self.happen(Event("handed_over", self.now, adult_id=adult, to_adult_id=to))

    @rule(kind=st.sampled_from(["escalated", "reopened"]), adult=ADULTS, to=ADULTS)
    def give(self, kind: str, adult: int, to: int) -> None:
        self.happen(Event(kind, self.now, adult_id=adult, to_adult_id=to))  # type: ignore[arg-type]

    @rule(adult=ADULTS)
    def sign_off(self, adult: int) -> None:
        self.happen(Event("signed_off", self.now, adult_id=adult))

    @rule(kind=st.sampled_from(["cancelled", "cannot_wait"]))
    def child(self, kind: str) -> None:
        self.happen(Event(kind, self.now))  # type: ignore[arg-type]

    @precondition(lambda self: self.events)
    @rule()
    def close(self) -> None:
        self.happen(Event("closed", self.now))

    def happen(self, event: Event) -> None:
        self.now += timedelta(seconds=7)
        before = state_of(self.events) if self.events else None
        try:
            state = state_after(before, event)
        except AlreadyOver:
            assert before is not None
            assert not before.is_open
            return
        except NotYet:
            assert event.kind in ("closed", "signed_off")
            return
        except StillOpen:
            assert before is not None
            assert before.is_open
            return
        except SecondPerson:
            assert before is not None
            assert event.adult_id == before.owner_id
            return
        self.events.append(event)
        assert state == state_of(self.events), "one step at a time and all at once agree"
        if before is not None:
            assert state.cannot_wait >= before.cannot_wait or event.kind == "reopened", "never forgotten"
            assert before.answered_at is None or state.answered_at == before.answered_at, "the first answer stays"

    @invariant()
    def an_open_request_is_due_and_an_ended_one_says_when(self) -> None:
        if not self.events:
            return
        state = state_of(self.events)
        assert state.is_open == (state.ended_at is None)
        assert due_at(state, 600, lambda at, seconds: at + timedelta(seconds=seconds)) > state.since
        if state.state in ("seen", "coming", "talked"):
            assert state.taken_by is not None
        if state.state != "coming":
            assert state.coming_at is None


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=200, stateful_step_count=20)
