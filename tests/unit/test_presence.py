"""Who is here today, and when somebody is back."""

from __future__ import annotations

from datetime import date, datetime, time

from kiosk.people.rules import Presence, full_name, picture_for, read_id, short_names

MONDAY, TUESDAY, THURSDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 17), date(2026, 9, 19)
VISITS_TUE_THU = Presence(weekdays=0b0001010)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_visitor_is_here_on_their_days_and_back_on_the_next() -> None:
    assert VISITS_TUE_THU.is_here(TUESDAY)
    assert not VISITS_TUE_THU.is_here(MONDAY)
    assert VISITS_TUE_THU.back_on(TUESDAY, is_weekday) == THURSDAY


def test_somebody_who_works_every_day_is_here_whenever_school_is_open() -> None:
    assert Presence().is_here(SATURDAY)
    assert Presence().back_on(date(2026, 9, 18), is_weekday) == date(2026, 9, 21)


def test_an_absence_has_a_first_and_a_last_day() -> None:
    away = Presence(away_from=TUESDAY, away_until=THURSDAY)
    assert [away.is_here(date(2026, 9, day)) for day in (14, 15, 17, 18)] == [True, False, False, True]
    assert away.back_on(TUESDAY, is_weekday) == date(2026, 9, 18)


def test_an_absence_without_an_end_has_no_day_of_return() -> None:
    assert Presence(away_from=MONDAY).back_on(MONDAY, is_weekday) is None


def test_a_full_name_begins_with_what_the_child_goes_by() -> None:
    assert full_name("Muhammad", "Ami", "Khan") == "Ami Khan"
    assert full_name("Amir", None, "Khan") == "Amir Khan"
    assert full_name("Amir", None, "") == "Amir", "not everybody has a family name"


def test_a_leaver_is_not_here_from_the_day_they_left() -> None:
    left = Presence(left_on=TUESDAY)
    assert [left.is_here(day) for day in (MONDAY, TUESDAY, THURSDAY)] == [True, False, False]


def test_two_children_of_one_name_get_as_much_surname_as_it_takes() -> None:
    people = [(1, "Amir", "Khan"), (2, "Amir", "Hussain"), (3, "Amir", "Karimi"), (4, "Zofia", "Nowak")]
    assert short_names(people) == {1: "Amir Kh", 2: "Amir H", 3: "Amir Ka", 4: "Zofia"}


def test_two_children_of_the_very_same_name_are_both_shown() -> None:
    assert short_names([(1, "Amir", "Khan"), (2, "Amir", "Khan")]) == {1: "Amir Khan", 2: "Amir Khan"}


def test_thirty_children_get_thirty_different_drawings_and_more_get_different_pictures() -> None:
    taken: list[str] = []
    for number in range(60):
        taken.append(picture_for(taken, f"pupil-{number}"))
    assert len({name.rpartition("-")[0] for name in taken[:30]}) == 30
    assert len(set(taken)) == 60


def test_a_picture_depends_on_the_child_and_not_on_chance() -> None:
    assert picture_for([], "pupil-1") == picture_for([], "pupil-1")


def test_only_our_own_ids_are_read() -> None:
    odd = ["0", "01", "-1", "1.0", " 1", "1 ", "", "9" * 16, str(2**31), "\u0661", 1, None, True, ["1"]]
    assert [read_id(text) for text in odd] == [None] * len(odd)
    assert read_id("42") == 42


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


def test_somebody_who_works_mornings_is_here_in_the_morning() -> None:
    mornings = Presence(hours={"0": ["09:00", "12:00"]})
    assert mornings.is_here(MONDAY)
    clock = ("08:59", "09:00", "11:59", "12:00")
    assert [mornings.is_here_at(at(MONDAY, now)) for now in clock] == [False, True, True, False]
    assert mornings.is_here_at(at(TUESDAY, "14:00"))


def test_who_has_gone_home_is_not_here_any_more_and_who_comes_later_is() -> None:
    mornings = Presence(hours={"0": ["09:00", "12:00"]})
    assert [mornings.is_still_here(at(MONDAY, now)) for now in ("08:00", "11:59", "12:00")] == [True, True, False]
    stays = Presence(hours={"0": ["09:00", "12:00"]}, tapped_on=MONDAY)
    assert stays.is_still_here(at(MONDAY, "14:00"))
    assert not Presence(tapped_on=MONDAY, tapped_here=False).is_still_here(at(MONDAY, "09:00"))


def test_at_lunch_nobody_can_be_reached() -> None:
    at_lunch = Presence(lunch_from=time(12, 15), lunch_until=time(12, 45))
    assert [at_lunch.is_here_at(at(MONDAY, now)) for now in ("12:14", "12:15", "12:45")] == [True, False, True]


def test_one_tap_out_holds_for_today_only() -> None:
    out = Presence(tapped_on=MONDAY, tapped_here=False)
    assert [out.is_here(day) for day in (MONDAY, TUESDAY)] == [False, True]
    assert out.back_on(MONDAY, is_weekday) == TUESDAY


def test_one_tap_in_brings_a_visitor_in_on_another_day_and_hour() -> None:
    came = Presence(weekdays=0b0001010, hours={"0": ["09:00", "10:00"]}, tapped_on=MONDAY, tapped_here=True)
    assert came.is_here_at(at(MONDAY, "14:00"))
    assert not Presence(tapped_on=MONDAY, tapped_here=True, left_on=MONDAY).is_here_at(at(MONDAY, "14:00"))
