"""Sentences that the program makes, in the language of whoever reads them: nobody gets another reader's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import School
from tests.client import LintingClient
from tests.web.board import SeenBoard, ask, look, read

SignIn = Callable[[str], LintingClient]


@pytest.fixture
def ali(signed_in: SignIn) -> LintingClient:
    """Mrs Ali, who chose Welsh."""
    browser = signed_in("ali")
    browser.post_form("/staff/language", {"language": "cy"}, page="/staff/alerts")
    return browser


@pytest.fixture
def novak(signed_in: SignIn) -> LintingClient:
    """Ms Novak, on duty, who reads in English."""
    return signed_in("novak")


@pytest.fixture
def chat(client: LintingClient, school: School) -> str:
    """Amir asks Mrs Ali to sit together."""
    return ask(client, school, "amir", "ali", when="break", how="sit", about=["home", "friends"])


def answer(browser: LintingClient, seen: SeenBoard, kind: str) -> SeenBoard:
    return read(seen.card("Amir Khan").form(kind).press(browser))


@pytest.mark.usefixtures("chat")
class TestOnTheBoard:
    def test_each_reads_a_request_in_their_own_language(self, ali: LintingClient, novak: LintingClient) -> None:
        for _look in range(2):  # the second, too: what one reads is kept for nobody else
            hers, others = look(ali).card("Amir Khan").words, look(novak).card("Amir Khan").words
            assert "Sgwrs amser egwyl, i eistedd gyda’n gilydd" in hers
            assert "gartref, ffrindiau" in hers
            assert "Gofynnwyd amdanoch chi" in hers
            assert "A chat at break, to sit together" in others
            assert "home, friends" in others
            assert "Asked for Mrs Ali, no answer yet" in others

    def test_who_has_it_is_said_to_each_in_their_language(self, ali: LintingClient, novak: LintingClient) -> None:
        look(ali).card("Amir Khan").form("coming").press(ali)
        assert "Mae’r cais gennych chi, yn dod nawr" in look(ali).card("Amir Khan").words
        assert "Mrs Ali has it, coming now" in look(novak).card("Amir Khan").words

    def test_a_refusal_is_said_in_the_language_of_whoever_is_refused(
        self, ali: LintingClient, novak: LintingClient
    ) -> None:
        late = look(ali).card("Amir Khan").form("seen")
        look(novak).card("Amir Khan").form("coming").press(novak)
        refused = late.press(ali)
        assert refused.status_code == 409
        assert "Mae’r cais hwn gan Ms Novak, sy’n dod nawr." in read(refused).notice

    def test_a_time_that_has_passed(self, ali: LintingClient) -> None:
        form = look(ali).card("Amir Khan").form("coming", to_fill="at")
        refused = form.press(ali, at="soon")
        assert refused.status_code == 422
        assert "Dewiswch amser yn gyntaf, fel 10:30." in read(refused).notice


def test_a_form_that_is_refused_and_one_that_is_kept(ali: LintingClient, novak: LintingClient) -> None:
    week = {"what": "week"}
    assert "Ticiwch o leiaf un diwrnod." in ali.post_form("/staff/days", week).get_data(as_text=True)
    assert "Tick at least one day." in novak.post_form("/staff/days", week).get_data(as_text=True)
    ali.post_form("/staff/days", {"what": "week", "day-0": "yes"})
    assert "Mae’r amserlen wedi’i chadw." in ali.get("/staff/days").get_data(as_text=True)


def test_the_words_of_the_scripts_come_with_the_page(ali: LintingClient, novak: LintingClient) -> None:
    hers, others = (one.get("/staff/").get_data(as_text=True) for one in (ali, novak))
    assert "Yn edrych bob 5 eiliad" in hers
    assert "Checking every 5 seconds" in others
    assert "Checking every" not in hers
