"""An attack on what programs read: every address on two days, before and after one answer, subtracted in pairs.

The attacker has a token for everything and reads as often as they like: before and after a child answers, and the
day after. What they read is worked out from check-ins and requests, and no two figures may differ by one to four
children. (An answer that a tablet without the network brings days later is what is left: docs/patterns.md.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from kiosk.audit import Actor
from kiosk.chats.models import Chat, ChatEvent
from kiosk.chats.rules import OPEN
from kiosk.chats.store import Asker, answer
from kiosk.db import db, utc_now, writing
from kiosk.feelings.models import CheckIn
from kiosk.patterns.connections.asked_store import asked_between
from kiosk.patterns.school.groups import figures_of
from kiosk.patterns.school.store import _classes
from kiosk.people.models import Account
from tests.client import LintingClient
from tests.conftest import Templates
from tests.web.attack import NOW, Answers, Attack, answers_of_everybody, check, demo_school, is_in, told_by_hour
from tests.web.feeds import read, token_for

A_DAY = timedelta(days=1)
NEXT_MONTH = NOW.replace(month=12, day=9)
Reading = dict[str, Any]
"""What each address told."""


@dataclass
class Spied:
    """What the attacker read, and when."""

    before: Reading
    after: Reading
    """On the same day, after one child answered and one request was met."""
    next_day: Reading
    next_month: Reading
    attack: Attack
    waits: Attack


@pytest.fixture(scope="module")
def spied(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spied]:
    """A demo school that is read four times; the limit of a minute is not what is tested."""
    with demo_school(sqlite_templates, tmp_path_factory.mktemp("read")) as app:
        green = db.session.scalars(select(Account).where(Account.email.like("green@%"))).one()
        lead = Actor(account_id=green.id, adult_id=green.adult_id)
        token = token_for(app, lead, "school", "classes", "waits", days=60)
        found, waits = Attack(), Attack()
        add_waits(waits, NOW.date())
        before = read_everything(app, token)
        add_figures(found, before, answers_of_everybody(), NOW.date())
        one_child_answers()
        one_request_is_met(lead)
        after = read_everything(app, token)
        with time_machine.travel(NOW + A_DAY, tick=False):
            next_day = read_everything(app, token)
            add_figures(found, next_day, answers_of_everybody(), NOW.date() + A_DAY)
        with time_machine.travel(NEXT_MONTH, tick=False):
            add_waits(waits, NEXT_MONTH.date())
            next_month = {"/feed/waits": read(client_of(app), "/feed/waits", token)}
        yield Spied(before, after, next_day, next_month, found, waits)


def client_of(app: Flask) -> LintingClient:
    client: LintingClient = app.test_client()  # type: ignore[assignment]
    return client


def read_everything(app: Flask, token: str) -> Reading:
    """Every address there is, in every period it offers."""
    client = client_of(app)
    groups = read(client, "/feed/classes", token)["groups"]
    told = {"/feed/classes": groups, "/feed/waits": read(client, "/feed/waits", token)}
    for address in ("/feed/school", *(f"/feed/classes/{one['key']}" for one in groups)):
        app.extensions["limits"].storage.reset()
        for period in read(client, address, token)["periods"]:
            told[f"{address}?period={period}"] = read(client, f"{address}?period={period}", token)
    return told


def one_child_answers() -> None:
    """A child of the smallest class says that it is hard."""
    with writing() as session:
        last = session.scalars(select(CheckIn).order_by(CheckIn.id.desc()).limit(1)).one()
        said = {name: getattr(last, name) for name in ("pupil_id", "tablet_id", "scale_version_id", "class_id")}
        now = utc_now()
        session.add(
            CheckIn(
                key=uuid4(),
                step=5,
                intensity=5,
                felt_at=now,
                received_at=now,
                school_day=NOW.date(),
                hour=10,
                clock_odd=False,
                **said,
            )
        )


def one_request_is_met(lead: Actor) -> None:
    """The oldest that is still open."""
    waiting = db.session.scalars(select(Chat).where(Chat.state.in_(OPEN)).order_by(Chat.id)).first()
    assert waiting is not None
    assert lead.adult_id is not None
    assert lead.account_id is not None
    newest = db.session.scalars(select(func.max(ChatEvent.number)).where(ChatEvent.chat_id == waiting.id)).one()
    answer(waiting.key, "talked", Asker(lead.adult_id, lead.account_id, sees_all=True), seen_number=newest)


def add_figures(found: Attack, told: Reading, answers: Answers, today: date) -> None:
    """What was read of hard answers, as the answers it is made of."""
    classes, hours = _classes(), told_by_hour(answers)
    for address, body in told.items():
        if "period=" not in address:
            continue
        key, name = body["group"]["key"], f"{address} on {today}"
        may_be = figures_of(key, hours, classes).counts.keys()
        first, last = (date.fromisoformat(body["period"][end]) for end in ("first", "last"))
        mine = [
            one
            for one, (class_id, _step) in answers.items()
            if is_in(key, class_id, classes) and one[1:3] in may_be and first <= one[1] <= last and one[1] < today
        ]
        by_day, by_cell = defaultdict(set), defaultdict(set)
        for one in mine:
            by_day[one[1]].add(one)
            by_cell[one[1].weekday() + 1, one[2]].add(one)
        for row in body["days"]:
            of_day = by_day[date.fromisoformat(row["day"])]
            check(of_day, answers, row["hard_percent"], row["answers"])
            found.add(f"{name}: {row['day']}", of_day)
        for row in body["hours"]:
            of_cell = by_cell[row["weekday"], row["from_hour"]]
            check(of_cell, answers, row["hard_percent"], row["answers"])
            found.add(f"{name}: {row['weekday']} at {row['from_hour']}", of_cell)
        read_days = [(row["day"], frozenset(by_day[date.fromisoformat(row["day"])])) for row in body["days"]]
        found.add_sums(f"days of {name}", ((day[:7], of_day) for day, of_day in read_days))
        found.add_sums(
            f"hours of {name}",
            ((row["weekday"], frozenset(by_cell[row["weekday"], row["from_hour"]])) for row in body["hours"]),
        )


def add_waits(waits: Attack, today: date) -> None:
    """The requests that each figure of a month is made of, as they are when it is made."""
    asked = asked_between(today - timedelta(days=400), today)
    for month, group in groupby(asked, key=lambda one: one.school_day.replace(day=1)):
        of_month = list(group)
        numbered = [((one.pupil_id, one.school_day, 0, at), one) for at, one in enumerate(of_month)]
        met = {number for number, one in numbered if one.met_same_day}
        waits.add(f"{month} asked, {today}", {number for number, _one in numbered})
        waits.add(f"{month} met the same day, {today}", met)


def test_an_answer_changes_nothing_that_is_read_on_the_same_day(spied: Spied) -> None:
    assert len(spied.before) > 30
    assert spied.after == spied.before


def test_no_two_figures_of_two_days_differ_by_few_children(spied: Spied) -> None:
    assert len(spied.attack.figures) > 1500
    assert any("2026-11-24" in name.partition(": ")[2] for name in spied.attack.figures), "the day that was today"
    assert spied.attack.found() == []


def test_waits_say_the_same_until_a_month_is_over(spied: Spied) -> None:
    months = spied.before["/feed/waits"]["months"]
    assert [one["month"] for one in months] == ["2026-08", "2026-09", "2026-10"]
    assert spied.next_day["/feed/waits"] == spied.before["/feed/waits"]
    later = spied.next_month["/feed/waits"]["months"]
    assert later[:-1] == months
    assert later[-1]["month"] == "2026-11"


def test_numbers_of_requests_are_about_nobody_or_five_children(spied: Spied) -> None:
    """Each month's numbers beside each other, and beside those of a later reading, as they were told."""
    told = {
        f"{one['month']}-01 {what}": one[field]
        for one in spied.next_month["/feed/waits"]["months"]
        for field, what in (("requests", "asked"), ("met_same_day", "met the same day"))
    }
    assert sum(number is not None for number in told.values()) == 8
    read_when = {month: NEXT_MONTH.date() if month == "2026-11" else NOW.date() for month in months_of(told)}
    figures = {}
    for name, number in told.items():
        made_of = spied.waits.figures[f"{name}, {read_when[name[:7]]}"]
        if number is not None:
            assert len(made_of) == number, name
            figures[name] = made_of
    assert Attack(figures).found() == []


def months_of(told: Iterable[str]) -> set[str]:
    return {name[:7] for name in told}


def test_the_attack_finds_a_month_that_is_told_while_it_runs(spied: Spied) -> None:
    """The test of the test: read before and after one request was met."""
    met = spied.waits.figures["2026-10-01 met the same day, 2026-11-24"]
    read_live = Attack({"before": frozenset(sorted(met)[1:]), "after": met})
    assert read_live.found() == [("after", "before", 1)]
