"""Sentences that stand in the program, so that each reader meets them in their own language. Pure.

Whoever makes a sentence does not know who reads it. It is written in English here and is an ordinary text to all
who pass it on; it remembers what it was made of, and the page it comes to says it in the reader's language
(kiosk/web/languages.py). ``make words`` finds what is marked with one of these (docs/languages.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date

ENGLISH = "en_GB"


class Sentence(str):
    """A text with its English pattern and what fills the pattern's places: ``%(name)s``.

    A value may be a sentence or a day of its own: it is then said in the reader's language, too. All else stands
    as it is, whatever the language: names, numbers, times of day.
    """

    __slots__ = ("many", "number", "pattern", "values")
    pattern: str
    values: dict[str, object]
    many: str
    """The pattern for several; empty when there is but one pattern."""
    number: int

    def __new__(cls, pattern: str, /, **values: object) -> Sentence:
        """As it is written in English."""
        return cls._made(pattern, values)

    @classmethod
    def _made(cls, pattern: str, values: dict[str, object], many: str = "", number: int = 1) -> Sentence:
        english = many if many and number != 1 else pattern
        made = super().__new__(cls, english % values if values else english)
        made.pattern, made.values, made.many, made.number = pattern, values, many, number
        return made


@lru_cache(maxsize=8192)
def written(day: date, shape: str, locale: str) -> str:
    """A day in a language; remembered, because a page about a year writes the same few hundred days at every look.

    Args:
        day: the day.
        shape: what of it is said, after Unicode TR 35.
        locale: the language as Babel names it.
    """
    return str(format_date(day, shape, locale=locale))


class Day(str):
    """A day, written as each language writes it: ``3 September``."""

    __slots__ = ("day", "shape")
    day: date
    shape: str

    def __new__(cls, day: date, shape: str = "d MMMM y") -> Day:
        """In English.

        Args:
            day: the day.
            shape: what of it is said, after Unicode TR 35: ``EEEE`` the weekday, ``d``, ``MMMM`` the month, ``y``.
        """
        made = super().__new__(cls, written(day, shape, ENGLISH))
        made.day, made.shape = day, shape
        return made

    def __getnewargs__(self) -> tuple[date, str]:  # type: ignore[override]
        """What a copy is made of."""
        return self.day, self.shape


def N_(words: str) -> Sentence:  # noqa: N802 - the name that gettext's tools know
    """Words without places, marked to be said in the reader's language: a label, one of several answers."""
    return Sentence(words)


def counted(one: str, many: str, count: int, /, **values: object) -> Sentence:
    """A sentence that is another one for several: ``1 child``, ``3 children``. ``%(count)s`` is filled in.

    Args:
        one: its English for one.
        many: its English for several, and for none.
        count: how many there are.
        values: what else fills its places.
    """
    return Sentence._made(one, {"count": count, **values}, many, count)


def joined(parts: Iterable[str], between: str = ", ") -> Sentence:
    """Several texts as one, each said in the reader's language: ``drew together, went for a walk``."""
    values: dict[str, object] = {f"part{place}": part for place, part in enumerate(parts)}
    return Sentence._made(between.join(f"%({name})s" for name in values), values)


def forms(one: str, many: str) -> tuple[str, str]:
    """The English of what counts, for one and for several: marked here, for ``counted`` elsewhere."""
    return one, many


def packed(sentence: Sentence) -> str:
    """What a sentence is made of, as JSON: for what is kept now and read later, in whatever language.

    Raises:
        TypeError: in one of its places stands something that would not come back as it is.
    """
    return json.dumps(_plain(sentence), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        counts = {"many": value.many, "number": value.number} if value.many else {}
        values = {name: _plain(one) for name, one in value.values.items()}
        return {"says": value.pattern, **counts, **({"with": values} if values else {})}
    if isinstance(value, Day):
        return {"day": value.day.isoformat(), "shape": value.shape}
    if type(value) in (str, int):
        return value
    raise TypeError(f"A {type(value).__name__} cannot be kept in a sentence.")


@lru_cache(maxsize=2048)
def unpacked(text: str) -> Sentence:
    """The sentence that :func:`packed` kept. Remembered, because the same few are said of many children."""
    return _sentence(json.loads(text))


def _sentence(plain: dict[str, Any]) -> Sentence:
    values = {name: _value(one) for name, one in plain.get("with", {}).items()}
    return Sentence._made(plain["says"], values, plain.get("many", ""), plain.get("number", 1))


def _value(plain: Any) -> object:
    if not isinstance(plain, dict):
        return plain
    if "day" in plain:
        return Day(date.fromisoformat(plain["day"]), plain["shape"])
    return _sentence(plain)
