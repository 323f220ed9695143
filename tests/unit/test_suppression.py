"""No figure about fewer than five children can be worked out of all that is shown, by any sum or difference."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.patterns.figures.suppression import LEAST, parts_shown, tree_shown

Tree = dict[str, dict[str, int]]
PRIME = 2**31 - 1

sizes = st.integers(min_value=0, max_value=14)
trees = st.dictionaries(
    st.sampled_from(["Year 1", "Year 2", "Year 3", "Year 4"]), st.lists(sizes, min_size=1, max_size=4), max_size=4
).map(lambda years: {year: {f"{year} {at}": size for at, size in enumerate(of)} for year, of in years.items()})


class TestParts:
    def test_a_part_of_four_is_hidden_and_the_smallest_other_with_it(self) -> None:
        assert parts_shown({"Oak": 4, "Elm": 9, "Ash": 30}) == {"Ash"}

    def test_two_small_parts_hide_each_other(self) -> None:
        assert parts_shown({"Oak": 4, "Elm": 3, "Ash": 30}) == {"Ash"}

    def test_with_nothing_small_nothing_is_hidden(self) -> None:
        assert parts_shown({"Oak": 5, "Elm": 9, "Ash": 0}) == {"Oak", "Elm"}

    def test_of_one_part_that_is_everything_nothing_is_hidden(self) -> None:
        assert parts_shown({"Oak": 12}) == {"Oak"}

    def test_a_school_of_four_shows_nothing(self) -> None:
        assert tree_shown({"Year 1": {"Oak": 4}}) == (False, frozenset(), frozenset())

    def test_the_classes_of_a_hidden_year_are_hidden(self) -> None:
        shown = tree_shown({"Year 1": {"Oak": 3, "Elm": 1}, "Year 2": {"Ash": 6}, "Year 3": {"Fir": 20}})
        assert shown == (True, {"Year 3"}, {"Fir"})


@given(trees)
def test_no_sum_or_difference_of_what_is_shown_is_about_few_children(tree: Tree) -> None:
    groups = groups_shown(tree)
    assert few_that_can_be_worked_out(groups) == []


def test_the_attack_finds_what_the_naive_rule_lets_through() -> None:
    """The test of the test: hiding only what is small is seen through."""
    tree = {"Year 1": {"Oak": 4, "Elm": 9}, "Year 2": {"Ash": 8}}
    naive = {name: children for name, children in all_groups(tree).items() if len(children) >= LEAST}
    assert few_that_can_be_worked_out(naive) == [4]


@pytest.mark.parametrize("seed", range(20))
def test_every_pair_of_filters_over_every_pair_of_date_ranges(seed: int) -> None:
    """Brute force: two groups over two stretches of days, subtracted, say nothing of few children."""
    rng = Random(seed)
    days = [
        {"Year 1": {"Oak": rng.randint(0, 12), "Elm": rng.randint(0, 12)}, "Year 2": {"Ash": rng.randint(0, 9)}}
        for _ in range(6)
    ]
    answers = {
        (day, group): frozenset((day, child) for child in children)
        for day, tree in enumerate(days)
        for group, children in groups_shown(tree).items()
    }
    names = sorted({group for _day, group in answers})
    asked = [
        frozenset().union(*(answers.get((day, name), frozenset()) for day in range(first, last + 1)))
        for name in names
        for first in range(len(days))
        for last in range(first, len(days))
    ]
    assert asked
    for one in asked:
        for other in asked:
            if other < one:
                left = one - other
                assert all(
                    sum(day == each for each, _child in left) not in range(1, LEAST) for day in range(len(days))
                )


def all_groups(tree: Tree) -> dict[str, set[int]]:
    """Every group of a school with its children, who have numbers."""
    numbers = iter(range(10_000))
    groups: dict[str, set[int]] = {"school": set()}
    for year, classes in tree.items():
        groups[year] = set()
        for name, size in classes.items():
            groups[name] = {next(numbers) for _ in range(size)}
            groups[year] |= groups[name]
        groups["school"] |= groups[year]
    return groups


def groups_shown(tree: Tree) -> dict[str, set[int]]:
    """The groups that may be shown, with their children."""
    school, years, classes = tree_shown(tree)
    names = years | classes | ({"school"} if school else frozenset())
    return {name: children for name, children in all_groups(tree).items() if name in names}


def few_that_can_be_worked_out(groups: dict[str, set[int]]) -> list[int]:
    """Sizes of the sets of one to four children about whom some linear combination of the groups' sums speaks.

    A combination that is zero outside a set exists exactly when leaving the set's columns out lowers the rank.
    """
    children = sorted(set().union(*groups.values())) if groups else []
    alike: dict[tuple[bool, ...], int] = {}
    for child in children:
        signature = tuple(child in members for members in groups.values())
        alike[signature] = alike.get(signature, 0) + 1
    rows = [[int(signature[at]) for signature in alike] for at in range(len(groups))]
    few = [at for at, size in enumerate(alike.values()) if size < LEAST]
    weights = list(alike.values())
    found = []
    for some in _sets(few):
        size = sum(weights[at] for at in some)
        if size < LEAST and rank(_without(rows, some)) < rank(rows):
            found.append(size)
    return found


def _sets(few: list[int]) -> Iterator[tuple[int, ...]]:
    for size in range(1, LEAST):
        yield from combinations(few, size)


def _without(rows: list[list[int]], columns: tuple[int, ...]) -> list[list[int]]:
    return [[value for at, value in enumerate(row) if at not in columns] for row in rows]


def rank(matrix: list[list[int]]) -> int:
    """Rank over a large prime field."""
    rows = [list(row) for row in matrix]
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column] % PRIME), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        inverse = pow(rows[done][column], -1, PRIME)
        for at in range(done + 1, len(rows)):
            factor = rows[at][column] * inverse % PRIME
            rows[at] = [(x - factor * y) % PRIME for x, y in zip(rows[at], rows[done], strict=True)]
        done += 1
    return done


def test_rank_knows_what_depends_on_what() -> None:
    assert [rank([[1, 1, 0], [0, 1, 1]]), rank([[1, 1], [2, 2]]), rank([])] == [2, 1, 0]
