"""An attack on the demo school: every pair of filters and dates, subtracted, tells of nobody or of five children.

The attacker sees every page and file of classes, houses and lists, knows who answered when, and has made lists to
find somebody out: a list less one child, a class less two, everybody but three. What each figure that was read is
made of is worked out from the check-ins themselves, and has to add up to the number that was read.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from kiosk import create_app
from kiosk.db import db, utc_now, writing
from kiosk.demo.build import ready_demo
from kiosk.feelings.models import CheckIn
from kiosk.patterns.groups import Told, figures_of
from kiosk.patterns.list_models import GroupWeek, ListMember, StaffList
from kiosk.patterns.school_store import _classes
from kiosk.patterns.suppression import LEAST
from kiosk.people.models import Account, Enrolment, Pupil, SchoolClass
from tests.client import LintingClient
from tests.conftest import Templates, settings_for

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
PAGE = "/patterns/school"
PERIODS = ("weeks", "year")
Answer = tuple[int, date, int, int]
"""Child, day, hour, number of the check-in."""


@pytest.fixture(scope="module")
def demo(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo school on a Tuesday, with the attacker's lists in it since term began."""
    folder = tmp_path_factory.mktemp("attacked")
    shutil.copy(sqlite_templates.empty, folder / "treetops.sqlite3")
    app = create_app(settings_for(folder, f"sqlite:///{folder / 'treetops.sqlite3'}"))
    app.test_client_class = LintingClient
    with time_machine.travel(NOW, tick=False), app.app_context():
        ready_demo(lambda _line: None, NOW)
        make_the_attackers_lists()
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


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


@dataclass
class Attack:
    """What was read, each figure as the answers it is made of."""

    figures: dict[str, frozenset[Answer]] = field(default_factory=dict)

    def add(self, name: str, answers: Iterable[Answer]) -> None:
        """A figure, by what it is of."""
        self.figures[name] = frozenset(answers)

    def add_sums(self, name: str, pieces: Iterable[tuple[object, frozenset[Answer]]]) -> None:
        """What anybody can add up: all of some figures together, and those of each weekday."""
        sums: dict[object, set[Answer]] = defaultdict(set)
        for key, answers in pieces:
            sums[key] |= answers
            sums["all"] |= answers
        for key, answers in sums.items():
            self.add(f"{name}, {key}", answers)

    def found(self) -> list[tuple[str, str, int]]:
        """Each pair of figures that differ by one to four children, and by how many.

        A figure with few children in it is found as its difference from nothing.
        """
        everything = list(frozenset().union(*self.figures.values()))
        numbers = {answer: number for number, answer in enumerate(everything)}
        # As numbers of which each bit is an answer, two figures are told apart in a microsecond.
        masks: dict[int, str] = {0: "nothing"}
        for name, answers in self.figures.items():
            masks.setdefault(_mask(numbers[answer] for answer in answers), name)
        most = 4 * max(Counter(child for child, *_when in everything).values())
        ordered = sorted((mask.bit_count(), mask) for mask in masks)
        leaks = []
        for at, (size, mask) in enumerate(ordered):
            for other_size, other in ordered[at + 1 :]:
                if other_size - size > most:
                    break
                apart = mask ^ other
                if apart.bit_count() <= most:
                    children = _few(everything[bit][0] for bit in _bits(apart))
                    if children:
                        leaks.append((masks[other], masks[mask], children))
        return leaks


def _few(children: Iterable[int]) -> int:
    """How many different children there are when there are few; 0 as soon as there are enough."""
    seen: set[int] = set()
    for child in children:
        seen.add(child)
        if len(seen) == LEAST:
            return 0
    return len(seen)


def _mask(bits: Iterable[int]) -> int:
    found = bytearray()
    for bit in bits:
        place = bit // 8
        if place >= len(found):
            found.extend(bytes(place + 1 - len(found)))
        found[place] |= 1 << bit % 8
    return int.from_bytes(found, "little")


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


@pytest.fixture(scope="module")
def attack(demo: Flask) -> Attack:
    """Everything that pages and files show of every group in every time."""
    with demo.app_context():
        bell = db.session.scalars(select(Account).where(Account.email.like("bell@%"))).one()
        rows = db.session.execute(
            select(
                CheckIn.pupil_id, CheckIn.school_day, CheckIn.hour, CheckIn.id, CheckIn.class_id, CheckIn.intensity
            )
        )
        answers = {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}
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


def told_by_hour(answers: Mapping[Answer, tuple[int, int]]) -> dict[tuple[date, int], list[Told]]:
    """Who answered when, class by class."""
    children: dict[tuple[date, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for (child, day, hour, _number), (class_id, _step) in answers.items():
        children[day, hour][class_id].add(child)
    return {
        moment: [Told(class_id, len(there), (1, 0, 0, 0, 0)) for class_id, there in of_moment.items()]
        for moment, of_moment in children.items()
    }


def is_in(key: str, class_id: int, classes: Mapping[int, object]) -> bool:
    """Whether a class is the group, or in it."""
    year = getattr(classes.get(class_id), "year", "")
    return key in ("school", f"class-{class_id}", f"year-{year}")


def _read_days_and_hours(
    found: Attack,
    browser: LintingClient,
    key: str,
    period: str,
    answers: Mapping[Answer, tuple[int, int]],
    shown: Iterable[tuple[date, int]],
    of_group: Iterable[Answer],
) -> None:
    query = f"group={key}&period={period}"
    days, cells = csv_rows(browser, query), xlsx_rows(browser, query, sheet=2)
    page = browser.get(f"{PAGE}?{query}").get_data(as_text=True)
    first = date(2026, 9, 1) if period == "year" else date(2026, 9, 7)
    may_be = set(shown)
    mine = [one for one in of_group if one[1:3] in may_be and first <= one[1] < NOW.date()]
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
    assert len(cells) == page.count("<small>of ")
    found.add_sums(f"days of {key}, {period}", read_days)
    found.add_sums(f"hours of {key}, {period}", read_cells)
    weeks = [
        (day.isocalendar()[1], of_day) for (_name, of_day), day in zip(read_days, sorted_days(days), strict=True)
    ]
    found.add_sums(f"weeks of {key}, {period}", weeks)


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


def check(made_of: Iterable[Answer], answers: Mapping[Answer, tuple[int, int]], share: float, number: int) -> None:
    """What we take a figure to be made of adds up to what was read."""
    steps = [answers[answer][1] for answer in made_of]
    assert len(steps) == number
    assert round(100 * sum(step >= 4 for step in steps) / len(steps), 1) == pytest.approx(share)


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
    assert attack.found() == []


def test_lists_that_mean_well_are_shown_and_the_attackers_are_not(attack: Attack) -> None:
    """A rule that shows nothing would be safe and useless."""
    weeks = Counter(name.partition(" in the week of ")[0] for name in attack.figures if " in the week of " in name)
    assert {key: weeks[f"list-{key}"] for key in (1, 2, 3)} == dict.fromkeys((1, 2, 3), 10)
    assert [weeks[f"list-{key}"] for key in (4, 5, 6, 7, 8)] == [0] * 5
    assert {weeks[f"house-{house}"] for house in ("Heron", "Kestrel", "Otter", "Badger")} == {10}


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
