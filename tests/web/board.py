"""Reading the board as an adult does, and pressing what stands on it: every test goes through the real forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

from kiosk.db import utc_now
from tests.cast import School
from tests.client import LintingClient

SECTIONS = {"for-me": "mine", "i-can-cover": "cover", "everyone-waiting": "everyone"}


@dataclass
class Form:
    """A form on the board: where it goes, what it carries, and what can be filled in or pressed."""

    action: str
    carried: dict[str, str]
    fields: set[str]

    def press(self, browser: LintingClient, **filled: str) -> TestResponse:
        """Send it as a browser does."""
        assert filled.keys() <= self.fields, f"This form has {self.fields} to fill in."
        return browser.post(self.action, data={**self.carried, **filled})


@dataclass
class SeenCard:
    """A request as it stands on somebody's board."""

    section: str
    who: str
    words: str
    rings: bool
    is_overdue: bool
    pictures: list[str]
    forms: list[Form]

    def form(self, answer: str, *, to_fill: str | None = None) -> Form:
        """The form for an answer, such as ``coming``; the one with a field when several give the same answer."""
        found = [
            f for f in self.forms if f.carried["answer"] == answer and (to_fill is None or to_fill in f.fields)
        ]
        assert found, f"No form for {answer} on this card."
        return found[0]


@dataclass
class SeenBoard:
    """A page or fragment as somebody reads it."""

    cards: list[SeenCard] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    notice: str = ""
    words: str = ""

    def card(self, who: str) -> SeenCard:
        """The card of a child."""
        found = [card for card in self.cards if card.who == who]
        assert len(found) == 1, f"{who} is not once on a board with {[card.who for card in self.cards]}."
        return found[0]

    def names(self, section: str | None = None) -> list[str]:
        """The children on it, in order; of one section, or of all."""
        return [card.who for card in self.cards if section in (None, card.section)]


def look(browser: LintingClient, address: str = "/staff/") -> SeenBoard:
    """Open the board and read it."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status
    return read(answer)


def read(answer: TestResponse) -> SeenBoard:
    """The board in an answer."""
    tree: Element = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    seen = SeenBoard(words=_words(tree))
    notices = tree.find(".//*[@id='notices']")
    seen.notice = _words(notices) if notices is not None else ""
    for section in tree.iter("section"):
        name = SECTIONS[section.get("aria-labelledby") or ""]
        seen.sections.append(name)
        seen.cards += [_card(article, name) for article in section.iter("article")]
    return seen


def ask(browser: LintingClient, school: School, pupil: str, adult: str | None, **more: Any) -> str:
    """A child asks on their class's tablet; returns the request's id."""
    entry = {
        "id": str(uuid4()),
        "pupil": str(school.pupils[pupil]),
        "adult": str(school.adults[adult]) if adult else None,
        "check_in": None,
        "asked_at": utc_now().isoformat(),
        "when": "now",
        "cannot_wait": False,
    }
    answer = browser.post("/tablet/chats", json=entry | more, headers=_tablet_of(school, pupil))
    assert answer.status_code == 201, answer.get_json()
    return entry["id"]  # type: ignore[return-value]


def check_in(browser: LintingClient, school: School, pupil: str, step: int) -> str:
    """A child says how they are; returns the check-in's id."""
    entry = {
        "id": str(uuid4()),
        "pupil": str(school.pupils[pupil]),
        "step": step,
        "felt_at": utc_now().isoformat(),
    }
    answer = browser.post("/tablet/check-ins", json=entry, headers=_tablet_of(school, pupil))
    assert answer.status_code == 201, answer.get_json()
    return str(entry["id"])


def on_tablet(browser: LintingClient, school: School, chat: str) -> dict[str, Any]:
    """What the Oak tablet shows the child."""
    answer = browser.get(f"/tablet/chats/{chat}", headers=school.bearer())
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def say_on_tablet(browser: LintingClient, school: School, chat: str, what: str) -> None:
    """The child says ``cancel`` or ``cannot-wait`` on the Oak tablet."""
    assert browser.post(f"/tablet/chats/{chat}/{what}", headers=school.bearer()).status_code == 200


def _tablet_of(school: School, pupil: str) -> dict[str, str]:
    return school.bearer("birch" if pupil == "tomi" else "oak")


def _card(article: Element, section: str) -> SeenCard:
    name = article.find(".//h3")
    late = next(mark for mark in article.iter("strong") if mark.get("class") == "late")
    uses = [use.get("href") or "" for use in article.iter("{http://www.w3.org/2000/svg}use")]
    return SeenCard(
        section=section,
        who=_words(name) if name is not None else "",
        words=_words(article),
        rings=article.get("data-alert") is not None,
        is_overdue=late.get("hidden") is None,
        pictures=[use for use in uses if not use.startswith("#sym-")],
        forms=[_form(form) for form in article.iter("form")],
    )


def _form(form: Element) -> Form:
    inputs = [*form.iter("input"), *form.iter("select"), *form.iter("button")]
    return Form(
        action=form.get("action") or "",
        carried={i.get("name") or "": i.get("value") or "" for i in inputs if i.get("type") == "hidden"},
        fields={i.get("name") or "" for i in inputs if i.get("type") != "hidden" and i.get("name")},
    )


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
