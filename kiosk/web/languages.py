"""Which language an answer is written in."""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

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
    app.context_processor(_for_layouts)


def current_language() -> Language:
    """The language of the answer that is being written."""
    return LANGUAGES.get(_tag(get_locale()), LANGUAGES[SOURCE])


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


def _for_layouts() -> dict[str, Any]:
    return {"language": current_language}
