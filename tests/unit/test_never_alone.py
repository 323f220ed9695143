"""A request never goes only to an adult about whom a concern is open: somebody else is told as well."""

from __future__ import annotations

from kiosk.chats.passing_on import Stop, beside, first_stop, urgent
from tests.unit.a_request import ALI, EVERYBODY, GREEN, MARSH, NOVAK, OKAFOR, REID, WITHOUT_ALI, Request, around


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


def test_a_stop_tells_nobody_twice() -> None:
    stop = first_stop(ALI, around(*EVERYBODY, watched=[ALI]), cannot_wait=True)
    assert stop == Stop(
        "asked",
        ALI,
        {ALI: "asked", NOVAK: "cannot_wait", REID: "cannot_wait", GREEN: "cover", MARSH: "cover"},
    )
