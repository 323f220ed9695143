"""Figures of groups: what is left out, charts and heat maps, and an attack on every pair of filters and dates."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from kiosk.patterns.figures.periods import Period
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.school.groups import (
    Chart,
    Figures,
    SchoolClass,
    Told,
    chart_of,
    chart_of_weeks,
    days_told,
    figures_of,
    groups_of,
    hard_share,
    stretch_of,
)
from kiosk.patterns.school.words import chart_finding, hours_left_out, limits_words

CLASSES = {
    1: SchoolClass(1, "Oak", "3", is_open=True),
    2: SchoolClass(2, "Elm", "3", is_open=True),
    3: SchoolClass(3, "Ash", "4", is_open=True),
    4: SchoolClass(4, "Nest", "Nest", is_open=True),
    5: SchoolClass(5, "Old Oak", "3", is_open=False),
}
KEYS = ("school", "year-3", "year-4", "year-Nest", "class-1", "class-2", "class-3", "class-4")
MONDAY = date(2026, 9, 7)
DAYS = [MONDAY + timedelta(days=at + 2 * (at // 5)) for at in range(40)]


def weekdays(number: int) -> list[date]:
    """So many school days from the Monday on."""
    return [MONDAY + timedelta(days=at + 2 * (at // 5)) for at in range(number)]


def told(class_id: int, children: int, *, hard: int = 0) -> Told:
    return Told(class_id, children, (children - hard, 0, 0, hard, 0))


class TestGroups:
    def test_the_school_then_years_then_open_classes(self) -> None:
        assert [(one.key, one.name) for one in groups_of(CLASSES.values())] == [
            ("school", "the whole school"),
            ("year-3", "Year 3"),
            ("year-4", "Year 4"),
            ("class-3", "Ash"),
            ("class-2", "Elm"),
            ("class-4", "Nest"),
            ("class-1", "Oak"),
        ]

    def test_years_are_said_as_a_school_says_them_the_youngest_first(self) -> None:
        years = ["10", "3/4", "R/1", "Ducks", "2", "N", "R", "Rooks"]
        classes = [SchoolClass(at, f"Class {at}", year, is_open=True) for at, year in enumerate(years)]

        said = [one.name for one in groups_of(classes) if one.key.startswith("year-")]

        assert said == [
            "Nursery", "Reception", "Year R/1", "Year 2", "Year 3/4", "Year 10", "Ducks", "Rooks",
        ]  # fmt: skip


class TestFigures:
    def test_an_hour_in_which_few_answered_is_left_out_and_counted(self) -> None:
        hours = {(DAYS[0], 9): [told(1, 4)], (DAYS[1], 9): [told(1, 5, hard=2)]}
        figures = figures_of("class-1", hours, CLASSES)
        assert figures.counts == {(DAYS[1], 9): (3, 0, 0, 2, 0)}
        assert figures.hidden == 1

    def test_a_class_that_would_give_another_away_is_left_out_in_that_hour(self) -> None:
        hour = {(DAYS[0], 9): [told(1, 4), told(2, 9), told(3, 20)]}
        assert figures_of("class-1", hour, CLASSES).counts == {}
        assert figures_of("class-2", hour, CLASSES).counts == {}
        assert figures_of("year-3", hour, CLASSES).counts == {(DAYS[0], 9): (13, 0, 0, 0, 0)}
        assert figures_of("school", hour, CLASSES).counts == {(DAYS[0], 9): (33, 0, 0, 0, 0)}

    def test_a_day_is_no_more_than_its_hours_that_are_shown(self) -> None:
        """Otherwise the day less the hour would be the two who came late."""
        hours = {(DAYS[0], 9): [told(1, 20, hard=1)], (DAYS[0], 10): [told(1, 2, hard=2)]}
        figures = figures_of("class-1", hours, CLASSES)
        assert figures.by_day() == {DAYS[0]: (19, 0, 0, 1, 0)}
        assert figures.hidden == 1
        both = figures_of("class-1", {**hours, (DAYS[0], 13): [told(1, 6, hard=3)]}, CLASSES)
        assert both.by_day() == {DAYS[0]: (22, 0, 0, 4, 0)}

    def test_a_group_nobody_answered_in_has_no_figures(self) -> None:
        assert figures_of("class-3", {(DAYS[0], 9): [told(1, 9)]}, CLASSES) == Figures()

    def test_children_of_no_class_count_for_the_school(self) -> None:
        figures = figures_of("school", {(DAYS[0], 9): [told(0, 6), told(1, 9)]}, CLASSES)
        assert figures.by_day() == {DAYS[0]: (15, 0, 0, 0, 0)}


@pytest.mark.parametrize("seed", range(15))
def test_no_two_filters_and_stretches_of_days_differ_by_few_children(seed: int) -> None:
    """Brute force: every pair of (group, first day, last day, hour or day), one subtracted from the other."""
    rng = Random(seed)
    moments = [(DAYS[day], hour) for day in range(5) for hour in (9, 13)]
    lived = {
        moment: {
            class_id: frozenset(f"{class_id}/{n}" for n in range(rng.randint(0, 11)))
            for class_id in (0, 1, 2, 3, 4)
        }
        for moment in moments
    }
    answers = {
        moment: [told(class_id, len(who)) for class_id, who in classes.items() if who]
        for moment, classes in lived.items()
    }
    members = {"school": {0, 1, 2, 3, 4}, "year-3": {1, 2}, "year-4": {3}, "year-Nest": {4}} | {
        f"class-{id_}": {id_} for id_ in (1, 2, 3, 4)
    }
    days = sorted({day for day, _hour in moments})
    asked: list[frozenset[tuple[object, str]]] = []
    for key in KEYS:
        shown = figures_of(key, answers, CLASSES)
        for first, last, hours in product(days, days, ({9}, {13}, {9, 13})):
            within = [(day, hour) for day, hour in shown.counts if first <= day <= last and hour in hours]
            asked.append(frozenset((m, who) for m in within for id_ in members[key] for who in lived[m][id_]))
    assert any(asked)
    for one, other in product(set(asked), set(asked)):
        if other < one:
            left: dict[object, int] = defaultdict(int)
            for moment, _who in one - other:
                left[moment] += 1
            assert all(number >= LEAST for number in left.values())


class TestChart:
    def chart(self, hard: list[int], children: int = 100) -> Chart:
        """Of so many school days, each with so many hard answers among those of ``children``."""
        by_day = {
            day: (children - number, 0, 0, number, 0)
            for day, number in zip(weekdays(len(hard)), hard, strict=True)
        }
        return chart_of(by_day, Period("all", "all", MONDAY, max(by_day)), max(by_day) + timedelta(days=7))

    def test_before_twenty_days_nothing_is_said_to_be_usual(self) -> None:
        chart = self.chart([5] * 18 + [75])
        assert chart.limits is None
        assert set(chart.signals) == {None}
        assert "From 20 days on it can be said" in chart_finding("Oak", chart, "4 or 5")

    def test_a_day_that_stands_out_is_said_in_the_title(self) -> None:
        chart = self.chart([5, 10] * 15 + [75])
        assert chart.signals[-1] == "beyond"
        title = chart_finding("the whole school", chart, "4 or 5")
        assert title.startswith("The whole school: usually 0 to ")
        assert title.endswith("one day stands out.")

    def test_with_nothing_out_of_the_ordinary_it_says_so(self) -> None:
        assert chart_finding("Oak", self.chart([5, 10] * 15), "4 or 5").endswith("and no day stands out.")

    def test_a_shift_is_said(self) -> None:
        chart = self.chart([5, 10] * 10 + [15] * 8)
        assert "in long runs lie on one side" in chart_finding("Oak", chart, "4 or 5")
        assert chart.numbers[0] == 100
        assert chart.shares[0] == pytest.approx(5)

    def test_a_day_of_few_answers_is_no_point(self) -> None:
        """The day before the holidays, on which ten children were left: one of them is ten in a hundred."""
        by_day = dict.fromkeys(weekdays(30), (95, 0, 0, 5, 0)) | {MONDAY: (5, 0, 0, 5, 0)}
        chart = chart_of(by_day, Period("all", "all", MONDAY, max(by_day)), max(by_day))
        assert MONDAY not in chart.days
        assert not any(chart.signals)
        assert [one.day for one in days_told(by_day, chart)][:1] == [MONDAY], "the table still tells it"

    def test_it_says_how_often_chance_alone_marks_something(self) -> None:
        said = limits_words(self.chart([5, 10] * 15))
        assert said.startswith("The middle line is the mean, 8 %;")
        assert said.endswith("By chance alone, about 30 of 100 charts like this one have a square.")


class TestChartByWeek:
    """Of a class: its days have too few answers for a point. Three hard ones of 22 are no day that stands out."""

    def chart(self, hard: list[int], children: int = 22, last: int = 0) -> Chart:
        """Of whole weeks, each with so many hard answers on its Monday, and of so many days of the running one."""
        days = weekdays(5 * len(hard) + last)
        by_day = {
            day: (children - number, 0, 0, number, 0)
            for at, day in enumerate(days)
            for number in [hard[at // 5] if at % 5 == 0 and at // 5 < len(hard) else 0]
        }
        today = MONDAY + timedelta(weeks=len(hard), days=last)
        return chart_of(by_day, Period("all", "all", MONDAY, today), today)

    def test_a_class_is_drawn_by_weeks_that_are_over(self) -> None:
        chart = self.chart([3, 6] * 5 + [4], last=3)
        assert chart.by_week
        assert [day.weekday() for day in chart.days] == [0] * 11
        assert set(chart.numbers) == {110}
        assert chart.limits is not None
        assert chart_finding("Oak", chart, "4 or 5") == (
            "Oak: usually 0 to 11 % of answers are 4 or 5, and no week stands out."
        )
        assert "Squares are weeks that stand out. By chance alone, about 11 of 100" in limits_words(chart)

    def test_a_week_that_stands_out_is_said(self) -> None:
        title = chart_finding("Oak", self.chart([2, 3] * 5 + [22]), "4 or 5")
        assert title.endswith("; one week stands out and ten weeks in long runs lie on one side of the middle.")

    def test_before_ten_weeks_nothing_is_said_to_be_usual(self) -> None:
        chart = self.chart([3] * 9)
        assert chart.limits is None
        assert chart_finding("Oak", chart, "4 or 5") == (
            "Oak: answers of 4 or 5 per week, in 9 weeks. From 10 weeks on it can be said what is usual."
        )

    def test_where_hard_answers_are_rare_nothing_is_said_to_stand_out(self) -> None:
        """One tap in twelve weeks would else be "one week stands out"."""
        rare, none = self.chart([0] * 11 + [1]), self.chart([0] * 12)
        assert (rare.limits, set(rare.signals)) == (None, {None})
        assert chart_finding("Oak", rare, "4 or 5") == (
            "Oak: 4 or 5 in 1 of 1320 answers, too few to say what stands out."
        )
        assert chart_finding("Oak", none, "4 or 5").startswith("Oak: 4 or 5 in 0 of 1320 answers, too few")
        assert self.chart([0, 1] * 6).limits is not None

    def test_in_a_calm_class_chance_marks_more(self) -> None:
        assert "By chance alone, about 20 of 100" in limits_words(self.chart([1, 2, 0, 1] * 3))

    def test_a_week_of_few_answers_is_no_point(self) -> None:
        chart = self.chart([1] * 12, children=9)
        assert chart.days == ()
        assert chart_finding("the whole school", chart, "4 or 5") == (
            "The whole school: no whole week of this time has 50 answers that may be shown."
        )

    def test_a_long_time_of_a_school_is_drawn_by_weeks(self) -> None:
        """190 days are 190 chances to be marked for nothing."""
        assert not self.chart([9] * 13, children=200).by_week
        assert self.chart([9] * 14, children=200).by_week

    def test_days_of_a_chart_by_weeks_say_nothing(self) -> None:
        by_day = dict.fromkeys(weekdays(60), (20, 0, 0, 2, 0)) | {MONDAY: (0, 0, 0, 22, 0)}
        chart = chart_of(by_day, Period("all", "all", MONDAY, max(by_day)), max(by_day) + timedelta(days=7))
        told = days_told(by_day, chart)
        assert len(told) == 60
        assert {one.signal for one in told} == {None}

    def test_weeks_of_a_list_are_shown_however_few_and_have_limits_only_of_enough(self) -> None:
        weeks = {MONDAY + timedelta(weeks=at): (18, 0, 0, 2, 0) for at in range(20)}
        few = chart_of_weeks(weeks)
        assert (len(few.days), few.limits) == (20, None)
        assert chart_of_weeks(dict.fromkeys(weeks, (45, 0, 0, 5, 0))).limits is not None


class TestHoursLeftOut:
    def test_they_are_told_beside_how_many_there_are_and_at_which_hours_that_is_most(self) -> None:
        hours = {(day, 9): [told(1, 20)] for day in DAYS[:10]}
        hours |= {(day, hour): [told(1, 2)] for day in DAYS[:4] for hour in (11, 14)}
        hours[DAYS[4], 9] = [told(1, 3)]
        figures = figures_of("class-1", hours, CLASSES)
        assert (figures.hidden, figures.hours, figures.mostly_hidden()) == (9, 18, (11, 14))
        assert hours_left_out(figures) == [
            "9 of 18 hours in which anybody answered are left out.",
            "Mostly left out are the hours 11 to 12 and 2 to 3: what children answered then is hardly in here.",
        ]

    def test_with_none_left_out_nothing_is_said(self) -> None:
        assert hours_left_out(figures_of("class-1", {(DAYS[0], 9): [told(1, 20)]}, CLASSES)) == []


def test_a_stretch_sums_its_days() -> None:
    by_day = {DAYS[0]: (3, 0, 0, 1, 0), DAYS[1]: (1, 1, 0, 0, 1), DAYS[9]: (9, 9, 9, 9, 9)}
    stretch = stretch_of("first week", DAYS[0], DAYS[4], by_day)
    assert (stretch.days, stretch.hard) == (2, 2)
    assert stretch.spread is not None
    assert stretch.spread.counts == (4, 1, 0, 1, 1)
    assert hard_share((1, 1, 1, 1, 0)) == pytest.approx(25)
