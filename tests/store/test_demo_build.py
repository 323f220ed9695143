"""The demo school in a real database: through the importer, whole, and the same every time."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import time_machine
from flask import Flask
from flask_security.utils import verify_password
from sqlalchemy import func, select

from kiosk import create_app
from kiosk.alerts.models import Alert
from kiosk.audit import AuditEvent
from kiosk.chats.models import Chat, ChatAudience, ChatEvent, Concern, ConcernAudience, Helped, Outcome
from kiosk.chats.outcome_rules import OutcomeEntry, check_outcome
from kiosk.chats.rules import SAID_HELPED, Event, state_of
from kiosk.chats.store import Asker, board, count_waiting, follow_ups_for, helped_before
from kiosk.chats.store.helping import ASK_WITHIN
from kiosk.db import db
from kiosk.demo.build import ROSTER, DemoSchool, build_demo, ready_demo
from kiosk.demo.folder import DemoRefused, built_on, make_way
from kiosk.demo.hazelwood import MRS_ALI, MRS_GREEN
from kiosk.feelings.models import CheckIn, StrategyUse
from kiosk.migrations import migrate_database
from kiosk.minding.cards import not_held_in_mind
from kiosk.minding.endings import endings_done, endings_due, nobody_can_be_asked
from kiosk.minding.meetings import missed, planned_today
from kiosk.minding.models import Card, Script
from kiosk.minding.rules import check_card_words, check_picture
from kiosk.minding.scripts import scripts_of
from kiosk.patterns.models import Hello, NextStep, WeeklyList
from kiosk.people.childs_tablet import set_ups
from kiosk.people.high5 import AT_THE_KEYBOARD
from kiosk.people.models import Account, Adult, Enrolment, High5, Pupil, SchoolClass, Tablet
from kiosk.people.near import NearAdult
from kiosk.people.roster.plan import plan_import
from kiosk.people.roster.reading import read_roster
from kiosk.people.roster.store import present
from kiosk.people.store import high5_of, tablet_roster
from kiosk.people.tablet_settings import DEFAULT
from kiosk.people.tablets import invitation, pair_with_code
from kiosk.school.store import school_calendar, settings
from tests.conftest import Templates, database_url, settings_for

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh migrated database of each kind, for all tests of this module."""
    templates: Templates = request.getfixturevalue(f"{request.param}_templates")
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("demo") / "treetops.sqlite3"
        shutil.copy(templates.empty, file)
        yield f"sqlite:///{file}"
        return
    server, name = request.getfixturevalue("postgresql"), f"demo{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {templates.empty}")
    yield database_url(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def built(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, DemoSchool]]:
    """The application with the demo, and what it says about itself."""
    app = create_app(settings_for(tmp_path_factory.mktemp("instance"), url, streams=20))
    with app.app_context():
        school = ready_demo(lambda _line: None, NOW)
    yield app, school
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(built: tuple[Flask, DemoSchool]) -> Iterator[DemoSchool]:
    """The demo, inside its application."""
    app, school = built
    with app.app_context():
        yield school


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# --- people ---------------------------------------------------------------------------------------------------


def test_the_importer_brought_in_everyone(demo: DemoSchool):
    assert (count(Pupil), count(SchoolClass), count(Enrolment)) == (240, 8, 240)
    assert count(Adult) == 31, "30 of the roster and one who left"
    imported = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "roster_imported")).all()
    assert len(imported) == 1


def test_importing_the_same_files_again_would_change_nothing(demo: DemoSchool):
    assert plan_import(read_roster(ROSTER), present()).is_empty


def test_one_child_joined_later_and_nobody_checked_in_before_they_came(demo: DemoSchool):
    joined = Counter(db.session.scalars(select(Pupil.joined_on)))
    assert sorted(joined.values()) == [1, 239]
    early = (
        select(CheckIn.id).join(Pupil, Pupil.id == CheckIn.pupil_id).where(CheckIn.school_day < Pupil.joined_on)
    )
    assert db.session.scalars(early).all() == []


def test_everyone_has_a_high5_with_somebody_who_can_be_told_today(demo: DemoSchool):
    high5 = high5_of(db.session.scalars(select(Pupil.id)))
    assert len(high5) == 240
    assert all(any(adult.can_receive(NOW) for adult in adults) for adults in high5.values())


