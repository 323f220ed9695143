"""No request is ever left with nobody: the chain, the clock, and adults who come and go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.chats.passing_on import Around, Stop, beside, first_stop, next_move, urgent
from kiosk.chats.rules import AlreadyOver, ChatState, Event, due_at, state_after, state_of

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
ANSWER_WITHIN = 600
ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH = 1, 2, 3, 4, 5, 6, 7
EVERYBODY = (ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH)


def around(
    *here: int,
    at_lunch: Collection[int] = (),
    deaf: Collection[int] = (),
    watched: Collection[int] = (),
) -> Around:
    """Who is here; of them, whom no board and no phone would tell, and about whom a concern is open."""
    return Around(
        high5=(ALI, OKAFOR),
        on_duty=(NOVAK, REID),
        leads=(GREEN, MARSH),
        can_receive=(set(here) - set(at_lunch)).__contains__,
        has_gone=lambda adult: adult not in here,
        can_be_told=lambda adult: adult not in deaf,
        never_alone=frozenset(watched),
    )


def add_seconds(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)


def due(state: ChatState) -> datetime:
    return due_at(state, ANSWER_WITHIN, add_seconds)


class Request:
    """A request with its events and those who were told, as the store keeps it."""

    def __init__(
        self,
        asked_for: int | None,
        *here: int,
        cannot_wait: bool = False,
        deaf: Collection[int] = (),
        watched: Collection[int] = (),
    ) -> None:
        self.watched = watched
        stop = first_stop(asked_for, around(*here, deaf=deaf, watched=watched), cannot_wait=cannot_wait)
        self.events = [Event("asked", START, to_adult_id=stop.owner_id, level=stop.level)]
        self.told: dict[int, list[str]] = {adult: [why] for adult, why in stop.tell.items()}
        self.now = START

    @property
    def state(self) -> ChatState:
        return state_of(self.events)

    def happen(self, kind: str, **more: object) -> None:
        self.events.append(Event(kind, self.now, **more))  # type: ignore[arg-type]

    def wait(self, *here: int, minutes: float = 10, deaf: Collection[int] = ()) -> str | None:
        """Let time pass and the clock tick; which kind of event came of it."""
        self.now += timedelta(minutes=minutes)
        return self.tick(*here, deaf=deaf)

    def tick(self, *here: int, at_lunch: Collection[int] = (), deaf: Collection[int] = ()) -> str | None:
        reachable = around(*here, at_lunch=at_lunch, deaf=deaf, watched=self.watched)
        move = next_move(self.state, self.told, reachable, self.now, due(self.state))
        if move is None:
            return None
        event, tell = move
        self.events.append(event)
        if event.to_adult_id in self.watched and event.kind == "passed_on":
            assert not any(map(reachable.is_free, reachable.chain())), "chosen only when nobody else is here"
        for adult, why in tell.items():
            self.told.setdefault(adult, []).append(why)
        return event.kind


def test_nobody_answers_and_it_passes_along_the_whole_chain() -> None:
    chat = Request(ALI, *EVERYBODY)
    assert chat.wait(*EVERYBODY, minutes=9.9) is None
    chat.wait(*EVERYBODY, minutes=0.1)
    assert (chat.state.owner_id, chat.state.level) == (OKAFOR, "high5")
    chat.wait(*EVERYBODY)
    assert (chat.state.owner_id, chat.state.level) == (None, "duty")
    chat.wait(*EVERYBODY)
    assert (chat.state.owner_id, chat.state.level) == (GREEN, "lead")
    assert [chat.wait(*EVERYBODY) for _ in range(3)] == ["reminded"] * 3
    assert chat.told == {
        ALI: ["asked"],
        OKAFOR: ["passed_on"],
        NOVAK: ["duty"],
        REID: ["duty"],
        GREEN: ["last_resort", "reminder", "reminder", "reminder"],
        MARSH: ["last_resort", "reminder", "reminder", "reminder"],
    }


def test_an_adult_who_said_coming_at_is_asked_ten_minutes_after_and_then_it_passes_on() -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen("coming", adult_id=ALI, coming_at=START + timedelta(minutes=30))
    assert chat.wait(*EVERYBODY, minutes=39) is None
    assert chat.wait(*EVERYBODY, minutes=1) == "nudged"
    assert chat.told[ALI] == ["asked", "late"]
    assert chat.state.coming_at is not None, "the child still sees what was promised"
    assert chat.wait(*EVERYBODY) == "passed_on"
    assert chat.state.owner_id == OKAFOR


def test_it_passes_on_at_once_when_whoever_has_it_goes_away() -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen("seen", adult_id=ALI)
    without_ali = [adult for adult in EVERYBODY if adult != ALI]
    assert chat.wait(*without_ali, minutes=0) == "passed_on"
    assert (chat.state.state, chat.state.owner_id) == ("asked", OKAFOR)


def test_an_answer_from_the_lunch_table_counts() -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen("coming", adult_id=ALI)
    assert chat.tick(*EVERYBODY, at_lunch=[ALI]) is None
    assert (chat.state.state, chat.state.taken_by) == ("coming", ALI)


def test_an_answer_counts_also_when_nobody_was_here() -> None:
    chat = Request(ALI)
    chat.happen("coming", adult_id=GREEN)
    assert chat.tick(GREEN, OKAFOR) is None
    assert (chat.state.state, chat.state.taken_by, chat.state.late) == ("coming", GREEN, False)


def test_what_is_handed_over_when_nobody_was_here_stays_with_whom_it_was_given() -> None:
    chat = Request(ALI)
    chat.happen("handed_over", adult_id=GREEN, to_adult_id=SHAH)
    assert chat.tick(GREEN, SHAH, OKAFOR) is None
    assert (chat.state.owner_id, chat.state.level, chat.state.late) == (SHAH, "asked", False)


def test_a_child_is_told_of_waiting_too_long_only_when_it_was_too_long() -> None:
    chat = Request(ALI, *EVERYBODY)
    assert chat.tick(*EVERYBODY, at_lunch=[ALI]) == "passed_on"
    assert not chat.state.late
    chat.wait(*EVERYBODY)
    assert chat.state.late


def test_with_nobody_here_it_says_so_and_goes_to_the_first_who_comes() -> None:
    chat = Request(ALI)
    assert (chat.state.level, chat.state.owner_id) == ("nobody", None)
    assert chat.told == {ALI: ["asked"], GREEN: ["nobody_here"], MARSH: ["nobody_here"]}
    assert chat.wait(minutes=60) is None
    assert chat.wait(REID, minutes=1) == "passed_on"
    assert (chat.state.level, chat.state.owner_id) == ("duty", None)


def test_the_lead_who_goes_home_leaves_it_to_the_deputy() -> None:
    chat = Request(None, GREEN)
    assert (chat.state.level, chat.state.owner_id) == ("lead", GREEN)
    assert chat.wait(MARSH, minutes=0) == "passed_on"
    assert chat.state.owner_id == MARSH


def test_an_adult_who_is_away_has_cover_and_still_sees_it_later() -> None:
    chat = Request(ALI, OKAFOR, NOVAK, GREEN)
    assert chat.state.owner_id == OKAFOR
    assert chat.told == {ALI: ["asked"], OKAFOR: ["cover"]}


def test_cannot_wait_tells_duty_at_once_and_leaves_it_with_the_adult_asked() -> None:
    chat = Request(ALI, *EVERYBODY, cannot_wait=True)
    assert chat.state.owner_id == ALI
    assert chat.told == {ALI: ["asked"], NOVAK: ["cannot_wait"], REID: ["cannot_wait"]}


@pytest.mark.parametrize("end", ["cancelled", "talked"])
def test_nothing_moves_after_the_end(end: str) -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen(end, adult_id=ALI if end == "talked" else None)
    assert chat.wait(minutes=600) is None


WITHOUT_ALI = tuple(adult for adult in EVERYBODY if adult != ALI)


class TestWhoCanBeTold:
    def test_who_was_asked_keeps_it_though_nothing_reaches_them_and_the_next_is_told_as_well(self) -> None:
        chat = Request(ALI, *EVERYBODY, deaf=[ALI])
        assert (chat.state.owner_id, chat.state.level) == (ALI, "asked")
        assert chat.told == {ALI: ["asked"], OKAFOR: ["cover"]}
        assert chat.tick(*EVERYBODY, deaf=[ALI]) is None

    def test_then_everyone_on_duty_when_nobody_of_the_high_5_would_hear_of_it(self) -> None:
        chat = Request(ALI, *EVERYBODY, deaf=[ALI, OKAFOR])
        assert chat.told == {ALI: ["asked"], NOVAK: ["cover"], REID: ["cover"]}

    def test_cover_goes_to_who_would_hear_of_it_and_who_the_tablet_named_is_told(self) -> None:
        chat = Request(ALI, *WITHOUT_ALI, deaf=[OKAFOR])
        assert (chat.state.owner_id, chat.state.level) == (None, "duty")
        assert chat.told == {ALI: ["asked"], OKAFOR: ["cover"], NOVAK: ["duty"], REID: ["duty"]}

    def test_with_no_board_and_no_phone_anywhere_it_is_as_if_all_could_be_told(self) -> None:
        deaf = EVERYBODY
        chat, usual = Request(ALI, *EVERYBODY, deaf=deaf), Request(ALI, *EVERYBODY)
        for _ in range(5):
            assert chat.wait(*EVERYBODY, deaf=deaf) == usual.wait(*EVERYBODY)
        assert (chat.told, chat.events) == (usual.told, usual.events)

    def test_passing_on_it_goes_to_who_would_hear_of_it(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.wait(*EVERYBODY, deaf=[OKAFOR])
        assert (chat.state.owner_id, chat.state.level) == (None, "duty")

    def test_the_lead_gets_it_in_the_end_also_when_nothing_reaches_them(self) -> None:
        chat = Request(None, *EVERYBODY)
        chat.wait(*EVERYBODY, deaf=[GREEN, MARSH])
        assert (chat.state.owner_id, chat.state.level) == (GREEN, "lead")

    def test_it_passes_on_at_once_when_nothing_reaches_those_who_have_it_any_more(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        assert chat.wait(*EVERYBODY, minutes=1, deaf=[ALI]) == "passed_on"
        assert (chat.state.owner_id, chat.events[-1].note, chat.state.late) == (OKAFOR, "unreachable", False)
        assert chat.tick(*EVERYBODY, deaf=[ALI]) is None

    def test_who_has_answered_keeps_it_when_their_phone_fails(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI)
        assert chat.tick(*EVERYBODY, deaf=[ALI]) is None


class TestNeverAlone:
    def test_the_child_is_heard_as_always_and_a_lead_is_told_as_well(self) -> None:
        chat = Request(ALI, *EVERYBODY, watched=[ALI])
        assert chat.state.owner_id == ALI
        assert chat.told == {ALI: ["asked"], GREEN: ["cover"], MARSH: ["cover"]}

    def test_they_are_no_cover_and_not_the_next(self) -> None:
        away = Request(ALI, *WITHOUT_ALI, watched=[OKAFOR])
        assert away.state.level == "duty"
        assert OKAFOR not in away.told
        late = Request(ALI, *EVERYBODY, watched=[OKAFOR])
        late.wait(*EVERYBODY)
        assert late.state.level == "duty"

    def test_a_lead_is_not_the_end_of_a_chain_about_themselves(self) -> None:
        chat = Request(None, GREEN, MARSH, watched=[GREEN])
        assert (chat.state.level, chat.state.owner_id) == ("lead", MARSH)

    def test_when_nobody_else_is_here_they_have_it_and_every_other_lead_is_told(self) -> None:
        chat = Request(None, NOVAK, watched=[NOVAK])
        assert chat.state.level == "duty"
        assert chat.told == {NOVAK: ["duty"], GREEN: ["cover"], MARSH: ["cover"]}

    def test_a_lead_who_knows_already_is_not_told_again(self) -> None:
        assert beside(ALI, [ALI, GREEN], around(*EVERYBODY, watched=[ALI])) == {}
        assert beside(OKAFOR, [OKAFOR], around(*EVERYBODY, watched=[ALI])) == {}

    def test_cannot_wait_tells_somebody_else(self) -> None:
        assert urgent(around(NOVAK, GREEN, watched=[NOVAK])) == {GREEN: "cannot_wait"}
        alone = urgent(around(NOVAK, watched=[NOVAK]))
        assert set(alone) == {NOVAK, GREEN, MARSH}


WATCHED = st.sets(st.sampled_from(EVERYBODY), max_size=2).filter(lambda watched: not {GREEN, MARSH} <= watched)


class Chain(RuleBasedStateMachine):
    """Adults come and go, answer or do not, boards open and close, and time passes: the promise holds."""

    def __init__(self) -> None:
        super().__init__()
        self.here: set[int] = set()
        self.at_lunch: set[int] = set()
        self.deaf: set[int] = set()
        self.watched: set[int] = set()
        self.chat: Request | None = None

    @initialize(
        asked_for=st.sampled_from([ALI, OKAFOR, None]),
        here=st.sets(st.sampled_from(EVERYBODY)),
        deaf=st.sets(st.sampled_from(EVERYBODY)),
        watched=st.just(set()) | WATCHED,
        urgent=st.booleans(),
    )
    def ask(self, asked_for: int | None, here: set[int], deaf: set[int], watched: set[int], urgent: bool) -> None:
        self.here, self.deaf, self.watched = here, deaf, watched
        self.chat = Request(asked_for, *here, cannot_wait=urgent, deaf=deaf, watched=watched)
        self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY))
    def come_or_go(self, adult: int) -> None:
        self.here ^= {adult}
        self.tick_until_quiet()

    @rule(adult=st.sampled_from(EVERYBODY))
    def go_to_lunch_or_come_back(self, adult: int) -> None:
        self.at_lunch ^= {adult}
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
        self.here.add(adult)  # who answers is in
        self.chat.told.setdefault(adult, [])
        if kind in ("handed_over", "escalated"):
            self.chat.told.setdefault(to, [])
        for other in beside(self.chat.state.owner_id, self.chat.told, self.around()):
            self.chat.told.setdefault(other, []).append("cover")
        self.tick_until_quiet()

    def around(self) -> Around:
        return around(*self.here, at_lunch=self.at_lunch, deaf=self.deaf, watched=self.watched)

    def tick_until_quiet(self) -> None:
        assert self.chat
        for _ in range(8):
            if self.chat.tick(*self.here, at_lunch=self.at_lunch, deaf=self.deaf) is None:
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
            assert state.taken_by in self.here, "who took it and went away has it no more"
            return
        if state.level == "nobody":
            assert not reachable.anybody(), "nobody means nobody at all"
            assert {GREEN, MARSH} <= set(self.chat.told), "the safeguarding leads know"
            return
        assert due(state) > self.chat.now
        if state.owner_id is None:
            assert (self.here - self.at_lunch) & {NOVAK, REID}
        else:
            assert reachable.can_receive(state.owner_id)

    @invariant()
    def somebody_who_would_hear_of_it_was_told_if_there_is_anybody(self) -> None:
        if self.chat is None or not self.chat.state.is_open or self.chat.state.taken_by is not None:
            return
        reachable = self.around()
        if any(map(reachable.hears, reachable.chain())):
            assert any(map(reachable.reaches, self.chat.told))

    @invariant()
    def it_never_goes_only_to_an_adult_about_whom_a_concern_is_open(self) -> None:
        if self.chat is None or not self.chat.state.is_open or self.chat.state.level == "nobody":
            return
        owner = self.chat.state.owner_id
        having = {owner} if owner is not None else {NOVAK, REID} & (self.here - self.at_lunch)
        if having <= self.watched:
            assert {GREEN, MARSH} - self.watched & set(self.chat.told), "another lead knows of it"


def test_a_stop_tells_nobody_twice() -> None:
    stop = first_stop(ALI, around(*EVERYBODY, watched=[ALI]), cannot_wait=True)
    assert stop == Stop(
        "asked",
        ALI,
        {ALI: "asked", NOVAK: "cannot_wait", REID: "cannot_wait", GREEN: "cover", MARSH: "cover"},
    )


TestChain = Chain.TestCase
TestChain.settings = settings(max_examples=500, stateful_step_count=25)
