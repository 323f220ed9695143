"""A child who cannot wait: everyone on duty is told at once, and the request stays with the adult asked."""

from __future__ import annotations

from kiosk.chats.passing_on import first_stop, urgent
from tests.unit.a_request import ALI, EVERYBODY, GREEN, MARSH, NOVAK, OKAFOR, REID, Request, around


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
