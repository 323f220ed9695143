"""Mrs Ali leaves next week: until the end of her last day she works here, and then no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from kiosk.alerts import channels, office
from kiosk.alerts.models import Delivery
from kiosk.alerts.outbox import claim_next
from kiosk.audit import KEYBOARD
from kiosk.chats import store as chats
from kiosk.chats.concerns import concerns_for, raise_concern
from kiosk.chats.outcome_rules import OutcomeEntry, OutcomeRefused
from kiosk.db import db, utc_now, writing
from kiosk.minding.ending_rules import EndingPlan
from kiosk.minding.endings import endings_due, keep_ending, nobody_can_be_asked
from kiosk.minding.next_times import planned_for_tablet
from kiosk.minding.planned import promise
from kiosk.minding.rules import NewTime, PromiseRefused
from kiosk.people.accounts import staff_without_account
from kiosk.people.high5 import AT_THE_KEYBOARD, adults_to_choose_from
from kiosk.people.high5_start import plan_starts
from kiosk.people.models import Account, Adult, High5, Teaching
from kiosk.people.near import pupils_near
from kiosk.people.presence import colleague, everybody
from kiosk.people.roster.model import Roster, RosterAdult, RosterPupil
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.store import apply_plan, present
from kiosk.people.rules import Presence
from kiosk.people.store import adults_who_can_receive, adults_with_role, high5_of, set_high5, set_presence
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import local_now
from kiosk.voices.store import adults_to_name
from tests.cast import School
from tests.clock import school_morning
from tests.pushes import PushService
from tests.store.conftest import asker, new_chat
from tests.store.near import near_adult

A_DAY = timedelta(days=1)
A_WEEK = 7 * A_DAY


@pytest.fixture(autouse=True)
def clock(oak: PairedTablet) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(school_morning(), tick=False) as clock:
        yield clock


@pytest.fixture
def gone_on(school: School, clock: time_machine.Coordinates) -> date:
    """Ali, Novak and Green leave in a week; the first day without them."""
    day = local_now().date() + A_WEEK
    for who in ("ali", "novak", "green"):
        set_presence(school.adults[who], Presence(left_on=day), KEYBOARD)
    return day


def works_here(school: School) -> dict[str, Callable[[str], bool]]:
    """Each place that asks who works here, and its answer about one of the cast."""

    def among(ids: Callable[[], object]) -> Callable[[str], bool]:
        return lambda who: school.adults[who] in ids()  # type: ignore[operator]

    return {
        "may be chosen for a High 5": among(lambda: {one.id for one in adults_to_choose_from()}),
        "is on the list of who is in": among(lambda: {one.adult.id for one in everybody()}),
        "can be handed a request": among(lambda: {one.id for one in adults_who_can_receive(local_now())}),
        "can be alerted at an address": among(lambda: {one.adult_id for one in office.who_can_be_alerted()}),
        "can lend a recording a name": among(lambda: {number for number, _called in adults_to_name()}),
    }


def test_until_their_last_day_is_over_they_work_here_everywhere(
    school: School, gone_on: date, clock: time_machine.Coordinates
) -> None:
    places = works_here(school)
    assert [place for place, asks in places.items() if not asks("ali")] == []
    clock.shift(A_WEEK - A_DAY)
    assert [place for place, asks in places.items() if not asks("ali")] == [], "their last day"
    assert colleague(school.adults["ali"]).called == "Mrs Ali"
    clock.shift(A_DAY)
    assert [place for place, asks in places.items() if asks("ali")] == [], "the first day without them"
    assert [place for place, asks in places.items() if not asks("okafor")] == []


def test_they_stay_in_the_high_5_on_duty_and_lead_until_then(
    school: School, gone_on: date, clock: time_machine.Coordinates
) -> None:
    amir = school.pupils["amir"]

    def there() -> list[str]:
        found = [*high5_of([amir])[amir], *adults_with_role("duty"), *adults_with_role("dsl")]
        return [adult.called for adult in found]

    assert there() == ["Mrs Ali", "Mr Okafor", "Ms Novak", "Mrs Green"]
    assert [pupil.name for pupil in pupils_near(near_adult(school, "ali"))] == ["Amir Khan"]
    clock.shift(A_WEEK)
    assert there() == ["Mr Okafor"]
    assert pupils_near(near_adult(school, "ali")) == []


def test_a_high_5_of_somebody_who_leaves_next_week_can_be_saved(school: School, gone_on: date) -> None:
    set_high5(school.pupils["zofia"], [school.adults["ali"]], KEYBOARD)
    assert nobody_can_be_asked(AT_THE_KEYBOARD) == []


def test_whoever_leaves_next_week_is_asked_and_told_on_their_phone(
    school: School, oak: PairedTablet, gone_on: date, clock: time_machine.Coordinates
) -> None:
    nowhere = PushService(port=9)
    channel = channels.add_phone(school.adults["ali"], nowhere.phone("ali"), "", KEYBOARD)
    assert [one.called for one in office.all_channels()] == ["Mrs Ali"]
    chats.ask(new_chat(school), oak)
    message = claim_next("push", utc_now())
    assert message is not None
    assert message.channel_id == channel
    clock.shift(A_WEEK)
    assert claim_next("push", utc_now()) is None
    assert db.session.scalars(select(Delivery.state)).one() == "dropped"
    assert office.all_channels() == []


def test_a_lead_who_leaves_next_week_is_told_of_a_concern_and_keeps_it_from_nobody(
    school: School, oak: PairedTablet, gone_on: date, clock: time_machine.Coordinates
) -> None:
    green = asker(school, "green")
    raise_concern(asker(school, "ali"), "I am worried.")
    assert len(concerns_for(green)) == 1
    later = chats.Asker(school.adults["bell"], 1, sees_all=True, is_lead=True)
    assert concerns_for(later) == [], "there is a lead who sees it"
    clock.shift(A_WEEK)
    assert len(concerns_for(later)) == 1, "a worry is not lost with the lead"


def test_a_follow_up_stays_theirs_until_they_go(
    school: School, oak: PairedTablet, gone_on: date, clock: time_machine.Coordinates
) -> None:
    key, _new = chats.ask(new_chat(school), oak)
    chats.answer(key, "talked", asker(school, "ali"), seen_number=1)
    after = OutcomeEntry(follow_up_by_id=school.adults["ali"], follow_up_on=gone_on, follow_up_what="Ask again.")
    with pytest.raises(OutcomeRefused, match="will have left by that day"):
        chats.write_outcome(key, asker(school, "ali"), after)
    before = OutcomeEntry(follow_up_by_id=school.adults["ali"], follow_up_on=gone_on - A_DAY)
    chats.write_outcome(key, asker(school, "ali"), before)
    assert [one.is_left for one in chats.follow_ups_for(asker(school, "ali"))] == [False]
    clock.shift(A_WEEK)
    assert [one.is_left for one in chats.follow_ups_for(asker(school, "green"))] == [True]


def test_a_planned_time_is_promised_and_shown_until_their_last_day(
    school: School, oak: PairedTablet, gone_on: date, clock: time_machine.Coordinates
) -> None:
    amir, ali, today = school.pupils["amir"], near_adult(school, "ali"), local_now().date()
    tomorrow = today + A_DAY
    at = utc_now().time().replace(microsecond=0)
    promise(amir, NewTime(ali.adult_id, tomorrow.weekday(), at, None, first_day=tomorrow), ali)
    assert [one.day for one in planned_for_tablet(amir, oak, local_now())] == [tomorrow]
    clock.shift(2 * A_DAY)
    assert planned_for_tablet(amir, oak, local_now()) == [], "next week nobody is there"
    with pytest.raises(PromiseRefused, match="will have left by then"):
        promise(amir, NewTime(ali.adult_id, gone_on.weekday(), at, None, first_day=gone_on), ali)


def test_the_task_for_a_good_ending_is_there_before_they_leave(school: School, gone_on: date) -> None:
    due = [(one.pupil_name, one.adult.called, one.going.since) for one in endings_due(AT_THE_KEYBOARD)]
    assert due == [("Amir Khan", "Mrs Ali", gone_on), ("Tomi Adeyemi", "Ms Novak", gone_on)]


def test_the_new_adult_comes_first_and_the_one_who_goes_stays_until_then(
    school: School, gone_on: date, clock: time_machine.Coordinates
) -> None:
    amir, ali, today = school.pupils["amir"], school.adults["ali"], local_now().date()
    plan = EndingPlan(ali, today, school.adults["shah"], met_on=today)
    keep_ending(amir, ali, plan, AT_THE_KEYBOARD, KEYBOARD, finish=True, into_high5=True)
    assert [one.called for one in high5_of([amir])[amir]] == ["Mr Shah", "Mrs Ali", "Mr Okafor"]
    clock.shift(A_WEEK)
    assert [one.called for one in high5_of([amir])[amir]] == ["Mr Shah", "Mr Okafor"]
    assert [one.pupil_name for one in endings_due(AT_THE_KEYBOARD)] == ["Tomi Adeyemi"], "this one is done"


def test_a_class_begins_with_its_teacher_who_leaves_next_week(school: School, gone_on: date) -> None:
    with writing() as session:
        session.add(Teaching(adult_id=school.adults["ali"], class_id=school.classes["oak"]))
        for row in session.scalars(select(High5).where(High5.pupil_id == school.pupils["zofia"])):
            session.delete(row)
    assert [[adult.called for adult in start.adults] for start in plan_starts()] == [["Mrs Ali"]]


def test_whoever_has_no_account_yet_is_offered_one_until_they_leave(
    school: School, gone_on: date, clock: time_machine.Coordinates
) -> None:
    with writing() as session:
        session.delete(session.scalars(select(Account).where(Account.adult_id == school.adults["ali"])).one())
    assert [one.called for one in staff_without_account()] == ["Mrs Ali"]
    clock.shift(A_WEEK)
    assert staff_without_account() == []


def test_an_import_keeps_the_day_on_which_somebody_on_the_list_will_leave(
    school: School, gone_on: date, clock: time_machine.Coordinates
) -> None:
    def bring_in(*staff: RosterAdult) -> date | None:
        pupils = (RosterPupil("1", "Lena", "Berg", source_id="1"),)
        roster = Roster("a list", (), pupils, staff, (), ())
        plan = plan_import(roster, present(), allow_many_leavers=True)
        apply_plan(plan, KEYBOARD, local_now().date())
        return db.session.scalar(select(Adult.left_on).where(Adult.id == lane.id))

    with writing() as session:
        lane = Adult(
            given_name="Eve", family_name="Lane", called="Ms Lane", picture="oak-1", source_id="7", left_on=gone_on
        )
        session.add(lane)
    listed, other = RosterAdult("7", "Eve", "Lane", source_id="7"), RosterAdult("8", "Tom", "Moss", source_id="8")
    assert bring_in(listed, other) == gone_on
    assert bring_in(other) == local_now().date(), "not on the list any more: gone today"
    assert bring_in(listed, other) is None, "back again"
