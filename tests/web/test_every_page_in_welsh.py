"""Every page of the staff, asked for in Welsh: it says that it is; what there is in Welsh is not in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from flask import url_for

from kiosk.feelings.rules import FIRST_WORDS
from kiosk.minding.rules import READY
from kiosk.web.catalogues import STAFF, phrases
from tests.cast import STAFF as PEOPLE
from tests.web.test_access_table import ACCESS, FEEDS, House, house, is_allowed, ways_to_ask

__all__ = ["house"]

IN_THE_CHILDS_LANGUAGE = {"staff.tablet_preview", "staff.tablet_preview_roster"}
READ_OUT = {"alt", "aria-label", "label", "placeholder", "title"}
OWN_WORDS = {words for ready in READY.values() for words in ready} | set(FIRST_WORDS)
"""What stands on a card or a scale stays as it was written."""
PLACE = re.compile(r"%\(\w+\)s|%%")


class Words(HTMLParser):
    """What a page says in its own language, and the languages of its parts."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"})
    NOT_READ = frozenset({"code", "script", "textarea", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.languages: dict[str, str] = {}
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("html", "main"):
            self.languages[tag] = given.get("lang") or ""
        in_another = tag != "html" and "lang" in given
        if not in_another and not self._is_in_another():
            self.said += [value for name, value in attrs if value and name in READ_OUT]
        if tag not in self.VOID:
            self._open.append((tag, in_another or tag in self.NOT_READ))

    def handle_endtag(self, tag: str) -> None:
        while any(tag == one for one, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_in_another():
            self.said.append(" ".join(data.split()))

    def _is_in_another(self) -> bool:
        return any(in_another for _, in_another in self._open)


@cache
def said_in_welsh() -> tuple[frozenset[str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    """The English of what has Welsh: whole sentences, and those with places together with their Welsh."""
    whole: set[str] = set()
    with_places: list[tuple[re.Pattern[str], re.Pattern[str]]] = []
    for english, welsh in phrases(STAFF, "cy"):
        if not welsh or welsh == english or english in OWN_WORDS:
            continue
        if not PLACE.search(english):
            whole.add(english)
        elif len(re.findall(r"[a-z]", PLACE.sub("", english))) > 4:  # "at" is Welsh, too
            with_places.append((_pattern(english), _pattern(welsh)))
    return frozenset(whole), tuple(with_places)


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(".+".join(re.escape(part) for part in PLACE.split(phrase)))


def left_in_english(words: Words) -> Iterator[str]:
    whole, with_places = said_in_welsh()
    for said in sorted(set(words.said)):
        with_welsh = (welsh for english, welsh in with_places if english.fullmatch(said))
        if said.strip(" :;,.") in whole or said in whole or any(not welsh.fullmatch(said) for welsh in with_welsh):
            yield said


def pages(area: str) -> list[str]:
    """The views of an area that somebody with a part in the school can look at."""
    return sorted(one for one in ACCESS if one.startswith(f"{area}.") and one not in IN_THE_CHILDS_LANGUAGE)


@pytest.mark.parametrize("area", ["staff", "admin", "help", "patterns"])
def test_each_page_is_in_welsh_for_whoever_chose_welsh(house: House, area: str) -> None:
    looked_at, found = 0, []
    for endpoint in pages(area):
        reader = next((who for who in PEOPLE if is_allowed(house, endpoint, who)), None)
        for rule, method in ways_to_ask(house.app, endpoint):
            if method != "GET" or reader is None:
                continue
            with house.app.test_request_context():
                address = url_for(rule.endpoint, **house.arguments(rule))
            answer = house.browser_of(reader).get(address, headers={"Accept-Language": "cy"})
            if answer.mimetype != "text/html" or answer.status_code != 200 or answer.is_streamed:
                answer.close()
                continue
            words, looked_at = Words(), looked_at + 1
            words.feed(answer.get_data(as_text=True))
            assert words.languages.get("html", "cy") == "cy", endpoint  # a part of a page has none
            assert words.languages.get("main") != "en-GB", f"{endpoint} says that it is English"
            found += [f"{endpoint}: {said}" for said in left_in_english(words) if said.strip(" :") not in FEEDS]
    assert looked_at
    assert found == [], "\n".join(found)