def test_some_high5s_still_name_the_adult_who_left(demo: DemoSchool):
    left = select(Adult.id).where(Adult.left_on.is_not(None))
    assert db.session.scalars(left).all()
    named = db.session.scalar(select(func.count()).select_from(High5).where(High5.adult_id.in_(left)))
    assert named is not None
    assert named >= 8


def test_hardly_a_child_has_two_adults_whom_only_a_colour_tells_apart(demo: DemoSchool):
    pupils = high5_of(db.session.scalars(select(Pupil.id)))
    drawn = [[adult.picture.partition("-")[0] for adult in adults] for adults in pupils.values()]
    assert sum(len(set(shapes)) < len(shapes) for shapes in drawn) <= 2


def test_every_adult_says_where_to_find_them(demo: DemoSchool):
    assert not db.session.scalars(select(Adult.called).where(Adult.place.is_(None))).all()
    assert "Mrs Ali" in db.session.scalars(select(Adult.called)).all()


def test_the_demo_is_open_at_any_hour_and_named(demo: DemoSchool):
    assert settings()["school_name"] == "Hazelwood Primary School"
    assert school_calendar().is_open(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))


# --- ways in --------------------------------------------------------------------------------------------------


def test_one_sign_in_for_each_role_works(demo: DemoSchool):
    assert [one.role for one in demo.sign_ins] == ["adult", "nurture", "dsl", "admin", "duty"]
    for one in demo.sign_ins:
        account = db.session.scalar(select(Account).where(Account.email == one.email))
        assert account is not None
        assert account.active
        assert one.role in {role.name for role in account.roles}
        assert verify_password(one.password, account.password)


def test_the_administrator_is_nobodys_trusted_adult(demo: DemoSchool):
    admin = next(one for one in demo.sign_ins if one.role == "admin")
    account = db.session.scalars(select(Account).where(Account.email == admin.email)).one()
    assert account.adult_id is None


def test_who_left_cannot_sign_in(demo: DemoSchool):
    active = select(Account.active).join(Adult, Adult.id == Account.adult_id).where(Adult.left_on.is_not(None))
    assert db.session.scalars(active).all() == [False]


def test_the_code_pairs_again_and_again_and_shows_every_class(demo: DemoSchool):
    tablets = [pair_with_code(demo.tablet_code)[0] for _ in range(2)]
    assert tablets[0].id != tablets[1].id
    pupils = tablet_roster(tablets[1])
    assert len(pupils) == 240
    assert len({pupil.class_name for pupil in pupils}) == 8


def test_two_children_of_one_name_can_be_told_apart(demo: DemoSchool):
    tablet, _token = pair_with_code(demo.tablet_code)
    names = Counter((pupil.class_name, pupil.name) for pupil in tablet_roster(tablet))
    assert [who for who, times in names.items() if times > 1] == []


def test_the_lines_are_what_the_interface_promises(demo: DemoSchool):
    first, *staff = demo.lines("http://127.0.0.1:8080")
    assert first == f"Tablet: http://127.0.0.1:8080/pair?code={demo.tablet_code}"
    assert [line.split() for line in staff] == [
        ["Staff:", "http://127.0.0.1:8080/staff/", one.email, one.password] for one in demo.sign_ins[:4]
    ]


# --- the term -------------------------------------------------------------------------------------------------


def test_a_term_is_there_and_today_has_begun(demo: DemoSchool):
    assert count(CheckIn) > 12_000
    assert count(Chat) > 500
    today = db.session.scalar(select(func.count()).where(CheckIn.school_day == TODAY))
    assert today is not None
    assert today > 150


