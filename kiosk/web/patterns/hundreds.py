"""What a child's page has hundreds of, written here in one go: dots, rows of answers, squares of a year.

A template spends more on writing a value down than the database on finding it, and a year has three thousand of
them: a third of what the page took. Whatever somebody typed is escaped here, as a template would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from kiosk.web.languages import _, days_as
from kiosk.web.patterns import blueprint
from kiosk.web.patterns.pictures import HEIGHTS, DayTold, Dots, Square, Told


@blueprint.app_template_filter()
def as_dots(picture: Dots, page: str = "") -> Markup:
    """Each day with answers: a link with its words to its row of the table, a target as broad as the day, dots.

    The table stands on the same page, or on the one at the address ``page``.

    A picture 15 wide for a day has no room for targets of their own around dots: those of neighbours would lie one
    over the other. All dots of a day lead to one row, so the day is what is pointed at.
    """
    day_words, link = days_as("EEEE d MMMM"), f'<a href="{escape(page)}#'
    target = f"8v{picture.floor - 8}h{picture.breadth}V8z"
    drawn = []
    for begins, places, (day, row, answers) in picture.days:
        intensity, step, word, time, _by = answers[0]
        more_said = more_circles = ""
        if len(answers) > 1:  # most days have one, and a loop for each takes as long as all the rest
            for x, told in zip(places[1:], answers[1:], strict=True):
                more_said += f"; {told.time}: {_said(told.step, told.word)}"
                more_circles += f'{_CIRCLES[told.intensity]}{x}" r="5.5"></circle>'
        drawn.append(
            f'{link}{row}"><title>{day_words(day)} {time}: {_said(step, word)}{more_said}</title>'
            f'<path d="M{begins} {target}"></path>'
            f'{_CIRCLES[intensity]}{places[0]}" r="5.5"></circle>{more_circles}</a>'
        )
    return Markup("".join(drawn))  # noqa: S704 - what somebody typed is escaped


_CIRCLES = {intensity: f'<circle class="dot dot-{intensity}" cy="{y}" cx="' for intensity, y in HEIGHTS.items()}
"""How a dot of each intensity begins, wherever its day stands."""


@blueprint.app_template_filter()
def as_rows(told: Sequence[DayTold]) -> Markup:
    """The rows of the table that the dots lead to, the newest day first."""
    day_words = days_as("EEE d MMM")
    return Markup(  # noqa: S704 - what somebody typed is escaped
        "".join(
            f'<tr id="{row}"><th scope="row">{day_words(day)}</th><td>{" ".join(map(_answer, answers))}</td></tr>'
            for day, row, answers in reversed(told)
        )
    )


def _answer(told: Told) -> str:
    said = f"{_step(told.intensity, told.step, told.word)} <time>{told.time}</time>"
    if told.entered_by is None:
        return said
    shown = _("shown on the fingers to %(adult)s", adult=told.entered_by)
    return f"{said} <small>{escape(shown)}</small>"


@lru_cache(maxsize=200)
def _said(step: int, word: str) -> str:
    return f"{step} {escape(word)}"


@lru_cache(maxsize=200)
def _step(intensity: int, step: int, word: str) -> str:
    return f'<span class="step step-{intensity}"><b>{step}</b> {escape(word)}</span>'


@blueprint.app_template_filter()
def as_squares(row: Iterable[Square]) -> Markup:
    """One weekday of the year: a cell for each week."""
    return Markup("".join(map(_square, row)))  # noqa: S704 - numbers and our own words


def _square(square: Square) -> str:
    intensity, step, is_away, is_school = square
    if step:
        return f'<td class="tone step-{intensity}">{step}</td>'
    if is_away:
        return f'<td class="away"><span class="visually-hidden">{escape(_("not in school"))}</span></td>'
    return '<td class="no-answer"></td>' if is_school else '<td class="no-school"></td>'
