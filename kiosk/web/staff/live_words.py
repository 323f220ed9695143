"""What the scripts of a live page say, made here in the reader's language: no word of it stands in a script.

It comes with the page as one attribute (``data-words``), which static/js/staff/words.js reads.
"""

from __future__ import annotations

from babel import Locale

from kiosk.web.languages import _, current_language
from kiosk.web.staff import blueprint
from kiosk.wording import counted

TRIED_NUMBERS = 200
"""A language's every way of counting is met among the numbers below this one (CLDR, "Language Plural Rules")."""

Phrase = str | dict[str, str]
"""A phrase; or one for each of the language's ways of counting, by the name that Intl.PluralRules has for it."""


@blueprint.app_template_global("live_words")
def live_words() -> dict[str, Phrase]:
    """Each phrase by the name that the scripts know, with ``{name}`` where they fill something in."""
    return {
        "live": _("Live"),
        "again": _("Reconnecting"),
        "polling": _("Checking every 5 seconds"),
        "lost": _("No connection: trying again"),
        "not_sent": _("That was not sent: there is no connection. Try again in a moment."),
        "sound_on": _("Sound on"),
        "sound_off": _("Sound off"),
        "taken": _("A request has been taken."),
        "something_new": _("Something new waits for you."),
        "ask": _each_way("A child would like to talk.", "%(count)s children would like to talk."),
        "waiting": _("Waiting %(time)s", time="{time}"),
        "no_minute": _("less than a minute"),
        "minutes": _each_way("%(count)s minute", "%(count)s minutes"),
        "hours": _each_way("%(count)s hour", "%(count)s hours"),
        "short_minutes": _("%(minutes)s min", minutes="{minutes}"),
        "short_hours": _("%(hours)s h %(minutes)s", hours="{hours}", minutes="{minutes}"),
    }


def _each_way(one: str, many: str) -> dict[str, str]:
    """A phrase in each of the ways in which the reader's language counts, ``{count}`` for the number."""
    way_of = Locale.parse(current_language().code, sep="-").plural_form
    ways: dict[str, str] = {}
    for number in range(TRIED_NUMBERS):
        if (way := way_of(number)) not in ways:
            phrase = counted(one, many, number)
            phrase.values["count"] = "{count}"
            ways[way] = _(phrase)
    return ways