def test_every_column_of_a_request_is_what_its_events_add_up_to(demo: DemoSchool):
    events: dict[int, list[Event]] = defaultdict(list)
    for row in db.session.scalars(select(ChatEvent).order_by(ChatEvent.chat_id, ChatEvent.number)):
        assert row.number == len(events[row.chat_id]) + 1
        events[row.chat_id].append(
            Event(row.kind, row.at, row.adult_id, row.to_adult_id, row.coming_at, row.note)  # type: ignore[arg-type]
        )
    chats = db.session.scalars(select(Chat)).all()
    assert {chat.id for chat in chats} == events.keys()
    for chat in chats:
        state = state_of(events[chat.id])
        assert (chat.state, chat.owner_id, chat.since, chat.coming_at, chat.cannot_wait) == (
            state.state,
            state.owner_id,
            state.since,
            state.coming_at,
            state.cannot_wait,
        )
        assert (chat.answered_at, chat.ended_at) == (state.answered_at, state.ended_at)


def test_every_request_has_somebody_who_may_see_it(demo: DemoSchool):
    assert set(db.session.scalars(select(ChatAudience.chat_id))) == set(db.session.scalars(select(Chat.id)))


def test_only_who_is_waited_for_is_rung(demo: DemoSchool):
    waiting = set(db.session.scalars(select(Chat.id).where(Chat.state == "asked")))
    assert len(waiting) == 3
    assert set(db.session.scalars(select(Alert.chat_id))) == waiting


def test_each_adult_sees_their_own_requests_and_nobody_elses(demo: DemoSchool):
    def sees(email: str, *, sees_all: bool = False) -> set[str]:
        account = db.session.scalars(select(Account).where(Account.email == email)).one()
        assert account.adult_id is not None
        return {card.pupil_name for card in board(Asker(account.adult_id, account.id, sees_all))}

    assert sees("ali@hazelwood.example") == {"Leo Carter", "Safiya Choudhry"}
    assert sees("hartley@hazelwood.example") == {"Tyler Brooks"}
    assert sees("shah@hazelwood.example") == set()
    everything = {"Leo Carter", "Safiya Choudhry", "Tyler Brooks", "Daniel Mensah"}
    assert sees("reid@hazelwood.example") == {"Daniel Mensah"}
    assert sees("reid@hazelwood.example", sees_all=True) == everything


def test_fingers_are_entered_by_an_adult_and_taps_by_the_tablet_of_the_class(demo: DemoSchool):
    both_or_neither = select(CheckIn.id).where(CheckIn.entered_by_id.is_(None) == CheckIn.tablet_id.is_(None))
    assert db.session.scalars(both_or_neither).all() == []
    tablets = select(Tablet.name, SchoolClass.name, func.count()).join(CheckIn, CheckIn.tablet_id == Tablet.id)
    tablets = tablets.join(Enrolment, Enrolment.pupil_id == CheckIn.pupil_id)
    tablets = tablets.join(SchoolClass, SchoolClass.id == Enrolment.class_id).group_by(
        Tablet.name, SchoolClass.name
    )
    assert all(tablet == f"{room} class tablet" for tablet, room, _ in db.session.execute(tablets))


# --- again ----------------------------------------------------------------------------------------------------


def test_opened_again_on_the_same_day_it_is_kept(built: tuple[Flask, DemoSchool], demo: DemoSchool):
    before = [count(model) for model in (Pupil, CheckIn, Chat, Account)]
    again = ready_demo(pytest.fail, NOW.replace(hour=18))
    assert [count(model) for model in (Pupil, CheckIn, Chat, Account)] == before
    assert again.sign_ins == demo.sign_ins
    assert invitation(demo.tablet_code), "the address printed in the morning still works"
    assert built_on(built[0].extensions["settings"]) == TODAY


def test_a_database_with_a_school_in_it_is_refused(demo: DemoSchool):
    before = count(CheckIn)
    with pytest.raises(DemoRefused, match="holds a school already"):
        build_demo(pytest.fail, NOW)
    assert count(CheckIn) == before


def test_on_the_next_day_it_is_built_anew_with_the_same_people(tmp_path: Path):
    place = settings_for(tmp_path, f"sqlite:///{tmp_path / 'treetops.sqlite3'}", streams=0)

    def open_on(now: datetime) -> tuple[DemoSchool, dict[str | None, str], date | None]:
        make_way(place, now.date())
        app = create_app(place)
        with app.app_context():
            migrate_database()
            school = ready_demo(lambda _line: None, now)
            pictures = {pupil.source_id: pupil.picture for pupil in db.session.scalars(select(Pupil))}
            newest = db.session.scalar(select(func.max(CheckIn.school_day)))
            db.session.remove()
            db.engine.dispose()
        return school, pictures, newest

    monday, pictures, newest = open_on(datetime(2026, 11, 23, 11, 0, tzinfo=UTC))
    tuesday, same_pictures, next_newest = open_on(NOW)
    assert (newest, next_newest) == (date(2026, 11, 23), TODAY)
    assert monday.sign_ins == tuesday.sign_ins
    assert pictures == same_pictures


