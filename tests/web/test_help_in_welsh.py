"""Help in another language stands beside the English and does not fall behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.school.languages import LANGUAGES, SOURCE, STAFF_LANGUAGES
from kiosk.web.catalogues import TABLET, phrases, translations
from kiosk.web.help.pages import PAGES, PARTS
from tests.client import LintingClient, lint

HELP = Path(__file__).parents[2] / "templates" / "help"
OTHERS = [code for code in STAFF_LANGUAGES if code != SOURCE]
EVERY_ARTICLE = [(code, name) for code in OTHERS for name in PAGES]
WELSH = {"Accept-Language": "cy, en;q=0.5"}
SignIn = Callable[[str], LintingClient]

SHAPE = re.compile(r"<(h2|p|ol|ul|li|table|tr|th|td|q)\b")
FILLED_IN = re.compile(
    r"\{\{ (?:_\()?(school\.\w+|wait|url_for\([^}]*\)|one\.[\w.]+)\)? \}\}|\{% ([^%]+) %\}|<code>([^<]+)</code>"
)
NAMED = re.compile(r"<em[^>]*>(?:\{\{ _\(\"([^\"]+)\"[^}]*\) \}\}|([^<{]+))</em>")
"""What an article calls a button or a place: in another language it is said as the pages say it."""
SAID = re.compile(r">([^<>{}]{20,})<")
BEHIND = "templates/help/{code}/{name}.html has fallen behind templates/help/{name}.html"


def written(name: str, code: str = SOURCE) -> str:
    """An article as it stands in its file."""
    return (HELP / (name if code == SOURCE else f"{code}/{name}")).with_suffix(".html").read_text("utf-8")


def named(article: str) -> set[str]:
    """What an article calls the buttons and places, in English."""
    return {(marked or plain).replace("%(minutes)s", "5") for marked, plain in NAMED.findall(article)}


@pytest.mark.parametrize("code", OTHERS)
def test_there_is_each_article_and_no_other(code: str) -> None:
    assert {path.stem for path in (HELP / code).iterdir()} == set(PAGES)


@pytest.mark.parametrize(("code", "name"), EVERY_ARTICLE)
class TestEachArticle:
    def test_it_has_the_headings_steps_and_rows_of_the_english(self, code: str, name: str) -> None:
        assert SHAPE.findall(written(name, code)) == SHAPE.findall(written(name)), BEHIND.format(
            code=code, name=name
        )

    def test_it_leads_to_the_same_pages_and_says_what_the_school_chose(self, code: str, name: str) -> None:
        assert Counter(FILLED_IN.findall(written(name, code))) == Counter(FILLED_IN.findall(written(name)))

    def test_it_names_the_same_buttons_and_places(self, code: str, name: str) -> None:
        assert named(written(name, code)) == named(written(name))

    def test_nothing_in_it_was_left_in_english(self, code: str, name: str) -> None:
        assert set(SAID.findall(written(name, code))) & set(SAID.findall(written(name))) == set()


@pytest.mark.parametrize("code", OTHERS)
def test_what_help_says_the_tablet_says_is_what_it_says(code: str) -> None:
    names = {"{adult}": "Mrs Ali", "{asked}": "Mrs Ali", "{time}": "10:30"}
    tablet = {said for _, said in phrases(TABLET, code)}
    for place, name in names.items():
        tablet = {said.replace(place, name) for said in tablet}
    said = re.findall(r"<q>([^<]+)</q>", written("what-the-child-sees", code))
    assert len(said) == 10
    assert [one for one in said if one.replace("Mr Okafor", "Mrs Ali") not in tablet] == []


def test_where_to_go_and_how_long_to_wait_are_said_in_welsh(signed_in: SignIn) -> None:
    page = signed_in("ali").get("/help/no-wifi", headers=WELSH).get_data(as_text=True)
    assert "swyddfa’r ysgol" in page
    assert "the school office" not in page
    assert "10 munud" in signed_in("ali").get("/help/on-duty", headers=WELSH).get_data(as_text=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_welsh_browser_reads_it_in_welsh(signed_in: SignIn, name: str) -> None:
    page = signed_in("patel").get(f"/help/{name}", headers=WELSH).get_data(as_text=True)
    tree = lint(page)
    title = "".join(tree.find(".//h1").itertext())  # type: ignore[union-attr]
    assert title == translations("cy").gettext(PAGES[name].title) != PAGES[name].title
    assert tree.find(".//div[@class='help-words']").get("lang") is None  # type: ignore[union-attr]
    first = re.search(r'<p class="help-lead">([^<{]+)', written(name, "cy"))
    assert first is not None
    assert first[1] in page


def test_the_list_of_help_is_in_welsh(signed_in: SignIn) -> None:
    page = signed_in("ali").get("/help/", headers=WELSH).get_data(as_text=True)
    words = translations("cy").gettext
    for part in PARTS:
        assert words(part.title) in page
        assert all(words(one.title) in page and words(one.about) in page for one in part.pages)


def test_others_read_it_in_english(signed_in: SignIn) -> None:
    page = signed_in("ali").get("/help/first-minute", headers={"Accept-Language": "ur, en;q=0.5"})
    assert "One tap from you is what they wait for." in page.get_data(as_text=True)


def test_an_article_that_there_is_only_in_english_says_so(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.web.help.routes.current_language", lambda: LANGUAGES["ur"])
    page = signed_in("ali").get("/help/first-minute", headers=WELSH).get_data(as_text=True)
    assert '<div class="help-words" lang="en-GB">' in page
    assert "One tap from you is what they wait for." in page
