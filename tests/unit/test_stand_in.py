"""Who stands in for an adult who is away: what the tablet says beforehand is what the chain then does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.chats.passing_on import Around, first_stop, stand_in

ALI, OKAFOR, SHAH, NOVAK, GREEN = 1, 2, 3, 4, 5


def test_it_is_the_first_of_the_high_5_who_can_be_told_in_the_childs_own_order() -> None:
    assert stand_in(OKAFOR, [ALI, OKAFOR, SHAH], {ALI, SHAH}.__contains__) == ALI
    assert stand_in(ALI, [ALI, OKAFOR, SHAH], {SHAH}.__contains__) == SHAH


def test_with_nobody_of_the_high_5_here_it_is_for_the_safe_space() -> None:
    assert stand_in(ALI, [ALI, OKAFOR], lambda _adult: False) is None
    assert stand_in(ALI, [ALI], {NOVAK}.__contains__) is None


@given(
    high5=st.lists(st.sampled_from([ALI, OKAFOR, SHAH]), unique=True, min_size=1),
    here=st.sets(st.sampled_from([ALI, OKAFOR, SHAH, NOVAK, GREEN])),
    data=st.data(),
)
def test_what_the_tablet_says_is_what_the_chain_does(
    high5: list[int], here: set[int], data: st.DataObject
) -> None:
    asked = data.draw(st.sampled_from(high5))
    if asked in here:
        return
    around = Around(high5, on_duty=[NOVAK], leads=[GREEN], can_receive=here.__contains__)
    said = stand_in(asked, high5, here.__contains__)
    stop = first_stop(asked, around)
    if said is None:
        assert stop.level in ("duty", "lead", "nobody")
    else:
        assert (stop.level, stop.owner_id, stop.tell[said]) == ("high5", said, "cover")
