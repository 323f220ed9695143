"""A term at Hazelwood: the same from the same seed, possible, and like a school."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from statistics import mean, median

import pytest

from kiosk.chats.rules import ABOUTS, WANTS, WHENS, state_of
from kiosk.demo.days import ZONE, half_term, on_the_clock, school_days
from kiosk.demo.hazelwood import (
    MISS_BENNETT,
    MISS_PRYCE,
    MR_HARTLEY,
    MRS_ALI,
    STORIES,
    DemoAdult,
    Story,
    steps_of,
)
from kiosk.demo.high5 import choose_high5
from kiosk.demo.life import Term, term
from kiosk.people.rules import HOWS
from tests.demo import demo_people

TUESDAY_NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MOMENTS = [
    TUESDAY_NOON,
    datetime(2026, 11, 24, 8, 41, tzinfo=UTC),
    datetime(2026, 11, 24, 9, 50, tzinfo=UTC),
    datetime(2026, 11, 21, 21, 30, tzinfo=UTC),  # a Saturday evening
    datetime(2026, 11, 24, 0, 0, 30, tzinfo=UTC),  # just after midnight
    datetime(2026, 11, 23, 5, 10, tzinfo=UTC),
    datetime(2027, 3, 28, 2, 30, tzinfo=UTC),  # a Sunday on which the clocks changed an hour ago
    datetime(2027, 6, 10, 13, 30, tzinfo=UTC),
    datetime(2027, 1, 4, 10, 0, tzinfo=UTC),  # Christmas lies within the term
]


@cache
def lived(now: datetime = TUESDAY_NOON, seed: int = 2026) -> Term:
    today = now.astimezone(ZONE).date()
    pupils, adults = demo_people(today)
    return term(seed, now, pupils, adults, choose_high5(seed, pupils, adults, today))


def days_of(now: datetime) -> tuple[date, ...]:
    return school_days(now.astimezone(ZONE).date())


def adults_of(now: datetime) -> dict[int, DemoAdult]:
    return {adult.id: adult for adult in demo_people(now.astimezone(ZONE).date())[1]}


def adult_id(who: str) -> int:
    return next(adult.id for adult in adults_of(TUESDAY_NOON).values() if adult.source_id == who)


def pupil_id(story: Story) -> int:
    pupils, _ = demo_people(TUESDAY_NOON.date())
    return next(pupil.id for pupil in pupils if STORIES.get(pupil.source_id) == story)


def hardest_by_day(now: datetime = TUESDAY_NOON) -> dict[int, dict[date, int]]:
    days: dict[int, dict[date, int]] = defaultdict(dict)
    for check_in in lived(now).check_ins:
        of_child = days[check_in.pupil_id]
        of_child[check_in.school_day] = max(check_in.intensity, of_child.get(check_in.school_day, 0))
    return days


# --- the same again -------------------------------------------------------------------------------------------


def test_the_same_seed_and_moment_give_the_same_term():
    lived.cache_clear()
    first = lived()
    lived.cache_clear()
    assert lived() == first
    assert lived(seed=3) != first


# --- possible -------------------------------------------------------------------------------------------------


def test_the_term_is_twelve_weeks_without_weekends_or_half_term():
    days = days_of(TUESDAY_NOON)
    assert days[-1] == date(2026, 11, 24)
    assert len(days) == 12 * 5 + 2
    assert all(day.weekday() < 5 for day in days)
    away = half_term(days[-1])
    assert not any(away <= day < away + timedelta(days=7) for day in days)


def test_nobody_is_in_school_at_christmas():
    assert date(2026, 12, 25) not in days_of(datetime(2027, 1, 4, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize("now", MOMENTS)
def test_nothing_has_happened_that_is_still_to_come(now: datetime):
    for check_in in lived(now).check_ins:
        assert check_in.felt_at <= check_in.received_at <= now
    for life in lived(now).chats:
        assert life.newest <= now


@pytest.mark.parametrize("now", MOMENTS)
def test_everything_happens_on_a_school_day_in_school_hours_and_today_is_today(now: datetime):
    days = set(days_of(now))
    today = now.astimezone(ZONE).date()
    moments = [(check_in.school_day, check_in.felt_at) for check_in in lived(now).check_ins]
    moments += [(life.school_day, life.chat.asked_at) for life in lived(now).chats]
    for day, at in moments:
        assert day in days
        assert at.astimezone(ZONE).date() == day
        if day != today:
            assert on_the_clock(day, time(8, 40)) <= at <= on_the_clock(day, time(15, 30))


@pytest.mark.parametrize("now", MOMENTS)
def test_every_request_obeys_the_rules_and_its_events_are_in_order(now: datetime):
    for life in lived(now).chats:
        state_of(life.events)  # refuses what may not follow
        times = [event.at for event in life.events]
        assert times == sorted(times)
        assert times[0] == life.chat.asked_at
        for event in life.events:
            assert event.coming_at is None or event.coming_at >= event.at


@pytest.mark.parametrize("now", MOMENTS)
def test_whoever_answers_is_here_that_day_may_see_it_and_does_so_at_a_sane_hour(now: datetime):
    adults = adults_of(now)
    today = now.astimezone(ZONE).date()
    for life in lived(now).chats:
        for event in life.events:
            if event.adult_id is None:
                continue
            day = event.at.astimezone(ZONE).date()
            assert adults[event.adult_id].can_receive(day)
            assert life.seats[event.adult_id].since <= event.at
            if day != today:
                assert on_the_clock(day, time(8, 30)) <= event.at <= on_the_clock(day, time(17, 15))


def test_only_open_requests_of_today_are_left_open():
    is_open = [life for life in lived().chats if state_of(life.events).is_open]
    assert {life.school_day for life in is_open} == {TUESDAY_NOON.date()}


def test_a_child_waits_for_one_answer_at_a_time():
    until: dict[int, datetime] = {}
    for life in lived().chats:
        assert life.chat.asked_at > until.get(life.chat.pupil_id, datetime.min.replace(tzinfo=UTC))
        until[life.chat.pupil_id] = life.newest


def test_a_request_comes_after_the_check_in_it_belongs_to():
    check_ins = {check_in.key: check_in for check_in in lived().check_ins}
    with_step = [life.chat for life in lived().chats if life.chat.check_in_key]
    assert len(with_step) > 0.7 * len(lived().chats)
    for chat in with_step:
        check_in = check_ins[chat.check_in_key]
        assert check_in.pupil_id == chat.pupil_id
        assert timedelta(0) < chat.asked_at - check_in.felt_at < timedelta(minutes=1)


def test_requests_say_only_what_the_protocol_knows_and_ask_only_the_high5():
    pupils, adults = demo_people(TUESDAY_NOON.date())
    high5 = choose_high5(2026, pupils, adults, TUESDAY_NOON.date())
    for life in lived().chats:
        chat = life.chat
        assert chat.wants in WANTS
        assert chat.when in WHENS
        assert chat.how is None or chat.how in HOWS
        assert set(chat.about) <= set(ABOUTS)
        assert chat.asked_for_id is None or chat.asked_for_id in high5[chat.pupil_id]


def test_children_choose_only_steps_they_are_offered():
    offered = {pupil.id: steps_of(pupil) for pupil in demo_people(TUESDAY_NOON.date())[0]}
    assert {(1, 5), (1, 3, 5), (1, 2, 3, 4, 5)} == set(offered.values())
    assert all(check_in.intensity in offered[check_in.pupil_id] for check_in in lived().check_ins)


def test_every_id_is_its_own():
    keys = [check_in.key for check_in in lived().check_ins] + [life.chat.key for life in lived().chats]
    assert len(set(keys)) == len(keys)
    assert all(key.version == 4 for key in keys)


# --- now ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("now", MOMENTS)
def test_at_any_hour_three_wait_one_is_coming_to_and_one_has_been_talked_to(now: datetime):
    today = [life for life in lived(now).chats if life.school_day == now.astimezone(ZONE).date()]
    states = Counter(state_of(life.events).state for life in today)
    assert states["asked"] == 3
    assert states["coming"] == 1
    assert states["talked"] >= 1
    waiting = [life for life in today if state_of(life.events).state == "asked"]
    assert {life.chat.asked_for_id for life in waiting} == {adult_id(MRS_ALI), adult_id(MR_HARTLEY), None}
    assert all(now - life.chat.asked_at < timedelta(minutes=30) for life in waiting)


@pytest.mark.parametrize("now", MOMENTS)
def test_at_any_hour_most_children_have_checked_in_today(now: datetime):
    today = now.astimezone(ZONE).date()
    here = {check_in.pupil_id for check_in in lived(now).check_ins if check_in.school_day == today}
    assert 0.75 * 240 < len(here) < 0.95 * 240


# --- like a school --------------------------------------------------------------------------------------------


def test_most_answers_are_calm_and_every_step_is_used():
    steps = Counter(check_in.intensity for check_in in lived().check_ins)
    share = {step: steps[step] / steps.total() for step in range(1, 6)}
    assert 0.5 < share[1] < 0.7
    assert share[1] > share[2] > share[3] > share[4] > share[5] > 0.005


def test_about_15_in_100_children_do_not_answer_on_a_day():
    days = days_of(TUESDAY_NOON)[:-1]
    answered = sum(day in of_child for of_child in hardest_by_day().values() for day in days)
    assert 0.11 < 1 - answered / (240 * len(days)) < 0.19


def test_monday_mornings_are_harder_and_friday_afternoons_lighter():
    steps = defaultdict(list)
    for check_in in lived().check_ins:
        steps[check_in.school_day.weekday(), check_in.felt_at.astimezone(ZONE).hour < 12].append(
            check_in.intensity
        )
    mornings = [mean(steps[weekday, True]) for weekday in range(5)]
    afternoons = [mean(steps[weekday, False]) for weekday in range(5)]
    assert mornings[0] == max(mornings)
    assert afternoons[4] == min(afternoons)


def test_neighbouring_days_are_a_little_alike():
    days = days_of(TUESDAY_NOON)
    correlations = []
    with_story = {pupil_id(story) for story in STORIES.values()}
    for child, hardest in hardest_by_day().items():
        level = mean(hardest.values())
        spread = mean((step - level) ** 2 for step in hardest.values())
        pairs = [(hardest[a], hardest[b]) for a, b in pairwise(days) if {a, b} <= hardest.keys()]
        if child not in with_story and spread and len(pairs) > 20:
            correlations.append(mean((a - level) * (b - level) for a, b in pairs) / spread)
    assert 0.12 < mean(correlations) < 0.28


def test_about_a_dozen_ask_each_day_and_most_are_answered_within_ten_minutes():
    per_day = Counter(life.school_day for life in lived().chats)
    assert 8 <= median(per_day[day] for day in days_of(TUESDAY_NOON)[:-1]) <= 16
    waits = [
        (state.answered_at - life.chat.asked_at).total_seconds() / 60
        for life in lived().chats
        if (state := state_of(life.events)).answered_at
    ]
    assert 1.5 < median(waits) < 5
    assert 0.8 < mean(wait <= 10 for wait in waits) < 0.95
    assert max(waits) > 25


def test_requests_end_in_every_way_there_is():
    kinds = Counter(event.kind for life in lived().chats for event in life.events)
    assert {"handed_over", "cannot_wait", "cancelled", "closed", "talked", "seen", "coming"} <= kinds.keys()
    assert 0.03 < kinds["cancelled"] / kinds["asked"] < 0.15
    assert 0.005 < mean(life.chat.cannot_wait for life in lived().chats) < 0.04
    assert 0.05 < mean(life.chat.wants == "safe_space" for life in lived().chats) < 0.2


# --- the stories ----------------------------------------------------------------------------------------------


def steps_in(story: Story, days: tuple[date, ...]) -> list[int]:
    hardest = hardest_by_day()[pupil_id(story)]
    return [hardest[day] for day in days if day in hardest]


def test_leo_was_calm_until_two_weeks_ago():
    days = days_of(TUESDAY_NOON)
    assert mean(steps_in("sudden_drop", days[:-10])) < 2
    assert mean(steps_in("sudden_drop", days[-10:])) > 3.3


def test_kacper_finds_mondays_hard():
    days = days_of(TUESDAY_NOON)
    mondays = tuple(day for day in days if day.weekday() == 0)
    others = tuple(day for day in days if day.weekday() != 0)
    assert mean(steps_in("hard_mondays", mondays)) > mean(steps_in("hard_mondays", others)) + 1.2


def test_hodan_has_not_been_heard_from_for_eight_school_days():
    days = days_of(TUESDAY_NOON)
    assert steps_in("going_silent", days[-8:]) == []
    assert len(steps_in("going_silent", days[:30])) > 18


def test_sasha_joined_in_the_middle_and_settles():
    days = days_of(TUESDAY_NOON)
    steps = steps_in("settling_in", days)
    assert 15 < len(steps) < 35
    assert mean(steps[:8]) > mean(steps[-8:]) + 1


def test_tia_slides_slowly():
    days = days_of(TUESDAY_NOON)
    assert mean(steps_in("slow_slide", days[-12:])) > mean(steps_in("slow_slide", days[:30])) + 1


def test_harvey_has_a_hard_term():
    assert mean(steps_in("hard_term", days_of(TUESDAY_NOON))) > 2.8


def test_daniel_mostly_shows_it_on_his_fingers():
    his = [c.shown_on_fingers for c in lived().check_ins if c.pupil_id == pupil_id("not_speaking")]
    assert mean(his) > 0.5
    assert mean(c.shown_on_fingers for c in lived().check_ins) < 0.05


def test_ruby_asks_more_than_anyone():
    asked = Counter(life.chat.pupil_id for life in lived().chats)
    [(most, times), (_, next_times)] = asked.most_common(2)
    assert most == pupil_id("always_asking")
    assert times > 2 * next_times


def test_nobody_answers_tyler_since_miss_pryce_left():
    left = half_term(TUESDAY_NOON.date())
    his = [life for life in lived().chats if life.chat.pupil_id == pupil_id("nobody_answers")]
    since = [life for life in his if life.school_day >= left and life.school_day != TUESDAY_NOON.date()]
    late = [
        life
        for life in since
        if (answered := state_of(life.events).answered_at) is None
        or answered - life.chat.asked_at > timedelta(minutes=30)
    ]
    assert len(late) >= 3
    assert len(late) > 0.6 * len(since)


def test_some_still_asked_for_miss_pryce_and_somebody_else_was_told():
    miss_pryce = adult_id(MISS_PRYCE)
    left = half_term(TUESDAY_NOON.date())
    asked = [life for life in lived().chats if life.chat.asked_for_id == miss_pryce]
    assert any(life.school_day < left for life in asked)
    after = [life for life in asked if life.school_day >= left]
    assert after
    assert all(len(life.seats) > 1 and life.events[0].to_adult_id != miss_pryce for life in after)


def test_mr_hartley_answers_slowly():
    def minutes_to_answer(who: str) -> float:
        return median(
            (state.answered_at - life.chat.asked_at).total_seconds() / 60
            for life in lived().chats
            if life.events[0].to_adult_id == adult_id(who) and (state := state_of(life.events)).answered_at
        )

    assert minutes_to_answer(MR_HARTLEY) > 3 * minutes_to_answer(MISS_BENNETT)
