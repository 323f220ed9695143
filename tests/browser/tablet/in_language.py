"""A child's way through the tablet in another language: tests say it in English, the screen says it in theirs."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from kiosk.audit import KEYBOARD
from kiosk.people.high5 import Chooser
from kiosk.people.set_up_tablet import WhoSetsUp, choose
from kiosk.school.languages import LANGUAGES
from kiosk.web.catalogues import TABLET, phrases
from tests.browser.patience import eventually
from tests.browser.running import Server
from tests.browser.tablet.way import Way

PLACE = re.compile(r"\{\w+\}")


class WayIn(Way):
    """The way of a child with a language of their own."""

    def __init__(self, page: Page, server: Server, code: str) -> None:
        super().__init__(page, server)
        self.language = LANGUAGES[code]
        self._words = dict(phrases(TABLET, code))

    def arrive(self, name: str = "Amir") -> WayIn:
        """The child presses their tile, which everybody reads, and the page turns to their language."""
        self.settle()
        super().button(name).tap()
        expect(self.page.locator("html")).to_have_attribute("lang", self.language.code)
        return self

    def sees(self, question: str) -> None:
        """The question, given in English."""
        super().sees(self.say(question))

    def press(self, *names: str) -> WayIn:
        """Tap these, given in English."""
        super().press(*map(self.say, names))
        return self

    def say(self, english: str) -> str:
        """What stands on the screen for an English text, also with a name or a step's number in it."""
        if english in self._words:
            return self._words[english]
        if numbered := re.fullmatch(r"(\d) (.+)", english):
            return f"{self._set_apart(numbered[1])} {self._set_apart(self.say(numbered[2]))}"
        for phrase, said in self._words.items():
            places = PLACE.findall(phrase)
            filled = re.fullmatch(re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(phrase)), english) if places else None
            if filled:
                for place, value in zip(places, filled.groups(), strict=True):
                    said = said.replace(place, self._set_apart(value))  # noqa: PLW2901
                return said
        return self._set_apart(english)

    def _set_apart(self, value: str) -> str:
        return f"\N{FIRST STRONG ISOLATE}{value}\N{POP DIRECTIONAL ISOLATE}" if self.language.is_rtl else value


def has_come(page: Page, code: str) -> None:
    """Until the tablet has the screens of a language: a child who comes before that meets English."""
    eventually(
        page,
        """code => import("/static/js/tablet/store.js").then((store) => store.readAll("kept"))
          .then((kept) => kept.some(([place]) => place === `screens ${code}`))""",
        code,
    )


def speaks(server: Server, who: str, code: str) -> None:
    """An adult has set a child's language."""
    setting(server, who, "language", code)


def setting(server: Server, who: str, name: str, value: str) -> None:
    """An adult has chosen something of how the tablet is for a child."""
    school = server.school
    with server.database():
        by = WhoSetsUp(Chooser(school.adults["novak"], every_class=True), KEYBOARD)
        choose(school.pupils[who], name, value, by)
