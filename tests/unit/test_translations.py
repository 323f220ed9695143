"""Every catalogue is whole: no word missing, no place lost, nothing said that we do not say to children."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords

from kiosk.minding.rules import READY
from kiosk.school.languages import LANGUAGES, SOURCE, STAFF_LANGUAGES
from kiosk.web.catalogues import (
    FOLDER,
    STAFF,
    TABLET,
    catalogue,
    phrases,
    places_in,
    review_of,
    standing,
    translations,
)
from tests.contracts.checkout import ROOT

OTHERS = [code for code in LANGUAGES if code != SOURCE]
EVERY_CATALOGUE = [(code, TABLET) for code in OTHERS] + [
    (code, STAFF) for code in STAFF_LANGUAGES if code != SOURCE
]
NOT_FOR_A_PAGE = re.compile(r"[<>&\"]")
NOT_FOR_CHILDREN = {
    "en": r"\b(bad|wrong|naughty|secret)",
    "ur": r"بر[اےی]\b|شرارت|غلط|راز\b|خفیہ",
    "pa": r"ਮਾੜ|ਸ਼ਰਾਰਤ|ਗ਼?ਲਤ|ਭੇਤ",
    "pl": r"\bzł[eyaio]|niegrzeczn|sekret(?!aria)|tajemnic|źle",
    "bn": r"খারাপ|দুষ্টু|ভুল|গোপন",
    "so": r"\bxun\b|\bkhalad|\bsir\b",
    "ar": r"سيئ|شقي|خطأ|خاطئ|سرّ?ي?\b|أسرار",
    "gu": r"ખરાબ|તોફાની|ખોટ|ગુપ્ત|રહસ્ય",
    "pt": r"\bmau\b|\bmá\b|errad|malcriad|segredo",
    "ta": r"கெட்ட|குறும்பு|ரகசிய|இரகசிய",
    "fr": r"\bmauvais|\bfaux\b|vilain|secret",
    "ro": r"(?<!pare )\brău\b|\brea\b|greșit|obraznic|secret(?!ar)",
    "uk": r"поган|неправильн|нечемн|таємн|секрет",
    "tr": r"\bkötü|yanlış|yaramaz|\bsır\b|gizli",
    "zh-Hans": r"坏|错误|淘气|调皮|秘密",
    "fa": r"\bبد\b|غلط|اشتباه|شیطنت|راز\b",
    "ps": r"\bبد\b|غلط|شیطان|راز\b",
    "cy": r"\bdrwg\b(?! gen)|anghywir|\bdrygionus|cyfrinach",
}
"""The words of constraint 5 in each language, and promises that nobody is told."""


JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NEVER_TRANSLATED = re.compile(r"<(title|noscript)\b.*?</\1>|<[^>]+>|\{\w+\}|Treetops|0800 1111", re.DOTALL)
READ_OUT = re.compile(r"\b(?:aria-label|data-question|data-lead|title|alt|placeholder)=\"([^\"]*[A-Za-z][^\"]*)\"")
"""Attributes that somebody reads or hears."""


def pairs(code: str, audience: str) -> Iterator[tuple[str, str]]:
    yield from phrases(audience, code)


def keywords() -> dict[str, Any]:
    """What marks words in templates and the program: what everybody's tools know, and our own of the Makefile."""
    listed = re.search(r"^SAYS := ((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert listed is not None
    return DEFAULT_KEYWORDS | parse_keywords(listed[1].replace("\\\n", " ").split())


@cache
def words_on_pages(audience: str) -> frozenset[str]:
    """Every phrase that a template or the program marks for translation, found as ``make words`` finds them."""
    mapping: list[tuple[str, str]] = []
    for line in (FOLDER / f"{audience}.cfg").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"\[(\w+): (.+)\]", line.strip()):
            mapping.append((found[2], found[1]))
    each = (
        (words,) if isinstance(words, str) else words
        for part in ("templates", "kiosk")
        for _, _, words, _, _ in extract_from_dir(ROOT / part, method_map=mapping, keywords=keywords())
    )
    return frozenset(word for words in each for word in words if word)


