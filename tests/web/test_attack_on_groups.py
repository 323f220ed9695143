"""An attack on the demo school: every pair of filters and dates, subtracted, tells of nobody or of five children.

The attacker sees every page and file of classes, houses and lists, knows who answered when, and has made lists to
find somebody out: a list less one child, a class less two, everybody but three. What each figure that was read is
made of is worked out from the check-ins themselves, and has to add up to the number that was read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, update

from kiosk.db import db, utc_now, writing
from kiosk.patterns.figures.suppression import LEAST
from kiosk.patterns.school.groups import figures_of
from kiosk.patterns.school.models import GroupWeek, ListMember, StaffList
from kiosk.patterns.school.store import _classes
from kiosk.people.models import Account, Enrolment, Pupil, SchoolClass
from tests.client import LintingClient
from tests.conftest import Templates
from tests.web.attack import NOW, Answer, Attack, answers_of_everybody, check, demo_school, is_in, told_by_hour

PAGE = "/patterns/school"
PERIODS = {"weeks": date(2026, 9, 7), "days": NOW.date() - timedelta(days=30), "year": date(2026, 8, 1)}
"""Each with its first day."""


@pytest.fixture(scope="module")
def demo(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo school on a Tuesday, with the attacker's lists in it since term began."""
    with demo_school(sqlite_templates, tmp_path_factory.mktemp("attacked")) as app:
        make_the_attackers_lists()
        db.session.remove()
        yield app


def make_the_attackers_lists() -> None:
    """Lists made to subtract: from each other, from a class, from the school."""
    first_week = db.session.scalars(select(ListMember.from_week)).first()
    nurture = list(db.session.scalars(select(ListMember.pupil_id).where(ListMember.list_id == 1)))
    everybody = list(db.session.scalars(select(Pupil.id).order_by(Pupil.id)))
    maple = list(
        db.session.scalars(
            select(Enrolment.pupil_id)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .where(SchoolClass.name == "Maple")
        )
    )
    lists = {
        "Nurture less one": nurture[1:],
        "Maple less two": maple[2:],
        "Maple": maple,
        "Everybody but three": everybody[3:],
        "Four children": everybody[100:104],
        "A third of them": everybody[::3],
        "A third less one": everybody[3::3],
    }
    with writing() as session:
        for name, children in lists.items():
            made = StaffList(name=name, name_key=name, made_by_id=1, made_at=utc_now())
            session.add(made)
            session.flush()
            session.add_all(
                ListMember(list_id=made.id, pupil_id=child, from_week=first_week) for child in children
            )
        # In the middle of term one child leaves the nurture group.
        session.execute(
            update(ListMember)
            .where(ListMember.list_id == 1, ListMember.pupil_id == nurture[0])
            .values(until_week=date(2026, 10, 12))
        )


@pytest.fixture(scope="module")
def attack(demo: Flask) -> Attack:
    """Everything that pages and files show of every group in every time."""
    with demo.app_context():
        bell = db.session.scalars(select(Account).where(Account.email.like("bell@%"))).one()
        answers = answers_of_everybody()
        classes = _classes()
        shown_weeks = {(row.monday, row.group_key) for row in db.session.scalars(select(GroupWeek))}
        assert not shown_weeks, "weeks are made when somebody looks"
    browser: LintingClient = demo.test_client()  # type: ignore[assignment]
    with browser.session_transaction() as session:
        session.update(_user_id=bell.fs_uniquifier, _fresh=True, _permanent=True)
    keys = re.findall(r'<option value="([^"]+)"', browser.get(PAGE).get_data(as_text=True).split("period")[0])
    assert len([key for key in keys if key.startswith("list-")]) == 10
    found = Attack()
    hours = told_by_hour(answers)
    for key in keys:
        for period in PERIODS:
            if key.startswith(("house-", "list-")):
                _read_weeks(found, browser, key, period, answers, demo)
            else:
                shown = figures_of(key, hours, classes).counts.keys()
                of_group = {
                    answer for answer, (class_id, _step) in answers.items() if is_in(key, class_id, classes)
                }
                _read_days_and_hours(found, browser, key, period, answers, shown, of_group)
    return found


