"""Mrs Ali promises Amir Tuesdays at 09:10. It is Tuesday the 24th of November 2026, school is Monday to Friday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, update

from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.db import db, writing
from kiosk.minding.meetings import became, meetings_of, missed, nobody_keeps, planned_today
from kiosk.minding.next_times import planned_for_tablet
from kiosk.minding.planned import (
    NoSuchTime,
    end_promise,
    planned_of,
    promise,
    pupils_promised,
    times_with,
)
from kiosk.minding.rules import NewTime, PromiseRefused
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.models import Adult, Pupil
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.school.models import SchoolDates
from kiosk.school.store import change_setting, forget_settings
from tests.cast import School
from tests.store.near import near_adult

TUESDAY = date(2026, 11, 24)
A_WEEK = timedelta(days=7)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def tuesday_morning(school: School, oak: PairedTablet) -> Iterator[time_machine.Coordinates]:
    change_setting("school_days", "mon-fri", KEYBOARD)
    with time_machine.travel(datetime.combine(TUESDAY, time(8), LONDON), tick=False) as clock:
        yield clock


def morning_of(day: date) -> datetime:
    return datetime.combine(day, time(8), LONDON)


def go_to(clock: time_machine.Coordinates, day: date, at: time = time(8)) -> None:
    clock.move_to(datetime.combine(day, at, LONDON))


def tuesdays(school: School, who: str = "ali") -> NewTime:
    return NewTime(school.adults[who], weekday=1, at=time(9, 10), how="draw", first_day=TUESDAY)


def promised(school: School, who: str = "ali", pupil: str = "amir") -> int:
    return promise(school.pupils[pupil], tuesdays(school, who), near_adult(school, who))


class TestPromising:
    def test_the_child_and_the_adult_see_what_was_promised(self, school: School, oak: PairedTablet) -> None:
        promised(school)
        (next_time,) = planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))
        assert (next_time.adult, next_time.day, next_time.at, next_time.how) == (
            "Mrs Ali",
            TUESDAY,
            time(9, 10),
            "draw",
        )
        (mine,) = planned_today(school.adults["ali"], TUESDAY)
        assert (mine.planned.pupil, mine.became) == ("Amir Khan", None)
        assert [one.adult for one in planned_of(school.pupils["amir"], near_adult(school, "okafor"))] == [
            "Mrs Ali"
        ]

    def test_another_adult_can_be_promised_and_is_near_by_the_promise(self, school: School) -> None:
        amir = school.pupils["amir"]
        promise(amir, tuesdays(school, "shah"), near_adult(school, "ali"))
        assert pupils_promised(school.adults["shah"]) == {amir}
        assert [one.planned.pupil for one in planned_today(school.adults["shah"], TUESDAY)] == ["Amir Khan"]

    def test_promised_after_its_hour_it_begins_next_week(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        go_to(tuesday_morning, TUESDAY, time(14))
        promised(school)
        assert planned_today(school.adults["ali"], TUESDAY) == []
        assert len(planned_today(school.adults["ali"], TUESDAY + A_WEEK)) == 1

    def test_somebody_who_is_not_near_promises_nothing_and_sees_nothing(self, school: School) -> None:
        planned_id = promised(school)
        shah, amir = near_adult(school, "shah"), school.pupils["amir"]
        with pytest.raises(NoSuchPupil):
            promise(amir, tuesdays(school, "shah"), shah)
        with pytest.raises(NoSuchPupil):
            planned_of(amir, shah)
        with pytest.raises(NoSuchPupil):
            meetings_of(amir, shah, TUESDAY)
        with pytest.raises(NoSuchTime):
            end_promise(planned_id, shah, TUESDAY)
        with pytest.raises(NoSuchTime):
            became(planned_id, TUESDAY, "met", None, shah)
        assert missed(shah, TUESDAY) == []
        assert pupils_promised(school.adults["shah"]) == frozenset()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"weekday": 6}, "school is open"),
            ({"weekday": 9}, "school is open"),
            ({"how": "fly"}, "do together"),
            ({"first_day": TUESDAY - timedelta(days=1)}, "today or a later day"),
            ({"first_day": date.max}, "more than a year away"),
            ({"adult_id": 999_999}, "works here"),
        ],
    )
    def test_what_nobody_could_keep_is_refused(
        self, school: School, change: dict[str, object], sentence: str
    ) -> None:
        entry = replace(tuesdays(school), **change)  # type: ignore[arg-type]
        with pytest.raises(PromiseRefused, match=sentence):
            promise(school.pupils["amir"], entry, near_adult(school, "ali"))

    def test_an_adult_who_left_or_cannot_sign_in_is_not_promised(self, school: School) -> None:
        with writing() as session:
            reed = Adult(given_name="Joe", family_name="Reed", called="Mr Reed", picture="oak-1")
            session.add(reed)
        with pytest.raises(PromiseRefused, match="Mr Reed cannot sign in"):
            promise(school.pupils["amir"], replace(tuesdays(school), adult_id=reed.id), near_adult(school, "ali"))
        set_presence(school.adults["okafor"], Presence(left_on=TUESDAY), KEYBOARD)
        with pytest.raises(PromiseRefused, match="works here"):
            promise(school.pupils["amir"], tuesdays(school, "okafor"), near_adult(school, "ali"))

    def test_the_same_time_is_promised_once(self, school: School) -> None:
        promised(school)
        with pytest.raises(PromiseRefused, match="already"):
            promised(school)


class TestEnding:
    def test_after_its_last_day_nobody_waits_for_it(self, school: School, oak: PairedTablet) -> None:
        planned_id = promised(school)
        end_promise(planned_id, near_adult(school, "okafor"), TUESDAY)
        amir = school.pupils["amir"]
        assert [one.day for one in planned_for_tablet(amir, oak, morning_of(TUESDAY))] == [TUESDAY]
        assert planned_for_tablet(amir, oak, morning_of(TUESDAY + timedelta(days=1))) == []

    def test_it_cannot_end_in_the_past_and_so_hide_what_was_missed(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        planned_id = promised(school)
        go_to(tuesday_morning, TUESDAY + timedelta(days=2))
        with pytest.raises(PromiseRefused, match="today or a later day"):
            end_promise(planned_id, near_adult(school, "ali"), TUESDAY - timedelta(days=1))
        assert len(missed(near_adult(school, "ali"), TUESDAY)) == 1

    def test_what_has_ended_does_not_come_back(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        planned_id, ali = promised(school), near_adult(school, "ali")
        end_promise(planned_id, ali, TUESDAY)
        go_to(tuesday_morning, TUESDAY + 2 * A_WEEK)
        with pytest.raises(PromiseRefused, match="has ended already"):
            end_promise(planned_id, ali, TUESDAY + 4 * A_WEEK)
        assert planned_of(school.pupils["amir"], ali) == []
        assert missed(ali, TUESDAY + A_WEEK) == []


class TestWhatBecameOfIt:
    def test_we_met_is_not_missed_and_the_child_sees_the_next_one(self, school: School, oak: PairedTablet) -> None:
        became(promised(school), TUESDAY, "met", None, near_adult(school, "ali"))
        assert planned_today(school.adults["ali"], TUESDAY)[0].became == "met"
        assert missed(near_adult(school, "ali"), TUESDAY) == []
        assert planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))[0].day == TUESDAY + A_WEEK

    def test_not_today_shows_at_once_with_its_reason_and_can_be_mended(self, school: School) -> None:
        planned_id, ali = promised(school), near_adult(school, "ali")
        became(planned_id, TUESDAY, "missed", "  Fire \n drill ", ali)
        assert [(one.day, one.why) for one in missed(ali, TUESDAY)] == [(TUESDAY, "Fire drill")]
        became(planned_id, TUESDAY, "met", None, ali)
        assert missed(ali, TUESDAY) == []

    def test_a_past_school_day_of_which_nobody_said_anything_is_missed(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        promised(school)
        ali = near_adult(school, "ali")
        assert missed(ali, TUESDAY) == []
        go_to(tuesday_morning, TUESDAY + timedelta(days=9))
        assert [one.day for one in missed(ali, TUESDAY)] == [TUESDAY + A_WEEK, TUESDAY]
        assert [one.became for one in meetings_of(school.pupils["amir"], ali, TUESDAY)] == [None, None]

    def test_it_ends_with_the_last_day_of_the_adult_who_promised_it(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        planned_id, amir, novak = promised(school), school.pupils["amir"], near_adult(school, "novak")
        set_presence(school.adults["ali"], Presence(left_on=TUESDAY + timedelta(days=3)), KEYBOARD)
        assert [one.adult for one in planned_of(amir, novak)] == ["Mrs Ali"]
        go_to(tuesday_morning, TUESDAY + 2 * A_WEEK)
        assert [one.day for one in missed(novak, TUESDAY)] == [TUESDAY], "not the week after, when she had left"
        assert planned_of(amir, novak) == []
        assert [one.id for one in times_with(school.adults["ali"], amir)] == [planned_id]
        with pytest.raises(PromiseRefused, match="ended already"):
            end_promise(planned_id, novak, TUESDAY + 2 * A_WEEK)

    def test_a_day_on_which_school_was_closed_is_not_missed(
        self, school: School, oak: PairedTablet, tuesday_morning: time_machine.Coordinates
    ) -> None:
        promised(school)
        with writing() as session:
            session.add(SchoolDates(kind="closed", first_day=TUESDAY, last_day=TUESDAY, name="Snow"))
        forget_settings()
        assert planned_today(school.adults["ali"], TUESDAY) == []
        assert planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))[0].day == TUESDAY + A_WEEK
        go_to(tuesday_morning, TUESDAY + timedelta(days=1))
        assert missed(near_adult(school, "ali"), TUESDAY) == []

    def test_an_adult_who_was_away_missed_it_the_child_waited_all_the_same(
        self, school: School, tuesday_morning: time_machine.Coordinates
    ) -> None:
        promised(school)
        set_presence(school.adults["ali"], Presence(away_from=TUESDAY, away_until=TUESDAY), KEYBOARD)
        go_to(tuesday_morning, TUESDAY + timedelta(days=1))
        assert [one.day for one in missed(near_adult(school, "okafor"), TUESDAY)] == [TUESDAY]

    @pytest.mark.parametrize("day", [TUESDAY + A_WEEK, TUESDAY + timedelta(days=1), TUESDAY - A_WEEK])
    def test_nothing_is_said_of_a_day_for_which_nothing_was_promised_or_that_is_to_come(
        self, school: School, day: date
    ) -> None:
        planned_id = promised(school)
        with pytest.raises(PromiseRefused, match="no planned time"):
            became(planned_id, day, "met", None, near_adult(school, "ali"))

    def test_the_adult_who_promised_says_it_also_when_near_by_nothing_else(self, school: School) -> None:
        planned_id = promise(school.pupils["amir"], tuesdays(school, "shah"), near_adult(school, "ali"))
        became(planned_id, TUESDAY, "met", None, near_adult(school, "shah"))
        assert planned_today(school.adults["shah"], TUESDAY)[0].became == "met"


class TestOnTheTablet:
    def test_another_tablet_shows_none_of_it(self, school: School, oak: PairedTablet) -> None:
        promised(school)
        birch = recognise(school.birch_token)
        assert birch is not None
        assert planned_for_tablet(school.pupils["amir"], birch, morning_of(TUESDAY)) == []
        assert len(planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))) == 1

    def test_the_soonest_comes_first(self, school: School, oak: PairedTablet) -> None:
        amir, ali = school.pupils["amir"], near_adult(school, "ali")
        monday = NewTime(school.adults["okafor"], weekday=0, at=time(13), how=None, first_day=TUESDAY)
        promise(amir, monday, ali)
        promised(school)
        assert [one.adult for one in planned_for_tablet(amir, oak, morning_of(TUESDAY))] == [
            "Mrs Ali",
            "Mr Okafor",
        ]

    def test_a_child_kept_off_the_tablets_and_an_adult_who_left_are_not_shown(
        self, school: School, oak: PairedTablet
    ) -> None:
        promised(school)
        promised(school, "okafor", "zofia")
        set_presence(school.adults["ali"], Presence(left_on=TUESDAY), KEYBOARD)
        with writing() as session:
            session.execute(update(Pupil).where(Pupil.id == school.pupils["zofia"]).values(on_tablet=False))
        for who in ("amir", "zofia"):
            assert planned_for_tablet(school.pupils[who], oak, morning_of(TUESDAY)) == []


class TestWhoeverPromisedIsOut:
    """The child is told the truth at once, and somebody is asked to tell the child or to be there instead."""

    OUT = (
        Presence(tapped_on=TUESDAY, tapped_here=False),
        Presence(away_from=TUESDAY, away_until=TUESDAY),
        Presence(weekdays=0b1111101, tapped_on=TUESDAY, tapped_here=False),
        Presence(hours={"1": ("10:00", "15:00")}),
    )

    @pytest.mark.parametrize("presence", OUT[:2])
    def test_the_child_sees_the_next_time_the_adult_is_in(
        self, school: School, oak: PairedTablet, presence: Presence
    ) -> None:
        promised(school)
        set_presence(school.adults["ali"], presence, KEYBOARD)
        (shown,) = planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))
        assert shown.day == TUESDAY + A_WEEK

    def test_an_absence_over_weeks_is_passed_over(self, school: School, oak: PairedTablet) -> None:
        promised(school)
        away = Presence(away_from=TUESDAY, away_until=TUESDAY + timedelta(days=13))
        set_presence(school.adults["ali"], away, KEYBOARD)
        (shown,) = planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))
        assert shown.day == TUESDAY + 2 * A_WEEK

    @pytest.mark.parametrize("presence", [OUT[2], OUT[3], Presence(away_from=TUESDAY)])
    def test_of_somebody_who_is_never_in_for_it_nothing_is_promised(
        self, school: School, oak: PairedTablet, presence: Presence
    ) -> None:
        promised(school)
        set_presence(school.adults["ali"], presence, KEYBOARD)
        assert planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY)) == []

    def test_who_has_gone_home_keeps_nothing_more_today(self, school: School, oak: PairedTablet) -> None:
        promised(school)
        set_presence(school.adults["ali"], Presence(hours={"1": ("08:00", "12:00")}), KEYBOARD)
        amir = school.pupils["amir"]
        for hour, day in ((11, TUESDAY), (13, TUESDAY + A_WEEK)):
            (shown,) = planned_for_tablet(amir, oak, datetime.combine(TUESDAY, time(hour), LONDON))
            assert shown.day == day

    def test_at_lunch_a_time_may_be_spent_together(self, school: School, oak: PairedTablet) -> None:
        promised(school)
        set_presence(school.adults["ali"], Presence(lunch_from=time(9), lunch_until=time(10)), KEYBOARD)
        (shown,) = planned_for_tablet(school.pupils["amir"], oak, morning_of(TUESDAY))
        assert shown.day == TUESDAY

    @pytest.mark.parametrize("presence", OUT)
    def test_those_near_the_child_and_the_adult_see_that_somebody_has_to_tell_the_child(
        self, school: School, presence: Presence
    ) -> None:
        promised(school)
        okafor, ali = near_adult(school, "okafor"), near_adult(school, "ali")
        assert nobody_keeps(okafor) == []
        set_presence(school.adults["ali"], presence, KEYBOARD)
        assert [one.planned.pupil for one in nobody_keeps(okafor)] == ["Amir Khan"]
        assert nobody_keeps(near_adult(school, "shah")) == [], "who is not near"
        assert [one.is_alone for one in planned_today(ali.adult_id, TUESDAY)] == [True]

    @pytest.mark.parametrize("said", ["met", "missed"])
    def test_once_it_is_said_what_became_of_it_nothing_is_left_to_do(
        self, school: School, said: Literal["met", "missed"]
    ) -> None:
        planned_id, okafor = promised(school), near_adult(school, "okafor")
        set_presence(school.adults["ali"], self.OUT[0], KEYBOARD)
        became(planned_id, TUESDAY, said, None, okafor)
        assert nobody_keeps(okafor) == []
        assert [one.is_alone for one in planned_today(school.adults["ali"], TUESDAY)] == [False]


def test_every_change_is_on_record(school: School) -> None:
    planned_id, ali = promised(school), near_adult(school, "ali")
    became(planned_id, TUESDAY, "met", None, ali)
    end_promise(planned_id, ali, TUESDAY)
    rows = db.session.scalars(
        select(AuditEvent).where(AuditEvent.name.like("time%")).order_by(AuditEvent.id)
    ).all()
    assert [(row.name, row.pupil_id) for row in rows] == [
        ("time_promised", school.pupils["amir"]),
        ("time_became", school.pupils["amir"]),
        ("time_ended", school.pupils["amir"]),
    ]
