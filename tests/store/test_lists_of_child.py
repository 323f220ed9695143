"""The weekly lists of one child: those between two days, newest first, with what was decided; nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from kiosk.audit import KEYBOARD, Actor
from kiosk.db import db, utc_now, writing
from kiosk.patterns.child.chronology import chronology_export, chronology_of
from kiosk.patterns.child.left_out import bring_back, leave_out
from kiosk.patterns.different import making
from kiosk.patterns.different.entries import keep_next_step, week_of
from kiosk.patterns.different.making import make_list
from kiosk.patterns.different.of_child import OnList, on_lists
from kiosk.patterns.models import ListEntry, WeeklyList
from kiosk.people.models import Account
from kiosk.school.store import change_setting
from kiosk.wording import Sentence, joined
from tests.cast import School, email_of

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 20)
SENTENCE = "On four of the last five school days the hardest answer was 4 or 5; usually on 4 of 40 days."
MADE_OF = Sentence(
    "On each of the last %(days)s the hardest answer was %(steps)s.", days="ten days", steps="4 or 5"
)


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def bell(school: School) -> Actor:
    account = db.session.scalars(select(Account).where(Account.email == email_of("bell"))).one()
    return Actor(account_id=account.id, adult_id=account.adult_id)


def a_list(last_day: date, *entries: tuple[int, str], made_of: Sentence | None = None) -> list[int]:
    """A list about the days up to a Friday, shown from the Monday after, that names these; the entries' ids.

    Without what their sentence is made of they are of a time before that was kept.
    """
    with writing() as session:
        week = WeeklyList(
            shown_from=last_day + timedelta(days=3), last_day=last_day, left_out=0, made_at=utc_now()
        )
        session.add(week)
        session.flush()
        rows = [
            ListEntry(
                list_id=week.id,
                pupil_id=pupil_id,
                kind=kind,
                place=place,
                sentence=made_of or SENTENCE,
                made_of=made_of,
            )
            for place, (pupil_id, kind) in enumerate(entries)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)


def on(pupil_id: int) -> list[tuple[date, str]]:
    return [(one.shown_from, one.kind) for one in on_lists(pupil_id, FIRST, LAST)]


def test_the_newest_first_and_within_a_list_in_its_order(school: School) -> None:
    amir = school.pupils["amir"]
    a_list(date(2026, 11, 6), (amir, "calmer"))
    a_list(date(2026, 11, 13), (amir, "different"), (amir, "rule"))
    assert on(amir) == [
        (date(2026, 11, 16), "different"),
        (date(2026, 11, 16), "rule"),
        (date(2026, 11, 9), "calmer"),
    ]
    assert on_lists(amir, FIRST, LAST)[0].sentence == SENTENCE


def test_an_old_entry_says_its_english_and_a_new_one_what_it_is_made_of(school: School) -> None:
    """On the child's lists, on the week's, and in the chronology for the school's records, which stays English."""
    amir = school.pupils["amir"]
    old, new = date(2026, 11, 6), date(2026, 11, 13)
    a_list(old, (amir, "different"))
    a_list(new, (amir, "different"), made_of=MADE_OF)
    of_new, of_old = [one.sentence for one in on_lists(amir, FIRST, LAST)]
    (in_new,), (in_old,) = (
        [one.sentence for one in week.entries]
        for day in (new, old)
        if (week := week_of(day + timedelta(days=3))) is not None
    )
    assert [of_new, of_old] == [in_new, in_old] == [MADE_OF, SENTENCE]
    assert not isinstance(of_old, Sentence)
    assert isinstance(of_new, Sentence)
    assert isinstance(in_new, Sentence)
    assert (of_new.pattern, of_new.values) == (in_new.pattern, in_new.values) == (MADE_OF.pattern, MADE_OF.values)
    export = chronology_export(chronology_of(amir, KEYBOARD))
    told = [row for row in export.sheets[0].rows if "On the weekly list" in row]
    assert [said for row in told for said in row if said in (SENTENCE, MADE_OF)] == [SENTENCE, MADE_OF]


def test_what_does_not_fit_is_cut_off_in_the_english_alone(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five plain rules at once say more than there is room for beside what they are made of."""
    long = joined([MADE_OF] * 6, " ")
    amir, at = school.pupils["amir"], date(2026, 11, 16)
    monkeypatch.setattr(making, "_by_rules", lambda *_: [(amir, long)])
    assert make_list(at, KEYBOARD)
    entry = db.session.scalars(select(ListEntry)).one()
    assert entry.sentence == long[:300]
    week = week_of(at)
    assert week is not None
    assert [one.sentence for one in week.by_rule] == [long]


def test_a_list_belongs_to_the_days_it_looked_at(school: School) -> None:
    """That of the holiday's Monday is about the last week of term, that of the first Monday of none of it."""
    amir = school.pupils["amir"]
    for last_day in (FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)):
        a_list(last_day, (amir, "different"))
    assert [day for day, _kind in on(amir)] == [LAST + timedelta(days=3), FIRST + timedelta(days=3)]


def test_nobody_elses(school: School, bell: Actor) -> None:
    amir, zofia = school.pupils["amir"], school.pupils["zofia"]
    of_zofia, _of_amir = a_list(date(2026, 11, 13), (zofia, "different"), (amir, "different"))
    keep_next_step(of_zofia, "decided", "Breakfast with Zofia.", bell)
    (one,) = on_lists(amir, FIRST, LAST)
    assert one == OnList(date(2026, 11, 16), "different", SENTENCE, [])
    assert on_lists(school.pupils["tomi"], FIRST, LAST) == []


def test_what_happened_next_in_the_order_in_which_it_was_written(school: School, bell: Actor) -> None:
    amir = school.pupils["amir"]
    (entry,) = a_list(date(2026, 11, 13), (amir, "different"))
    keep_next_step(entry, "seen", "", bell)
    keep_next_step(entry, "decided", "Mrs Ali has breakfast with him.", bell)
    keep_next_step(entry, "outcome", "He laughs again.", bell)
    (one,) = on_lists(amir, FIRST, LAST)
    assert [(step.kind, step.words, step.by) for step in one.steps] == [
        ("seen", "", "Mr Bell"),
        ("decided", "Mrs Ali has breakfast with him.", "Mr Bell"),
        ("outcome", "He laughs again.", "Mr Bell"),
    ]
    assert all(step.at.utcoffset() is not None for step in one.steps)


def test_none_of_a_child_who_is_left_out(school: School, bell: Actor) -> None:
    amir = school.pupils["amir"]
    a_list(date(2026, 11, 13), (amir, "different"))
    leave_out(amir, "Agreed with his parents.", bell)
    assert on_lists(amir, FIRST, LAST) == []
    bring_back(amir, bell)
    assert len(on_lists(amir, FIRST, LAST)) == 1


def test_none_in_a_school_that_has_switched_the_list_off_and_nothing_is_asked(school: School) -> None:
    amir = school.pupils["amir"]
    a_list(date(2026, 11, 13), (amir, "different"))
    change_setting("patterns_different", "no", KEYBOARD)
    with statements() as asked:
        assert on_lists(amir, FIRST, LAST) == []
    assert not any("list_entry" in each for each in asked)


def test_it_is_one_statement_however_many_lists_there_are(school: School, bell: Actor) -> None:
    amir = school.pupils["amir"]
    for last_day in (date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)):
        (entry,) = a_list(last_day, (amir, "different"))
        keep_next_step(entry, "seen", "", bell)
    with statements() as asked:
        assert len(on_lists(amir, FIRST, LAST)) == 3
    assert sum("list_entry" in each or "next_step" in each for each in asked) == 1
