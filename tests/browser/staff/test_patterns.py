"""Mr Bell has never seen the pattern pages: can he answer the questions of a weekly meeting from them?

By role and name, as a screen reader tells them; with the keyboard; and no page breaks an accessibility rule or
runs over the edge, in light or dark, on a phone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from playwright.sync_api import Page, expect
from sqlalchemy import select

from kiosk.audit import KEYBOARD
from kiosk.chats.models import Chat, Outcome
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask
from kiosk.db import db, utc_now, writing
from kiosk.patterns.different.making import make_list, weeks_with_a_list
from kiosk.patterns.models import ListEntry, NextStep, WeeklyList
from kiosk.people.models import PupilTablet
from kiosk.people.tablets import recognise
from kiosk.school.calendar import WEEKDAYS
from kiosk.school.store import change_setting, local_now
from tests.browser.running import Server
from tests.browser.staff.test_looks import beyond_the_edge
from tests.web.patterns_school import add_children, add_class, answered, weekdays_before

CHANGED = [*([1, 2, 1, 1, 2, 1, 1, 1, 2, 1] * 4), 1, 1, 2, 1, 1, 4, 5, 1, 5, 4]
PAGES = ("Today", "Different from usual", "Silence and connections", "Children over time", "Classes and school")
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "desktop, dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


@pytest.fixture
def weeks(server: Server) -> date:
    """Ten weeks: Amir's answers got harder, Zofia fell silent, Tomi waited, Pine's Tuesday lunchtimes are hard."""
    school = server.school
    with server.app.app_context():
        today = local_now().date()
        change_setting("weekly_list_day", WEEKDAYS[today.weekday()], KEYBOARD)
        answered(school.pupils["amir"], school.classes["oak"], CHANGED, until=today)
        answered(school.pupils["zofia"], school.classes["oak"], [1] * 40 + [None] * 10, until=today)
        pine = add_class("Pine", "4")
        days = weekdays_before(today, 40)
        for number, pupil_id in enumerate(add_children(pine, [f"Child {letter}" for letter in "ABCDEFGHIJKL"])):
            answered(pupil_id, pine, [1 + (number + at) % 3 for at in range(40)], until=today)
            hard = [5 if day.weekday() == 1 and number < 8 else 1 for day in days]
            answered(pupil_id, pine, hard, until=today, hour=13)
        talk_after_six_minutes(server)
        db.session.remove()
    return today


def talk_after_six_minutes(server: Server) -> None:
    """Tomi asked Ms Novak some days ago."""
    school = server.school
    tablet = recognise(school.birch_token)
    assert tablet
    asked_at = datetime.combine(weekdays_before(local_now().date(), 3)[0], datetime.min.time(), UTC)
    with time_machine.travel(asked_at + timedelta(hours=10), tick=False) as clock:
        novak = school.adults["novak"]
        key, _new = ask(NewChat(uuid4(), school.pupils["tomi"], novak, None, utc_now()), tablet)
        clock.shift(timedelta(minutes=6))
        answer(key, "talked", Asker(novak, 1, sees_all=True), seen_number=1)


AS_IN_JULY = """() => {
  const [halfTerms, weekdays] = document.querySelectorAll(".paper-pair tbody");
  for (const [body, rows] of [[halfTerms, 6], [weekdays, 6]])
    while (body.rows.length < rows) body.append(body.lastElementChild.cloneNode(true));
}"""
"""As many half terms as a school year ends with, and an answer on a Saturday."""


def talk_on_many_days(server: Server) -> None:
    """Amir asks Mrs Ali on each of twenty days to put something right; she writes down at length what he told."""
    school = server.school
    with server.app.app_context():
        tablet = recognise(school.oak_token)
        assert tablet
        for day in weekdays_before(local_now().date(), 20):
            at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=10)
            with time_machine.travel(at, tick=False) as clock:
                ali = school.adults["ali"]
                about = ("put_right", "friends", "learning")
                key, _new = ask(
                    NewChat(
                        uuid4(), school.pupils["amir"], ali, None, utc_now(), about=about, not_today=("home",)
                    ),
                    tablet,
                )
                clock.shift(timedelta(minutes=6))
                answer(key, "talked", Asker(ali, 1, sees_all=True), seen_number=1)
                with writing() as session:
                    chat_id = session.execute(select(Chat.id).where(Chat.key == key)).scalar_one()
                    session.add(
                        Outcome(
                            chat_id=chat_id,
                            did=["listened", "mended"],
                            helped=["listened"],
                            happened="They said that I could not play. " * 60,
                            agreed="We ask each other first. " * 60,
                            written_by_id=ali,
                            written_at=utc_now(),
                        )
                    )
        with writing() as session:
            own = {"own_steps": {str(step): {"word": f"A word of my own for {step}"} for step in range(1, 6)}}
            session.add(PupilTablet(pupil_id=school.pupils["amir"], choices=own, changed_at=utc_now()))
        db.session.remove()


def meet_about_it_at_length(server: Server) -> None:
    """Amir stood on the lists of three weeks: seen, decided, and what came of it, each time in many words."""
    amir = server.school.pupils["amir"]
    why = "On each of the last three days with an answer the hardest answer was 4 or 5. " * 3
    with server.app.app_context():
        for week in weeks_with_a_list()[:3]:
            make_list(week.shown_from, KEYBOARD)
        with writing() as session:
            for list_id in session.scalars(select(WeeklyList.id)).all():
                session.add(ListEntry(list_id=list_id, pupil_id=amir, kind="rule", place=90, sentence=why))
            session.flush()
            for entry_id in session.scalars(select(ListEntry.id).where(ListEntry.pupil_id == amir)).all():
                for kind, words in (
                    ("seen", ""),
                    ("decided", "Breakfast. " * 90),
                    ("outcome", "He laughs. " * 90),
                ):
                    session.add(NextStep(entry_id=entry_id, kind=kind, words=words, by_id=1, at=utc_now()))
        db.session.remove()


@pytest.fixture
def bell(desktop: Callable[[str], Page], weeks: date) -> Page:
    """Mr Bell at his first page, Today."""
    page = desktop("bell")
    page.get_by_role("navigation", name="Patterns").wait_for()
    return page


def go(page: Page, name: str) -> None:
    """Follow the link between the pages of patterns."""
    page.get_by_role("navigation", name="Patterns").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.wait_for_load_state()


def test_who_is_different_from_usual_and_why(bell: Page) -> None:
    go(bell, "Different from usual")
    entry = bell.get_by_role("listitem").filter(has=bell.get_by_role("heading", name="Amir Khan"))
    expect(entry).to_contain_text(
        "On four of the last five school days the hardest answer was 4 or 5; usually on none of 40 days."
    )
    entry.get_by_role("button", name="I have seen this").click()
    entry.get_by_text("Write what happens next").click()
    entry.get_by_label("In a sentence or two").fill("Mrs Ali has breakfast with him.")
    entry.get_by_role("button", name="This was decided").click()
    expect(entry).to_contain_text("Decided: Mrs Ali has breakfast with him. Mr Bell")
    bell.get_by_role("link", name="How this list is made, and what it cannot see").click()
    expect(bell.get_by_role("row", name="always mixed 10 of 100 23 of 100")).to_be_visible()


def test_who_has_not_been_heard_from_and_how_long_children_wait(bell: Page) -> None:
    go(bell, "Silence and connections")
    silent = bell.get_by_role("region", name="Not heard from")
    expect(silent.get_by_role("link", name="Zofia Nowak")).to_be_visible()
    expect(silent.get_by_role("link", name="Amir Khan")).to_have_count(0)
    waits = bell.get_by_role("region", name="How long children wait").get_by_role("row")
    expect(waits.nth(1)).to_contain_text("6 minutes")


def test_who_is_named_by_nobody_and_who_by_only_one_and_whom_a_leaver_would_leave_alone(bell: Page) -> None:
    go(bell, "Silence and connections")
    bell.get_by_role("link", name="See it drawn, by class or by adult").click()
    school = bell.get_by_role("figure", name="12 children have nobody to ask for. 2 children have only one adult.")
    expect(school.get_by_role("link", name="Mr Okafor 2, the only one of 1")).to_be_visible()
    row = bell.get_by_role("row", name="Pine 12 12")
    expect(row).to_be_visible()
    bell.get_by_role("link", name="Oak", exact=True).click()
    oak = bell.get_by_role("figure", name="1 child has only one adult. 2 of 2 name Mr Okafor.")
    zofia = oak.get_by_role("link", name="Zofia Nowak: Mr Okafor")
    zofia.focus()
    zofia.press("Enter")
    expect(bell.get_by_role("row", name="Zofia Nowak Mr Okafor only one")).to_be_in_viewport()
    oak.get_by_role("link", name="Mr Okafor: 2 children here").press("Enter")
    expect(bell.get_by_role("figure", name="1 of them has nobody else who is here.")).to_be_visible()


def test_when_the_hard_hour_of_the_week_is(bell: Page) -> None:
    go(bell, "Classes and school")
    expect(bell.get_by_role("heading", name="The hard hour of the week is Tuesday 1 to 2")).to_be_visible()
    bell.get_by_label("Whose answers").select_option("Pine")
    bell.get_by_role("button", name="Show").click()
    cell = bell.get_by_role("row", name="Tuesday").get_by_role("cell").last
    expect(cell).to_contain_text("67 %")


def test_every_dot_is_reached_and_read_with_the_keyboard_and_leads_to_its_row(bell: Page, weeks: date) -> None:
    go(bell, "Children over time")
    bell.get_by_role("link", name="Amir Khan").click()
    expect(bell.get_by_role("figure", name="Amir Khan answered on 50 of 50 school days")).to_be_visible()
    day = weekdays_before(weeks, 1)[0]
    words = f"{day:%A} {day.day} {day:%B} 09:05: 4 Upset"
    dot = bell.get_by_role("link", name=words)
    dot.focus()
    expect(dot).to_be_focused()
    expect(dot.locator("circle").first).to_have_css("stroke-width", "4px")
    dot.press("Enter")
    row = bell.locator(f"#day-{day}")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("4 Upset")


def test_the_skip_link_passes_the_dots(bell: Page) -> None:
    go(bell, "Children over time")
    bell.get_by_role("link", name="Amir Khan").click()
    skip = bell.get_by_role("link", name="Past the dots to the table")
    skip.focus()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    bell.keyboard.press("Tab")
    assert bell.evaluate("document.activeElement.closest('.figure')") is None


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_breaks_an_accessibility_rule_or_runs_over_the_edge(
    signed_in_page: Callable[..., Page], weeks: date, axe: Callable[[Page], None], screen: str
) -> None:
    page = signed_in_page("green", **SCREENS[screen])
    page.goto(page.url.partition("/staff")[0] + "/patterns/")
    for name in PAGES[1:]:
        go(page, name)
        axe(page)
        assert beyond_the_edge(page) == [], name
    go(page, "Silence and connections")
    for drawn in ("See it drawn, by class or by adult", "Oak"):
        page.get_by_role("link", name=drawn, exact=True).click()
        page.wait_for_load_state()
        axe(page)
        assert beyond_the_edge(page) == [], drawn
    go(page, "Children over time")
    page.get_by_role("link", name="Amir Khan").click()
    page.wait_for_load_state()
    axe(page)
    assert beyond_the_edge(page) == []
    for paper in ("Paper for parents", "Paper for the team"):
        page.get_by_role("link", name=paper).click()
        page.wait_for_load_state()
        axe(page)
        page.go_back()


def test_paper_is_one_sheet(server: Server, desktop: Callable[[str], Page], weeks: date) -> None:
    """Mrs Green's has what Amir told and what was decided about him, too, as much of it as one sheet holds."""
    talk_on_many_days(server)
    meet_about_it_at_length(server)
    green = desktop("green")
    green.goto(green.url.partition("/staff")[0] + "/patterns/")
    go(green, "Children over time")
    green.get_by_role("link", name="Amir Khan").click()
    for paper, has_telling in (("Paper for parents", False), ("Paper for the team", True)):
        green.get_by_role("link", name=paper).click()
        green.wait_for_load_state()
        expect(green.get_by_text("They said that I could not play.")).to_have_count(1 if has_telling else 0)
        expect(green.get_by_role("cell", name="Breakfast.")).to_have_count(1 if has_telling else 0)
        green.evaluate(AS_IN_JULY)
        sheets = green.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
        assert sheets == 1, paper
        green.go_back()


def test_a_spreadsheet_is_one_click_away(bell: Page) -> None:
    go(bell, "Classes and school")
    with bell.expect_download() as download:
        bell.get_by_role("link", name="Spreadsheet").click()
    assert download.value.suggested_filename.endswith(".xlsx")
