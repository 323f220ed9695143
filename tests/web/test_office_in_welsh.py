"""The office in Welsh: nothing that there is Welsh for is said in English, in templates, settings and notices."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kiosk.school.languages import LANGUAGES
from kiosk.web.catalogues import STAFF, phrases
from tests.client import LintingClient, lint

SignIn = Callable[[str], LintingClient]
WELSH = {"Accept-Language": "cy, en;q=0.5"}
PAGES = (
    "/admin/",
    "/admin/accounts",
    "/admin/accounts/add",
    "/admin/accounts/1/switch-off",
    "/admin/accounts/1/new-password",
    "/admin/channels",
    "/admin/channels/add",
    "/admin/dates",
    "/admin/settings",
    "/admin/tablets",
    "/admin/tablets/invite",
    "/help/",
)
HEARD = ("alt", "aria-label", "placeholder", "title")


def left_in_english(page: str) -> set[str]:
    """What stands on a page, by itself, in English that there is Welsh for."""
    there = {said for _, said in phrases(STAFF, "cy")} | {language.own_name for language in LANGUAGES.values()}
    english = {words for words, said in phrases(STAFF, "cy") if words != said} - there
    tree = lint(page)
    texts = {" ".join(text.split()) for text in tree.itertext()}
    texts |= {element.get(name, "") for element in tree.iter() for name in HEARD}
    return {re.sub(r":$", "", text) for text in texts} & english


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_office_is_whole_in_welsh(signed_in: SignIn, address: str) -> None:
    answer = signed_in("patel").get(address, headers=WELSH)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert '<html lang="cy">' in page
    assert '<main id="main" tabindex="-1">' in page
    assert left_in_english(page) == set()


def test_what_was_done_and_what_cannot_be_are_said_in_welsh(signed_in: SignIn) -> None:
    patel = signed_in("patel")
    patel.post_form("/staff/language", {"language": "cy"}, page="/admin/dates")
    patel.post_form("/admin/settings/school_hours", {"value": "09:00-15:00"}, page="/admin/dates")
    page = patel.get("/admin/settings").get_data(as_text=True)
    assert "Oriau ysgol: wedi’i newid." in page
    refused = patel.post_form("/admin/settings/school_hours", {"value": "soon"}, page="/admin/dates")
    assert refused.status_code == 422
    assert "defnyddiwch ddau amser fel 08:30-15:30, neu always" in refused.get_data(as_text=True)
    refused = patel.post_form("/admin/dates", {"kind": "term", "name": "Haf"}, page="/admin/dates")
    assert "Rhowch y diwrnod cyntaf." in refused.get_data(as_text=True)


def test_a_failure_is_said_in_welsh(signed_in: SignIn) -> None:
    answer = signed_in("patel").get("/admin/nothing", headers=WELSH)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert '<html lang="cy">' in page
    assert "Does dim byd yma" in page
    assert left_in_english(page) == set()


def test_who_has_no_welsh_reads_the_same_pages_in_english(signed_in: SignIn) -> None:
    page = signed_in("patel").get("/admin/settings", headers={"Accept-Language": "fr, en;q=0.5"})
    assert "How the school runs" in page.get_data(as_text=True)
    assert '<html lang="en-GB">' in page.get_data(as_text=True)
