"""What a child reads or hears: no word that judges, no promise of secrecy, and short enough to be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask, render_template

from kiosk.feelings.rules import FIRST_WORDS
from kiosk.minding.rules import CARD_PICTURES, READY

TOP = Path(__file__).parents[2]
SHOWN = ("data-question", "data-lead", "aria-label", "alt", "title", "data-value", "placeholder")
"""Attributes whose words a child reads, or hears from the speaker."""
LONGEST_SENTENCE = 16
"""Words. Longer ones are not remembered to their end by a child to whom they are read."""

JUDGES = r"bad(ly)?|worse|worst|wrong(ly)?|naught\w*|good (boy|girl)|well done|fail\w*|silly|stupid|lazy|behav\w*"
PAYS = r"points?|scores?|streaks?|rewards?|prizes?|stars? for|levels?|win(ner|ning|s)?"
HIDES = (
    r"secret\w*|confidential\w*|private(ly)?|privacy|(nobody|no one) (else )?(will |can )?(know|see|hear|find)s?|"
    r"(will not|won.t|never|don.t|do not) tell|between (us|you and me)|only you (can )?(know|see)"
)
DIAGNOSES = r"disorder|diagnos\w*|anxiety|depress\w*|adhd|autis\w*|symptom\w*|mental\w*"
FORBIDDEN = re.compile(rf"\b({JUDGES}|{PAYS}|{HIDES}|{DIAGNOSES})\b|!", re.IGNORECASE)


def told(sqlite_app: Flask) -> Iterator[tuple[str, str]]:
    """Every text that can stand before a child, and where it comes from."""
    with sqlite_app.test_request_context():
        page = html5lib.parse(render_template("tablet/page.html"), namespaceHTMLElements=False)
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        yield from ((f"<{element.tag}>", text) for text in (element.text, element.tail) if text and text.strip())
        yield from ((name, element.get(name, "")) for name in SHOWN if element.get(name))
    yield from (("words for steps", word) for word in FIRST_WORDS)
    yield from (("cards that are ready", words) for kind in READY.values() for words in kind)
    yield from (("pictures of cards", words) for words in CARD_PICTURES.values())


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?:])\s+", " ".join(text.split())) if one]


def test_no_text_before_a_child_judges_pays_hides_or_diagnoses(sqlite_app: Flask) -> None:
    texts = list(told(sqlite_app))
    assert len(texts) > 150
    assert any("Did talking help?" in text for _where, text in texts)
    found = [(where, text) for where, text in texts if FORBIDDEN.search(text)]
    assert found == []


def test_every_sentence_before_a_child_is_short(sqlite_app: Flask) -> None:
    long = {
        one for _where, text in told(sqlite_app) for one in sentences(text) if len(one.split()) > LONGEST_SENTENCE
    }
    assert long - {"This page needs JavaScript. Please ask a grown-up to turn it on."} == set()


@pytest.mark.parametrize(
    "text",
    [
        "That was bad.",
        "You behaved well.",
        "Naughty step",
        "You have 3 points.",
        "This is a secret.",
        "Nobody will know.",
        "Nobody else can see it.",
        "We will not tell Mrs Ali.",
        "We won’t tell.",
        "It stays between us.",
        "Only you can see this.",
        "Great job!",
        "You have anxiety.",
    ],
)
def test_what_must_not_be_said_is_found(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize(
    "text", ["Put something right", "The tablet does not show it to other children.", "A bit"]
)
def test_what_may_be_said_is_let_through(text: str) -> None:
    assert not FORBIDDEN.search(text)


def test_no_script_of_the_tablet_speaks_of_its_own(sqlite_app: Flask) -> None:
    """All words stand in the page, where they can be translated and are looked at above: scripts hold none."""
    for script in sorted((TOP / "static/js/tablet").glob("*.js")):
        code = re.sub(
            r"^\s*(//|/\*\*|\*|import |export .* from ).*$|//.*$", "", script.read_text(), flags=re.MULTILINE
        )
        for said in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', code):
            text = "".join(said)
            assert not re.search(r"[A-Z][a-z]+(’\w)? [a-z]+ [a-z]+|[a-z]+ [a-z]+[.?]$", text), (
                f"{script.name}: {text}"
            )
