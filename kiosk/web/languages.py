"""Which language an answer is written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask, has_request_context, request
from flask import flash as flask_flash
from flask_babel import Babel, Domain, force_locale, get_locale
from jinja2 import pass_eval_context
from jinja2.filters import do_join, make_attrgetter
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from kiosk.refusal import Refusal
from kiosk.school.languages import LANGUAGES, SOURCE, STAFF_LANGUAGES, Language
from kiosk.web.catalogues import STAFF, TABLET, translations
from kiosk.wording import ENGLISH, Day, Sentence, written

CHOICE = "treetops_language"
"""The cookie in which a person's browser keeps the language they chose for the staff's pages."""

_being_written: ContextVar[tuple[str, NullTranslations] | None] = ContextVar("_being_written", default=None)
"""The code of the language that is being written, and its catalogue: kept while one request is answered, as a page
of a large school asks some thousand times."""
_PLACE, _LETTER = re.compile(r"%\(\w+\)s"), re.compile(r"[^\W\d_]")
_AS_IT_IS = frozenset({str, Markup, int, float})


class _Words(Domain):  # type: ignore[misc]
    """Our own catalogues in place of compiled files."""

    def get_translations(self) -> NullTranslations:
        return _translations()


def init_languages(app: Flask) -> None:
    """Let templates say ``_("...")``, and tell them what language they are in."""
    app.before_request(_forget)
    app.teardown_request(_forget)
    Babel(app, locale_selector=_choose, configure_jinja=True)
    app.extensions["babel"].instance.domain_instance = _Words()
    app.extensions["said_in"] = said_in
    app.jinja_env.finalize = _said_where_it_stands
    app.jinja_env.filters["join"] = _joined
    app.jinja_env.globals.update(
        _=_gettext_of_templates,
        gettext=_gettext_of_templates,
        ngettext=_ngettext_of_templates,
        language=current_language,
        written=day_words,
        page_lang=page_lang,
        in_english=in_english,
        in_one_language=in_one_language,
        staff_languages=staff_languages,
    )


def said_in(words: str, code: str) -> str:
    """Words as staff are told them in a language, where nobody reads a page: in an alert."""
    return str(translations(code).gettext(words))


def current_language() -> Language:
    """The language of the answer that is being written; English where nobody has asked for one."""
    return LANGUAGES[_spoken()]


def _(words: str | Refusal, /, **values: object) -> str:
    """Words in the reader's language.

    Args:
        words: English that stands in the program, a sentence, a day, or why something cannot be done.
        values: what fills the places of words that are no sentence yet.
    """
    if isinstance(words, Day):
        return _day_in_a_sentence(words)
    if isinstance(words, Refusal):
        return _(words.said)
    code, spoken = _words()
    if not values and isinstance(words, Sentence) and code == SOURCE:
        return str(words)
    if not values and not isinstance(words, Sentence):
        return spoken.gettext(words) if words else ""
    sentence = words if isinstance(words, Sentence) and not values else Sentence(words, **values)
    if sentence.many:
        pattern = spoken.ngettext(sentence.pattern, sentence.many, sentence.number)
    else:
        pattern = spoken.gettext(sentence.pattern) if sentence.pattern else ""
    return pattern % {name: _value(one) for name, one in sentence.values.items()} if sentence.values else pattern


def flash(words: str | Refusal, kind: str) -> None:
    """Say something on the next page, in the reader's language.

    Args:
        words: a sentence, or why something cannot be done.
        kind: ``done``, ``told`` or ``stopped``.
    """
    flask_flash(_(words), kind)


def day_words(day: date, shape: str = "d MMMM y") -> str:
    """A day as the reader's language writes it: ``3 September 2026``.

    Args:
        day: the day.
        shape: what of it is said, after Unicode TR 35: ``EEEE`` the weekday, ``d``, ``MMMM`` the month, ``y``.
    """
    return written(day, shape, _locale())


def days_as(shape: str) -> Callable[[date], str]:
    """The same for hundreds of days, of which the same is said of each."""
    locale = _locale()
    return lambda day: written(day, shape, locale)


def _locale() -> str:
    """The language that is being written, as Babel names it."""
    code = _spoken()
    return ENGLISH if code == SOURCE else code.replace("-", "_")


def _value(value: object) -> object:
    """A value in the middle of a sentence, where a day has no capital unless it is English."""
    return _(value) if isinstance(value, (Sentence, Day, Refusal)) else value


def _day_in_a_sentence(day: Day) -> str:
    said = day_words(day.day, day.shape)
    return said if _spoken() == SOURCE else said[:1].lower() + said[1:]


def staff_languages() -> list[Language]:
    """What the staff's pages can be read in."""
    return [LANGUAGES[code] for code in STAFF_LANGUAGES]


