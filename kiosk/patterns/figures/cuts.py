"""Groups that cut across classes, such as houses and lists made by staff: which may be shown. Pure.

Classes, years and the school are a tree, and ``figures.suppression`` decides what may be shown of a tree. A
list cuts across it, and lists cut across each other: of a list and the same list without one child the
difference is that child. So each cut has to earn its place. It divides the children into parts (on the list and
not; each house and no house), and for each two parts there must be five pairs of children who answered in the
same hour, are in the same class, and are alike in every other cut that is shown.

That is enough, whatever is added and subtracted, over any dates. Take any sum of shown figures, each times a
number. If it uses a part of this cut otherwise than another part, it counts the two children of such a pair
differently, for nothing else tells them apart; so at least one of the two is in it, and of five pairs at least
five children. If it uses all parts alike it says of the cut what the school's own figures say, and the tree is
safe by itself. (So a cut counts only the hours of which the school's own figures are shown.)

A part that is too small for its pairs joins the children of no part. Whoever made a list first keeps its
figures: one that comes later and would give it away is the one that is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations

from kiosk.patterns.figures.suppression import LEAST

REST = ""
"""The part of every child who is in no part that is shown."""

Answer = tuple[Hashable, int, int]
"""When, in which class, and which child answered."""
Parts = Mapping[int, str]
"""For each child of a cut the part they are in; whoever is not named is in none."""


def cuts_shown(
    answers: Iterable[Answer],
    cuts: Mapping[str, Parts],
    others: Iterable[tuple[Hashable, int, int]] = (),
) -> dict[str, frozenset[str]]:
    """Which parts of which cuts may be shown of one stretch of time.

    Args:
        answers: who answered in it; a child who answers twice in an hour counts once.
        cuts: houses and lists by their names, those that come first take precedence.
        others: a moment, a class, and how many children of no cut answered, where ``answers`` leaves them out.
    """
    keys = list(cuts)
    crowd = Counter(
        (moment, class_id, tuple(cuts[key].get(child, REST) for key in keys))
        for moment, class_id, child in set(answers)
    )
    for moment, class_id, number in others:
        if number:  # nobody is no part
            crowd[moment, class_id, (REST,) * len(keys)] += number
    shown: dict[str, frozenset[str]] = {}
    for at, key in enumerate(keys):
        parts = frozenset(part for _moment, _class, labels in crowd if (part := labels[at]) != REST)
        while parts:
            tried = {**shown, key: parts}
            if all(_has_pairs(one, tried, crowd, keys) for one in tried):
                shown = tried
                break
            parts -= {_smallest(parts, at, crowd)}
    return shown


_Crowd = Counter[tuple[Hashable, int, tuple[str, ...]]]
"""How many children answered at a moment, in a class, with these parts of each cut."""


def _has_pairs(key: str, shown: Mapping[str, frozenset[str]], crowd: _Crowd, keys: list[str]) -> bool:
    """Whether for each two parts of a cut there are five pairs of children whom nothing else tells apart."""
    alike: dict[tuple[Hashable, int, tuple[str, ...]], Counter[str]] = {}
    own: Counter[str] = Counter()
    for (moment, class_id, labels), number in crowd.items():
        seen = {one: part if part in shown.get(one, ()) else REST for one, part in zip(keys, labels, strict=True)}
        part = seen.pop(key)
        others = tuple(seen[one] for one in shown if one != key)
        alike.setdefault((moment, class_id, others), Counter())[part] += number
        own[part] += number
    if len(own) < 2:
        return False
    return all(_most_pairs(first, second, alike) >= LEAST for first, second in combinations(sorted(own), 2))


def _most_pairs(
    first: str, second: str, alike: Mapping[tuple[Hashable, int, tuple[str, ...]], Counter[str]]
) -> int:
    """The most pairs there are at any one moment; of one moment, so that no child is in two of them."""
    pairs: Counter[Hashable] = Counter()
    for (moment, _class_id, _others), parts in alike.items():
        pairs[moment] += min(parts[first], parts[second])
    return max(pairs.values(), default=0)


def _smallest(parts: frozenset[str], at: int, crowd: _Crowd) -> str:
    sizes: Counter[str] = Counter()
    for (_moment, _class, labels), number in crowd.items():
        if labels[at] in parts:
            sizes[labels[at]] += number
    return min(parts, key=lambda part: (sizes[part], part))