@pytest.mark.parametrize(("code", "audience"), EVERY_CATALOGUE)
class TestEachCatalogue:
    def test_it_has_exactly_the_words_of_the_pages(self, code: str, audience: str) -> None:
        there = {english for english, _ in pairs(code, audience)}
        assert words_on_pages(audience) - there == set(), "run make words, and translate what is new"
        assert there - words_on_pages(audience) == set(), "run make words: the pages do not say this any more"

    def test_nothing_is_missing_or_unsure(self, code: str, audience: str) -> None:
        words = catalogue(code, audience)
        assert words is not None
        assert [english for english, said in pairs(code, audience) if not said.strip()] == []
        assert [message.id for message in words if message.id and message.fuzzy] == []

    def test_each_place_for_a_name_is_kept(self, code: str, audience: str) -> None:
        lost = [(e, said) for e, said in pairs(code, audience) if places_in(e) != places_in(said)]
        assert lost == []
        without = [re.sub(r"\{\w+\}|%\(\w+\)s", "", said) for _, said in pairs(code, audience)]
        assert [said for said in without if re.search(r"[{}%]", said)] == []

    def test_a_translation_cannot_break_out_of_the_page(self, code: str, audience: str) -> None:
        assert [said for _, said in pairs(code, audience) if NOT_FOR_A_PAGE.search(said)] == []

    def test_the_spaces_at_the_ends_are_those_of_the_english(self, code: str, audience: str) -> None:
        assert [words for both in pairs(code, audience) for words in both if words != words.strip()] == []

    def test_the_heading_says_whether_a_speaker_has_read_it(self, code: str, audience: str) -> None:
        words = catalogue(code, audience)
        assert words is not None
        needs_one = "Needs a speaker's review" in words.header_comment
        assert needs_one != (review_of(code, audience) is not None)

    def test_it_says_it_in_the_language(self, code: str, audience: str) -> None:
        english, said = next((e, s) for e, s in pairs(code, audience) if e in ("Yes, ask", "Sign out"))
        assert translations(code).gettext(english) == said != english


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_unkind_and_no_promise_of_secrecy_in_any_language(code: str) -> None:
    unkind = re.compile(NOT_FOR_CHILDREN[code], re.IGNORECASE)
    assert [said for _, said in pairs(code, TABLET) if unkind.search(said)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_direction_is_that_of_the_script(code: str) -> None:
    assert LANGUAGES[code].direction == Locale.parse(code.replace("-", "_")).text_direction


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_named_in_itself(code: str) -> None:
    assert LANGUAGES[code].own_name != LANGUAGES[code].name


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    there = {path.parent.parent.name for path in FOLDER.glob(f"*/LC_MESSAGES/{TABLET}.po")}
    assert there == {code.replace("-", "_") for code in OTHERS}


def test_the_words_that_stand_ready_for_cards_are_there_in_every_language() -> None:
    """The tablet finds them by their English: said otherwise in one of the two places, it stays English."""
    known = re.findall(r'_\("([^"]+)"\)', (ROOT / "templates/tablet/ready_words.html").read_text("utf-8"))
    assert known == [words for kind in READY.values() for words in kind]


def test_what_is_not_translated_is_said_in_english() -> None:
    assert translations("ur").gettext("A sentence that nobody ever wrote") == "A sentence that nobody ever wrote"
    assert translations("en").gettext("Yes, ask") == "Yes, ask"


def test_what_counts_is_told_in_each_of_the_numbers_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    heading = 'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=(n==1 ? 1 : n==2 ? 2 : 0);\\n"\n\n'
    counting = 'msgid "One child"\nmsgid_plural "%(num)s children"\nmsgstr[0] "%(num)s plentyn"\n'
    forms = 'msgstr[1] "Un plentyn"\nmsgstr[2] "%(num)s blentyn"\n'
    (folder / "staff.po").write_text(heading + counting + forms, "utf-8")
    monkeypatch.setattr("kiosk.web.catalogues.FOLDER", tmp_path)
    catalogue.cache_clear()
    try:
        assert list(phrases(STAFF, "cy")) == [
            ("%(num)s children", "%(num)s plentyn"),
            ("One child", "Un plentyn"),
            ("%(num)s children", "%(num)s blentyn"),
        ]
        assert [english for english, _ in phrases(STAFF, "en")] == ["One child", "%(num)s children"]
    finally:
        catalogue.cache_clear()


def test_a_review_is_read_from_the_heading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    heading = "# Urdu.\n# Reviewed by: Amina Khan, 2027-01-31\n"
    (folder / "tablet.po").write_text(f'{heading}msgid ""\nmsgstr ""\n\nmsgid "Yes"\nmsgstr ""\n', "utf-8")
    monkeypatch.setattr("kiosk.web.catalogues.FOLDER", tmp_path)
    catalogue.cache_clear()
    try:
        found = standing(LANGUAGES["ur"])
        assert found.review is not None
        assert (found.review.by, found.review.on) == ("Amina Khan", "2027-01-31")
        assert (found.translated, found.words, found.is_complete) == (0, 1, False)
    finally:
        catalogue.cache_clear()


def test_every_word_of_the_tablet_is_marked_for_translation() -> None:
    unmarked = []
    for path in sorted((ROOT / "templates" / "tablet").glob("*.html")):
        if path.name == "pair.html":
            continue  # for the adult who sets the tablet up
        plain = JINJA.sub("", path.read_text("utf-8"))
        said = [re.sub(r"\{\w+\}", "", words) for words in READ_OUT.findall(plain)]
        said += re.split(r"\s{2,}", NEVER_TRANSLATED.sub("  ", plain))
        unmarked += [f"{path.name}: {words}" for words in said if re.search(r"[A-Za-z]{2}", words)]
    assert unmarked == []
