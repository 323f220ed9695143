"""When a child needs a proper ending, when it is done, and what becomes of the High 5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.minding.ending_rules import (
    EndingPlan,
    EndingRefused,
    Going,
    check_done,
    check_plan,
    going,
    high5_after,
    merged,
)
from kiosk.people.rules import Presence
from kiosk.school.calendar import Span
from kiosk.web.staff.ending_forms import ending_fields, read_ending
from kiosk.web.staff.ending_words import plan_words, why_words

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
ALI, OKAFOR, SHAH, NOVAK, REID, LANE = range(1, 7)
NAMES = {ALI: "Mrs Ali", OKAFOR: "Mr Okafor"}
DONE = EndingPlan(told_by_id=ALI, told_on=FRIDAY, new_adult_id=OKAFOR, met_on=FRIDAY)


def weekdays_in(days: Span) -> int:
    length = (days.last - days.first).days + 1
    return sum((days.first + timedelta(days=ahead)).weekday() < 5 for ahead in range(length))


def why(presence: Presence, today: date = FRIDAY) -> Going | None:
    return going(presence, today, weekdays_in)


class TestWhen:
    def test_somebody_who_is_simply_here_goes_nowhere(self) -> None:
        assert why(Presence()) is None
        assert why(Presence(tapped_on=FRIDAY, tapped_here=False)) is None, "out today is no ending"

    def test_whoever_left_and_whoever_leaves_within_four_weeks(self) -> None:
        assert why(Presence(left_on=date(2026, 9, 1))) == Going("left", date(2026, 9, 1))
        assert why(Presence(left_on=FRIDAY + timedelta(days=28))) == Going("left", date(2026, 12, 18))
        assert why(Presence(left_on=FRIDAY + timedelta(days=29))) is None

    @pytest.mark.parametrize(
        ("last", "is_long"), [(date(2026, 12, 3), False), (date(2026, 12, 4), True), (date(2027, 1, 8), True)]
    )
    def test_away_for_ten_school_days_is_long(self, last: date, is_long: bool) -> None:
        found = why(Presence(away_from=MONDAY, away_until=last))
        assert found == (Going("away", MONDAY, last) if is_long else None)

    def test_nobody_knows_until_when_is_long(self) -> None:
        assert why(Presence(away_from=FRIDAY)) == Going("away", FRIDAY)

    def test_an_absence_that_is_over_or_far_ahead_is_none(self) -> None:
        assert why(Presence(away_from=date(2026, 9, 1), away_until=date(2026, 11, 19))) is None
        assert why(Presence(away_from=date(2027, 3, 1))) is None

    def test_it_is_said_in_words(self) -> None:
        assert why_words(Going("left", FRIDAY), FRIDAY) == "left on Friday 20 November"
        assert why_words(Going("left", MONDAY), FRIDAY) == "works here until Sunday 22 November"
        assert why_words(Going("away", FRIDAY), FRIDAY) == (
            "has been away since Friday 20 November, nobody knows until when"
        )
        assert why_words(Going("away", MONDAY, date(2026, 12, 18)), FRIDAY) == (
            "will be away from Monday 23 November, until Friday 18 December"
        )


class TestDone:
    def test_told_and_met_is_done_and_so_is_told_and_no_new_adult_wanted(self) -> None:
        check_done(DONE, FRIDAY)
        check_done(EndingPlan(told_by_id=ALI, told_on=FRIDAY, no_new_adult=True), FRIDAY)

    @pytest.mark.parametrize(
        ("plan", "missing"),
        [
            (EndingPlan(), "say who told the child"),
            (replace(DONE, told_by_id=None), "say who told the child"),
            (replace(DONE, told_on=None), "on which day"),
            (replace(DONE, told_on=MONDAY), "is told is still to come"),
            (replace(DONE, new_adult_id=None, met_on=None), "choose the new adult, or that none is wanted"),
            (replace(DONE, met_on=None), "met together"),
            (replace(DONE, met_on=MONDAY), "they meet is still to come"),
        ],
    )
    def test_what_is_missing_is_said(self, plan: EndingPlan, missing: str) -> None:
        check_plan(plan, FRIDAY)
        with pytest.raises(EndingRefused, match=missing):
            check_done(plan, FRIDAY)

    @pytest.mark.parametrize(
        ("plan", "wrong"),
        [
            (replace(DONE, no_new_adult=True), "not both"),
            (EndingPlan(no_new_adult=True, met_on=FRIDAY), "not both"),
            (EndingPlan(met_on=FRIDAY), "Choose the new adult whom the child meets"),
            (EndingPlan(told_on=date(2062, 11, 20)), "more than a year away"),
            (EndingPlan(note="a" * 401), "400 characters"),
        ],
    )
    def test_what_cannot_be_is_refused(self, plan: EndingPlan, wrong: str) -> None:
        with pytest.raises(EndingRefused, match=wrong):
            check_plan(plan, FRIDAY)

    @pytest.mark.parametrize(
        ("plan", "said"),
        [
            (EndingPlan(), "Nobody tells the child yet."),
            (EndingPlan(told_by_id=ALI), "Mrs Ali tells the child; the day is not fixed. No new adult yet."),
            (
                EndingPlan(told_by_id=ALI, told_on=MONDAY, new_adult_id=OKAFOR),
                "Mrs Ali tells the child on Monday 23 November. Mr Okafor comes next; they have not met yet.",
            ),
            (DONE, "Told on Friday 20 November by Mrs Ali. Met Mr Okafor on Friday 20 November."),
            (EndingPlan(told_on=FRIDAY, no_new_adult=True), "Told on Friday 20 November. No new adult is wanted."),
        ],
    )
    def test_how_it_stands_is_said(self, plan: EndingPlan, said: str) -> None:
        assert plan_words(plan, NAMES, FRIDAY) == said

    @pytest.mark.parametrize(
        "plan", [EndingPlan(), DONE, EndingPlan(told_by_id=ALI, no_new_adult=True, note="Soon")]
    )
    def test_what_is_kept_comes_back_into_the_form_as_it_was(self, plan: EndingPlan) -> None:
        assert read_ending(ending_fields(plan)).plan == plan

    @pytest.mark.parametrize(
        "wrong", [{"told_by": "x"}, {"new_adult": "-1"}, {"told_on": "soon"}, {"met_on": "1"}]
    )
    def test_a_form_with_what_is_none_is_refused(self, wrong: dict[str, str]) -> None:
        with pytest.raises(EndingRefused):
            read_ending(wrong)


class TestSeveralTogether:
    planned = EndingPlan(told_by_id=ALI, new_adult_id=OKAFOR, met_on=FRIDAY, note="Drew a card")

    def test_what_is_left_empty_stays_as_it_was_for_each_child(self) -> None:
        assert merged(self.planned, EndingPlan()) == self.planned
        assert merged(self.planned, EndingPlan(told_on=FRIDAY)) == replace(self.planned, told_on=FRIDAY)

    def test_no_new_adult_takes_the_place_of_one_and_the_other_way_round(self) -> None:
        none = merged(self.planned, EndingPlan(no_new_adult=True))
        assert none == replace(self.planned, no_new_adult=True, new_adult_id=None, met_on=None)
        assert merged(none, EndingPlan(new_adult_id=SHAH)) == replace(none, no_new_adult=False, new_adult_id=SHAH)


class TestHigh5:
    here = frozenset({ALI, OKAFOR, SHAH, NOVAK, REID, LANE})

    def after(self, named: list[int], goes: int, new: int, why: str = "left") -> list[int]:
        works_here = self.here - {goes} if why == "left" else self.here
        return high5_after(named, works_here, goes, new, why, most=5)  # type: ignore[arg-type]

    def test_the_new_adult_has_the_place_of_the_one_who_left(self) -> None:
        assert self.after([ALI, OKAFOR, SHAH], OKAFOR, NOVAK) == [ALI, NOVAK, SHAH]

    def test_whoever_comes_back_stays_just_behind(self) -> None:
        assert self.after([ALI, OKAFOR], ALI, NOVAK, "away") == [NOVAK, ALI, OKAFOR]

    def test_somebody_who_is_in_it_already_keeps_their_place(self) -> None:
        assert self.after([ALI, OKAFOR, SHAH], ALI, SHAH) == [OKAFOR, SHAH]

    def test_when_they_were_taken_out_before_the_new_adult_comes_last(self) -> None:
        assert self.after([ALI, SHAH], OKAFOR, NOVAK) == [ALI, SHAH, NOVAK]

    def test_with_five_who_stay_somebody_has_to_choose(self) -> None:
        with pytest.raises(EndingRefused, match="5 adults already"):
            self.after([ALI, OKAFOR, SHAH, NOVAK, REID], ALI, LANE, "away")

    def test_whoever_has_not_left_yet_stays_just_behind_until_then(self) -> None:
        assert high5_after([ALI, OKAFOR], self.here, ALI, NOVAK, "left", most=5) == [NOVAK, ALI, OKAFOR]
        assert high5_after([ALI, OKAFOR], self.here, ALI, OKAFOR, "left", most=5) == [ALI, OKAFOR]

    def test_among_five_whoever_will_leave_makes_room(self) -> None:
        five = [ALI, OKAFOR, SHAH, NOVAK, REID]
        assert high5_after(five, self.here, OKAFOR, LANE, "left", most=5) == [ALI, LANE, SHAH, NOVAK, REID]

    @given(
        named=st.lists(st.sampled_from([ALI, OKAFOR, SHAH, NOVAK, REID]), unique=True, min_size=1),
        data=st.data(),
    )
    def test_a_leaver_always_makes_room_and_the_others_keep_their_order(
        self, named: list[int], data: st.DataObject
    ) -> None:
        goes = data.draw(st.sampled_from(named))
        after = self.after(named, goes, LANE)
        assert len(after) == len(named)
        assert after.index(LANE) == named.index(goes)
        assert [one for one in after if one != LANE] == [one for one in named if one != goes]
