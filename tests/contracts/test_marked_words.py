"""Every word that staff read in a template is marked for translation, so that a page is whole in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.util import pathmatch
from jinja2 import Environment, nodes

from kiosk.web.catalogues import FOLDER
from tests.contracts.checkout import ROOT

TEMPLATES = ROOT / "templates"
NOT_YET = {
    "help/": "an article stands whole in each language, held together by tests/web/test_help_in_welsh.py",
    "tablet/pair.html": "stands on a tablet, which speaks its own language and not that of whoever sets it up",
}
"""Templates (or folders) that staff read and that are not marked, with the reason. It only gets shorter."""

IN_THE_TABLETS_CATALOGUE = "tablet/"
"""What children read is held to the same by tests/unit/test_translations.py."""

READ_OUT = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
"""Attributes that somebody reads or hears."""
NEVER_TRANSLATED = re.compile(r"\b(Treetops|High 5|CSV|iPhone|iPad|HTTPS)\b|&\w+;")
WORDS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[A-Z][a-z]|[a-z]{2} [a-z]{2}")
"""Text in an expression that is for somebody to read, and no name of a class, a drawing or a form's field."""
MARKS = {"_", "gettext", "ngettext", "pgettext", "url_for"}
SHAPES = {"dateformat", "strftime", "format"}
EXPRESSION, IN_ENGLISH = "\N{OBJECT REPLACEMENT CHARACTER}", "data-in-english"
SAID = {IN_ENGLISH, "lang"}
"""What tells which language a part is in; what a program is told (``code``) is in none."""
WHOLE_PAGE = {"html", "main"}

ENVIRONMENT = Environment(autoescape=True)
"""Only for parsing: nothing is shown with it."""