# --- what adults know of children, leave for them and promise them ----------------------------------------------


def test_a_dozen_children_have_a_script_and_one_of_them_a_second_version(demo: DemoSchool):
    scripts = scripts_of(db.session.scalars(select(Pupil.id)).all())
    assert len(scripts) >= 12
    assert sorted(script.version for script in scripts.values())[-2:] == [1, 2]
    assert all(script.entry.likes and script.entry.say and script.entry.plan for script in scripts.values())


def test_a_script_wants_to_be_looked_at_again(demo: DemoSchool):
    due = select(func.count()).select_from(Script).where(Script.review_on <= TODAY)
    assert db.session.scalar(due) == 2


def test_cards_wait_were_kept_and_were_waved_at_and_none_was_found_in_the_future(demo: DemoSchool):
    answers = Counter(db.session.scalars(select(Card.answer)))
    assert answers["kept"] > 5
    assert answers["waved"] > 5
    assert db.session.scalar(select(func.count()).select_from(Card).where(Card.found_at.is_(None))) >= 4
    assert not db.session.scalars(select(Card.id).where(Card.found_at > NOW)).all()
    assert not db.session.scalars(select(Card.id).where(Card.found_at < Card.left_at)).all()


def test_every_card_could_have_been_left_by_hand(demo: DemoSchool):
    for picture, words in db.session.execute(select(Card.picture, Card.words)):
        assert check_picture(picture) == picture
        assert check_card_words(words) == words


def test_some_children_had_no_card_lately(demo: DemoSchool):
    green = db.session.scalars(select(Adult.id).where(Adult.source_id == MRS_GREEN)).one()
    without = not_held_in_mind(NearAdult(green, None, every_child=True), NOW - timedelta(days=14))
    assert 20 < len(without) < 230
    assert without[0].last_left_at is None


def test_one_planned_time_was_missed_without_a_word_and_mrs_ali_has_two_today(
    demo: DemoSchool,
):
    green = db.session.scalars(select(Adult.id).where(Adult.source_id == MRS_GREEN)).one()
    ali = db.session.scalars(select(Adult.id).where(Adult.source_id == MRS_ALI)).one()
    with time_machine.travel(NOW, tick=False):
        gone = missed(NearAdult(green, None, every_child=True), TODAY - timedelta(days=8))
    assert Counter(one.became for one in gone) == {None: 1, "missed": 1}
    assert [(one.planned.at, one.became) for one in planned_today(ali, TODAY)] == [
        (time(9, 10), None),
        (time(14, 30), None),
    ]


def test_most_children_were_told_of_who_left_and_some_not_yet(demo: DemoSchool):
    with time_machine.travel(NOW, tick=False):
        due, done = endings_due(AT_THE_KEYBOARD), endings_done(AT_THE_KEYBOARD, NOW)
        assert 3 <= len(due) <= 20
        assert {one.adult.called for one in due} == {"Miss Pryce", "Mrs Clarke"}
        assert len(done) > 2 * len(due)
        assert any(one.plan.told_by_id for one in due)
        assert nobody_can_be_asked(AT_THE_KEYBOARD) == []


def test_some_children_have_a_tablet_of_their_own_and_said_what_helped(demo: DemoSchool):
    ids = list(db.session.scalars(select(Pupil.id)))
    tablets = [set_up.tablet for set_up in set_ups(ids).values()]
    with_cards = [tablet for tablet in tablets if tablet.strategies]
    assert 30 <= len(with_cards) <= 80
    assert {tablet.scale_picture for tablet in tablets} == {"faces", "weather"}
    assert len({tablet.language for tablet in tablets}) >= 4
    assert sum(tablet == DEFAULT for tablet in tablets) > len(tablets) / 3
    uses = db.session.scalars(select(StrategyUse)).all()
    assert {use.said for use in uses} == {"helped", "a_bit", "not_today", "used"}
    assert max(use.used_at for use in uses) < NOW
    own = {(pupil_id, card.picture) for pupil_id, one in set_ups(ids).items() for card in one.tablet.strategies}
    assert {(use.pupil_id, use.picture) for use in uses} <= own


