"""Which words of adults may stand before a child: on a card, for a step, on a strategy. Pure."""

from __future__ import annotations

import re

_NOT_SAID = re.compile(
    r"\b(bad(?:ly)?|worse|worst|wrong(?:ly)?|naught(?:y|ier|iest)|secrets?|secretly|stupid|silly|lazy"
    r"|points?|scores?|prizes?|rewards?|streaks?)\b",
    re.IGNORECASE,
)
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""They join or part letters as Farsi, Urdu and the Indian scripts need it, and are not seen themselves."""


def not_said(words: str) -> str | None:
    """A word in it that we do not say to children, also with joiners hidden inside; None when all may stand."""
    found = _NOT_SAID.search(without_joiners(words))
    return found.group() if found else None


def can_be_shown(words: str) -> bool:
    """Whether every sign can be seen, or joins letters."""
    return without_joiners(words).isprintable()


def without_joiners(words: str) -> str:
    """The words as they are searched."""
    return words.translate(_JOINERS)