def page_lang(translated: object = True) -> str:
    """The ``lang`` of a page; one whose words are not marked for translation is English, whatever was chosen."""
    code = current_language().code if translated else SOURCE
    return "en-GB" if code == SOURCE else code


def in_english() -> str:
    """Marks a part of a page that is in English while the rest is not, for those who hear it."""
    return "" if _spoken() == SOURCE else Markup(' lang="en-GB"')


def in_one_language(words: str) -> tuple[str, str]:
    """Words that were kept, maybe years ago, and what marks them if they are in English while the page is not.

    Never half in each: of a sentence of which the catalogues have dropped a part since, all is said in English.
    """
    code, spoken = _words()
    said = _in_full(spoken, words) if code != SOURCE and isinstance(words, Sentence) else None
    return (str(words), in_english()) if said is None else (said, "")


def _in_full(spoken: NullTranslations, sentence: Sentence) -> str | None:
    pattern = _pattern_there(spoken, sentence.pattern, sentence.many, sentence.number)
    if pattern is None:
        return None
    values: dict[str, object] = {}
    for name, value in sentence.values.items():
        said = _in_full(spoken, value) if isinstance(value, Sentence) else _value(value)
        if said is None:
            return None
        values[name] = said
    return pattern % values if values else pattern


@lru_cache(maxsize=4096)
def _pattern_there(spoken: NullTranslations, pattern: str, many: str, number: int) -> str | None:
    """The pattern in a language; nothing where it does not have it. One without words is the same in each."""
    said = str(spoken.ngettext(pattern, many, number) if many else spoken.gettext(pattern))
    has_words = _LETTER.search(_PLACE.sub("", pattern)) is not None
    return None if has_words and said in (pattern, many) else said


def _gettext_of_templates(words: str, /, **values: object) -> Markup:
    """``_("...")`` of templates. Words may come out of a variable there: they are escaped like everything else."""
    said = _marked_up(_translations(), words) if type(words) is str else escape(_(words))
    return said % {name: _value(one) for name, one in values.items()} if values else said


@lru_cache(maxsize=4096)
def _marked_up(spoken: NullTranslations, words: str) -> Markup:
    """What stands in a template is the same on each page: a page says a hundred of them."""
    return escape(spoken.gettext(words) if words else "")


def _ngettext_of_templates(one: str, many: str, num: int, /, **values: object) -> Markup:
    """``ngettext("...", "...", number)`` of templates; ``%(num)s`` is the number."""
    pattern = escape(_translations().ngettext(one, many, num))
    return pattern % {name: _value(value) for name, value in {"num": num, **values}.items()}


def _said_where_it_stands(value: Any) -> Any:
    """Whatever a template writes: a sentence is said in the reader's language without being asked to."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, Day):
        return day_words(value.day, value.shape)
    return _(value) if isinstance(value, (Sentence, Refusal)) else value


@pass_eval_context
def _joined(
    context: EvalContext, parts: Iterable[Any], between: str = "", attribute: str | int | None = None
) -> Any:
    """The filter ``join``, of what is said in the reader's language."""
    found = parts if attribute is None else map(make_attrgetter(context.environment, attribute), parts)
    return do_join(context, [_said_where_it_stands(part) for part in found], between)


@contextmanager
def written_in(code: str) -> Iterator[None]:
    """Write in this language, whatever the reader's is: the screens of a child, for one."""
    before = _being_written.set(None)
    try:
        with force_locale(code.replace("-", "_")):
            yield
    finally:
        _being_written.reset(before)


def _translations() -> NullTranslations:
    return _words()[1]


def _spoken() -> str:
    """The code of the language that is being written: the reader's, or the child's whose screens these are."""
    return _words()[0]


def _words() -> tuple[str, NullTranslations]:
    """The code of the language that is being written, and its catalogue."""
    kept = _being_written.get()
    if kept is None:
        code = str(get_locale() or SOURCE).replace("_", "-")
        kept = code, translations(code, TABLET if _is_for_children() else STAFF)
        if has_request_context():
            _being_written.set(kept)
    return kept


def _forget(_error: BaseException | None = None) -> None:
    _being_written.set(None)


def _choose() -> str:
    """The person's own choice, else the first of their browser's languages that there is. A tablet is shared: its
    page is written in English, and a child's own words come with the child. What nobody asked for (an e-mail, a
    test) is in English."""
    if not has_request_context() or _is_for_children():
        return SOURCE
    chosen = request.cookies.get(CHOICE, "")
    if chosen in STAFF_LANGUAGES:
        return chosen
    return request.accept_languages.best_match(STAFF_LANGUAGES, SOURCE) or SOURCE


def _is_for_children() -> bool:
    """The tablet's own page and screens, there or before an adult who sets a tablet up."""
    endpoint = (request.endpoint or "") if has_request_context() else ""
    return endpoint.startswith("tablet.") or endpoint == "staff.tablet_preview"
