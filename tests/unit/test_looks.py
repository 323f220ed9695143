"""Which leaf stands for which adult: a child who does not read must tell their five apart."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from random import Random

from kiosk.people.looks import LOOKS, rarest_look, taken_beside, tell_apart
from kiosk.people.pictures import HUES, LEAVES

JAKUB, SIMRAN = [1, 2, 3, 4, 5], [1, 2, 6]
ALL_OAK = dict.fromkeys(range(1, 7), "oak-1")


def alike(high5s: list[list[int]], looks: Mapping[int, str]) -> int:
    return sum(looks[one] == looks[other] for high5 in high5s for one, other in combinations(high5, 2))


def same_leaf(high5s: list[list[int]], looks: Mapping[int, str]) -> int:
    leaf = {adult: look.partition("-")[0] for adult, look in looks.items()}
    return sum(leaf[one] == leaf[other] for high5 in high5s for one, other in combinations(high5, 2))


def a_school(seed: int, adults: int, children: int) -> list[list[int]]:
    rng = Random(seed)
    return [rng.sample(range(adults), 5) for _ in range(children)]


def test_within_a_high5_leaves_and_colours_differ() -> None:
    looks = ALL_OAK | tell_apart([JAKUB, SIMRAN], ALL_OAK)
    for high5 in (JAKUB, SIMRAN):
        assert len({looks[adult].partition("-")[0] for adult in high5}) == len(high5)
        assert len({looks[adult].partition("-")[2] for adult in high5}) == len(high5)
    assert set(looks.values()) <= set(LOOKS)


def test_in_a_whole_school_no_child_has_two_who_look_the_same() -> None:
    for seed, adults in ((1, 31), (2, 60), (3, 120)):
        high5s = a_school(seed, adults, 240)
        before = {adult: Random(adult).choice(LOOKS) for adult in range(adults)}
        after = before | tell_apart(high5s, before)
        assert alike(high5s, before) > 0
        assert alike(high5s, after) == 0


def test_where_nobody_knows_any_yet_far_fewer_share_a_leaf() -> None:
    high5s = a_school(1, 31, 240)
    before = {adult: Random(adult).choice(LOOKS) for adult in range(31)}
    after = before | tell_apart(high5s, before, moving_costs=False)
    assert same_leaf(high5s, after) < same_leaf(high5s, before) / 1.5


def test_one_that_was_chosen_stays_and_the_other_moves() -> None:
    assert set(tell_apart([[1, 2]], {1: "oak-1", 2: "oak-1"}, chosen={1})) == {2}
    assert set(tell_apart([[1, 2]], {1: "oak-1", 2: "oak-1"}, chosen={2})) == {1}
    assert tell_apart([[1, 2]], {1: "oak-1", 2: "oak-1"}, chosen={1, 2}) == {}


def test_whom_fewer_children_know_moves() -> None:
    many = [[1, 3], [1, 4], [1, 5], [1, 2]]
    looks = {1: "oak-1", 2: "oak-1", 3: "maple-2", 4: "birch-3", 5: "holly-4"}
    assert set(tell_apart(many, looks)) == {2}


def test_a_shared_leaf_in_two_colours_moves_nobody_whom_many_children_know() -> None:
    many = [[1, 3]] * 10 + [[2, 4]] * 10 + [[1, 2]]
    looks = {1: "oak-1", 2: "oak-5", 3: "maple-2", 4: "birch-3"}
    assert tell_apart(many, looks) == {}


def test_two_who_look_the_same_are_told_apart_however_many_children_know_them() -> None:
    many = [[1, 3]] * 200 + [[2, 4]] * 200 + [[1, 2]]
    looks = {1: "oak-1", 2: "oak-1", 3: "maple-2", 4: "birch-3"}
    assert len(tell_apart(many, looks)) == 1


def test_only_those_named_may_move() -> None:
    assert set(tell_apart([[1, 2], [3, 4]], dict.fromkeys((1, 2, 3, 4), "oak-1"), only={1, 2})) <= {1, 2}


def test_when_all_differ_nothing_moves_and_asking_again_moves_nothing() -> None:
    looks = {1: "oak-1", 2: "maple-2", 3: "birch-3"}
    assert tell_apart([[1, 2, 3]], looks) == {}
    settled = ALL_OAK | tell_apart([JAKUB, SIMRAN], ALL_OAK)
    assert tell_apart([JAKUB, SIMRAN], settled) == {}


def test_what_those_beside_somebody_have_is_taken() -> None:
    looks = {1: "oak-1", 2: "maple-2", 6: "birch-3", 7: "holly-4"}
    assert taken_beside(1, [[1, 2], [1, 6], [7]], looks) == {"maple-2", "birch-3"}


def test_somebody_new_gets_a_leaf_that_few_have() -> None:
    looks: list[str] = []
    for number in range(len(LEAVES) * HUES):
        looks.append(rarest_look(looks, f"adult-{number}"))
    assert len(set(looks)) == len(LEAVES) * HUES
    assert len({look.partition("-")[0] for look in looks[: len(LEAVES)]}) == len(LEAVES)
    assert rarest_look([], "adult-1") == rarest_look([], "adult-1")