def _read_days_and_hours(
    found: Attack,
    browser: LintingClient,
    key: str,
    period: str,
    answers: Mapping[Answer, tuple[int, int]],
    shown: Iterable[tuple[date, int]],
    of_group: Collection[Answer],
) -> None:
    query = f"group={key}&period={period}"
    days, cells = csv_rows(browser, query), xlsx_rows(browser, query, sheet=2)
    page = browser.get(f"{PAGE}?{query}").get_data(as_text=True)
    may_be = set(shown)
    mine = [one for one in of_group if one[1:3] in may_be and PERIODS[period] <= one[1] < NOW.date()]
    by_day: dict[date, set[Answer]] = defaultdict(set)
    by_cell: dict[tuple[int, int], set[Answer]] = defaultdict(set)
    for one in mine:
        by_day[one[1]].add(one)
        by_cell[one[1].weekday() + 1, one[2]].add(one)
    read_days = []
    for day_text, share, number, *_rest in days:
        day = date.fromisoformat(day_text)
        check(by_day[day], answers, float(share), int(number))
        assert f'id="day-{day}"' in page
        found.add(f"{key} on {day}", by_day[day])
        read_days.append((f"{day:%A}", frozenset(by_day[day])))
    read_cells = []
    for weekday, hour, share, number in cells:
        of_cell = by_cell[int(weekday), int(hour)]
        check(of_cell, answers, share, int(number))
        found.add(f"{key}, {period}, weekday {weekday} at {hour}", of_cell)
        read_cells.append((f"{date(2026, 11, 15 + int(weekday)):%A}", frozenset(of_cell)))
    for _year, first_day, last_day, _days, share, number in xlsx_rows(browser, query, sheet=3):
        stretch = {
            one for one in of_group if one[1:3] in may_be and serial(first_day) <= one[1] <= serial(last_day)
        }
        check(stretch, answers, share, int(number))
        found.add(f"{key} from {serial(first_day)} to {serial(last_day)}", stretch)
    assert len(cells) == page.count("<small>of ")
    found.add_sums(f"days of {key}, {period}", read_days)
    found.add_sums(f"hours of {key}, {period}", read_cells)
    for monday_text in set(re.findall(r'id="week-([^"]+)"', page)):
        monday = date.fromisoformat(monday_text)
        points = {serial(row[0]): row[1:3] for row in xlsx_rows(browser, query, sheet=4)}
        of_week = {one for one in mine if monday <= one[1] < monday + timedelta(days=7)}
        check(of_week, answers, points[monday][0], int(points[monday][1]))
        found.add(f"{key}, {period}, point of {monday}", of_week)
    weeks = [
        (day.isocalendar()[1], of_day) for (_name, of_day), day in zip(read_days, sorted_days(days), strict=True)
    ]
    found.add_sums(f"weeks of {key}, {period}", weeks)


def serial(number: float) -> date:
    """A day as a spreadsheet writes it."""
    return date(1899, 12, 30) + timedelta(days=int(number))


def sorted_days(rows: Iterable[list[str]]) -> list[date]:
    return [date.fromisoformat(row[0]) for row in rows]


def _read_weeks(
    found: Attack,
    browser: LintingClient,
    key: str,
    period: str,
    answers: Mapping[Answer, tuple[int, int]],
    demo: Flask,
) -> None:
    sizes = Counter((day, hour) for day, hour, _child in {(one[1], one[2], one[0]) for one in answers})
    of_week: dict[date, list[Answer]] = defaultdict(list)
    for one in answers:
        of_week[one[1] - timedelta(days=one[1].weekday())].append(one)
    read = []
    for monday_text, share, number in csv_rows(browser, f"group={key}&period={period}"):
        monday = date.fromisoformat(monday_text)
        with demo.app_context():
            members = members_of(key, monday)
        mine = {one for one in of_week[monday] if one[0] in members and sizes[one[1:3]] >= LEAST}
        check(mine, answers, float(share), int(number))
        found.add(f"{key} in the week of {monday}", mine)
        read.append((monday, frozenset(mine)))
    found.add_sums(f"weeks of {key}, {period}", read)


def members_of(key: str, monday: date) -> set[int]:
    """Who is in a house, or counts on a list in a week."""
    if key.startswith("house-"):
        return set(db.session.scalars(select(Pupil.id).where(Pupil.house == key.removeprefix("house-"))))
    rows = db.session.scalars(select(ListMember).where(ListMember.list_id == int(key.removeprefix("list-"))))
    return {
        row.pupil_id
        for row in rows
        if row.from_week <= monday and (row.until_week is None or row.until_week > monday)
    }


def csv_rows(browser: LintingClient, query: str) -> list[list[str]]:
    """The rows of a file, without its heads and without what it says it leaves out."""
    text = browser.get(f"{PAGE}/export.csv?{query}").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.reader(StringIO(text)))
    return [row for row in rows[1 : rows.index([])] if row]


def xlsx_rows(browser: LintingClient, query: str, sheet: int) -> list[list[float]]:
    """The numbers on a sheet of a workbook, without its heads."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with ZipFile(BytesIO(browser.get(f"{PAGE}/export.xlsx?{query}").get_data())) as book:
        tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [
        [float(cell.findtext(f"{space}v") or 0) for cell in row.iter(f"{space}c")]
        for row in list(tree.iter(f"{space}row"))[1:]
    ]


def test_no_two_figures_of_the_demo_school_differ_by_few_children(attack: Attack) -> None:
    assert len(attack.figures) > 1500
    assert any(name.startswith("class-1, days, point of") for name in attack.figures), "a class is drawn by weeks"
    assert attack.found() == []


def test_lists_that_mean_well_are_shown_and_the_attackers_are_not(attack: Attack) -> None:
    """A rule that shows nothing would be safe and useless."""
    weeks = Counter(name.partition(" in the week of ")[0] for name in attack.figures if " in the week of " in name)
    assert {key: weeks[f"list-{key}"] for key in (1, 2, 3)} == dict.fromkeys((1, 2, 3), 11)
    assert [weeks[f"list-{key}"] for key in (4, 5, 6, 7, 8)] == [0] * 5
    assert {weeks[f"house-{house}"] for house in ("Heron", "Kestrel", "Otter", "Badger")} == {12}


@pytest.mark.parametrize(
    "what",
    ["list-1 in the week of 2026-11-09", "school on 2026-11-19", "class-1, weeks, weekday 1.0 at 8.0"],
)
def test_the_attack_finds_one_figure_too_many(attack: Attack, what: str) -> None:
    """The test of the test: beside the same figure less one child."""
    whole = attack.figures[what]
    child = min(one[0] for one in whole)
    careless = Attack({**attack.figures, "careless": frozenset(one for one in whole if one[0] != child)})
    found = [set(pair) for *pair, number in careless.found() if number == 1]
    assert found
    assert all("careless" in pair for pair in found)