# --- what came of the talks -------------------------------------------------------------------------------------


def entry_of(outcome: Outcome) -> OutcomeEntry:
    return OutcomeEntry(
        tuple(outcome.did),
        tuple(outcome.helped),
        outcome.note,
        outcome.happened,
        outcome.affected,
        outcome.agreed,
        outcome.follow_up_by_id,
        outcome.follow_up_on,
        outcome.follow_up_what,
    )


def talks() -> dict[int, tuple[int, datetime]]:
    """Who talked last and when, by the request's id."""
    rows = db.session.execute(
        select(ChatEvent.chat_id, ChatEvent.adult_id, ChatEvent.at).where(ChatEvent.kind == "talked")
    )
    return {row.chat_id: (row.adult_id, row.at) for row in rows}


def test_most_talks_are_written_up_by_who_talked_and_closed_by_it(demo: DemoSchool):
    outcomes, talked = db.session.scalars(select(Outcome)).all(), talks()
    assert 0.8 * len(talked) < len(outcomes) < 0.97 * len(talked)
    states = {chat.id: chat.state for chat in db.session.execute(select(Chat.id, Chat.state))}
    closed = select(ChatEvent.chat_id, ChatEvent.adult_id, ChatEvent.at).where(ChatEvent.kind == "closed")
    closings = set(map(tuple, db.session.execute(closed)))
    by_a_lead = {closed[0] for closed in closings} - {
        outcome.chat_id
        for outcome in outcomes
        if (outcome.chat_id, outcome.written_by_id, outcome.written_at) in closings
    }
    for outcome in outcomes:
        adult_id, at = talked[outcome.chat_id]
        assert outcome.written_by_id == adult_id
        assert at < outcome.written_at <= NOW
        assert states[outcome.chat_id] == "closed"
    assert 0 < len(by_a_lead) < len(outcomes) / 10
    assert {states[chat_id] for chat_id in talked.keys() - {one.chat_id for one in outcomes}} == {
        "talked",
        "closed",
    }


def test_every_outcome_could_have_been_written_by_hand(demo: DemoSchool):
    with_account = set(db.session.scalars(select(Account.adult_id)))
    for outcome in db.session.scalars(select(Outcome)):
        entry = entry_of(outcome)
        check_outcome(entry, TODAY)
        assert entry.did
        assert set(entry.helped) <= set(entry.did)
        assert entry.follow_up_on is None or entry.follow_up_on >= outcome.written_at.date()
        assert entry.follow_up_by_id is None or entry.follow_up_by_id in with_account


def test_no_note_is_written_twice_of_the_same_child(demo: DemoSchool):
    notes = db.session.execute(
        select(Chat.pupil_id, Outcome.note).join(Chat, Chat.id == Outcome.chat_id).where(Outcome.note.is_not(None))
    )
    times = Counter(map(tuple, notes))
    assert len(times) > 100
    assert max(times.values()) == 1
    assert len({note for _child, note in times}) > 20


def test_two_talks_put_something_right(demo: DemoSchool):
    right = db.session.scalars(select(Outcome).where(Outcome.happened.is_not(None))).all()
    assert len({outcome.agreed for outcome in right}) == 2
    for outcome in right:
        assert outcome.affected
        assert "mended" in outcome.did
        chat = db.session.get(Chat, outcome.chat_id)
        assert chat is not None
        assert "put_right" in chat.about


