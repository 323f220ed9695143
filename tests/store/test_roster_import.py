"""Importing into a database, on SQLite and on PostgreSQL: what is written, what is not, and never by halves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select, text

from kiosk.audit import KEYBOARD, Actor, AuditEvent
from kiosk.db import db, writing
from kiosk.people.accounts import add_staff
from kiosk.people.models import Adult, Enrolment, Pupil, SchoolClass, Teaching
from kiosk.people.roster.command import import_roster
from kiosk.people.roster.model import Roster, RosterRefused
from kiosk.people.roster.plan import Plan, plan_import
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.store import apply_plan, present
from tests.cast import School
from tests.rosters import NEVER_STORED, ONEROSTER, ROSTERS, SHAPES, file_with, folder_with

TODAY = date(2026, 11, 20)
LATER = date(2027, 1, 8)


@pytest.fixture
def empty(empty_app: Flask) -> Iterator[None]:
    """An empty school, in its application context."""
    with empty_app.app_context():
        yield


def take_in(roster: Roster | Path, day: date = TODAY, *, allow_many_leavers: bool = False) -> Plan:
    """Import, and give back the plan that was applied."""
    if isinstance(roster, Path):
        roster = read_roster(roster)
    plan = plan_import(roster, present(), allow_many_leavers=allow_many_leavers)
    apply_plan(plan, KEYBOARD, day)
    return plan


def pupil(source_id: str) -> Pupil:
    found = db.session.scalar(select(Pupil).where(Pupil.source_id == source_id))
    assert found is not None
    return found


def adult(source_id: str) -> Adult:
    found = db.session.scalar(select(Adult).where(Adult.source_id == source_id))
    assert found is not None
    return found


def classes_of(source_id: str) -> list[tuple[str, bool]]:
    rows = db.session.execute(
        select(SchoolClass.name, Enrolment.home)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .join(Pupil, Pupil.id == Enrolment.pupil_id)
        .where(Pupil.source_id == source_id)
        .order_by(SchoolClass.name)
    )
    return [(name, home) for name, home in rows]


def how_many(model: type[Pupil | Adult | SchoolClass | Enrolment | Teaching | AuditEvent]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_written_and_a_second_time_changes_nothing(shape: str) -> None:
    take_in(ROSTERS / shape)
    assert [how_many(model) for model in (Pupil, Adult, SchoolClass, Enrolment, Teaching)] == [5, 3, 2, 5, 3]
    amir = pupil("p-amir")
    assert (amir.given_name, amir.family_name, amir.year, amir.joined_on, amir.left_on) == (
        "Amir",
        "Khan",
        "4",
        TODAY,
        None,
    )
    assert (amir.steps, amir.on_tablet) == (None, True)
    assert classes_of("p-sian") == [("Birch", True)]
    assert adult("t-ali").email == "ali@hazelwood.example"
    audited = how_many(AuditEvent)
    again = take_in(ROSTERS / shape, LATER)
    assert again.is_empty
    assert how_many(AuditEvent) == audited


@pytest.mark.usefixtures("empty")
def test_passwords_phones_birth_dates_and_parents_are_nowhere_in_the_database() -> None:
    for shape in ("oneroster-1.1", "oneroster-1.2", "sds-v1-uk", "sds-v2.1", "flat/pupils-and-staff.csv"):
        take_in(ROSTERS / shape)
    connection = db.session.connection()
    everything = "".join(
        str(row)
        for table in inspect(connection).get_table_names()
        for row in connection.execute(text(f'SELECT * FROM "{table}"'))
    )
    assert "Amir" in everything
    assert [piece for piece in NEVER_STORED if piece in everything] == []


@pytest.mark.usefixtures("empty")
def test_going_from_one_shape_to_another_keeps_everybody() -> None:
    take_in(ROSTERS / "sds-v1-uk")
    ids = {one.source_id: one.id for one in db.session.scalars(select(Pupil))}
    for shape in SHAPES:
        take_in(ROSTERS / shape)
    assert {one.source_id: one.id for one in db.session.scalars(select(Pupil))} == ids
    assert how_many(SchoolClass) == 2
    assert db.session.scalar(select(func.count()).where(Pupil.left_on.is_not(None))) == 0


@pytest.mark.usefixtures("empty")
def test_children_of_one_class_have_pictures_of_their_own() -> None:
    rows = "".join(f"Given{n},Family{n},U{n},Oak\n" for n in range(40))
    take_in(read_roster_of(rows))
    pictures = list(db.session.scalars(select(Pupil.picture)))
    assert len(set(pictures)) == 40
    assert len({picture.rpartition("-")[0] for picture in pictures}) == 40


def read_roster_of(rows: str, folder: Path | None = None) -> Roster:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        return read_roster(file_with(folder or Path(made), "Forename,Surname,UPN,Class\n" + rows))


@pytest.mark.usefixtures("empty")
def test_somebody_new_does_not_get_the_picture_of_a_classmate() -> None:
    take_in(read_roster_of("".join(f"Given{n},Family{n},U{n},Oak\n" for n in range(45))))
    before = {one.upn: one.picture for one in db.session.scalars(select(Pupil))}
    take_in(read_roster_of("".join(f"Given{n},Family{n},U{n},Oak\n" for n in range(46))))
    after = {one.upn: one.picture for one in db.session.scalars(select(Pupil))}
    assert len({picture.rpartition("-")[0] for picture in after.values()}) == 46
    assert {upn: after[upn] for upn in before} == before


@pytest.mark.usefixtures("empty")
def test_leaving_keeps_the_child_and_coming_back_makes_them_present(tmp_path: Path) -> None:
    take_in(folder_with(tmp_path / "a", ONEROSTER))
    zofia = pupil("p-zofia").id
    users = "".join(ONEROSTER["users.csv"].splitlines(keepends=True)[:2])
    take_in(folder_with(tmp_path / "b", ONEROSTER | {"users.csv": users}), LATER)
    assert (pupil("p-zofia").id, pupil("p-zofia").left_on) == (zofia, LATER)
    take_in(tmp_path / "a", date(2027, 3, 1))
    assert (pupil("p-zofia").id, pupil("p-zofia").left_on, pupil("p-zofia").joined_on) == (zofia, None, TODAY)


@pytest.mark.usefixtures("empty")
def test_moving_class_and_a_class_that_closes_and_opens_again(tmp_path: Path) -> None:
    take_in(folder_with(tmp_path / "a", ONEROSTER))
    moved = {
        name: content.replace("c-oak,Oak", "c-elm,Elm").replace("c-oak", "c-elm")
        for name, content in ONEROSTER.items()
    }
    take_in(folder_with(tmp_path / "b", moved), LATER)
    assert classes_of("p-amir") == [("Elm", True)]
    closed = {one.name: one.closed_on for one in db.session.scalars(select(SchoolClass))}
    assert closed == {"Oak": LATER, "Elm": None}
    take_in(tmp_path / "a")
    assert classes_of("p-amir") == [("Oak", True)]
    assert {one.name: one.closed_on for one in db.session.scalars(select(SchoolClass))} == {
        "Oak": None,
        "Elm": TODAY,
    }
    assert how_many(SchoolClass) == 2


@pytest.mark.usefixtures("empty")
def test_usernames_and_upns_can_be_swapped(tmp_path: Path) -> None:
    rows = (
        "sourcedId,role,givenName,familyName,username,identifier\n"
        "p-amir,student,Amir,Khan,{}\np-zofia,student,Zofia,Nowak,{}\n"
    )
    one, other = "a,A999000116001", "b,B999000116002"
    take_in(folder_with(tmp_path / "a", ONEROSTER | {"users.csv": rows.format(one, other)}))
    take_in(folder_with(tmp_path / "b", ONEROSTER | {"users.csv": rows.format(other, one)}))
    assert (pupil("p-amir").username, pupil("p-amir").upn) == ("b", "B999000116002")
    assert (pupil("p-zofia").username, pupil("p-zofia").upn) == ("a", "A999000116001")


@pytest.mark.usefixtures("empty")
def test_an_address_handed_on_goes_from_the_leaver_to_the_newcomer(tmp_path: Path) -> None:
    users = "sourcedId,role,givenName,familyName,email\np-amir,student,Amir,Khan,\n{}\n"
    take_in(
        folder_with(
            tmp_path / "a", ONEROSTER | {"users.csv": users.format("t-roe,teacher,Jane,Roe,head@h.example")}
        )
    )
    take_in(
        folder_with(
            tmp_path / "b", ONEROSTER | {"users.csv": users.format("t-diaz,teacher,Luis,Diaz,head@h.example")}
        ),
        LATER,
    )
    assert (adult("t-roe").email, adult("t-roe").left_on) == (None, LATER)
    assert (adult("t-diaz").email, adult("t-diaz").left_on) == ("head@h.example", None)


def test_the_cast_entered_by_hand_stays_as_it_is(app: Flask, school: School) -> None:
    with app.app_context():
        people = {one.id: (one.given_name, one.left_on, one.picture) for one in db.session.scalars(select(Pupil))}
        plan = take_in(ROSTERS / "oneroster-1.1")
        assert plan.pupils_left == ()
        kept = {one.id: (one.given_name, one.left_on, one.picture) for one in db.session.scalars(select(Pupil))}
        assert {key: kept[key] for key in people} == people
        assert how_many(Pupil) == len(people) + 5
        mrs_ali = db.session.get(Adult, school.adults["ali"])
        assert mrs_ali is not None
        assert (mrs_ali.source_id, mrs_ali.called, mrs_ali.given_name) == ("t-ali", "Mrs Ali", "Saima")
        oak = db.session.get(SchoolClass, school.classes["oak"])
        assert oak is not None
        assert oak.source_id == "c-oak"  # the tablet that shows Oak goes on showing it
        assert take_in(ROSTERS / "oneroster-1.1").is_empty


@pytest.mark.usefixtures("empty")
def test_the_import_is_recorded_without_names() -> None:
    by = Actor(account_id=add_staff("Ms Patel", "patel@h.example", ["admin"], KEYBOARD).account_id)
    plan = plan_import(read_roster(ROSTERS / "oneroster-1.1"), present())
    apply_plan(plan, by, TODAY)
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "roster_imported")).one()
    assert event.account_id == by.account_id
    assert event.details["source"] == "OneRoster 1.1, oneroster-1.1"
    assert event.details["counts"]["pupils_new"] == 5
    assert "Amir" not in str(event.details)


@pytest.mark.usefixtures("empty")
def test_an_error_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    from kiosk.people.roster import store

    def fail(*_: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(store, "_write_teaching", fail)
    with pytest.raises(RuntimeError, match="half way"):
        take_in(ROSTERS / "oneroster-1.1")
    assert [how_many(model) for model in (Pupil, Adult, SchoolClass, Enrolment, AuditEvent)] == [0, 0, 0, 0, 0]


@pytest.mark.usefixtures("empty")
def test_a_plan_from_before_somebody_changed_the_school_is_refused() -> None:
    plan = plan_import(read_roster(ROSTERS / "oneroster-1.1"), present())
    with writing() as session:
        session.execute(insert(Pupil).values(given_name="Lena", family_name="Novak", picture="cat-1"))
    with pytest.raises(RosterRefused, match="Somebody changed pupils"):
        apply_plan(plan, KEYBOARD, TODAY)
    assert how_many(Pupil) == 1


@pytest.mark.usefixtures("empty")
def test_a_refused_plan_is_not_written() -> None:
    take_in(ROSTERS / "oneroster-1.1")
    roster = read_roster(ROSTERS / "oneroster-1.1")
    plan = plan_import(replace(roster, pupils=roster.pupils[:1], enrolments=()), present())
    with pytest.raises(RosterRefused, match="would make 4 of 5 pupils leave"):
        apply_plan(plan, KEYBOARD, TODAY)
    assert db.session.scalar(select(func.count()).where(Pupil.left_on.is_not(None))) == 0


def run(path: Path, **options: bool) -> tuple[int, str]:
    """Exit code and everything printed."""
    lines: list[str] = []
    code = import_roster(path, apply=options.pop("apply", False), echo=lines.append, **options)  # type: ignore[arg-type]
    return code, "\n".join(lines)


@pytest.mark.usefixtures("empty")
def test_the_command_shows_first_and_writes_only_when_asked() -> None:
    code, shown = run(ROSTERS / "messy-oneroster")
    assert code == 0
    assert shown.splitlines()[0] == "OneRoster 1.1, messy-oneroster: 2 pupils, 1 staff, 2 classes"
    assert "New pupils: 2\n  Amir Khan, Oak\n  Zosia Nowak, Oak\n" in shown
    assert "New staff: 1\n  Saima Ali\n" in shown
    assert "  users.CSV, line 5: The first name is empty.\n" in shown
    assert "--apply" in shown
    assert how_many(Pupil) == 0
    code, shown = run(ROSTERS / "messy-oneroster", apply=True)
    assert (code, how_many(Pupil)) == (0, 2)
    assert "Done" in shown
    assert "Nothing would change." in run(ROSTERS / "messy-oneroster", apply=True)[1]


@pytest.mark.usefixtures("empty")
def test_the_command_shows_at_most_twenty_names_of_a_kind(tmp_path: Path) -> None:
    rows = "".join(f"Given{n:02},Family{n:02},U{n},Oak\n" for n in range(25))
    shown = run(file_with(tmp_path, "Forename,Surname,UPN,Class\n" + rows))[1]
    assert "New pupils: 25" in shown
    assert "Given19 Family19" in shown
    assert "Given20 Family20" not in shown
    assert "  and 5 more" in shown


@pytest.mark.usefixtures("empty")
def test_the_command_says_who_would_leave_before_it_refuses(tmp_path: Path) -> None:
    run(folder_with(tmp_path / "a", ONEROSTER), apply=True)
    users = ONEROSTER["users.csv"].splitlines()[0] + "\np-tomi,student,hazelwood,Tomi,Adeyemi,tomi\n"
    wrong = folder_with(tmp_path / "b", ONEROSTER | {"users.csv": users})
    lines: list[str] = []
    with pytest.raises(RosterRefused, match="would make 2 of 2 pupils leave"):
        import_roster(wrong, apply=True, echo=lines.append)
    assert "Pupils who leave: 2" in lines
    assert how_many(Pupil) == 2
    run(wrong, apply=True, allow_many_leavers=True)
    assert how_many(Pupil) == 3


def test_two_thousand_pupils_are_one_import(empty_app: Flask, count_statements: Callable[[], int]) -> None:
    with empty_app.app_context():
        rows = "".join(f"Given{n},Family{n},U{n},Class {n % 70}\n" for n in range(2000))
        before = count_statements()
        take_in(read_roster_of(rows))
        assert how_many(Pupil) == 2000
        assert count_statements() - before < 60


@pytest.fixture
def count_statements(empty_app: Flask) -> Iterator[Callable[[], int]]:
    """How many statements went to the database so far (many rows of one statement count once)."""
    from sqlalchemy import event

    sent = 0

    def count(*_: object) -> None:
        nonlocal sent
        sent += 1

    with empty_app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    yield lambda: sent
    with empty_app.app_context():
        event.remove(db.engine, "before_cursor_execute", count)
