"""Which language an answer is written in."""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

from kiosk.school.languages import LANGUAGES, SOURCE, STAFF_LANGUAGES, Language
from kiosk.web.catalogues import translations

CHOICE = "treetops_language"
"""The cookie in which a person's browser keeps the language they chose for the staff's pages."""


class _Words(Domain):  # type: ignore[misc]
    """Our own catalogues in place of compiled files."""

    def get_translations(self) -> NullTranslations:
        return translations(_tag(get_locale()))


def init_languages(app: Flask) -> None:
    """Let templates say ``_("...")``, and tell them what language they are in."""
    Babel(app, locale_selector=_choose, configure_jinja=True)
    app.extensions["babel"].instance.domain_instance = _Words()
    app.jinja_env.globals.update(
        language=current_language, page_lang=page_lang, in_english=in_english, staff_languages=staff_languages
    )


def current_language() -> Language:
    """The language of the answer that is being written."""
    return LANGUAGES.get(_tag(get_locale()), LANGUAGES[SOURCE])


def staff_languages() -> list[Language]:
    """What the staff's pages can be read in."""
    return [LANGUAGES[code] for code in STAFF_LANGUAGES]


def page_lang(translated: object = True) -> str:
    """The ``lang`` of a page; one whose words are not marked for translation is English, whatever was chosen."""
    code = current_language().code if translated else SOURCE
    return "en-GB" if code == SOURCE else code


def in_english() -> str:
    """Marks a part of a page that is in English while the rest is not, for those who hear it."""
    return "" if current_language().code == SOURCE else Markup(' lang="en-GB"')


def _choose() -> str:
    """The person's own choice, else the first of their browser's languages that there is. A tablet is shared: its
    page is written in English, and a child's own words come with the child."""
    if request.blueprint == "tablet":
        return SOURCE
    chosen = request.cookies.get(CHOICE, "")
    if chosen in STAFF_LANGUAGES:
        return chosen
    return request.accept_languages.best_match(STAFF_LANGUAGES, SOURCE) or SOURCE


def _tag(locale: Any) -> str:
    return str(locale or SOURCE).replace("_", "-")
