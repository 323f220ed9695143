"""The counts of check-ins are those of the check-ins, whatever was done to them, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import delete, insert, select, update

from kiosk.audit import KEYBOARD
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.feelings.rules import NewCheckIn
from kiosk.feelings.store import add_check_in, current_scale, undo_check_in
from kiosk.migrations import HERE, migrate_database
from kiosk.patterns.models import ClassHour, PupilDay, SchoolHour
from kiosk.people.models import Enrolment, Pupil, SchoolClass
from kiosk.people.tablets import PairedTablet, pair_tablet, recognise
from kiosk.school.store import change_setting
from tests.cast import School

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context(), time_machine.travel(NINE + timedelta(hours=3), tick=False):
        yield


@pytest.fixture
def tablet(school: School) -> PairedTablet:
    _tablet, token = pair_tablet("Everyone's tablet", ["all"], KEYBOARD)
    found = recognise(token)
    assert found
    return found


def feel(tablet: PairedTablet, pupil_id: int, step: int, at: datetime) -> UUID:
    key = uuid4()
    add_check_in(NewCheckIn(key, pupil_id, step, at), tablet)
    return key


Kept = tuple[dict[tuple[object, ...], tuple[int, ...]], ...]


def kept() -> Kept:
    """What the tables say."""
    session = db.session()
    return (
        {(r.school_day, r.pupil_id): _counts(r) for r in session.execute(select(*PupilDay.__table__.c))},
        {
            (r.school_day, r.hour): (r.children, *_counts(r))
            for r in session.execute(select(*SchoolHour.__table__.c))
        },
        {
            (r.school_day, r.class_id, r.hour): (r.children, *_counts(r))
            for r in session.execute(select(*ClassHour.__table__.c))
        },
    )


def counted() -> Kept:
    """What the check-ins say."""
    rows = db.session().execute(select(*CheckIn.__table__.c)).all()

    def by(*names: str, children: bool) -> dict[tuple[object, ...], tuple[int, ...]]:
        found: dict[tuple[object, ...], Counter[int]] = {}
        who: dict[tuple[object, ...], set[int]] = {}
        for row in rows:
            key = tuple(getattr(row, name) for name in names)
            found.setdefault(key, Counter())[row.intensity] += 1
            who.setdefault(key, set()).add(row.pupil_id)
        return {
            key: ((len(who[key]),) if children else ()) + tuple(counts[n] for n in range(1, 6))
            for key, counts in found.items()
        }

    by_class = by("school_day", "class_id", "hour", children=True)
    whole: dict[tuple[object, ...], tuple[int, ...]] = {}
    for (day, _class_id, hour), counts in by_class.items():
        whole[day, hour] = tuple(map(sum, zip(counts, whole.get((day, hour), (0,) * 6), strict=True)))
    return by("school_day", "pupil_id", children=False), whole, by_class


def _counts(row: object) -> tuple[int, ...]:
    return tuple(getattr(row, f"n{number}") for number in range(1, 6))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_anything_that_happens_they_are_the_same(school: School, tablet: PairedTablet, seed: int) -> None:
    rng = Random(seed)
    pupils = list(school.pupils.values())
    keys: list[UUID] = []
    for _ in range(60):
        what = rng.random()
        if what < 0.6 or not keys:
            at = NINE - timedelta(days=rng.choice((0, 0, 1)), minutes=rng.randint(0, 240))
            keys.append(feel(tablet, rng.choice(pupils), rng.randint(1, 5), at))
        elif what < 0.7:
            undo_check_in(rng.choice(keys), tablet, utc_now())
        elif what < 0.8:  # given to the child it was
            with writing() as session:
                moved = update(CheckIn).where(CheckIn.key == rng.choice(keys))
                session.execute(moved.values(pupil_id=rng.choice(pupils)))
        elif what < 0.85:  # several rows in one statement
            with writing() as session:
                some = CheckIn.key.in_(rng.sample(keys, min(4, len(keys))))
                session.execute(delete(CheckIn).where(some))
        elif what < 0.9:
            with writing() as session:
                moved = update(CheckIn).where(CheckIn.pupil_id == rng.choice(pupils))
                session.execute(moved.values(intensity=rng.randint(1, 5)))
        else:
            change_setting("scale_direction", rng.choice(("calm_is_1", "calm_is_5")), KEYBOARD)
    assert kept() == counted()
    with writing() as session:
        session.execute(delete(CheckIn))
    assert kept() == ({}, {}, {})


def test_many_at_once_are_counted_as_one_by_one(school: School) -> None:
    scale = current_scale()
    rows = [
        {
            "key": uuid4(),
            "pupil_id": pupil_id,
            "scale_version_id": scale.id,
            "step": step,
            "intensity": step,
            "felt_at": NINE,
            "received_at": NINE,
            "school_day": NINE.date(),
            "hour": 9,
            "class_id": school.classes["oak"],
            "clock_odd": False,
        }
        for pupil_id in (school.pupils["amir"], school.pupils["zofia"])
        for step in (1, 4, 4)
    ]
    with writing() as session:
        session.execute(insert(CheckIn), rows)
    assert kept() == counted()
    assert kept()[1] == {(NINE.date(), 9): (2, 2, 0, 0, 4, 0)}


def test_the_same_tap_sent_twice_is_counted_once(school: School, tablet: PairedTablet) -> None:
    entry = NewCheckIn(uuid4(), school.pupils["amir"], 4, NINE)
    assert [add_check_in(entry, tablet), add_check_in(entry, tablet)] == [True, False]
    assert kept()[0] == {(NINE.date(), school.pupils["amir"]): (0, 0, 0, 1, 0)}


def test_what_was_not_kept_is_not_counted(school: School, tablet: PairedTablet) -> None:
    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), writing():
        feel(tablet, school.pupils["amir"], 4, NINE)
        raise PowerCut
    assert kept() == ({}, {}, {})


def test_a_child_who_is_erased_leaves_no_count(school: School, tablet: PairedTablet) -> None:
    feel(tablet, school.pupils["amir"], 4, NINE)
    feel(tablet, school.pupils["amir"], 2, NINE - timedelta(days=1))
    feel(tablet, school.pupils["zofia"], 1, NINE)
    with writing() as session:
        session.execute(delete(Pupil).where(Pupil.id == school.pupils["amir"]))
    assert list(kept()[0]) == [(NINE.date(), school.pupils["zofia"])]
    assert kept() == counted()


def test_a_check_in_stays_with_the_class_and_hour_of_its_time(school: School, tablet: PairedTablet) -> None:
    feel(tablet, school.pupils["amir"], 2, NINE)
    with writing() as session:
        session.execute(
            update(Enrolment)
            .where(Enrolment.pupil_id == school.pupils["amir"])
            .values(class_id=school.classes["birch"])
        )
        session.add(Pupil(given_name="Ravi", family_name="", picture="cat-1"))
    ravi = db.session.execute(select(Pupil.id).where(Pupil.given_name == "Ravi")).scalar_one()
    feel(tablet, school.pupils["amir"], 2, NINE + timedelta(hours=1))
    feel(tablet, ravi, 1, NINE)
    assert set(kept()[2]) == {
        (NINE.date(), school.classes["oak"], 9),
        (NINE.date(), school.classes["birch"], 10),
        (NINE.date(), 0, 9),
    }


def test_the_hour_is_that_of_the_schools_clock_and_of_a_wrong_tablet_ours(
    school: School, tablet: PairedTablet
) -> None:
    with time_machine.travel(datetime(2026, 6, 19, 23, 30, tzinfo=UTC), tick=False):
        feel(tablet, school.pupils["amir"], 1, utc_now())
    feel(tablet, school.pupils["zofia"], 1, NINE + timedelta(hours=9))
    assert {(day, hour) for day, _class, hour in kept()[2]} == {(date(2026, 6, 20), 0), (NINE.date(), 12)}


def test_check_ins_of_before_are_counted_when_the_database_is_brought_up_to_date(
    school: School, tablet: PairedTablet
) -> None:
    with writing() as session:
        session.execute(
            update(SchoolClass).where(SchoolClass.id == school.classes["oak"]).values(closed_on=date(2026, 7, 20))
        )
    for at in (NINE, NINE + timedelta(hours=9), NINE - timedelta(days=1)):
        feel(tablet, school.pupils["amir"], 3, at)
        feel(tablet, school.pupils["tomi"], 5, at)
    before = kept()
    db.session.remove()
    downgrade(directory=str(HERE), revision="0005")
    migrate_database()
    assert kept() == before == counted()
    feel(tablet, school.pupils["amir"], 1, NINE)
    assert kept() == counted() != before
