"""A request goes to who would hear of it now: somebody with a board open, or a phone that takes alerts."""

from __future__ import annotations

from kiosk.chats.passing_on import given
from tests.unit.a_request import (
    ALI,
    EVERYBODY,
    GREEN,
    MARSH,
    NOVAK,
    OKAFOR,
    REID,
    SHAH,
    WITHOUT_ALI,
    Request,
    around,
)


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

    def test_who_is_late_and_whom_nothing_tells_is_asked_and_the_next_is_told_as_well(self) -> None:
        chat = Request(ALI, *EVERYBODY)
        chat.happen("coming", adult_id=ALI)
        assert chat.wait(*EVERYBODY, deaf=[ALI]) == "nudged"
        assert chat.told == {ALI: ["asked", "late"], OKAFOR: ["cover"]}
        assert chat.state.taken_by == ALI
        assert chat.wait(*EVERYBODY, deaf=[ALI]) == "passed_on"
        assert chat.state.owner_id is None, "everyone on duty: Mr Okafor had his time"


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
