"""Which groups may be shown, so that nothing can be worked out about one to four children. Pure.

Groups are a tree: the school is its years, a year is its classes, and a child is in one class. Hiding groups of
fewer than five is not enough: when Oak is hidden because four answered, Year 3 without its other classes is
Oak. So the hidden parts of whatever is shown are none, or hold five children together. In a tree that is
enough, whatever is added and subtracted: each shown group then has a remainder of its own (what no shown part
of it covers), all remainders are none or at least five, and every figure that can be made of shown groups is
made of whole remainders. Lists that cut across classes would break this (tried: 22 of 3,000 made-up schools
leaked); they have a rule of their own, ``figures.cuts``.

It is decided anew for each hour, from the children who answered in it. What a longer time shows is the sum of the
hours that may be shown, so that a day beside its hours, or yesterday's page beside today's, says no more either.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5
"""The smallest group of children about which anything is said."""

Part = TypeVar("Part", bound=Hashable)
Whole = TypeVar("Whole", bound=Hashable)


def parts_shown(children: Mapping[Part, int]) -> frozenset[Part]:
    """The parts of one whole that may stand beside it.

    Args:
        children: how many children are in each part; together they are the whole, and none is in two.
    """
    there = {part: number for part, number in children.items() if number}
    shown = {part for part, number in there.items() if number >= LEAST}
    hidden = sum(number for part, number in there.items() if part not in shown)
    if 0 < hidden < LEAST and shown:  # the smallest of the others keeps them company
        shown.remove(min(shown, key=lambda part: (there[part], str(part))))
    return frozenset(shown)


def tree_shown(tree: Mapping[Whole, Mapping[Part, int]]) -> tuple[bool, frozenset[Whole], frozenset[Part]]:
    """What may be shown of a school: whether the school itself, which years, and which classes.

    Args:
        tree: for each year its classes, with how many children of each answered.
    """
    years = {year: sum(classes.values()) for year, classes in tree.items()}
    if sum(years.values()) < LEAST:
        return False, frozenset(), frozenset()
    shown_years = parts_shown(years)
    classes = frozenset(name for year in shown_years for name in parts_shown(tree[year]))
    return True, shown_years, classes
