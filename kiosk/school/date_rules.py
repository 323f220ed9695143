"""What a term or a closure may be. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

from kiosk.refusal import Refusal
from kiosk.school.calendar import Span
from kiosk.wording import N_, Day, Sentence

Kind = Literal["term", "closed"]
LONGEST = timedelta(days=366)
FURTHEST_YEARS = 5
LONGEST_NAME = 60
KINDS: Mapping[str, str] = {"term": "term", "closed": "closed days"}


class DatesRefused(Refusal):
    """Dates that cannot be kept; the message is a sentence saying why."""


@dataclass(frozen=True)
class SchoolSpan:
    """A term, or days on which school is closed."""

    kind: Kind
    span: Span


def read_dates(form: Mapping[str, str], today: date) -> SchoolSpan:
    """The term or closure in a form: ``kind``, ``first``, ``last`` and ``name``.

    A closure without a last day is one day long.

    Raises:
        DatesRefused: something is missing, reversed, longer than a year, or far from this one.
    """
    kind = form.get("kind", "")
    if kind not in KINDS:
        raise DatesRefused("Say whether this is a term or closed days.")
    name = " ".join(form.get("name", "").split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        example = N_("Autumn term") if kind == "term" else N_("Training day")
        raise DatesRefused(
            "Give it a name of at most %(most)s characters, such as “%(example)s”.",
            most=LONGEST_NAME,
            example=example,
        )
    first = _day(form.get("first", ""), N_("Give the first day."))
    last_said = form.get("last", "").strip()
    if kind == "term" and not last_said:
        raise DatesRefused("Give the last day of the term.")
    last = _day(last_said, N_("Give the last day.")) if last_said else first
    check_span(first, last, today)
    return SchoolSpan(cast(Kind, kind), Span(first, last, name))


def check_span(first: date, last: date, today: date) -> None:
    """Whether some days can be a term or a closure at all.

    Raises:
        DatesRefused: reversed, longer than a year, or years away.
    """
    if last < first:
        raise DatesRefused("The last day comes before the first. Look at both once more.")
    if last - first >= LONGEST:
        raise DatesRefused("That is longer than a year. Look at the years once more.")
    if abs(first.year - today.year) > FURTHEST_YEARS:
        raise DatesRefused("%(year)s is far away. Look at the year once more.", year=first.year)


def check_overlap(new: SchoolSpan, there: Iterable[SchoolSpan]) -> None:
    """Whether a term or closure stands apart from those of its own kind; a closure lies in a term as it should.

    Raises:
        DatesRefused: a day would belong to two terms, or be closed twice.
    """
    for other in there:
        if other.kind == new.kind and new.span.first <= other.span.last and other.span.first <= new.span.last:
            raise DatesRefused(
                "These days overlap “%(name)s” (%(days)s). Change the days, or remove that one first.",
                name=other.span.name,
                days=span_words(other.span),
            )


def span_words(span: Span) -> str:
    """``2 September to 18 December 2026``; one day alone with its weekday."""
    first, last = span.first, span.last
    if first == last:
        return Day(last, "EEEE d MMMM y")
    begins = Day(first, "d MMMM" if first.year == last.year else "d MMMM y")
    return Sentence("%(first)s to %(last)s", first=begins, last=Day(last))


def _day(text: str, otherwise: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DatesRefused(otherwise) from None
