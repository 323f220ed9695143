"""What the tablet's page calls days and months where the browser it runs in does not know the language."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.web.languages import day_words
from kiosk.web.tablet import blueprint
from kiosk.wording import ENGLISH, written

_A_MONDAY = date(2026, 1, 5)
_SHORT, _MONTH = "EEE", "MMMM"


@blueprint.app_template_global()
def short_days() -> list[tuple[str, str]]:
    """The days of a week from Monday on: each with its short name in English and in the language being written."""
    week = [_A_MONDAY + timedelta(days=place) for place in range(7)]
    return [(written(day, _SHORT, ENGLISH), day_words(day, _SHORT)) for day in week]


@blueprint.app_template_global()
def months() -> list[str]:
    """The months as they stand after a number, in the language being written."""
    return [day_words(date(2026, month, 1), _MONTH) for month in range(1, 13)]
