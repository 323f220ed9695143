"""The weekly list read in Welsh: its sentences are, too; older ones say that they are English."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import update

from kiosk.audit import KEYBOARD
from kiosk.db import writing
from kiosk.patterns.models import ListEntry
from kiosk.school.store import change_setting
from kiosk.wording import N_, Sentence
from tests.cast import School
from tests.web.patterns_school import SignIn, oak_answers

HARDER: list[int | None] = [*([1, 2, 1, 1, 2, 1, 1, 4, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 4, 4]
LIST = "/patterns/different"
WELSH = {"Accept-Language": "cy, en;q=0.5"}
IN_WELSH = (
    "Ar 4 o’r 5 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 4 neu 5; fel arfer ar 4 o 40 diwrnod.",
    "Ar 4 o’r 10 diwrnod ysgol diwethaf, yr ateb anoddaf oedd 4 neu 5.",
)
IN_ENGLISH = (
    "On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days.",
    "On four of the last ten school days the hardest answer was 4 or 5.",
)

pytestmark = pytest.mark.usefixtures("lists_on_friday")


@pytest.fixture
def listed(app: Flask, school: School, signed_in: SignIn) -> list[str]:
    """Amir is on this week's list, harder than usual and by a plain rule; where it is told, addresses."""
    oak_answers(app, school, "amir", HARDER)
    with app.app_context():
        change_setting("rule_hard_answers", "4 in 10", KEYBOARD)
        change_setting("rule_hard_running", "off", KEYBOARD)
    signed_in("bell").get(LIST)
    amir = f"/patterns/children/{school.pupils['amir']}"
    return [LIST, amir, f"{amir}?paper=team"]


def change(app: Flask, made_of: Sentence | None) -> None:
    """Keep something else of every entry than was kept."""
    with app.app_context(), writing() as session:
        session.execute(update(ListEntry).values(made_of=made_of))


def is_marked(page: str, sentence: str) -> bool:
    """Whether a sentence that stands on a page is marked there as English."""
    around = re.search(rf"<\w+([^>]*)>{re.escape(sentence)}<", page)
    assert around is not None, sentence
    return ' lang="en-GB"' in around[1]


def test_what_was_kept_for_every_language_is_in_welsh(signed_in: SignIn, listed: list[str]) -> None:
    for address in listed:
        page = signed_in("bell").get(address, headers=WELSH).get_data(as_text=True)
        assert [is_marked(page, one) for one in IN_WELSH] == [False, False], address
        assert "hardest answer was" not in page


def test_an_entry_from_before_keeps_its_english_and_says_that_it_is(
    app: Flask, signed_in: SignIn, listed: list[str]
) -> None:
    change(app, made_of=None)
    for address in listed:
        page = signed_in("bell").get(address, headers=WELSH).get_data(as_text=True)
        assert [is_marked(page, one) for one in IN_ENGLISH] == [True, True], address
        assert "yr ateb anoddaf oedd" not in page


def test_so_does_one_whose_sentence_has_no_welsh_any_more(
    app: Flask, signed_in: SignIn, listed: list[str]
) -> None:
    of_old = "On %(hard)s days the hardest answer had been %(steps)s."  # a name: make words must not find it
    change(app, made_of=Sentence(of_old, hard=N_("four"), steps="5"))
    for address in listed:
        page = signed_in("bell").get(address, headers=WELSH).get_data(as_text=True)
        assert is_marked(page, "On four days the hardest answer had been 5."), address


def test_whoever_reads_english_reads_the_same_of_both_and_no_mark(
    app: Flask, signed_in: SignIn, listed: list[str]
) -> None:
    for _new_then_old in range(2):
        for address in listed:
            page = signed_in("bell").get(address).get_data(as_text=True)
            assert [is_marked(page, one) for one in IN_ENGLISH] == [False, False], address
        change(app, made_of=None)


def test_files_are_in_english_whoever_takes_them(school: School, signed_in: SignIn, listed: list[str]) -> None:
    lists, chronology = f"{LIST}/export.csv", f"/patterns/children/{school.pupils['amir']}/chronology.csv"
    for who, address in (("bell", lists), ("green", chronology)):
        in_welsh, in_english = (
            signed_in(who).get(address, headers=headers).get_data(as_text=True) for headers in (WELSH, {})
        )
        for sentence in IN_ENGLISH:
            assert sentence in in_welsh
            assert sentence in in_english
        assert "ateb anoddaf" not in in_welsh


def test_whoever_must_not_see_it_does_not_in_welsh_either(signed_in: SignIn, listed: list[str]) -> None:
    for who in ("ali", "okafor", "patel"):
        for address in listed:
            answer = signed_in(who).get(address, headers=WELSH)
            assert answer.status_code == 403
            assert "yr ateb anoddaf oedd" not in answer.get_data(as_text=True)