def test_something_was_followed_up_something_is_due_and_one_thing_is_overdue(demo: DemoSchool):
    outcomes = db.session.scalars(select(Outcome).where(Outcome.follow_up_on.is_not(None))).all()
    done = [outcome for outcome in outcomes if outcome.followed_up_at]
    assert len(done) >= 5
    for outcome in done:
        assert outcome.followed_up_at
        assert outcome.written_at < outcome.followed_up_at < NOW
    ali = asker_of("ali@hazelwood.example")
    with time_machine.travel(NOW, tick=False):
        assert [one.is_overdue for one in follow_ups_for(ali)] == [True, False]
        everybodys = follow_ups_for(replace(ali, is_lead=True))
    assert sorted(one.is_overdue for one in everybodys) == [False, False, False, True]
    seats = set(map(tuple, db.session.execute(select(ChatAudience.chat_id, ChatAudience.adult_id))))
    assert {(outcome.chat_id, outcome.follow_up_by_id) for outcome in outcomes} <= seats


def test_what_waits_to_be_written_down_is_short(demo: DemoSchool):
    with time_machine.travel(NOW, tick=False):
        waiting = [
            count_waiting(Asker(account.adult_id, account.id, sees_all=False)).to_write_up
            for account in db.session.scalars(select(Account).where(Account.adult_id.is_not(None)))
            if account.adult_id is not None
        ]
    assert 2 <= sum(waiting) <= 30
    assert max(waiting) <= 6


def test_children_said_whether_it_helped_after_the_talk_and_before_the_next(demo: DemoSchool):
    said, talked = db.session.scalars(select(Helped)).all(), talks()
    assert {one.said for one in said} == set(SAID_HELPED)
    assert 0.4 * len(talked) < len(said) < 0.95 * len(talked)
    pupil_of = {chat.id: chat.pupil_id for chat in db.session.execute(select(Chat.id, Chat.pupil_id))}
    asked = defaultdict(list)
    for pupil_id, asked_at in db.session.execute(select(Chat.pupil_id, Chat.asked_at)):
        asked[pupil_id].append(asked_at)
    for one in said:
        at = talked[one.chat_id][1]
        assert at < one.said_at <= min(NOW, at + ASK_WITHIN)
        assert not any(at < again < one.said_at for again in asked[pupil_of[one.chat_id]])


def test_the_cards_on_the_board_say_what_helped_before(demo: DemoSchool):
    waiting = db.session.scalars(select(Chat.pupil_id).where(Chat.state.in_(("asked", "coming")))).all()
    before = helped_before(waiting)
    assert all(before[pupil_id] for pupil_id in waiting)


def test_one_worry_was_raised_and_closed_and_none_is_open(demo: DemoSchool):
    (concern,) = db.session.scalars(select(Concern))
    assert (concern.about_adult_id, concern.chat_id) == (None, None)
    assert concern.pupil_id is not None
    assert concern.closed_at is not None
    assert concern.raised_at < concern.closed_at < NOW
    leads = {account.adult_id for account in db.session.scalars(select(Account)) if account.has_role("dsl")}
    seen = {row.adult_id: row.seen_at for row in db.session.scalars(select(ConcernAudience))}
    assert seen.keys() == leads
    assert concern.closed_by_id in leads - {concern.raised_by_id}
    assert all(at and concern.raised_at < at < concern.closed_at for at in seen.values())


def asker_of(email: str) -> Asker:
    account = db.session.scalars(select(Account).where(Account.email == email)).one()
    assert account.adult_id is not None
    return Asker(account.adult_id, account.id, sees_all=False)


def test_the_weekly_meetings_left_their_decisions_and_one_list_nobody_looked_at(
    built: tuple[Flask, DemoSchool],
) -> None:
    with built[0].app_context():
        lists = db.session.scalars(select(WeeklyList).order_by(WeeklyList.shown_from.desc())).all()
        said = db.session.execute(select(NextStep.kind, NextStep.words, NextStep.at)).all()
        greeted = db.session.scalars(select(Hello.last_day)).all()
    assert len(lists) > 8
    assert [number for number, one in enumerate(lists) if one.looked_at is None] == [0, 3], "this week's waits"
    assert {row.kind for row in said} == {"seen", "decided", "outcome"}
    assert "ten minutes after lunch" in " ".join(row.words for row in said), "Leo's, two weeks ago"
    assert max(row.at for row in said) < NOW
    assert len(greeted) == 3
    assert all(TODAY <= last_day <= TODAY + timedelta(days=7) for last_day in greeted)
