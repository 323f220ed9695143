"""Where marks stand in pictures, and that each says what it is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from kiosk.patterns.child.over_time import Answer
from kiosk.patterns.figures.xmr import Limits
from kiosk.web.patterns.hundreds import as_dots, as_rows, as_squares
from kiosk.web.patterns.pictures import (
    LEFT,
    NO_SCHOOL,
    DayTold,
    Square,
    dots,
    told_by_day,
    xmr,
    year_in_squares,
)

WORDS = ("Calm", "Okay", "Wobbly", "Upset", "I need help")
DAYS = [date(2026, 11, 2) + timedelta(days=at + 2 * (at // 5)) for at in range(15)]


def answer(day: date, intensity: int, hour: int = 9, step: int | None = None) -> Answer:
    at = datetime(day.year, day.month, day.day, hour, 5, tzinfo=UTC)
    return Answer(1, day, step or intensity, intensity, WORDS[intensity - 1], at)


def told(*answers: Answer) -> list[DayTold]:
    return told_by_day(answers)


def test_each_answer_is_a_dot_that_says_itself_and_leads_to_its_day() -> None:
    picture = dots(DAYS, told(answer(DAYS[0], 4), answer(DAYS[3], 1)), "calm_is_1", WORDS)
    assert [(day.told.day, day.told.answers[0][1:4], day.told.id) for day in picture.days] == [
        (DAYS[0], (4, "Upset", "09:05"), "day-2026-11-02"),
        (DAYS[3], (1, "Calm", "09:05"), "day-2026-11-05"),
    ]
    assert as_dots(picture).startswith(
        '<a href="#day-2026-11-02"><title>Monday 2 November 09:05: 4 Upset</title><path '
    )
    assert as_dots(picture).count('<circle class="dot dot-') == 2


def test_a_day_is_one_target_as_broad_as_it_is_however_many_dots_it_has() -> None:
    """Targets of their own would lie one over the other; all dots of a day lead to the same row."""
    picture = dots(
        DAYS, told(answer(DAYS[1], 2, 9), answer(DAYS[1], 4, 13), answer(DAYS[2], 2)), "calm_is_1", WORDS
    )
    first, second = picture.days
    assert first.x + picture.breadth <= second.x
    assert all(day.x < x < day.x + picture.breadth for day in picture.days for x in day.dots)
    drawn = as_dots(picture)
    assert drawn.count("<a ") == drawn.count("<path ") == 2
    assert "<title>Tuesday 3 November 09:05: 2 Okay; 13:05: 4 Upset</title>" in drawn
    assert f'<path d="M{second.x} 8v{picture.floor - 8}h{picture.breadth}V8z">' in drawn


def test_each_day_of_the_table_says_what_was_answered_and_who_wrote_it_down() -> None:
    first, second = answer(DAYS[0], 4)._replace(entered_by="Mr <Bell>"), answer(DAYS[0], 2, 14)
    rows = as_rows(told(answer(DAYS[1], 1), first, second))
    assert rows.index("Tue 3 Nov") < rows.index("Mon 2 Nov"), "the newest day stands first"
    assert rows.count("<tr") == 2
    assert rows.endswith(
        '<tr id="day-2026-11-02"><th scope="row">Mon 2 Nov</th><td>'
        '<span class="step step-4"><b>4</b> Upset</span> <time>09:05</time>'
        " <small>shown on the fingers to Mr &lt;Bell&gt;</small> "
        '<span class="step step-2"><b>2</b> Okay</span> <time>14:05</time></td></tr>'
    )


def test_what_a_school_calls_its_steps_is_words_and_never_markup() -> None:
    shown = told(answer(DAYS[0], 4)._replace(word="Up & <b>set</b>"))
    picture = dots(DAYS, shown, "calm_is_1", WORDS)
    for drawn in (as_dots(picture), as_rows(shown)):
        assert "Up &amp; &lt;b&gt;set&lt;/b&gt;" in drawn
        assert "<b>set" not in drawn


def test_hard_is_above_calm_whichever_way_the_school_counts() -> None:
    for direction, steps in (("calm_is_1", ["5", "4", "3", "2", "1"]), ("calm_is_5", ["1", "2", "3", "4", "5"])):
        picture = dots(DAYS, told(answer(DAYS[0], 5), answer(DAYS[1], 1)), direction, WORDS)
        hard, calm = (int(y) for y in re.findall(r'cy="(\d+)"', as_dots(picture)))
        assert hard < calm
        assert [line.words for line in picture.rows] == steps
        assert [line.detail for line in picture.rows] == list(reversed(WORDS))


def test_two_answers_of_a_day_stand_side_by_side_within_it() -> None:
    picture = dots(
        DAYS, told(answer(DAYS[1], 2, 9), answer(DAYS[1], 2, 13), answer(DAYS[2], 2)), "calm_is_1", WORDS
    )
    first, second, next_day = (x for day in picture.days for x in day.dots)
    assert LEFT < first < second < next_day < picture.right


def test_an_answer_on_a_day_without_school_is_not_lost() -> None:
    saturday = date(2026, 11, 7)
    picture = dots(DAYS, told(answer(saturday, 3)), "calm_is_1", WORDS)
    assert picture.days[0].told.id == "day-2026-11-07"


def test_weeks_are_marked_and_their_dates_never_run_into_each_other() -> None:
    picture = dots(DAYS, [], "calm_is_1", WORDS)
    assert [line.words for line in picture.weeks] == ["2 Nov", "9 Nov", "16 Nov"]
    few = dots(
        [DAYS[0], DAYS[5], DAYS[10], *(DAYS[10] + timedelta(days=7 * at) for at in range(1, 30))],
        [],
        "calm_is_1",
        WORDS,
    )
    written = [line.at for line in few.weeks if line.words]
    assert all(after - before >= 52 for before, after in pairwise(written))


def test_nothing_at_all_is_still_a_picture() -> None:
    assert dots([], [], "calm_is_1", WORDS).days == ()
    assert xmr([], [], None, []).points == ()


def test_a_chart_shows_its_limits_only_when_there_are_some() -> None:
    shares = [10.0, 20.0, 60.0]
    without = xmr(DAYS[:3], shares, None, [None] * 3)
    assert (without.mean, without.lower, without.upper) == (None, None, None)
    with_limits = xmr(DAYS[:3], shares, Limits(20, -5, 45), [None, None, "beyond"])
    assert with_limits.mean is not None
    assert with_limits.upper is not None
    assert with_limits.points[2].y < with_limits.upper < with_limits.mean < with_limits.floor
    assert with_limits.lower == with_limits.floor, "no percentage is below nought"
    assert with_limits.points[2].words == "Wednesday 4 November: 60 %, beyond what is usual"


def test_the_year_in_squares_leaves_out_days_without_school_and_shows_days_without_an_answer() -> None:
    year = year_in_squares([(DAYS[0], 4), (DAYS[2], None), (DAYS[5], 1)], "calm_is_5")
    assert year.rows == [
        (0, [Square(4, 2), Square(1, 5)]),
        (2, [Square(), NO_SCHOOL]),
    ]
    assert year.weeks == [("2 Nov", "Nov"), ("9 Nov", "")]
    (_monday, asked), (_wednesday, silent) = year.rows
    assert as_squares(asked) == '<td class="tone step-4">2</td><td class="tone step-1">5</td>'
    assert as_squares(silent) == '<td class="no-answer"></td><td class="no-school"></td>'
    assert "not in school" in as_squares([Square(is_away=True)])


def test_a_months_name_stands_over_its_first_week_where_there_is_room() -> None:
    year = [(date(2026, 8, 31), 1), (date(2026, 9, 7), 1), (date(2026, 9, 14), 1), (date(2026, 10, 5), 1)]
    assert [week.month for week in year_in_squares(year, "calm_is_1").weeks] == ["", "Sept", "", "Oct"]


def test_days_away_are_shaded_together_and_say_which_they_are() -> None:
    away = {DAYS[1], DAYS[2], DAYS[7]}
    picture = dots(DAYS, told(answer(DAYS[0], 1)), "calm_is_1", WORDS, away)
    assert [shade.words for shade in picture.away] == ["Not in school: 3 Nov, 4 Nov", "Not in school: 11 Nov"]
    first, second = picture.away
    assert first.width > second.width
    assert picture.days[0].dots[0] < first.x < first.x + first.width < second.x < picture.right
    year = year_in_squares([(DAYS[0], 4), (DAYS[1], None), (DAYS[3], None)], "calm_is_1", away)
    assert [square.is_away for _weekday, (square,) in year.rows] == [False, True, False]
