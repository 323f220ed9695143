"""No request is ever left with nobody: the chain, the clock, and adults who come and go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.chats.passing_on import Around, Stop, beside, first_stop, given, next_move, urgent, wish_after
from kiosk.chats.rules import AlreadyOver, ChatState, Event, due_at, state_after, state_of

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
ANSWER_WITHIN = 600
ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH = 1, 2, 3, 4, 5, 6, 7
EVERYBODY = (ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH)
WITHOUT_ALI = tuple(adult for adult in EVERYBODY if adult != ALI)


def around(
    *here: int,
    at_lunch: Collection[int] = (),
    deaf: Collection[int] = (),
    watched: Collection[int] = (),
    out: Collection[int] = (),
    lunch_until: datetime | None = None,
) -> Around:
    """Who is here; of them, whom no board and no phone would tell, and about whom a concern is open.

    Who is not here has a timetable that says so; who is ``out`` has said so today, with a tap.
    """
    return Around(
        high5=(ALI, OKAFOR),
        on_duty=(NOVAK, REID),
        leads=(GREEN, MARSH),
        can_receive=(set(here) - set(at_lunch)).__contains__,
        has_gone=out.__contains__,
        back_at=lambda adult: lunch_until if adult in here and adult in at_lunch else None,
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
        overnight: bool = False,
    ) -> None:
        self.watched = watched
        stop = first_stop(asked_for, around(*here, deaf=deaf, watched=watched), cannot_wait=cannot_wait)
        self.events = [Event("asked", START, to_adult_id=stop.owner_id, level=stop.level)]
        if cannot_wait:
            self.events.append(Event("cannot_wait", START))
        self.told: dict[int, list[str]] = {adult: [why] for adult, why in stop.tell.items()}
        self.now = START
        self.asked_for = asked_for
        self.overnight = overnight

    @property
    def state(self) -> ChatState:
        return state_of(self.events)

    def happen(self, kind: str, **more: object) -> None:
        self.events.append(Event(kind, self.now, **more))  # type: ignore[arg-type]

    def wait(self, *here: int, minutes: float = 10, deaf: Collection[int] = ()) -> str | None:
        """Let time pass and the clock tick; which kind of event came of it."""
        self.now += timedelta(minutes=minutes)
        return self.tick(*here, deaf=deaf)

    def tick(
        self,
        *here: int,
        at_lunch: Collection[int] = (),
        deaf: Collection[int] = (),
        out: Collection[int] = (),
        lunch_until: datetime | None = None,
    ) -> str | None:
        """Let the clock look once; which kind of event came of it, ``told_as_well`` without one."""
        reachable = around(
            *here, at_lunch=at_lunch, deaf=deaf, watched=self.watched, out=out, lunch_until=lunch_until
        )
        wish = wish_after(self.asked_for, self.events, overnight=self.overnight and self.state.answered_at is None)
        move = next_move(self.state, self.told, reachable, self.now, due(self.state), wish=wish)
        if move is None:
            return None
        event, tell = move
        for adult, why in tell.items():
            self.told.setdefault(adult, []).append(why)
        if event is None:
            return "told_as_well"
        self.events.append(event)
        if event.to_adult_id in self.watched and event.kind == "passed_on" and event.note != "back":
            nobody_else = not any(map(reachable.is_free, reachable.chain()))
            assert nobody_else or event.to_adult_id == self.asked_for, "chosen only when nobody else is here"
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
    assert chat.tick(*WITHOUT_ALI, out=[ALI]) == "passed_on"
    assert (chat.state.state, chat.state.owner_id) == ("asked", OKAFOR)


class TestWhoTookItAndIsNotHere:
    """Who has answered keeps it while they are here; their timetable counts as much as a tap."""

    def test_an_answer_from_the_lunch_table_counts_for_ten_minutes(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI)
        chat.now += timedelta(minutes=9)
        assert chat.tick(*EVERYBODY, at_lunch=[ALI]) is None
        assert (chat.state.state, chat.state.taken_by) == ("coming", ALI)
        chat.now += timedelta(minutes=1)
        assert chat.tick(*EVERYBODY, at_lunch=[ALI]) == "passed_on"

    def test_at_lunch_they_keep_what_they_promised_for_after_it(self) -> None:
        chat, lunch_until = Request(ALI, *EVERYBODY), START + timedelta(hours=2)
        chat.happen("coming", adult_id=ALI, coming_at=lunch_until + timedelta(minutes=30))
        chat.now += timedelta(hours=1)
        assert chat.tick(*EVERYBODY, at_lunch=[ALI], lunch_until=lunch_until) is None
        assert chat.state.taken_by == ALI

    def test_at_lunch_they_lose_what_they_promised_for_before_it_ends(self) -> None:
        chat, lunch_until = Request(ALI, *EVERYBODY), START + timedelta(hours=2)
        chat.happen("coming", adult_id=ALI, coming_at=lunch_until - timedelta(minutes=30))
        chat.now += timedelta(hours=1)
        assert chat.tick(*EVERYBODY, at_lunch=[ALI], lunch_until=lunch_until) == "passed_on"
        assert chat.state.owner_id == OKAFOR

    def test_it_passes_on_when_their_hours_end_though_they_said_a_later_time(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI, coming_at=START + timedelta(hours=3))
        chat.now += timedelta(minutes=20)
        assert chat.tick(*WITHOUT_ALI) == "passed_on"
        assert (chat.state.state, chat.state.owner_id, chat.events[-1].note) == ("asked", OKAFOR, "gone")
        assert ALI in chat.told, "she still sees it"

    def test_what_was_seen_yesterday_passes_on_when_school_opens_without_asking_who_is_absent(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("seen", adult_id=ALI)
        chat.now += timedelta(hours=17)
        assert chat.tick(*WITHOUT_ALI) == "passed_on"
        assert chat.told[ALI] == ["asked"], "she is not asked at home"

    def test_who_was_asked_whether_they_still_come_is_not_waited_for_once_they_have_gone(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI, coming_at=START + timedelta(minutes=30))
        assert chat.wait(*EVERYBODY, minutes=40) == "nudged"
        assert chat.wait(*WITHOUT_ALI, minutes=1) == "passed_on"


class TestWhomTheChildChose:
    """They have it as soon as they are here, until they have had their time to answer."""

    def test_whom_the_child_asked_before_their_hours_has_it_when_they_come(self) -> None:
        chat = Request(ALI, *WITHOUT_ALI)
        assert chat.state.owner_id == OKAFOR
        assert chat.wait(*EVERYBODY, minutes=5) == "passed_on"
        assert (chat.state.owner_id, chat.state.level, chat.events[-1].note) == (ALI, "asked", "back")
        assert chat.told == {ALI: ["asked", "back"], OKAFOR: ["cover"]}
        assert chat.tick(*EVERYBODY) is None

    def test_the_promise_to_the_child_is_not_longer_for_it(self) -> None:
        chat = Request(ALI, *WITHOUT_ALI)
        chat.wait(*EVERYBODY, minutes=5)
        assert chat.wait(*EVERYBODY, minutes=5) == "passed_on"
        assert (chat.state.late, chat.state.level) == (True, "duty")

    def test_who_did_not_answer_in_time_does_not_get_it_again(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.wait(*EVERYBODY)
        chat.tick(*WITHOUT_ALI)
        assert chat.tick(*EVERYBODY) is None
        assert chat.state.owner_id == OKAFOR

    def test_who_went_to_lunch_before_their_time_was_over_has_it_when_they_are_back(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        assert chat.tick(*EVERYBODY, at_lunch=[ALI]) == "passed_on"
        assert chat.wait(*EVERYBODY, minutes=5) == "passed_on"
        assert chat.state.owner_id == ALI

    def test_what_somebody_has_taken_stays_with_them(self) -> None:
        chat = Request(ALI, *WITHOUT_ALI)
        chat.happen("seen", adult_id=OKAFOR)
        assert chat.tick(*EVERYBODY) is None

    @pytest.mark.parametrize("kind", ["handed_over", "escalated"])
    def test_what_an_adult_gave_to_somebody_stays_there(self, kind: str) -> None:
        chat = Request(ALI, *WITHOUT_ALI)
        chat.happen(kind, adult_id=OKAFOR, to_adult_id=GREEN)
        chat.told[GREEN] = ["handed"]
        assert chat.tick(*EVERYBODY) is None

    def test_the_lead_who_reminds_stays_the_end_of_the_chain(self) -> None:
        chat = Request(ALI, *WITHOUT_ALI)
        for _ in range(3):
            chat.wait(*WITHOUT_ALI)
        assert chat.state.level == "lead"
        assert chat.wait(*EVERYBODY, minutes=1) == "passed_on"
        assert chat.state.owner_id == ALI
        assert chat.wait(*EVERYBODY) == "passed_on"
        assert (chat.state.owner_id, chat.state.level) == (GREEN, "lead")

    def test_what_was_asked_of_duty_goes_from_the_lead_to_duty_when_somebody_is(self) -> None:
        chat = Request(None, GREEN)
        assert chat.tick(GREEN, NOVAK) == "passed_on"
        assert (chat.state.owner_id, chat.state.level) == (None, "duty")
        assert chat.told == {GREEN: ["last_resort"], NOVAK: ["duty"]}

    def test_asked_overnight_it_goes_to_who_is_nearest_in_the_morning(self) -> None:
        chat = Request(ALI, GREEN, overnight=True)
        assert (chat.state.owner_id, chat.state.level) == (GREEN, "lead")
        assert chat.tick(GREEN, NOVAK) == "passed_on"
        assert (chat.state.owner_id, chat.state.level, chat.events[-1].note) == (None, "duty", "opened")
        assert chat.tick(GREEN, NOVAK, OKAFOR) == "passed_on"
        assert (chat.state.owner_id, chat.state.level) == (OKAFOR, "high5")
        assert chat.tick(*EVERYBODY) == "passed_on"
        assert (chat.state.owner_id, chat.events[-1].note) == (ALI, "back")
        assert chat.told == {ALI: ["asked", "back"], OKAFOR: ["cover"], NOVAK: ["duty"], GREEN: ["last_resort"]}

    def test_asked_by_day_it_stays_with_who_is_here_though_somebody_nearer_comes(self) -> None:
        chat = Request(ALI, GREEN)
        assert chat.tick(GREEN, NOVAK, OKAFOR) is None


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


class TestCannotWait:
    """Everyone on duty who is in is told, whatever reaches them; the leads as well when nobody on duty hears."""

    def test_duty_without_board_or_phone_is_told_beside_the_lead_who_hears(self) -> None:
        deaf = [NOVAK, REID, OKAFOR, MARSH]
        assert urgent(around(*EVERYBODY, deaf=deaf)) == dict.fromkeys([NOVAK, REID, GREEN, MARSH], "cannot_wait")

    def test_one_on_duty_who_hears_is_enough(self) -> None:
        assert urgent(around(*EVERYBODY, deaf=[REID])) == dict.fromkeys([NOVAK, REID], "cannot_wait")

    def test_with_nobody_on_duty_the_leads_are_told(self) -> None:
        assert urgent(around(ALI, GREEN)) == {GREEN: "cannot_wait"}

    def test_somebody_of_the_high_5_is_told_when_neither_duty_nor_lead_would_hear(self) -> None:
        tell = urgent(around(NOVAK, GREEN, OKAFOR, deaf=[NOVAK, GREEN]))
        assert tell == dict.fromkeys([NOVAK, GREEN, OKAFOR], "cannot_wait")

    def test_who_comes_on_duty_while_nobody_has_answered_is_told(self) -> None:
        chat = Request(ALI, ALI, NOVAK, GREEN, cannot_wait=True)
        assert chat.tick(ALI, NOVAK, REID, GREEN) == "told_as_well"
        assert chat.told[REID] == ["cannot_wait"]
        assert chat.state.owner_id == ALI
        assert chat.tick(ALI, NOVAK, REID, GREEN) is None

    def test_asked_of_duty_everyone_on_duty_has_it_on_their_board(self) -> None:
        stop = first_stop(None, around(*EVERYBODY, deaf=[NOVAK, REID]))
        assert (stop.level, stop.owner_id) == ("lead", GREEN)
        assert stop.tell == {NOVAK: "duty", REID: "duty", GREEN: "last_resort", MARSH: "last_resort"}


class TestNobodyHears:
    """With every board closed and no phone the child is told so, and the leads find it on their boards."""

    def test_the_leads_know_from_the_start_and_nobody_is_skipped(self) -> None:
        chat = Request(ALI, *EVERYBODY, deaf=EVERYBODY)
        assert chat.state.owner_id == ALI
        assert chat.told == {ALI: ["asked"], GREEN: ["nobody_here"], MARSH: ["nobody_here"]}
        assert not around(*EVERYBODY, deaf=EVERYBODY).anybody(chat.told)
        assert chat.tick(*EVERYBODY, deaf=EVERYBODY) is None

    def test_the_leads_know_when_the_last_board_is_closed(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        assert chat.tick(*EVERYBODY, deaf=EVERYBODY) == "told_as_well"
        assert chat.told == {ALI: ["asked"], GREEN: ["nobody_here"], MARSH: ["nobody_here"]}
        assert chat.state.owner_id == ALI
        assert chat.tick(*EVERYBODY, deaf=EVERYBODY) is None, "once, however often boards open and close"

    def test_who_opens_a_board_finds_it_at_once(self) -> None:
        chat, without_novak = Request(ALI, *EVERYBODY, deaf=EVERYBODY), [a for a in EVERYBODY if a != NOVAK]
        assert around(*EVERYBODY, deaf=without_novak).anybody(chat.told)
        assert chat.tick(*EVERYBODY, deaf=without_novak) == "passed_on"
        assert (chat.state.level, NOVAK in chat.told) == ("duty", True)

    def test_who_was_asked_opens_a_board_and_has_it_already(self) -> None:
        chat, without_ali = Request(ALI, *EVERYBODY, deaf=EVERYBODY), WITHOUT_ALI
        assert chat.tick(*EVERYBODY, deaf=without_ali) is None
        assert chat.state.owner_id == ALI

    def test_an_adult_about_whom_a_concern_is_open_does_not_count_while_others_are_here(self) -> None:
        hears_alone = around(*EVERYBODY, deaf=WITHOUT_ALI, watched=[ALI])
        assert not hears_alone.anybody()
        assert around(ALI, watched=[ALI]).anybody(), "but does when nobody else is"


class TestHandedOver:
    """Handing over to somebody whom nothing tells tells the next who would hear of it as well."""

    def test_to_somebody_who_hears_tells_nobody_else(self) -> None:
        assert given(OKAFOR, ALI, around(*EVERYBODY)) == {}

    def test_to_somebody_who_does_not_tells_the_next_but_not_the_giver(self) -> None:
        assert given(SHAH, ALI, around(*EVERYBODY, deaf=[SHAH])) == {OKAFOR: "cover"}
        on_duty = given(SHAH, NOVAK, around(*EVERYBODY, deaf=[SHAH, ALI, OKAFOR]))
        assert on_duty == {REID: "cover"}

    def test_when_only_the_giver_hears_it_waits_for_its_time(self) -> None:
        assert given(SHAH, ALI, around(*EVERYBODY, deaf=[adult for adult in EVERYBODY if adult != ALI])) == {}


@pytest.mark.parametrize("end", ["cancelled", "talked"])
def test_nothing_moves_after_the_end(end: str) -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen(end, adult_id=ALI if end == "talked" else None)
    assert chat.wait(minutes=600) is None


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
        assert chat.events == usual.events
        told = {adult: [why for why in whys if why != "nobody_here"] for adult, whys in chat.told.items()}
        assert told == usual.told

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
        assert urgent(around(NOVAK, GREEN, watched=[NOVAK])) == {NOVAK: "cannot_wait", GREEN: "cannot_wait"}
        alone = urgent(around(NOVAK, watched=[NOVAK]))
        assert set(alone) == {NOVAK, GREEN, MARSH}


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
            assert not reachable.anybody_here(), "nobody means nobody at all"
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


def test_a_stop_tells_nobody_twice() -> None:
    stop = first_stop(ALI, around(*EVERYBODY, watched=[ALI]), cannot_wait=True)
    assert stop == Stop(
        "asked",
        ALI,
        {ALI: "asked", NOVAK: "cannot_wait", REID: "cannot_wait", GREEN: "cover", MARSH: "cover"},
    )


TestChain = Chain.TestCase
TestChain.settings = settings(max_examples=500, stateful_step_count=25)
