"""Which leaf stands for which adult: within a child's High 5 no two look the same. Pure.

A child who does not read knows an adult by the leaf's shape and colour. An adult has one look for everybody, so
that it is the same on every child's tablet, every day and on paper. A look that was chosen by a person stays. Any
other moves only where that helps more children than it makes learn a new one; two who look exactly the same to a
child are always told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from itertools import permutations

from kiosk.people.pictures import HUES, LEAVES

LOOKS: tuple[str, ...] = tuple(f"{leaf}-{hue}" for hue in range(1, HUES + 1) for leaf in LEAVES)
"""Every look there is."""

_SAME = 1_000_000  # no child can tell these two apart by their pictures, however many would learn a new one
_SAME_LEAF = 8  # told apart by colour alone, which 1 boy in 12 does not see well
_SAME_HUE = 1
_ROUNDS = 20  # far more than a school needs until nothing moves any more


def tell_apart(
    high5s: Iterable[Collection[int]],
    looks: Mapping[int, str],
    *,
    only: Collection[int] | None = None,
    chosen: Collection[int] = (),
    moving_costs: bool = True,
) -> dict[int, str]:
    """New looks for those adults who need one; everybody else keeps theirs.

    Args:
        high5s: the adults of each child.
        looks: the look of every adult, such as ``oak-4``.
        only: the adults who may move; nothing means all.
        chosen: adults whose look was chosen by a person and stays.
        moving_costs: whether a child who has to learn a new look counts; not where nobody knows any yet.
    """
    sets = [sorted(one) for one in high5s]
    beside, children = _beside(sets), Counter(adult for one in sets for adult in one)
    now = dict(looks)
    may_move = (looks.keys() if only is None else looks.keys() & set(only)) - set(chosen)
    movable = sorted((one for one in beside if one in may_move), key=lambda one: (children[one], one))
    for _round in range(_ROUNDS):
        moved = False
        for adult in movable:
            better = _better(adult, beside[adult], now, children[adult] if moving_costs else 0)
            if better != now[adult]:
                now[adult], moved = better, True
        if not moved:
            break
    return {adult: look for adult, look in now.items() if look != looks[adult]}


def taken_beside(adult: int, high5s: Iterable[Collection[int]], looks: Mapping[int, str]) -> set[str]:
    """The looks of those who stand in a High 5 together with an adult: choosing one would make two alike."""
    return {looks[other] for one in high5s if adult in one for other in one if other != adult and other in looks}


def rarest_look(looks: Collection[str], seed: str) -> str:
    """A look for somebody new, as unlike those there are as possible.

    Args:
        looks: of everybody who works here.
        seed: the adult's mark at its source: the same adult gets the same look wherever it is still free.
    """
    start = int.from_bytes(sha256(seed.encode()).digest()[:8], "big") % len(LOOKS)
    there, leaves, hues = Counter(looks), Counter(map(_leaf, looks)), Counter(map(_hue, looks))
    turned = LOOKS[start:] + LOOKS[:start]
    return min(turned, key=lambda look: (there[look], leaves[_leaf(look)], hues[_hue(look)]))


def _beside(high5s: Iterable[Collection[int]]) -> Mapping[int, Mapping[int, int]]:
    """For each adult those who stand beside them in some High 5, and in how many."""
    beside: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for one in high5s:
        for adult, other in permutations(one, 2):
            beside[adult][other] += 1
    return beside


def _better(adult: int, others: Mapping[int, int], looks: Mapping[int, str], moving: int) -> str:
    """The look with which the fewest children have two alike, the one there is before all others."""
    same, leaves, hues = Counter[str](), Counter[str](), Counter[str]()
    for other, times in others.items():
        if other in looks:
            same[looks[other]] += times
            leaves[_leaf(looks[other])] += times
            hues[_hue(looks[other])] += times

    def cost(look: str) -> int:
        alike = _SAME * same[look] + _SAME_LEAF * leaves[_leaf(look)] + _SAME_HUE * hues[_hue(look)]
        return alike + (_SAME_LEAF * moving if look != looks[adult] else 0)

    return min(LOOKS, key=lambda look: (cost(look), look != looks[adult]))


def _leaf(look: str) -> str:
    return look.rpartition("-")[0]


def _hue(look: str) -> str:
    return look.rpartition("-")[2]
