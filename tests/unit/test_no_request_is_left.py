"""No request is ever left with nobody, whatever adults, phones and boards do in whatever order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.chats.passing_on import Around, beside, given, urgent, wish_after
from kiosk.chats.rules import AlreadyOver, ChatState, Event, state_after
from tests.unit.a_request import ALI, EVERYBODY, GREEN, MARSH, NOVAK, OKAFOR, REID, START, Request, around, due

WATCHED = st.sets(st.sampled_from(EVERYBODY), max_size=2).filter(lambda watched: not {GREEN, MARSH} <= watched)


class Chain(RuleBasedStateMachine):
    """Adults come and go, answer or do not, boards open and close, and time passes: the promise holds."""

    def __init__(self) -> None:
        super().__init__()
        self.here: set[int] = set()
        self.at_lunch: set[int] = set()
        self.lunch_until = START
        self.out: set[int] = set()
        self.deaf: set[int] = set()
        self.watched: set[int] = set()
        self.chat: Request | None = None

    @initialize(
        asked_for=st.sampled_from([ALI, OKAFOR, None]),
        here=st.sets(st.sampled_from(EVERYBODY)),
        deaf=st.sets(st.sampled_from(EVERYBODY)),
        watched=st.just(set()) | WATCHED,
        hurry=st.booleans(),
        overnight=st.booleans(),
    )
    def ask(
        self,
        asked_for: int | None,
        here: set[int],
        deaf: set[int],
        watched: set[int],
        hurry: bool,
        overnight: bool,
    ) -> None:
        self.here, self.deaf, self.watched = here, deaf, watched
        self.chat = Request(asked_for, *here, cannot_wait=hurry, deaf=deaf, watched=watched, overnight=overnight)
        self.tick_until_quiet()

    @rule()
    def cannot_wait(self) -> None:
        assert self.chat
        if self.chat.state.is_open and not self.chat.state.cannot_wait:
            self.chat.happen("cannot_wait")
            for adult, why in urgent(self.around()).items():
                self.chat.told.setdefault(adult, []).append(why)
            self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY))
    def come_or_go_by_the_timetable(self, adult: int) -> None:
        self.here ^= {adult}
        self.out -= self.here
        self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY))
    def say_out_today(self, adult: int) -> None:
        self.here -= {adult}
        self.out |= {adult}
        self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY), minutes=st.integers(1, 60))
    def go_to_lunch_or_come_back(self, adult: int, minutes: int) -> None:
        assert self.chat
        self.at_lunch ^= {adult}
        self.lunch_until = self.chat.now + timedelta(minutes=minutes)
        self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY))
    def open_or_close_a_board(self, adult: int) -> None:
        self.deaf ^= {adult}
        self.tick_until_quiet()

    @rule(minutes=st.floats(0, 25))
    def time_passes(self, minutes: float) -> None:
        assert self.chat
        self.chat.now += timedelta(minutes=minutes)
        self.tick_until_quiet()

    @rule(
        kind=st.sampled_from(["seen", "coming", "handed_over", "talked", "escalated"]),
        adult=st.sampled_from(EVERYBODY),
        to=st.sampled_from(EVERYBODY),
        minutes=st.integers(1, 60),
    )
    def answer(self, kind: str, adult: int, to: int, minutes: int) -> None:
        assert self.chat
        event = Event(
            kind,  # type: ignore[arg-type]
            self.chat.now,
            adult_id=adult,
            to_adult_id=to if kind in ("handed_over", "escalated") else None,
            coming_at=self.chat.now + timedelta(minutes=minutes) if kind == "coming" else None,
        )
        try:
            state_after(self.chat.state, event)
        except AlreadyOver:
            return
        self.chat.events.append(event)
        if adult in self.out:  # who answers is in, whatever they said this morning
            self.out.discard(adult)
            self.here.add(adult)
        self.chat.told.setdefault(adult, [])
        if kind in ("handed_over", "escalated"):
            self.chat.told.setdefault(to, [])
        if kind == "handed_over":
            for other, why in given(to, adult, self.around()).items():
                self.chat.told.setdefault(other, []).append(why)
        for other in beside(self.chat.state.owner_id, self.chat.told, self.around()):
            self.chat.told.setdefault(other, []).append("cover")
        self.tick_until_quiet()

    def around(self) -> Around:
        return around(
            *self.here,
            at_lunch=self.at_lunch,
            deaf=self.deaf,
            watched=self.watched,
            out=self.out,
            lunch_until=self.lunch_until,
        )

    def tick_until_quiet(self) -> None:
        assert self.chat
        for _ in range(8):
            moved = self.chat.tick(
                *self.here,
                at_lunch=self.at_lunch,
                deaf=self.deaf,
                out=self.out,
                lunch_until=self.lunch_until,
            )
            if moved is None:
                return
        raise AssertionError("the clock never comes to rest")

    @invariant()
    def an_open_request_has_an_owner_who_is_here_and_a_time(self) -> None:
        if self.chat is None or not self.chat.state.is_open:
            return
        state = self.chat.state
        reachable = self.around()
        if state.taken_by is not None:
            assert due(state) > self.chat.now
            self.check_can_be_counted_on(state.taken_by, state)
            return
        if state.level == "nobody":
            assert not reachable.anybody_here(self.chat.told), "nobody means nobody at all"
            assert {GREEN, MARSH} <= set(self.chat.told), "the safeguarding leads know"
            return
        assert due(state) > self.chat.now
        if state.owner_id is None:
            assert (self.here - self.at_lunch) & {NOVAK, REID}
        else:
            assert reachable.can_receive(state.owner_id)

    def check_can_be_counted_on(self, holder: int, state: ChatState) -> None:
        """Who took it is here; or has answered just now; or is at lunch and comes after it."""
        assert self.chat
        assert holder not in self.out, "who took it and went away has it no more"
        here = holder in self.here and holder not in self.at_lunch
        just_answered = self.chat.now - state.since < timedelta(minutes=10)
        comes_after_lunch = (
            holder in self.here and state.coming_at is not None and state.coming_at >= self.lunch_until
        )
        assert here or just_answered or comes_after_lunch

    @invariant()
    def somebody_who_would_hear_of_it_was_told_if_there_is_anybody(self) -> None:
        if self.chat is None or not self.chat.state.is_open or self.chat.state.taken_by is not None:
            return
        reachable = self.around()
        if any(map(reachable.hears, reachable.chain())):
            assert any(map(reachable.reaches, self.chat.told))
        if not reachable.anybody(self.chat.told):
            assert {GREEN, MARSH} <= set(self.chat.told), "the safeguarding leads know that nothing tells anybody"

    @invariant()
    def whom_the_child_chose_has_it_until_they_had_their_time(self) -> None:
        if self.chat is None or not self.chat.state.is_open or self.chat.state.taken_by is not None:
            return
        chosen = wish_after(self.chat.asked_for, self.chat.events)
        if chosen and chosen.adult is not None and self.around().can_receive(chosen.adult):
            assert self.chat.state.owner_id == chosen.adult

    @invariant()
    def everyone_on_duty_knows_of_a_child_who_cannot_wait(self) -> None:
        if self.chat is None or not self.chat.state.is_open or not self.chat.state.cannot_wait:
            return
        if self.chat.state.taken_by is None:
            on_duty = (self.here - self.at_lunch) & {NOVAK, REID}
            assert on_duty <= set(self.chat.told)

    @invariant()
    def it_never_goes_only_to_an_adult_about_whom_a_concern_is_open(self) -> None:
        if self.chat is None or not self.chat.state.is_open or self.chat.state.level == "nobody":
            return
        owner = self.chat.state.owner_id
        having = {owner} if owner is not None else {NOVAK, REID} & (self.here - self.at_lunch)
        if having <= self.watched:
            assert {GREEN, MARSH} - self.watched & set(self.chat.told), "another lead knows of it"


TestChain = Chain.TestCase
TestChain.settings = settings(max_examples=500, stateful_step_count=25)
