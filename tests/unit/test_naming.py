"""The map of who is named by whom: who has nobody, who has only one, and whom a leaver would leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kiosk.patterns.connections.naming import (
    Mark,
    NamedAdult,
    NamesMap,
    NamingChild,
    adult_finding,
    children_finding,
    class_finding,
    classes_of,
    half_of_all,
    left_with_one,
    map_of,
    school_finding,
)
from kiosk.web.patterns.naming_pictures import STEP, draw_bars, draw_map

TODAY = date(2026, 11, 20)
ALI, OKAFOR, PRYCE, NOVAK = 1, 2, 3, 4
ADULTS = {
    ALI: NamedAdult(ALI, "Mrs Ali"),
    OKAFOR: NamedAdult(OKAFOR, "Mr Okafor"),
    PRYCE: NamedAdult(PRYCE, "Miss Pryce", left_on=date(2026, 10, 23)),
    NOVAK: NamedAdult(NOVAK, "Ms Novak", left_on=date(2026, 12, 11)),
}


def child(number: int, name: str, *adults: int, class_name: str = "Oak") -> NamingChild:
    return NamingChild(number, name, {"Oak": 5, "Birch": 2, "": 0}[class_name], class_name, adults)


AMIR = child(1, "Amir Khan", ALI, OKAFOR)
ZOFIA = child(2, "Zofia Nowak", OKAFOR)
TYLER = child(3, "Tyler Brooks", PRYCE, class_name="Birch")
LEO = child(4, "Leo Carter", PRYCE, ALI, class_name="Birch")
EVE = child(5, "Eve Doe", class_name="")
ALL = (ZOFIA, LEO, EVE, AMIR, TYLER)


def drawn(*children: NamingChild) -> NamesMap:
    return map_of(children, ADULTS, TODAY)


def said(sentences: list[object]) -> str:
    return " ".join(str(sentence) for sentence in sentences)


def test_children_and_adults_stand_by_name_and_nobody_is_first() -> None:
    found = drawn(*ALL)
    assert [row.child.name[:3] for row in found.rows] == ["Ami", "Eve", "Leo", "Tyl", "Zof"]
    assert [column.adult.called for column in found.columns] == ["Miss Pryce", "Mr Okafor", "Mrs Ali"]
    assert [column.named_by for column in found.columns] == [2, 2, 2]


def test_who_is_away_for_long_is_nobody_to_count_on_and_is_drawn_like_a_leaver() -> None:
    adults = {**ADULTS, ALI: replace(ADULTS[ALI], is_away_long=True)}
    found = map_of([AMIR, LEO], adults, TODAY)
    assert {row.child.name: row.here for row in found.rows} == {"Amir Khan": 1, "Leo Carter": 0}
    ali = next(column for column in found.columns if column.adult.id == ALI)
    assert (ali.named_by, ali.only_for, ali.has_left, ali.is_here) == (2, 0, False, False)
    assert [line.adults for line in classes_of(found.rows)] == [0, 1]
    assert said(adult_finding(found, adults[ALI], TODAY)) == (
        "2 children name Mrs Ali. Mrs Ali is away for long. "
        "1 child has nobody to ask for. 1 child has only one adult."
    )
    assert left_with_one(found, ALI) == 0, "without her they have what they have already"
    assert "Mrs Ali" not in said(class_finding(found)), "nobody shares whom nobody can count on"
    shapes = {mark.shape for row in draw_map(found).rows for mark in row.marks if mark.x == draw_x(found, ALI)}
    assert shapes == {"left"}


def draw_x(found: NamesMap, adult_id: int) -> float:
    """Where an adult's column stands."""
    return next(drawn.x for drawn in draw_map(found).columns if drawn.column.adult.id == adult_id)


def test_who_has_left_is_nobody_to_ask_for() -> None:
    found = drawn(*ALL)
    assert {row.child.name: row.here for row in found.rows} == {
        "Amir Khan": 2,
        "Eve Doe": 0,
        "Leo Carter": 1,
        "Tyler Brooks": 0,
        "Zofia Nowak": 1,
    }
    assert (found.nobody, found.only_one) == (2, 2)
    leo = next(row for row in found.rows if row.child is LEO)
    assert leo.marks == (Mark(PRYCE, 1, True, False), Mark(ALI, 2, False, True))


def test_who_leaves_next_month_is_here_until_then() -> None:
    with_novak = child(9, "Ada", NOVAK)
    assert drawn(with_novak).only_one == 1
    assert map_of([with_novak], ADULTS, date(2026, 12, 11)).nobody == 1


