"""The house keeps its shape and its manners: what stands where, and what never stands in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from tests.contracts.checkout import ROOT, is_ours, texts_under

PROGRAM = {"kiosk", "templates", "static", "instance", "tests", "setup.cfg", "README.md"}
FOR_TOOLS_AND_PEOPLE = {
    *{"pyproject.toml", "Makefile", ".ci", ".gitignore", "docs", "deploy"},
    *{"CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"},
}
CODE = ("kiosk", "templates", "static")
EVERYTHING = (*CODE, "tests", "docs", "deploy", ".ci")
FOR_CHILDREN = ("templates/tablet", "static/js/tablet", "templates/drawings", "kiosk/web/tablet", "kiosk/feelings")
UNKIND = re.compile(r"\b(bad|wrong|naughty|secret)(ly|ness|s)?\b", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|(?<![:\"'])//[^\n]*|(?m:^\s*#[^\n]*)|\"\"\".*?\"\"\"", re.DOTALL)
INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*?\sstyle\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[a-z][^>]*?\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"[\"'=\s]javascript:", re.IGNORECASE),
    "a style set as text": re.compile(r"setAttribute\(\s*[\"']style|cssText|\.innerHTML\s*\+?=|document\.write"),
}
# What ends in .example leads nowhere: it shows people what an address looks like (RFC 2606).
ELSEWHERE = re.compile(
    r"(?:https?:)?//(?!www\.w3\.org/)(?![a-z0-9.-]+\.example(?![a-z0-9.-]))[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE
)
OF_A_MACHINE = re.compile(r"(?<![\w.$}])(/home/|/Users/|/root/|/wor[k](?:space)?/|[A-Z]:\\Users\\)[\w.-]")
ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\[uU]([0-9a-fA-F]{4,8})|\\([0-9a-fA-F]{4,6})\b")
PICTURES_OF_FONTS = (
    (0x2190, 0x21FF),  # arrows
    (0x2300, 0x23FF),  # technical: watch, hourglass, media buttons
    (0x2460, 0x2BFF),  # circled numbers, shapes, symbols, dingbats, more arrows
    (0x3030, 0x303D),
    (0x3297, 0x3299),
    (0xE000, 0xF8FF),  # private use: icon fonts
    (0xFE00, 0xFE0F),  # "show this as an emoji"
    (0x1F000, 0x1FBFF),
    (0xE0020, 0xE007F),
)


def test_only_the_agreed_names_stand_at_the_top() -> None:
    assert {path.name for path in ROOT.iterdir() if is_ours(path)} == PROGRAM | FOR_TOOLS_AND_PEOPLE


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline(what: str) -> None:
    assert [name for name, text in texts_under("templates", "static") if INLINE[what].search(text)] == []


def test_pages_use_nothing_from_elsewhere() -> None:
    assert [
        f"{name}: {found.group()}"
        for name, text in texts_under("templates", "static")
        if (found := ELSEWHERE.search(text))
    ] == []


@pytest.mark.parametrize(
    ("text", "is_elsewhere"),
    [
        ("https://cdn.school.org/x.js", True),
        ("src='//fonts.example.org/a'", True),
        ("ntfys://ntfy.example/TOPIC", False),
        ("http://www.w3.org/2000/svg", False),
    ],
)
def test_an_example_of_an_address_is_told_from_an_address(text: str, is_elsewhere: bool) -> None:
    assert bool(ELSEWHERE.search(text)) == is_elsewhere


def test_there_are_no_emoji_and_no_dingbats() -> None:
    """They differ by device and are often missing: hands and faces became empty boxes in a plain Chromium."""
    assert [f"{name}: U+{letter:04X}" for name, text in texts_under(*CODE) for letter in pictures(text)] == []


def test_children_meet_no_unkind_word_and_no_promise_of_secrecy() -> None:
    endings = (".html", ".js", ".py")
    assert [
        f"{name}: {found.group()}"
        for name, text in texts_under(*FOR_CHILDREN, endings=endings)
        if (found := UNKIND.search(COMMENT.sub("", text)))
    ] == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    at_top = ((path.name, path.read_text("utf-8")) for path in ROOT.iterdir() if path.is_file() and is_ours(path))
    texts = [*texts_under(*EVERYTHING), *at_top]
    assert [f"{name}: {found.group()}" for name, text in texts if (found := OF_A_MACHINE.search(text))] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\N{SPARKLES}", ["U+2728"]),
        ("&#9733;", ["U+2605"]),
        ("&rarr;", ["U+2192"]),
        ("content: '\\2714'", ["U+2714"]),
        ("'\\u{1F600}'", ["U+1F600"]),
        ("plain words, \N{EN DASH} and an \N{HORIZONTAL ELLIPSIS} Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}", []),
    ],
)
def test_pictures_of_fonts_are_found_however_they_are_written(text: str, found: list[str]) -> None:
    assert [f"U+{letter:04X}" for letter in pictures(text)] == found


def pictures(text: str) -> Iterator[int]:
    """The characters in a text that a font would draw as a picture, also those written as entity or escape."""
    escaped = (int(next(filter(None, found.groups())), 16) for found in ESCAPED.finditer(text))
    for letter in (*map(ord, html.unescape(text)), *escaped):
        if any(first <= letter <= last for first, last in PICTURES_OF_FONTS):
            yield letter
