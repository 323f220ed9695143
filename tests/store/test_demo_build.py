"""The demo school in a real database: through the importer, whole, and the same every time."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
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
from kiosk.chats.models import Chat, ChatAudience, ChatEvent
from kiosk.chats.rules import Event, state_of
from kiosk.chats.store import Asker, board
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
    assert {use.said for use in uses} == {"helped", "a_bit", "not_today"}
    assert max(use.used_at for use in uses) < NOW
    own = {(pupil_id, card.picture) for pupil_id, one in set_ups(ids).items() for card in one.tablet.strategies}
    assert {(use.pupil_id, use.picture) for use in uses} <= own