def test_for_whom_an_adult_is_the_only_one() -> None:
    only = {column.adult.called: column.only_for for column in drawn(*ALL).columns}
    assert only == {"Miss Pryce": 0, "Mr Okafor": 1, "Mrs Ali": 1}
    assert left_with_one(drawn(*ALL), OKAFOR) == 1, "Amir would have Mrs Ali alone"
    assert left_with_one(drawn(*ALL), PRYCE) == 0, "she has gone already"


def test_classes_in_a_line_each_and_children_of_none_last() -> None:
    lines = [
        (one.name, one.children, one.nobody, one.only_one, one.adults) for one in classes_of(drawn(*ALL).rows)
    ]
    assert lines == [("Birch", 2, 1, 1, 1), ("Oak", 2, 0, 1, 2), ("", 1, 1, 0, 0)]


@pytest.mark.parametrize(("numbers", "fewest"), [([], 0), ([4], 1), ([1, 1, 1, 1], 2), ([10, 1, 1, 1], 1)])
def test_on_how_many_adults_half_of_all_names_fall(numbers: list[int], fewest: int) -> None:
    adults = {at: NamedAdult(at, f"Adult {at}") for at in range(len(numbers))}
    children = [child(100 * at + n, "C", at) for at, number in enumerate(numbers) for n in range(number)]
    assert half_of_all(map_of(children, adults, TODAY).columns) == fewest


def test_the_title_says_what_there_is_to_see() -> None:
    assert said(school_finding(drawn(*ALL))) == (
        "2 children have nobody to ask for. 2 children have only one adult. "
        "Half of all names fall on 1 of 2 adults."
    )
    assert said(class_finding(drawn(AMIR, ZOFIA))) == "1 child has only one adult. 2 of 2 name Mr Okafor."
    assert said(children_finding(drawn(AMIR))) == "Every child has two adults or more."
    assert said(children_finding(drawn())) == "There are no children here."


def test_the_title_of_one_adult_says_who_would_be_alone() -> None:
    named = drawn(AMIR, ZOFIA)
    assert said(adult_finding(named, ADULTS[OKAFOR], TODAY)) == (
        "2 children name Mr Okafor. 1 of them has nobody else who is here. 1 of them has only one other adult."
    )
    assert said(adult_finding(drawn(), ADULTS[NOVAK], TODAY)) == "No child names Ms Novak."
    assert said(adult_finding(drawn(TYLER, LEO), ADULTS[PRYCE], TODAY)) == (
        "2 children name Miss Pryce. Miss Pryce has left. "
        "1 child has nobody to ask for. 1 child has only one adult."
    )
    three = drawn(child(8, "Bo", ALI, OKAFOR, NOVAK))
    assert said(adult_finding(three, ADULTS[ALI], TODAY)) == (
        "1 child names Mrs Ali. Each of them has two others or more."
    )


def test_each_mark_stands_where_a_childs_row_meets_an_adults_column() -> None:
    picture = draw_map(drawn(*ALL))
    x_of = {one.column.adult.id: one.x for one in picture.columns}
    for row in picture.rows:
        assert [(mark.x, mark.place) for mark in row.marks] == [
            (x_of[adult_id], place) for place, adult_id in enumerate(row.row.child.adults, 1)
        ]
    shapes = {row.row.child.name: [mark.shape for mark in row.marks] for row in picture.rows}
    assert shapes["Leo Carter"] == ["left", "only"]
    assert shapes["Amir Khan"] == ["named", "named"]
    assert shapes["Eve Doe"] == []


def test_nothing_is_drawn_outside_the_picture_or_over_anything_else() -> None:
    picture = draw_map(drawn(*ALL))
    ys = [row.y for row in picture.rows]
    assert all(later - earlier == pytest.approx(STEP) for earlier, later in pairwise(ys))
    assert picture.head < ys[0] < ys[-1] < picture.floor < picture.height
    assert all(picture.side < mark.x < picture.right < picture.width for row in picture.rows for mark in row.marks)


def test_bars_are_as_long_as_there_are_children_and_their_dark_part_no_longer() -> None:
    bars = draw_bars(drawn(*ALL, child(6, "Bo", ALI), child(7, "Cy", ALI)).columns)
    long = {bar.column.adult.called: (bar.width, bar.only_width) for bar in bars}
    assert long == {"Miss Pryce": (50.0, 0.0), "Mr Okafor": (50.0, 25.0), "Mrs Ali": (100.0, 75.0)}


def test_an_empty_map_has_a_size() -> None:
    picture = draw_map(drawn())
    assert picture.width > 0 < picture.height
    assert draw_bars(()) == []
