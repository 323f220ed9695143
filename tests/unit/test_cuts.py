"""Houses and lists across classes: no sum of what is shown is about fewer than five children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random

import pytest

from kiosk.patterns.figures.cuts import Answer, Parts, cuts_shown
from kiosk.patterns.figures.suppression import LEAST, tree_shown
from tests.unit.test_suppression import rank

OAK, ELM = 1, 2
MORNING, AFTERNOON = "Monday 9", "Monday 13"


def in_class(class_id: int, first: int, number: int, moment: str = MORNING) -> list[Answer]:
    return [(moment, class_id, child) for child in range(first, first + number)]


def on_list(*children: int) -> dict[int, str]:
    return dict.fromkeys(children, "on it")


SCHOOL = in_class(OAK, 0, 20) + in_class(ELM, 20, 20)


class TestOneList:
    def test_five_children_of_classes_in_which_five_others_answered(self) -> None:
        assert cuts_shown(SCHOOL, {"club": on_list(0, 1, 2, 20, 21)}) == {"club": {"on it"}}

    def test_four_children_are_too_few(self) -> None:
        assert cuts_shown(SCHOOL, {"club": on_list(0, 1, 2, 20)}) == {}

    def test_a_class_without_one_child_would_be_that_child(self) -> None:
        assert cuts_shown(SCHOOL, {"club": on_list(*range(19))}) == {}

    def test_a_class_with_five_children_fewer_may_be_shown(self) -> None:
        assert cuts_shown(SCHOOL, {"club": on_list(*range(15))}) == {"club": {"on it"}}

    def test_everybody_is_no_list(self) -> None:
        assert cuts_shown(SCHOOL, {"club": on_list(*range(40))}) == {}

    def test_it_goes_by_who_answered_and_not_by_who_is_on_it(self) -> None:
        assert cuts_shown(in_class(OAK, 4, 16), {"club": on_list(0, 1, 2, 3, 4, 5, 6, 7)}) == {}

    def test_pairs_are_counted_in_one_hour(self) -> None:
        """Three in the morning and the same three after lunch are three children."""
        answers = in_class(OAK, 0, 20) + in_class(OAK, 0, 20, AFTERNOON)
        assert cuts_shown(answers, {"club": on_list(0, 1, 2)}) == {}

    def test_a_child_who_answers_twice_in_an_hour_is_one_child(self) -> None:
        assert cuts_shown(SCHOOL * 3, {"club": on_list(0, 1, 2, 20)}) == {}

    def test_children_of_no_cut_need_only_be_counted(self) -> None:
        club = on_list(0, 1, 2, 20, 21)
        members = [answer for answer in SCHOOL if answer[2] in club]
        assert cuts_shown(members, {"club": club}, [(MORNING, OAK, 17), (MORNING, ELM, 18)]) == {"club": {"on it"}}
        assert cuts_shown(members, {"club": club}, [(MORNING, OAK, 1), (MORNING, ELM, 1)]) == {}
        assert cuts_shown(members, {"club": club}) == {}


class TestSeveral:
    def test_the_same_list_without_one_child_is_not_shown(self) -> None:
        club, smaller = on_list(*range(8)), on_list(*range(7))
        assert cuts_shown(SCHOOL, {"club": club, "smaller": smaller}) == {"club": {"on it"}}
        assert cuts_shown(SCHOOL, {"smaller": smaller, "club": club}) == {"smaller": {"on it"}}

    def test_lists_with_five_children_of_their_own_each_are_both_shown(self) -> None:
        both = {"club": on_list(0, 1, 2, 3, 4, 5), "choir": on_list(5, 6, 7, 8, 9, 10)}
        assert cuts_shown(SCHOOL, both) == {"club": {"on it"}, "choir": {"on it"}}

    def test_a_later_list_that_would_give_an_earlier_one_away_is_not_shown(self) -> None:
        both = {"club": on_list(0, 1, 2, 3, 4), "choir": on_list(0, *range(5, 20))}
        assert cuts_shown(SCHOOL, both) == {"club": {"on it"}}


class TestHouses:
    def test_houses_with_children_in_the_same_classes(self) -> None:
        houses = {child: "red" if child % 2 else "blue" for child in range(40)}
        assert cuts_shown(SCHOOL, {"house": houses}) == {"house": {"red", "blue"}}

    def test_the_smallest_house_joins_those_without_one_when_they_are_few(self) -> None:
        houses = {child: ("red", "blue", "green")[child % 3] for child in range(38)}
        assert cuts_shown(SCHOOL, {"house": houses}) == {"house": {"red", "blue"}}

    def test_where_every_child_has_a_house_nobody_is_left(self) -> None:
        houses = {child: "red" if child % 2 else "blue" for child in range(40)}
        assert cuts_shown(SCHOOL, {"house": houses}, [(MORNING, OAK, 0)]) == {"house": {"red", "blue"}}

    def test_a_house_of_one_class_alone_is_that_class(self) -> None:
        houses = {child: "red" if child < 20 else "blue" for child in range(40)}
        assert cuts_shown(SCHOOL, {"house": houses}) == {}


def made_up(rng: Random) -> tuple[list[Answer], dict[str, Parts]]:
    """A small school in one or two hours, with lists that overlap as lists do, and sometimes houses."""
    classes = {class_id: rng.randint(3, 16) for class_id in range(rng.randint(2, 3))}
    children = [(100 * class_id + n, class_id) for class_id, size in classes.items() for n in range(size)]
    answers = [(MORNING, class_id, child) for child, class_id in children if rng.random() < 0.9]
    if rng.random() < 0.3:
        answers += [(AFTERNOON, class_id, child) for child, class_id in children if rng.random() < 0.5]
    everybody = [child for child, _class in children]
    first = rng.sample(everybody, rng.randint(4, len(everybody)))
    cuts: dict[str, Parts] = {"first": on_list(*first)}
    changed = set(first) ^ set(rng.sample(everybody, rng.randint(0, 3)))
    cuts["nearly the first"] = on_list(*changed)
    cuts["another"] = on_list(*rng.sample(everybody, rng.randint(3, len(everybody))))
    if rng.random() < 0.4:
        cuts = {"house": {child: rng.choice(["red", "blue"]) for child in everybody}, **cuts}
    return answers, cuts


def figures(
    answers: Sequence[Answer], cuts: Mapping[str, Parts], shown: Mapping[str, frozenset[str]]
) -> list[set[Answer]]:
    """Every figure that is shown, as the answers it is made of: the tree hour by hour, cuts for the whole week."""
    found: list[set[Answer]] = []
    whole: set[Answer] = set()
    for moment in {moment for moment, _class, _child in answers}:
        of_moment = {answer for answer in answers if answer[0] == moment}
        sizes = Counter(class_id for _moment, class_id, _child in of_moment)
        tree = {"year 0": {str(c): sizes[c] for c in (0, 1)}, "year 1": {"2": sizes[2]}}
        school, years, rooms = tree_shown(tree)
        names = {*years, *rooms}
        found += [{one for one in of_moment if names & {str(one[1]), f"year {one[1] // 2}"} & {n}} for n in names]
        if school:
            found.append(of_moment)
            whole |= of_moment
    for key, parts in shown.items():
        found += [{one for one in whole if cuts[key].get(one[2]) == part} for part in parts]
    return found


def fewest(rows: Sequence[set[Answer]]) -> int:
    """The fewest children, below five, about whom some sum of figures, each times a number, speaks; 5 for none.

    No sum tells children apart who are in the same figures in the same hours: they are looked at together.
    """
    columns: dict[int, set[tuple[object, tuple[bool, ...]]]] = {}
    for moment, class_id, child in set().union(*rows):
        column = tuple((moment, class_id, child) in row for row in rows)
        columns.setdefault(child, set()).add((moment, column))
    crowds = Counter(frozenset(of_child) for of_child in columns.values())
    small = [crowd for crowd, number in crowds.items() if number < LEAST]
    everything = rank_of(crowds)
    for size in range(1, LEAST):
        for some in combinations(small, size):
            number = sum(crowds[crowd] for crowd in some)
            if number < LEAST and rank_of([crowd for crowd in crowds if crowd not in some]) < everything:
                return number
    return LEAST


def rank_of(crowds: Mapping[frozenset[tuple[object, tuple[bool, ...]]], int] | list) -> int:  # type: ignore[type-arg]
    columns = sorted({column for crowd in crowds for _moment, column in crowd})
    return rank([[int(value) for value in column] for column in columns])


def answers_shown(answers: Sequence[Answer]) -> list[Answer]:
    """Those of the hours of which the school's own figures are shown."""
    sizes = Counter(moment for moment, _class, _child in set(answers))
    return [answer for answer in answers if sizes[answer[0]] >= LEAST]


@pytest.mark.parametrize("seed", range(60))
def test_no_sum_or_difference_of_what_is_shown_is_about_few_children(seed: int) -> None:
    answers, cuts = made_up(Random(seed))
    shown = cuts_shown(answers_shown(answers), cuts)
    assert fewest(figures(answers, cuts, shown)) == LEAST


def test_the_attack_finds_what_the_naive_rule_lets_through() -> None:
    """The test of the test: that a list and its complement have five is not safe beside classes and lists."""
    leaks = 0
    for seed in range(20):
        answers, cuts = made_up(Random(seed))
        naive = {key: frozenset(parts.values()) for key, parts in cuts.items()}
        leaks += fewest(figures(answers, cuts, naive)) < LEAST
    assert leaks > 10


def test_lists_are_often_shown() -> None:
    """A rule that shows nothing would be safe and useless."""
    shown = sum(len(cuts_shown(*made_up(Random(seed)))) for seed in range(60))
    assert shown > 60
