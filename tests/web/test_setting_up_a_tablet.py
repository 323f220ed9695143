"""The page on which a child's tablet is set up: one tap changes one thing, for whoever may."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from kiosk.audit import AuditEvent
from kiosk.db import db, writing
from kiosk.people.childs_tablet import set_ups
from kiosk.people.models import Teaching
from kiosk.people.tablet_settings import ALWAYS_OFFERED, CHOICES, DEFAULT, TOPICS, ChildsTablet
from kiosk.web.staff.tablet_words import CHOOSE, TOPIC_WORDS
from tests.cast import School
from tests.client import LintingClient

SignIn = Callable[[str], LintingClient]
TOP = Path(__file__).parents[2]


@pytest.fixture
def teacher(app: Flask, school: School, signed_in: SignIn) -> LintingClient:
    """Mrs Ali, who teaches Oak."""
    with app.app_context(), writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
    return signed_in("ali")


def page_of(school: School, who: str = "amir") -> str:
    return f"/staff/children/{school.pupils[who]}/tablet"


def tablet_of(app: Flask, school: School, who: str = "amir") -> ChildsTablet:
    with app.app_context():
        return set_ups([school.pupils[who]])[school.pupils[who]].tablet


def test_every_choice_is_a_button_that_saves(app: Flask, school: School, teacher: LintingClient) -> None:
    page = page_of(school)
    for choice in CHOOSE:
        for option in choice.options:
            form = {"change": "choice", "choice": choice.name, "value": option.value}
            answer = teacher.post_form(page, form, page)
            assert (answer.status_code, answer.headers["Location"]) == (303, f"{page}#{choice.name}")
            assert getattr(tablet_of(app, school), choice.name) == CHOICES[choice.name][option.value]
    shown = teacher.get(page).get_data(as_text=True)
    assert "saved for Amir Khan." in shown


def test_what_was_chosen_is_marked_and_can_be_given_back(
    app: Flask, school: School, teacher: LintingClient
) -> None:
    page = page_of(school)
    before = teacher.get(page).get_data(as_text=True)
    assert pressed(before, "theme") == ["calm"]
    assert "As the class has it" not in before
    teacher.post_form(page, {"change": "choice", "choice": "theme", "value": "zones"}, page)
    after = teacher.get(page).get_data(as_text=True)
    assert pressed(after, "theme") == ["zones"]
    assert "As the class has it" in after
    teacher.post_form(page, {"change": "choice", "choice": "theme", "value": ""}, page)
    assert tablet_of(app, school) == DEFAULT


def pressed(page: str, choice: str) -> list[str]:
    """The values of the buttons of one choice that are pressed."""
    part = page.split(f'<section class="set" id="{choice}"', 1)[1].split("</section>", 1)[0]
    return re.findall(r'value="(\w+)" aria-pressed="true"', part)


def test_own_words_cards_topics_and_language_are_kept(app: Flask, school: School, teacher: LintingClient) -> None:
    page = page_of(school)
    for form in (
        {"change": "own_step", "intensity": "3", "word": "Fizzy", "picture": "bee"},
        {"change": "add_card", "picture": "pic-ball", "words": "Kick my ball"},
        {"change": "add_card", "picture": "sym-drink", "words": ""},
        {"change": "remove_card", "picture": "sym-drink"},
        {"change": "topic", "topic": "home", "offered": "no"},
        {"change": "choice", "choice": "language", "value": "ur"},
    ):
        assert teacher.post_form(page, form, page).status_code == 303, form
    tablet = tablet_of(app, school)
    assert (tablet.own_steps[3].word, tablet.own_steps[3].picture) == ("Fizzy", "bee")
    assert [card.words for card in tablet.strategies] == ["Kick my ball"]
    assert "home" not in tablet.topics
    assert tablet.language == "ur"
    shown = teacher.get(page).get_data(as_text=True)
    assert 'value="Fizzy"' in shown
    assert "Kick my ball" in shown


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"change": "everything"},
        {"change": "choice"},
        {"change": "choice", "choice": "theme", "value": "neon"},
        {"change": "choice", "choice": "nothing", "value": ""},
        {"change": "choice", "choice": "strategies", "value": "yes"},
        {"change": "choice", "choice": "own_steps", "value": ""},
        {"change": "choice", "choice": "language", "value": "xx"},
        {"change": "own_step", "intensity": "6", "word": "Fizzy"},
        {"change": "own_step", "intensity": "three", "word": "Fizzy"},
        {"change": "own_step", "intensity": "3", "word": "That is bad"},
        {"change": "add_card", "picture": "sym-bell"},
        {"change": "add_card"},
        {"change": "topic", "topic": "not_say", "offered": "no"},
        {"change": "topic", "topic": "weather", "offered": "yes"},
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence_and_changes_nothing(
    app: Flask, school: School, teacher: LintingClient, form: dict[str, str]
) -> None:
    answer = teacher.post_form(page_of(school), form, page_of(school))
    assert answer.status_code == 422
    said = re.search(r'role="alert">.*?<span>(.+?)</span>', answer.get_data(as_text=True), re.DOTALL)
    assert said
    assert said[1].endswith(".")
    assert tablet_of(app, school) == DEFAULT


@pytest.mark.parametrize(
    ("form", "fold"),
    [
        ({"change": "own_step", "intensity": "3", "word": "That is bad", "picture": "bee"}, "step-3"),
        ({"change": "add_picture", "words": "My teddy"}, "add-picture"),
        ({"change": "add_card", "picture": "sym-drink", "words": "That is bad"}, "add-card"),
    ],
)
def test_what_was_refused_is_open_again_with_the_reason_and_what_was_written(
    school: School, teacher: LintingClient, form: dict[str, str], fold: str
) -> None:
    page = teacher.post_form(page_of(school), form, page_of(school)).get_data(as_text=True)
    opened = re.findall(r'<details class="[^"]*" id="([^"]+)" open>(.*?)</details>', page, re.DOTALL)
    assert [name for name, _inside in opened] == [fold]
    (inside,) = [inside for _name, inside in opened]
    assert 'id="refused" role="alert"' in inside
    assert f'value="{form.get("word") or form["words"]}"' in inside
    assert page.count('role="alert"') == 1
    if "picture" in form:
        assert re.search(rf'value="{form["picture"]}"[^>]* checked', inside)
    assert " open>" not in teacher.get(page_of(school)).get_data(as_text=True)


def test_a_card_too_many_is_refused_at_the_top_where_there_is_no_fold_for_it(
    school: School, teacher: LintingClient
) -> None:
    for picture in ("sym-breathing", "sym-drink", "sym-draw", "sym-walk", "sym-talk"):
        form = {"change": "add_card", "picture": picture, "words": ""}
        assert teacher.post_form(page_of(school), form, page_of(school)).status_code == 303
    refused = teacher.post_form(page_of(school), form | {"picture": "pic-ball"}, page_of(school))
    assert refused.status_code == 422
    assert 'id="refused" role="alert"' in refused.get_data(as_text=True)


def test_who_does_not_teach_the_child_finds_no_such_page(school: School, signed_in: SignIn) -> None:
    form = {"change": "choice", "choice": "theme", "value": "zones"}
    for who in ("okafor", "shah"):
        somebody = signed_in(who)
        for page in (page_of(school), "/staff/children/999/tablet", "/staff/children/amir/tablet"):
            answers = [somebody.get(page), somebody.post_form(page, form, "/help/")]
            answers += [somebody.get(f"{page}/preview"), somebody.get(f"{page}/preview.json")]
            assert [answer.status_code for answer in answers] == [404] * 4, (who, page)
            assert "Amir" not in answers[0].get_data(as_text=True)


def test_a_teacher_sets_up_no_other_class(school: School, teacher: LintingClient) -> None:
    assert teacher.get(page_of(school, "tomi")).status_code == 404
    assert teacher.get(f"/staff/classes/{school.classes['birch']}/tablet").status_code == 404
    form = {"choice": "theme", "value": "zones"}
    there = f"/staff/classes/{school.classes['birch']}/tablet"
    assert teacher.post_form(there, form, "/help/").status_code == 404


@pytest.mark.parametrize("who", ["novak", "bell", "green"])
def test_duty_nurture_and_lead_set_up_every_tablet(
    app: Flask, school: School, signed_in: SignIn, who: str
) -> None:
    page, somebody = page_of(school, "tomi"), signed_in(who)
    form = {"change": "choice", "choice": "steps", "value": "2"}
    assert somebody.post_form(page, form, page).status_code == 303
    assert tablet_of(app, school, "tomi").steps == (1, 5)


def test_a_class_hands_on_what_was_not_chosen_for_the_child(
    app: Flask, school: School, teacher: LintingClient
) -> None:
    page = f"/staff/classes/{school.classes['oak']}/tablet"
    answer = teacher.post_form(page, {"choice": "steps", "value": "3"}, page)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{page}#steps")
    assert tablet_of(app, school, "amir").steps == (1, 3, 5)
    assert tablet_of(app, school, "tomi").steps == (1, 2, 3, 4, 5)
    refused = teacher.post_form(page, {"choice": "hand", "value": "left"}, page)
    assert refused.status_code == 422
    assert "chosen for each child" in refused.get_data(as_text=True)


def test_the_preview_is_the_tablets_own_page_and_its_roster_has_this_child_alone(
    school: School, teacher: LintingClient
) -> None:
    page = page_of(school)
    teacher.post_form(page, {"change": "choice", "choice": "theme", "value": "zones"}, page)
    preview = teacher.get(f"{page}/preview").get_data(as_text=True)
    assert "tablet-preview.js" in preview
    assert "main.js" not in preview
    assert 'id="t-how"' in preview
    roster = teacher.get(f"{page}/preview.json").json
    assert [pupil["name"] for pupil in roster["pupils"]] == ["Amir"]  # type: ignore[index]
    assert roster["pupils"][0]["tablet"] == {"theme": "zones"}  # type: ignore[index]


def test_only_this_page_frames_and_only_its_preview_can_be_framed(school: School, teacher: LintingClient) -> None:
    policies = {
        name: teacher.get(address).headers
        for name, address in (
            ("page", page_of(school)),
            ("preview", f"{page_of(school)}/preview"),
            ("child", f"/staff/children/{school.pupils['amir']}"),
            ("tablet", "/"),
        )
    }
    assert "frame-src 'self'" in policies["page"]["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policies["page"]["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policies["preview"]["Content-Security-Policy"]
    assert policies["preview"]["X-Frame-Options"] == "SAMEORIGIN"
    for name in ("child", "tablet"):
        assert "frame-src" not in policies[name]["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policies[name]["Content-Security-Policy"]
        assert policies[name]["X-Frame-Options"] == "DENY"


def test_looks_and_changes_are_recorded_without_own_words(
    app: Flask, school: School, teacher: LintingClient
) -> None:
    page = page_of(school)
    teacher.post_form(page, {"change": "own_step", "intensity": "3", "word": "Fizzy"}, page)
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.pupil_id == school.pupils["amir"])).all()
        told = [(row.name, row.details) for row in rows if row.name in ("child_seen", "tablet_set_up")]
    assert ("child_seen", {"part": "tablet"}) in told
    assert ("tablet_set_up", {"choice": "own_steps", "to": None}) in told
    assert "Fizzy" not in str(told)


def test_the_page_offers_every_choice_there_is() -> None:
    offered = {choice.name: [option.value for option in choice.options] for choice in CHOOSE}
    assert set(offered) == set(CHOICES)
    for name, values in offered.items():
        assert values == list(CHOICES[name]), name
    assert set(TOPIC_WORDS) == set(TOPICS)
    assert set(TOPIC_WORDS) >= ALWAYS_OFFERED


def test_the_colours_beside_a_theme_are_those_of_the_theme() -> None:
    themes = (TOP / "static/css/tablet/themes.css").read_text()
    page = (TOP / "static/css/tablet_set_up.css").read_text()
    for name in ("zones", "no_traffic_light", "high_contrast"):
        rule = re.search(rf'\[data-colours="{name}"\] \{{([^}}]*)\}}', themes)
        swatch = re.search(rf'\[data-swatch="{name}"\] \{{([^}}]*)\}}', page)
        assert rule
        assert swatch
        steps = re.findall(r"(--step-\d): (#\w+)", rule[1])
        assert re.findall(r"(--step-\d): (#\w+)", swatch[1]) == steps
