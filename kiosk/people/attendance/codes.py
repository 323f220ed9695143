"""What a mark in an English school's register says about being here. Pure.

The codes are those of the Department for Education's statutory guidance "Working together to improve school
attendance" (August 2024), with those it replaced, which older exports still hold. We ask one thing only: was the
child in this building, where the tablet is? So the guidance's own grouping is not ours: U (came after the
registers were closed) counts as absence for the school's statistics, and the child was here; B, K, P, V and W are
approved education somewhere else, and the child was not.
"""

from __future__ import annotations

_HERE = frozenset(("/", "\\", "L", "U"))
_NOT_HERE = frozenset(
    (*"BCDEFGHIJKMNOPQRSTVWXY", "C1", "C2", "J1", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"),
)
_SAYS_NOTHING = frozenset(("", "-", "#", "Z"))
"""No mark yet, the whole school closed, a child who is not on the roll yet."""


class UnknownCode(ValueError):
    """A mark that is none of the guidance's."""


def was_here(mark: str) -> bool | None:
    """Whether a mark says that the child was in this school; nothing when it says nothing about that.

    Raises:
        UnknownCode: it is no code of a register; what it means is not guessed.
    """
    code = mark.strip().upper()
    if code in _SAYS_NOTHING:
        return None
    if code in _HERE:
        return True
    if code in _NOT_HERE:
        return False
    raise UnknownCode(mark)
