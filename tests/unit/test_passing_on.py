"""A request passes along its chain: in time, when adults go, and back to whom the child chose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.a_request import (
    ALI,
    EVERYBODY,
    GREEN,
    MARSH,
    NOVAK,
    OKAFOR,
    REID,
    SHAH,
    START,
    WITHOUT_ALI,
    Request,
)


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


class TestWithNobodyOfTheChainHere:
    """Ms Shah is on nobody's chain; Mrs Ali told her."""

    @pytest.fixture
    def chat(self) -> Request:
        chat = Request(ALI, ALI, SHAH)
        chat.happen("handed_over", adult_id=ALI, to_adult_id=SHAH)
        chat.told[SHAH] = ["handed"]
        return chat

    def test_who_does_not_answer_in_time_keeps_it_and_is_asked_again(self, chat: Request) -> None:
        assert chat.wait(SHAH) == "passed_on"
        assert (chat.state.owner_id, chat.state.late) == (SHAH, True)
        assert chat.wait(SHAH) == "passed_on"
        assert chat.told == {
            ALI: ["asked"],
            SHAH: ["handed", "passed_on", "passed_on"],
            GREEN: ["nobody_here"],
            MARSH: ["nobody_here"],
        }

    def test_who_is_back_has_it_again(self, chat: Request) -> None:
        assert chat.tick() == "passed_on"
        assert (chat.state.level, chat.state.owner_id) == ("nobody", None)
        assert chat.tick(SHAH) == "passed_on"
        assert chat.state.owner_id == SHAH
        assert chat.tick(SHAH) is None

    def test_who_gave_it_back_has_it_when_the_other_goes(self, chat: Request) -> None:
        chat.happen("handed_over", adult_id=SHAH, to_adult_id=ALI)
        assert chat.tick(SHAH, out=[ALI]) == "passed_on"
        assert chat.state.owner_id == SHAH


def test_the_lead_who_goes_home_leaves_it_to_the_deputy() -> None:
    chat = Request(None, GREEN)
    assert (chat.state.level, chat.state.owner_id) == ("lead", GREEN)
    assert chat.wait(MARSH, minutes=0) == "passed_on"
    assert chat.state.owner_id == MARSH


def test_an_adult_who_is_away_has_cover_and_still_sees_it_later() -> None:
    chat = Request(ALI, OKAFOR, NOVAK, GREEN)
    assert chat.state.owner_id == OKAFOR
    assert chat.told == {ALI: ["asked"], OKAFOR: ["cover"]}


@pytest.mark.parametrize("end", ["cancelled", "talked"])
def test_nothing_moves_after_the_end(end: str) -> None:
    chat = Request(ALI, *EVERYBODY)
    chat.happen(end, adult_id=ALI if end == "talked" else None)
    assert chat.wait(minutes=600) is None


class TestAChildWhoCannotWaitSoLong:
    """Mrs Ali comes in an hour and a half; the child says that they cannot wait so long."""

    @staticmethod
    def asked() -> Request:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI, coming_at=START + timedelta(minutes=90))
        chat.happen("cannot_wait", level="duty")
        return chat

    def test_she_is_asked_within_the_time_that_was_promised_and_then_it_passes_on(self) -> None:
        chat = self.asked()
        assert chat.wait(*EVERYBODY, minutes=9.9) is None
        assert chat.wait(*EVERYBODY, minutes=0.1) == "nudged"
        assert chat.state.coming_at is not None, "the child still sees what was promised"
        assert chat.wait(*EVERYBODY) == "passed_on"

    def test_what_somebody_answers_then_is_an_answer(self) -> None:
        chat = self.asked()
        chat.happen("coming", adult_id=NOVAK, coming_at=START + timedelta(minutes=30))
        assert chat.wait(*EVERYBODY, minutes=39) is None
        assert chat.wait(*EVERYBODY, minutes=1) == "nudged"

    def test_who_comes_sooner_is_not_given_longer(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI)
        chat.wait(*EVERYBODY, minutes=8)
        chat.happen("cannot_wait", level="duty")
        assert chat.wait(*EVERYBODY, minutes=2) == "nudged"


class TestHandedOverToSomebodyWhomNothingTells:
    """An answer stops the ringing: who handed it over hears of it no more."""

    def test_it_comes_back_after_two_minutes_when_only_the_giver_hears(self) -> None:
        here, deaf = (ALI, OKAFOR, NOVAK), (OKAFOR, NOVAK)
        chat = Request(ALI, *here)
        chat.happen("handed_over", adult_id=ALI, to_adult_id=OKAFOR)
        assert chat.wait(*here, minutes=1.9, deaf=deaf) is None, "Mrs Ali may be on the way to tell him"
        assert chat.wait(*here, minutes=0.1, deaf=deaf) == "passed_on"
        assert (chat.state.owner_id, chat.state.late) == (ALI, False)
        assert chat.tick(*here, deaf=deaf) is None

    def test_it_stays_when_they_hear_of_it_meanwhile(self) -> None:
        chat = Request(ALI, ALI, OKAFOR)
        chat.happen("handed_over", adult_id=ALI, to_adult_id=OKAFOR)
        assert chat.wait(ALI, OKAFOR, minutes=1, deaf=[OKAFOR]) is None
        assert chat.wait(ALI, OKAFOR, minutes=8) is None

    def test_who_opens_a_board_meanwhile_has_it_at_once_though_the_giver_hears(self) -> None:
        chat = Request(ALI, ALI, OKAFOR, NOVAK, deaf=[NOVAK])
        chat.happen("handed_over", adult_id=ALI, to_adult_id=OKAFOR)
        assert chat.wait(ALI, OKAFOR, NOVAK, minutes=1, deaf=[OKAFOR]) == "passed_on"
        assert (chat.state.owner_id, chat.state.level) == (None, "duty")

    def test_a_giver_who_is_not_on_the_chain_has_it_back_as_well(self) -> None:
        chat = Request(ALI, ALI, SHAH, OKAFOR)
        chat.happen("handed_over", adult_id=ALI, to_adult_id=SHAH)
        chat.told[SHAH] = ["handed"]
        chat.happen("handed_over", adult_id=SHAH, to_adult_id=OKAFOR)
        assert chat.wait(SHAH, OKAFOR, minutes=2, deaf=[OKAFOR]) == "passed_on"
        assert chat.state.owner_id == SHAH
