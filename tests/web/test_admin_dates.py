"""Ms Patel enters terms and closed days. Mrs Green, who leads safeguarding, cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.audit import KEYBOARD
from kiosk.school.dates import all_dates
from kiosk.school.store import change_setting, local_now, school_calendar
from tests.cast import School
from tests.client import LintingClient, lint
from tests.web.board import ask, on_tablet

SignIn = Callable[[str], LintingClient]
PAGE = "/admin/dates"
AUTUMN = {"kind": "term", "name": "Autumn term", "first": "2026-09-02", "last": "2026-12-18"}


@pytest.fixture
def patel(app: Flask, signed_in: SignIn) -> Iterator[LintingClient]:
    with time_machine.travel("2026-11-20T10:00:00Z", tick=True):
        with app.app_context():
            change_setting("school_days", "mon-fri", KEYBOARD)
        yield signed_in("patel")


def says(browser: LintingClient) -> str:
    return said(browser.get(PAGE))


def said(answer: TestResponse) -> str:
    main = lint(answer.get_data(as_text=True)).find(".//main")
    assert main is not None
    return " ".join(" ".join(main.itertext()).split())


def press(browser: LintingClient, address: str, **fields: str) -> TestResponse:
    """Send a form of the page, which must stand on it."""
    forms = lint(browser.get(PAGE).get_data(as_text=True)).iter("form")
    assert address in [form.get("action") for form in forms]
    return browser.post_form(address, fields, PAGE)


def kept(app: Flask) -> list[str]:
    with app.app_context():
        return [one.dates.span.name for one in all_dates()]


def test_at_first_the_page_says_what_it_means_that_it_is_empty(patel: LintingClient) -> None:
    assert "No terms yet: every weekday counts as a school day" in says(patel)
    assert "25 December Christmas Day" in says(patel)
    assert "Bank holidays, 2026/27" in says(patel)


def test_the_office_is_asked_in_time_for_the_term_after_the_last(patel: LintingClient) -> None:
    """Forgotten, school would count as closed on its first morning, and no child's request would be passed on."""
    press(patel, PAGE, **AUTUMN | {"last": "2026-12-04"})
    asks = "No term is entered after 4 December 2026."
    assert asks in says(patel)
    assert asks in said(patel.get("/admin/"))
    press(patel, PAGE, kind="term", name="Spring term", first="2027-01-05", last="2027-03-25")
    assert asks not in says(patel)
    assert "No term is entered" not in said(patel.get("/admin/"))


def test_a_term_is_added_counted_and_removed_after_one_question(app: Flask, patel: LintingClient) -> None:
    assert press(patel, PAGE, **AUTUMN).status_code == 303
    page = says(patel)
    assert "Autumn term 2 September to 18 December 2026" in page
    assert "School days: 78" in page
    with app.app_context():
        (term,) = all_dates()
    question = patel.get(f"{PAGE}/{term.id}/remove")
    assert "Remove Autumn term?" in said(question)
    assert kept(app) == ["Autumn term"], "asking changes nothing"
    patel.post_form(f"{PAGE}/{term.id}/remove", {}, f"{PAGE}/{term.id}/remove")
    assert "Autumn term is removed." in says(patel)
    assert kept(app) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last": "2026-09-01"}, "The last day comes before the first."),
        ({"name": ""}, "Give it a name"),
        ({"first": "soon"}, "Give the first day."),
        ({"kind": ""}, "Say whether this is a term or closed days."),
    ],
)
def test_what_cannot_be_comes_back_with_the_reason_as_it_was_typed(
    app: Flask, patel: LintingClient, wrong: dict[str, str], sentence: str
) -> None:
    answer = press(patel, PAGE, **(AUTUMN | wrong))
    assert answer.status_code == 422
    assert sentence in said(answer)
    if "kind" not in wrong:
        assert 'value="2026-12-18"' in answer.get_data(as_text=True) or "last" in wrong
    assert kept(app) == []


def test_what_overlaps_is_refused_with_what_is_in_the_way(app: Flask, patel: LintingClient) -> None:
    press(patel, PAGE, **AUTUMN)
    answer = press(patel, PAGE, **(AUTUMN | {"name": "Winter term", "first": "2026-12-01", "last": "2027-02-12"}))
    assert answer.status_code == 422
    assert "These days overlap “Autumn term” (2 September to 18 December 2026)." in said(answer)
    assert kept(app) == ["Autumn term"]


def test_snow_closes_school_with_one_tap_and_undo_opens_it(
    app: Flask, patel: LintingClient, school: School
) -> None:
    chat = ask(patel, school, "amir", "ali")
    press(patel, f"{PAGE}/close-today")
    assert "School is closed: Closed at short notice." in says(patel)
    with app.app_context():
        assert not school_calendar().is_school_day(date(2026, 11, 20))
        assert not school_calendar().is_open(local_now())
    assert on_tablet(patel, school, chat)["closed_until"] is not None, "the child is told"
    with app.app_context():
        (closure,) = all_dates()
    press(patel, f"{PAGE}/{closure.id}/remove")
    assert "A school day. Snow, or no heating?" in says(patel)
    assert on_tablet(patel, school, chat)["closed_until"] is None


def test_two_who_close_it_at_once_close_it_once(app: Flask, patel: LintingClient) -> None:
    token = patel.csrf(PAGE)
    for _ in range(2):
        assert patel.post(f"{PAGE}/close-today", data={"csrf_token": token}).status_code == 303
    assert kept(app) == ["Closed at short notice"]
    assert "overlap" in says(patel)


def test_what_is_not_there_is_not_found(patel: LintingClient) -> None:
    for number in ("0", "7", "x", str(2**40)):
        assert patel.get(f"{PAGE}/{number}/remove").status_code == 404
        assert patel.post_form(f"{PAGE}/{number}/remove", {}, PAGE).status_code == 404


def test_without_a_nation_the_page_says_so(app: Flask, patel: LintingClient) -> None:
    with app.app_context():
        change_setting("bank_holidays", "none", KEYBOARD)
    assert "No bank holidays are kept." in says(patel)


def test_a_school_that_is_always_open_is_told_that_dates_change_nothing(app: Flask, patel: LintingClient) -> None:
    with app.app_context():
        change_setting("school_days", "always", KEYBOARD)
    assert "School days are set to “always” under Settings" in says(patel)
    assert "School is closed today" not in says(patel)


def test_nobody_else_sees_or_changes_dates(signed_in: SignIn) -> None:
    green = signed_in("green")
    assert green.get(PAGE).status_code == 403
    assert green.post_form(PAGE, AUTUMN, "/staff/").status_code == 403
