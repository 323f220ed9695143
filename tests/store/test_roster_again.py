"""Whatever rosters hold, one after the other is taken in, and each a second time changes nothing."""

from __future__ import annotations

from datetime import date

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from kiosk.audit import KEYBOARD
from kiosk.db import db, writing
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass, Teaching
from kiosk.people.roster.model import Place, Roster, RosterAdult, RosterClass, RosterPupil, Teaches
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.store import apply_plan, present

TODAY = date(2026, 11, 20)
# Few values, so that ids, numbers and names meet in every way: swapped, handed on, contradicting each other.
GIVEN = st.sampled_from(["Amir", "Zofia", "Tomi", "Lena"])
FAMILY = st.sampled_from(["Khan", "Nowak", "Adeyemi"])
MARK = st.sampled_from([None, None, "a", "A", "b", "c", "d"])
KEYS = ("1", "2", "3", "4")  # of five children with other names a roster is taken for another school's


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A roster as a reader gives it: no id and no mark twice, places only for whom it lists."""
    classes = tuple(
        RosterClass(f"c{key}", draw(st.sampled_from(["Oak", "Birch", "Elm"])))
        for key in draw(st.sets(st.sampled_from("123")))
    )
    pupils, upns, usernames = [], set[str](), set[str]()
    for key in sorted(draw(st.sets(st.sampled_from(KEYS), min_size=1))):
        upn, username = fresh(draw(MARK), upns), fresh(draw(MARK), usernames)
        source_id = None if upn and draw(st.booleans()) else key
        pupils.append(
            RosterPupil(
                source_id or f"upn {upn}",
                draw(GIVEN),
                draw(FAMILY),
                source_id=source_id,
                upn=upn,
                username=username,
            )
        )
    staff, emails, usernames = [], set[str](), set[str]()
    for key in sorted(draw(st.sets(st.sampled_from(KEYS)))):
        title = draw(st.sampled_from([None, "Mrs"]))
        email, username = fresh(draw(MARK), emails), fresh(draw(MARK), usernames)
        staff.append(RosterAdult(key, draw(GIVEN), draw(FAMILY), title, email, key, username))
    places = [
        Place(pupil.key, one.key, at == 0)
        for pupil in pupils
        for at, one in enumerate(
            draw(st.lists(st.sampled_from(classes), max_size=2, unique=True)) if classes else []
        )
    ]
    teaching = [
        Teaches(adult.key, one.key)
        for adult in staff
        for one in (draw(st.lists(st.sampled_from(classes), max_size=2, unique=True)) if classes else [])
    ]
    return Roster(
        "test",
        classes,
        tuple(pupils),
        tuple(staff),
        tuple(sorted(places)),
        tuple(sorted(teaching)),
        lists_all_staff=draw(st.booleans()),
    )


def fresh(mark: str | None, used: set[str]) -> str | None:
    if mark is None or mark.lower() in used:
        return None
    used.add(mark.lower())
    return mark


BY_HAND = st.tuples(
    st.lists(st.tuples(GIVEN, FAMILY), max_size=2), st.dictionaries(st.sampled_from("abcd"), GIVEN, max_size=2)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(BY_HAND, st.lists(rosters(), min_size=1, max_size=3))
def test_every_roster_is_taken_in_and_again_changes_nothing(
    empty_app: Flask, by_hand: tuple[list[tuple[str, str]], dict[str, str]], listed: list[Roster]
) -> None:
    with empty_app.app_context():
        start_with(*by_hand)
        for roster in listed:
            plan = plan_import(roster, present(), allow_many_leavers=True)
            assert plan.refusal is None
            apply_plan(plan, KEYBOARD, TODAY)
            again = plan_import(roster, present(), allow_many_leavers=True)
            assert {name: count for name, count in again.counts().items() if count} == {}
            assert hand_made_pupils() == sorted(by_hand[0])
            stands_as_listed(roster)


def start_with(pupils: list[tuple[str, str]], adults: dict[str, str]) -> None:
    """Only these people, as somebody entered them by hand."""
    with writing() as session:
        for model in (Enrolment, Teaching, Pupil, Adult, SchoolClass):
            session.execute(delete(model))
        for given_name, family in pupils:
            session.add(Pupil(given_name=given_name, family_name=family, picture="fox-1"))
        for email, given_name in adults.items():
            session.add(
                Adult(given_name=given_name, family_name="Roe", called="Roe", email=email, picture="oak-1")
            )


def hand_made_pupils() -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Pupil.given_name, Pupil.family_name).where(
            Pupil.source_id.is_(None), Pupil.upn.is_(None), Pupil.username.is_(None), Pupil.left_on.is_(None)
        )
    )
    return sorted((given_name, family) for given_name, family in rows)


def stands_as_listed(roster: Roster) -> None:
    """Whoever is found by the roster's id has the roster's name and classes."""
    now = present()
    by_id = {one.source_id: one for one in now.pupils if one.source_id and not one.left}
    class_of = {one.id: one.source_id for one in now.classes}
    for pupil in roster.pupils:
        kept = by_id.get(pupil.source_id)
        if kept is None or kept.upn != (pupil.upn or kept.upn):
            continue  # a row that contradicts what is known was skipped
        assert (kept.given_name, kept.family_name) == (pupil.given_name, pupil.family_name)
        listed = {place.school_class for place in roster.enrolments if place.pupil == pupil.key}
        found = {class_of[at] for who, at, _ in now.places if who == kept.id}
        assert not listed or found == listed