class Shown(HTMLParser):
    """Gathers what a page shows and says, leaving out what says in which language it is."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [
            value for name, value in attrs if value and (name in READ_OUT or _is_sentence_of(name, value))
        ]
        if tag not in self.VOID:
            self._open.append(
                (tag, tag == "code" or (tag not in WHOLE_PAGE and bool(SAID & {name for name, _ in attrs})))
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while any(tag == one for one, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(leave_out for _, leave_out in self._open):
            self.words += re.split(rf"[\n{EXPRESSION}]", data)


def _is_sentence_of(name: str, value: str) -> bool:
    return name.startswith("data-") and bool(re.search(r"[a-z]{2} [a-z]{2}", value))


def _page(source: str) -> str:
    """A template as HTML: what stands in it, with a sign for each expression."""
    written, expression = [], None
    for _, kind, text in ENVIRONMENT.lex(source):
        if kind == "data":
            written.append(text)
        elif kind == "variable_begin":
            expression = ""
        elif kind == "variable_end":
            opens_a_tag = bool(written) and written[-1].endswith(("<", "</"))
            written.append(
                "x" if opens_a_tag else f" {IN_ENGLISH}" if "in_english" in str(expression) else EXPRESSION
            )
            expression = None
        elif expression is not None:
            expression += text
        elif kind == "block_end":
            written.append("\n")
    return "".join(written)


def _texts(node: nodes.Node, *, is_read: bool = True) -> Iterator[str]:
    """The texts in expressions that come to the page as they stand."""
    if isinstance(node, nodes.Const):
        if is_read and isinstance(node.value, str):
            yield node.value
        return
    if isinstance(node, (nodes.Compare, nodes.Test, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        return
    if isinstance(node, nodes.Call) and _called(node.node) in MARKS | SHAPES:
        return
    if isinstance(node, nodes.Filter) and node.name in SHAPES | {
        "attr",
        "map",
        "selectattr",
        "groupby",
        "replace",
    }:
        yield from _texts(node.node, is_read=is_read) if node.node else ()
        return
    if isinstance(node, nodes.Pair):
        yield from _texts(node.value, is_read=is_read)
        return
    if isinstance(node, (nodes.Keyword, nodes.Getitem)):
        inner = node.value if isinstance(node, nodes.Keyword) and node.key != "class" else None
        yield from _texts(inner, is_read=is_read) if inner is not None else ()
        return
    for child in node.iter_child_nodes():
        yield from _texts(child, is_read=is_read)


def _called(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""


def unmarked_in(source: str) -> list[str]:
    """What a template shows in words that are not marked for translation."""
    shown = Shown()
    shown.feed(_page(source))
    found = [words for words in shown.words if WORDS.search(NEVER_TRANSLATED.sub("", words))]
    texts = [text for text in _texts(ENVIRONMENT.parse(source)) if SENTENCE.search(NEVER_TRANSLATED.sub("", text))]
    return [words.strip() for words in found + texts]


@cache
def marked() -> list[str]:
    """The templates whose words ``make words`` looks for, by their paths."""
    patterns = re.findall(r"^\[jinja2: (.+)\]$", (FOLDER / "staff.cfg").read_text("utf-8"), re.MULTILINE)
    paths = (path.relative_to(TEMPLATES).as_posix() for path in sorted(TEMPLATES.rglob("*.html")))
    return [path for path in paths if any(pathmatch(pattern, path) for pattern in patterns)]


@pytest.mark.parametrize("path", marked())
def test_nothing_is_shown_that_is_not_marked(path: str) -> None:
    assert unmarked_in((TEMPLATES / path).read_text("utf-8")) == [], (
        'write it as {{ _("...") }} (docs/languages.md)'
    )


@pytest.mark.parametrize("path", marked())
def test_a_page_that_is_marked_says_that_it_is(path: str) -> None:
    source = (TEMPLATES / path).read_text("utf-8")
    if re.search(r'\{% extends "layouts/', source):
        assert "{% set translated = true %}" in source, "it would be marked as English to those who hear it"


def test_every_page_of_the_staff_is_marked_or_says_why_not() -> None:
    others = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if name in marked() or name.startswith(tuple(NOT_YET)):
            continue
        if name.startswith(IN_THE_TABLETS_CATALOGUE) or not unmarked_in(path.read_text("utf-8")):
            continue
        others.append(name)
    assert others == [], "mark its words and add it to kiosk/translations/staff.cfg (docs/languages.md)"


@pytest.mark.parametrize("name", NOT_YET)
def test_what_is_marked_meanwhile_is_taken_off_the_list(name: str) -> None:
    there = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    assert [path for path in there if path.startswith(name) and path not in marked()] != []


def test_no_words_come_out_of_a_stylesheet() -> None:
    sheets = sorted((ROOT / "static" / "css").rglob("*.css"))
    said = re.compile(r"""(?<![\w-])content: *["'][^"'\\]*[^\W\d_]{2}""")
    assert [f"{sheet.name}: {words}" for sheet in sheets for words in said.findall(sheet.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Save</p>", ["Save"]),
        ('<p>{{ _("Save") }} now</p>', ["now"]),
        ('<a title="Open it">{{ name }}</a>', ["Open it"]),
        ('<p data-failed="That did not work.">{{ name }}</p>', ["That did not work."]),
        ("<p>{{ 'Change' if there else _('Choose') }}</p>", ["Change"]),
        ("<p>{{ notice('Nobody is in.', 'told') }}</p>", ["Nobody is in."]),
        ("{% set title = 'My days' %}<h1>{{ title }}</h1>", ["My days"]),
        ("<p>{% if there %}Open{% else %}{{ _('Closed') }}{% endif %}</p>", ["Open"]),
        ("<p{{ in_english() }}>Said in English</p>", []),
        ('<p class="is-late two words"><svg viewBox="0 0 9 9"></svg>{{ drawing("sym-bell") }} 5, 6</p>', []),
        ('{{ ngettext("One child", "%(num)s children", n) }} {{ day|dateformat("EEEE d MMMM") }} Treetops', []),
    ],
)
def test_the_check_itself(source: str, words: list[str]) -> None:
    assert unmarked_in(source) == words
