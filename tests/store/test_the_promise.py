"""No request is ever left with nobody: rules and store together, over adults, phones and clocks that come and go.

Any order of what people do, with the server failing at any statement of any transaction, keeps the promises in
``check``. Amir trusts Mrs Ali and Mr Okafor; Ms Novak and Mr Reid are on duty; Mrs Green leads safeguarding with
her deputy Mr Marsh, who stays all year and about whom nobody has a concern.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import time_machine
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, event, or_, select, update
from sqlalchemy.orm import aliased

from kiosk.alerts import channels
from kiosk.alerts.models import Alert, Bell, Channel, Delivery
from kiosk.alerts.outbox import Message, claim_next, mark_never, mark_not_now, mark_sent
from kiosk.alerts.reaching import can_be_told, keep_boards_open
from kiosk.alerts.rules import STAYS_ON_THE_BOARD
from kiosk.alerts.store import still_ringing
from kiosk.audit import KEYBOARD, AuditEvent
from kiosk.chats import concerns
from kiosk.chats import store as chats
from kiosk.chats.models import Chat, ChatAudience, ChatEvent, Concern, ConcernAudience, Outcome, OutcomeBefore
from kiosk.chats.outcome_rules import OutcomeEntry
from kiosk.chats.passing_on import COMES_BACK_AFTER
from kiosk.chats.rules import OPEN, Event, NewChat, Refused, state_of
from kiosk.chats.store import Asker, CannotReceive
from kiosk.chats.store.changing import WAITS_UNTIL_BACK, around, due_now, state_of_row, told_of
from kiosk.db import db, utc_now, writing
from kiosk.people.accounts import add_staff, set_active
from kiosk.people.models import Account, Adult, Pupil
from kiosk.people.rules import Presence
from kiosk.people.store import TrustedAdult, set_presence, trusted_adults
from kiosk.people.tablets import PairedTablet, recognise
from kiosk.refusal import Refusal
from kiosk.school.calendar import Span
from kiosk.school.date_rules import Kind, SchoolSpan
from kiosk.school.dates import add_dates, all_dates, remove_dates
from kiosk.school.models import SchoolDates
from kiosk.school.store import change_setting, local_now, school_calendar
from kiosk.school.store import settings as school_settings
from tests.cast import PASSWORD, School
from tests.pushes import PushService

LONDON = ZoneInfo("Europe/London")
THURSDAY_BEFORE_CHRISTMAS = datetime(2026, 12, 17, 9, 0, tzinfo=LONDON)
WHO = ("ali", "okafor", "novak", "reid", "green", "marsh")
GOES = tuple(who for who in WHO if who != "marsh")
LEADS, DUTY = ("green", "marsh"), ("novak", "reid")
HIGH5 = {"amir": ("ali", "okafor"), "zofia": ("okafor",)}
KEPT = (
    Chat,
    ChatEvent,
    ChatAudience,
    Alert,
    Delivery,
    Concern,
    ConcernAudience,
    Outcome,
    OutcomeBefore,
    AuditEvent,
    Bell,
)
EMPTIED = (
    Delivery,
    Alert,
    ConcernAudience,
    Concern,
    Outcome,
    ChatAudience,
    ChatEvent,
    Chat,
    Channel,
    Bell,
    SchoolDates,
)
NOT_NOW = (Refused, Refusal, CannotReceive)
"""What people are told in a sentence: nothing was changed."""

MARKED: dict[str, Callable[[Message], object]] = {
    "arrives": lambda message: mark_sent(message, utc_now()),
    "fails": lambda message: mark_not_now(message, "it was away", utc_now()),
    "is gone": lambda message: mark_never(message, "it is gone", utc_now()),
}
"""What becomes of a message that was sent."""

AS_SET = {
    "school_hours": "08:30-15:30",
    "school_days": "mon-fri",
    "two_person_close": "yes",
    "answer_within_seconds": "600",
}
people, goers = st.sampled_from(WHO), st.sampled_from(GOES)
which = st.integers(0, 3)


class Crash(Exception):
    """The database failed us at this statement."""


class Promise(RuleBasedStateMachine):
    """What people do; after each act the clock ticks, and then the promises are looked at."""

    app: Flask
    school: School
    adults: dict[str, int]
    tablet: PairedTablet

    def __init__(self) -> None:
        super().__init__()
        self.now = THURSDAY_BEFORE_CHRISTMAS
        self.keys: list[UUID] = []
        self.concerns: list[int] = []
        self.boards: set[str] = set()
        self.crash_at: int | None = None
        self.events: dict[int, list[tuple[Any, ...]]] = {}
        self.audience: set[tuple[int, int]] = set()
        self.arrived: Counter[tuple[int, int, str]] = Counter()
        self.changed: set[int] = set()  # who was gone, or has another phone, when something rang already
        self.context = self.app.app_context()
        self.context.push()
        start_anew()

    def teardown(self) -> None:
        db.session.remove()
        self.context.pop()

    # what happens

    @initialize(boards=st.sets(people), phones=st.sets(people))
    def begin(self, boards: set[str], phones: set[str]) -> None:
        self.boards = boards
        for who in sorted(phones):
            self.do(lambda who=who: self.add_phone(who))
        for child, wants in (("amir", "ali"), ("zofia", None)):
            self.ask(child, wants, urgent=False, offline=False)

    @rule(
        child=st.sampled_from(["amir", "zofia"]),
        wants=st.sampled_from(["ali", "okafor", None]),
        urgent=st.booleans(),
        offline=st.booleans(),
    )
    def ask(self, child: str, wants: str | None, urgent: bool, offline: bool) -> None:
        if len(self.keys) == 4 or self.school.pupils[child] in self.leavers():
            return
        if wants is not None and wants not in HIGH5[child]:
            wants = HIGH5[child][0]
        asked_at = self.now - timedelta(hours=20 if offline else 0)
        wanted = self.adults[wants] if wants else None
        entry = NewChat(
            uuid4(), self.school.pupils[child], wanted, check_in_key=None, asked_at=asked_at, cannot_wait=urgent
        )
        self.keys.append(entry.key)
        self.do(lambda: chats.ask(entry, self.tablet))
        self.do(lambda: chats.ask(entry, self.tablet))  # the tablet sends again what it is not sure of

    @rule(number=which, does=st.sampled_from([chats.cancel, chats.cannot_wait]))
    def child(self, number: int, does: Callable[[UUID, PairedTablet], None]) -> None:
        key = self.keys[number % len(self.keys)]
        self.do(lambda: does(key, self.tablet))

    @rule(
        number=which,
        kind=st.sampled_from(["seen", "coming", "talked", "handed_over"]),
        who=people,
        to=people,
        minutes=st.none() | st.integers(1, 90),
    )
    def answer(self, number: int, kind: Any, who: str, to: str, minutes: int | None) -> None:
        at = self.now + timedelta(minutes=minutes) if minutes else None
        self.adult_does(
            number,
            who,
            lambda key, me: chats.answer(
                key, kind, me, seen_number=99, take_over=True, coming_at=at, to_adult_id=self.adults[to]
            ),
        )

    @rule(
        number=which,
        kind=st.sampled_from(["seen", "coming", "handed_over", "talked"]),
        told=st.integers(0, 5),
        to=people,
    )
    def who_was_told_answers(self, number: int, kind: str, told: int, to: str) -> None:
        self.answer(number, kind, self.one_who_was_told(number, told), to, minutes=20)

    @rule(number=which, told=st.integers(0, 5))
    def who_was_told_is_coming_now_and_goes_home(self, number: int, told: int) -> None:
        """School is over before they came, and the next that happens is the morning."""
        self.now = max(self.now, self.now.replace(hour=15, minute=24))
        who = self.one_who_was_told(number, told)
        self.answer(number, "coming", who, who, minutes=None)
        self.days_pass(days=0, hour=20, comes=True)

    def one_who_was_told(self, number: int, told: int) -> str:
        chat = select(Chat.id).where(Chat.key == self.keys[number % len(self.keys)]).scalar_subquery()
        may_see = set(db.session.scalars(select(ChatAudience.adult_id).where(ChatAudience.chat_id == chat)))
        db.session.remove()
        who = [one for one in WHO if self.adults[one] in may_see]
        return who[told % len(who)]

    @rule(number=which, who=people, about=st.none() | goers)
    def escalate(self, number: int, who: str, about: str | None) -> None:
        other = self.adults[about] if about else None
        self.adult_does(number, who, lambda key, me: chats.escalate(key, me, "a reason", about_adult_id=other))

    @rule(number=which, who=people)
    def reopen(self, number: int, who: str) -> None:
        self.adult_does(number, who, lambda key, me: chats.reopen(key, me, "needs us again"))

    @rule(number=which, who=people, sign=st.booleans())
    def close(self, number: int, who: str, sign: bool) -> None:
        entry = OutcomeEntry(("listened",), ("listened",), note=f"written by {who}")
        self.adult_does(
            number, who, chats.sign_off if sign else lambda key, me: chats.write_outcome(key, me, entry)
        )

    @rule(who=people, about=goers, child=st.sampled_from(["amir", "zofia", None]))
    def raise_concern(self, who: str, about: str, child: str | None) -> None:
        pupil = self.school.pupils[child] if child else None
        if len(self.concerns) < 2 and self.may_sign_in(who):
            me, other = self.asker(who), self.adults[about]
            raised = self.do(lambda: concerns.raise_concern(me, "words", pupil_id=pupil, about_adult_id=other))
            self.concerns += [raised] if raised else []

    @precondition(lambda self: self.concerns)
    @rule()
    def close_concern(self) -> None:
        number, marsh = self.concerns.pop(), self.asker("marsh")
        self.do(lambda: concerns.close_concern(number, marsh, "done"))

    @precondition(lambda self: self.concerns)
    @rule(number=which, who=st.sampled_from(LEADS))
    def read_concern(self, number: int, who: str) -> None:
        if self.may_sign_in(who):
            me, chosen = self.asker(who), self.concerns[number % len(self.concerns)]
            self.do(lambda: concerns.concern(chosen, me))

    @rule(who=people, here=st.booleans())
    def tap(self, who: str, here: bool) -> None:
        self.is_here(who, lambda day: Presence(tapped_on=day, tapped_here=here))

    @rule(who=people, ahead=st.integers(0, 2), days=st.integers(0, 12))
    def be_absent(self, who: str, ahead: int, days: int) -> None:
        """From today on, or entered beforehand."""
        self.is_here(
            who,
            lambda day: Presence(
                away_from=day + timedelta(days=ahead), away_until=day + timedelta(days=ahead + days)
            ),
        )

    @rule(who=people, weekdays=st.integers(1, 0b1111111))
    def visit_on_some_days(self, who: str, weekdays: int) -> None:
        self.is_here(who, lambda _day: Presence(weekdays=weekdays))

    @rule(who=people, comes=st.sampled_from(["08:00", "09:30", "12:00"]), hours=st.integers(1, 6))
    def work_part_of_the_day(self, who: str, comes: str, hours: int) -> None:
        goes = f"{int(comes[:2]) + hours:02}{comes[2:]}"
        self.is_here(who, lambda _day: Presence(hours={str(day): (comes, goes) for day in range(7)}))

    @rule(who=people, minutes=st.integers(1, 60))
    def go_to_lunch(self, who: str, minutes: int) -> None:
        end = (self.now + timedelta(minutes=minutes)).time()
        if end > self.now.time():
            self.is_here(who, lambda _day: Presence(lunch_from=self.now.time(), lunch_until=end))

    @rule(who=goers, days=st.none() | st.integers(0, 4))
    def leave(self, who: str, days: int | None) -> None:
        """Today, in a few days, or not at all."""
        self.changed.add(self.adults[who])
        self.is_here(who, lambda day: Presence(left_on=None if days is None else day + timedelta(days=days)))

    @rule(back=st.booleans())
    def zofia_leaves_the_school(self, back: bool) -> None:
        """Nobody rings for a child who is not here; a child who comes back begins anew."""
        zofia = update(Pupil).where(Pupil.id == self.school.pupils["zofia"])

        def change() -> None:
            with writing() as session:
                session.execute(zofia.values(left_on=None if back else local_now().date()))

        self.do(change)

    @rule(who=goers, active=st.booleans())
    def switch_account(self, who: str, active: bool) -> None:
        account = select(Account.id).where(Account.adult_id == self.adults[who])
        self.changed.add(self.adults[who])
        self.do(lambda: set_active(db.session.scalars(account).one(), active, KEYBOARD))

    @rule(who=people)
    def open_a_board(self, who: str) -> None:
        self.boards.add(who)
        self.do(lambda: None)

    @rule(who=people)
    def close_a_board(self, who: str) -> None:
        self.boards.discard(who)
        self.now += timedelta(minutes=2, seconds=1)  # so long an open board counts
        self.do(lambda: None)

    @rule(who=people)
    def add_a_phone(self, who: str) -> None:
        self.changed.add(self.adults[who])
        self.do(lambda: self.add_phone(who))

    @rule(fate=st.sampled_from(["arrives", *MARKED]))
    def send(self, fate: str) -> None:
        """Each message is claimed, brought and marked in steps of their own, as the sender does it."""
        while message := self.do(lambda: claim_next("push", utc_now())):
            if fate == "arrives":
                self.arrived[self.what_it_says(message)] += 1
            self.do(lambda message=message: MARKED[fate](message))

    @rule(minutes=st.floats(0, 25))
    def time_passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        self.do(lambda: None)

    @rule(days=st.integers(0, 3), hour=st.sampled_from([0, 7, 8, 11, 15, 20]), comes=st.booleans())
    def days_pass(self, days: int, hour: int, comes: bool) -> None:
        """Over nights and weekends, and Christmas, which school keeps; often until school opens again."""
        self.now = max(self.now, (self.now + timedelta(days=days)).replace(hour=hour))
        self.do(lambda: None)
        if comes:
            with self.context.app.app_context():
                self.now = school_calendar().next_opening(self.now)
            self.do(lambda: None)

    @rule(hours=st.sampled_from(["08:30-15:30", "09:00-12:00"]), minutes=st.sampled_from([2, 10, 30]))
    def the_school_decides_anew(self, hours: str, minutes: int) -> None:
        self.do(lambda: change_setting("school_hours", hours, KEYBOARD))
        self.do(lambda: change_setting("answer_within_seconds", str(minutes * 60), KEYBOARD))

    @rule(kind=st.sampled_from(["term", "closed"]), ahead=st.integers(0, 4), days=st.integers(0, 3))
    def the_office_enters_dates(self, kind: Kind, ahead: int, days: int) -> None:
        """A term that nobody knew of, a day that is closed at short notice: what was due may be so no more."""
        first = self.now.date() + timedelta(days=ahead)
        dates = SchoolSpan(kind, Span(first, first + timedelta(days=days), "as entered"))
        self.do(lambda: add_dates(dates, KEYBOARD))

    @rule()
    def the_office_takes_dates_back(self) -> None:
        if entered := self.do(all_dates):
            self.do(lambda: remove_dates(entered[0].id, KEYBOARD))

    @rule(statement=st.integers(1, 30))
    def fail_next_time(self, statement: int) -> None:
        self.crash_at = statement

    # how it happens

    def adult_does(self, number: int, who: str, act: Callable[[UUID, Asker], object]) -> None:
        if self.may_sign_in(who):
            key, me = self.keys[number % len(self.keys)], self.asker(who)
            self.do(lambda: act(key, me))

    def is_here(self, who: str, presence: Callable[[date], Presence]) -> None:
        self.do(lambda: set_presence(self.adults[who], presence(local_now().date()), KEYBOARD))

    def do(self, act: Callable[[], Any]) -> Any:
        """Let it happen, perhaps after a failure that must leave no trace; then let the clock tick, and look."""
        with time_machine.travel(self.now, tick=False):
            try:
                done = self.after_a_crash(act)
            except NOT_NOW:
                done = None
            except (chats.NoSuchChat, concerns.NoSuchConcern):
                done = None
            db.session.remove()
            self.let_the_clock_tick()
            self.check()
            db.session.remove()
        return done

    def after_a_crash(self, act: Callable[[], Any]) -> Any:
        crash_at, self.crash_at = self.crash_at, None
        if crash_at is None:
            return act()
        before = everything()
        try:
            with failing_at(crash_at):
                return act()
        except Crash:
            db.session.remove()
            assert everything() == before, "all of it or nothing"
            return act()

    def let_the_clock_tick(self) -> None:
        keep_boards_open({self.adults[who] for who in self.boards}, utc_now())
        if not school_calendar().is_open(utc_now()):
            gone = select(Chat.id).join(Pupil, Pupil.id == Chat.pupil_id)
            of_leavers = db.session.scalars(gone.where(Chat.state.in_(OPEN), Pupil.left_on.is_not(None))).all()
            assert chats.tick() == len(of_leavers), "nothing else"
            return
        for _ in range(12):
            if chats.tick() == 0:
                return
        raise AssertionError("the clock never comes to rest")

    def add_phone(self, who: str) -> None:
        channels.add_phone(self.adults[who], PushService(port=9).phone(who), "", KEYBOARD)

    def what_it_says(self, message: Message) -> tuple[int, int, str]:
        row = db.session.execute(select(Delivery.alert_id, Delivery.words).where(Delivery.id == message.id)).one()
        db.session.remove()
        return row.alert_id, message.channel_id, row.words

    def asker(self, who: str) -> Asker:
        return Asker(self.adults[who], 1, sees_all=who in (*LEADS, *DUTY), is_lead=who in LEADS)

    def may_sign_in(self, who: str) -> bool:
        with time_machine.travel(self.now, tick=False):
            (adult,) = trusted_adults([self.adults[who]])
            may = works_here(adult)
        db.session.remove()
        return may

    # what must be so

    def check(self) -> None:
        found = list(db.session.scalars(select(Chat).order_by(Chat.id)))
        assert all(chat.due_at == due_now(chat) for chat in found if chat.state in OPEN), (
            "as the school has it now"
        )
        self.check_nothing_is_lost(found)
        self.check_nobody_is_told_twice()
        self.check_no_message_is_lost()
        self.check_concerns_are_read()
        gone = set(db.session.scalars(select(Pupil.id).where(Pupil.left_on.is_not(None))))
        assert not [chat.id for chat in found if chat.state in OPEN and chat.pupil_id in gone], "they wait no more"
        if school_calendar().is_open(utc_now()):
            told = told_of([chat.id for chat in found])
            for chat in found:
                if chat.state in OPEN:
                    self.check_somebody_has_it(chat, told[chat.id])

    def check_nothing_is_lost(self, found: list[Chat]) -> None:
        assert {chat.key for chat in found} == set(self.keys), "each request is there, once"
        for chat in found:
            rows = db.session.execute(
                select(
                    ChatEvent.number,
                    ChatEvent.kind,
                    ChatEvent.at,
                    ChatEvent.adult_id,
                    ChatEvent.to_adult_id,
                    ChatEvent.coming_at,
                    ChatEvent.note,
                    ChatEvent.level,
                )
                .where(ChatEvent.chat_id == chat.id)
                .order_by(ChatEvent.number)
            ).all()
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            assert state_of_row(chat) == state_of(Event(*row[1:]) for row in rows)
            had, self.events[chat.id] = self.events.get(chat.id, []), [tuple(row) for row in rows]
            assert self.events[chat.id][: len(had)] == had, "events are only ever added"
        audience = {tuple(row) for row in db.session.execute(select(ChatAudience.chat_id, ChatAudience.adult_id))}
        assert audience >= self.audience, "passing on hides nothing"
        self.audience = audience

    def check_nobody_is_told_twice(self) -> None:
        ringing = select(Alert.adult_id, Alert.chat_id, Alert.concern_id, Alert.reason).where(
            Alert.quiet_at.is_(None)
        )
        assert max(Counter(map(tuple, db.session.execute(ringing))).values(), default=0) <= 1
        assert max(self.arrived.values(), default=0) <= 1, "once to each phone"

    def check_no_message_is_lost(self) -> None:
        """What rings went to each phone, or is on its way there: then, or once more since for another reason."""
        alert, newer = aliased(Alert), aliased(Alert)
        went = (
            select(Delivery.id)
            .join(newer, newer.id == Delivery.alert_id)
            .where(
                Delivery.channel_id == Channel.id,
                Delivery.state.in_(["waiting", "sent"]),
                newer.created_at >= alert.created_at,
                or_(newer.chat_id == alert.chat_id, newer.concern_id == alert.concern_id),
            )
        )
        lost = (
            select(alert.adult_id, alert.reason)
            .join(Channel, Channel.adult_id == alert.adult_id)
            .where(
                alert.quiet_at.is_(None),
                alert.reason.not_in(STAYS_ON_THE_BOARD | WAITS_UNTIL_BACK),
                alert.adult_id.not_in(self.changed),
                Channel.disabled_at.is_(None),
                Channel.created_at <= alert.created_at,
                ~went.correlate(alert, Channel).exists(),
            )
        )
        assert db.session.execute(lost).all() == []

    def check_concerns_are_read(self) -> None:
        """What no lead has read rings again for who leads and is here; whoever it is about is never told."""
        leads = {adult.id: adult for adult in trusted_adults(list(self.ids(LEADS))) if adult.has_account}
        lead_now = {number for number, lead in leads.items() if not lead.presence.has_left(local_now().date())}
        pace = float(school_settings()["answer_within_seconds"])
        for concern in db.session.scalars(select(Concern)):
            alerts = select(Alert.adult_id, Alert.created_at).where(Alert.concern_id == concern.id)
            told = dict(db.session.execute(alerts.order_by(Alert.created_at)).all())
            assert concern.about_adult_id not in told, "whoever it is about is never told"
            given = select(ConcernAudience.adult_id, ConcernAudience.seen_at)
            seen = dict(db.session.execute(given.where(ConcernAudience.concern_id == concern.id)).all())
            readers = (lead_now & seen.keys() or lead_now) - {concern.about_adult_id, concern.raised_by_id}
            is_open = concern.closed_at is None and school_calendar().is_open(utc_now())
            if is_open and not any(seen.get(lead) for lead in readers):
                here = {lead for lead in readers if leads[lead].can_receive(local_now())}
                newest = max([concern.raised_at, *told.values()])
                assert not here or school_calendar().add_open_seconds(newest, pace) > utc_now(), "it rings again"

    def check_somebody_has_it(self, chat: Chat, told: set[int]) -> None:
        now, state, reach = utc_now(), state_of_row(chat), around(chat.pupil_id, chat.owner_id, utc_now())
        adults = {adult.id: adult for adult in trusted_adults(list(self.adults.values()))}
        here = {adult.id for adult in adults.values() if adult.can_receive(local_now())}
        chain = self.chain(chat.pupil_id)
        if state.taken_by is None:
            self.check_the_child_knows_whether_anybody_hears(chat, told, here & (chain | told) - reach.never_alone)
            self.check_whom_the_child_chose_has_it(chat, here)
            assert not (chat.cannot_wait and here & self.ids(DUTY) - told), "everyone on duty knows"
        if state.taken_by is not None:
            assert chat.due_at > now
            self.check_can_be_counted_on(adults[state.taken_by], chat)
            self.check_nobody_is_said_to_be_coming_who_is_not(chat)
        elif state.level == "nobody":
            assert not here & (chain | told), "nobody means nobody at all"
            assert chats.chat_on_tablet(chat.key, self.tablet).nobody_is_here, "the child is told"
            assert {self.adults["marsh"]} <= told, "the safeguarding leads are told"
        else:
            assert chat.due_at > now
            having = {chat.owner_id} if chat.owner_id is not None else self.ids(DUTY)
            assert here & having, "whoever has it is here"
            free = (here & chain) - reach.never_alone
            if can_be_told(free, now):
                assert can_be_told(here & told, now), "somebody who would hear of it was told"
            rings = still_ringing([chat.id])[chat.id] | ({chat.owner_id} - {None})
            if can_be_told(free - told if now < chat.since + COMES_BACK_AFTER else free, now):
                assert can_be_told(here & rings, now), "it rings for somebody who would hear of it"
        if state.level != "nobody":
            having = {chat.owner_id} if chat.owner_id is not None else here & self.ids(DUTY)
            if having <= reach.never_alone:
                know = {who for who in told if works_here(adults[who])}
                assert know - reach.never_alone, "it is never only with an adult about whom a concern is open"

    def check_can_be_counted_on(self, holder: TrustedAdult, chat: Chat) -> None:
        """Who took it is here; or has answered just now; or comes after lunch or in their hours, as they said."""
        assert holder.has_account, "who can sign in no more has nothing"
        assert not holder.presence.has_gone(local_now().date()), "who took it and went away has it no more"
        just_answered = not chat.nudged and utc_now() - chat.since < timedelta(minutes=10)
        again = holder.presence.here_again_at(local_now())
        comes_then = again is not None and chat.coming_at is not None and chat.coming_at >= again
        assert holder.can_receive(local_now()) or just_answered or comes_then

    def check_nobody_is_said_to_be_coming_who_is_not(self, chat: Chat) -> None:
        """To a child who is not told that it is too late, "Coming now" of yesterday is not said today."""
        night = school_calendar().open_between(chat.since, utc_now()) < utc_now() - chat.since
        if chat.state == "coming" and chat.coming_at is None and night and not chat.late:
            assert utc_now() - chat.since < timedelta(minutes=10)

    def check_the_child_knows_whether_anybody_hears(self, chat: Chat, told: set[int], free: set[int]) -> None:
        if free:
            nobody_hears = not can_be_told(free, utc_now())
            shown = chats.chat_on_tablet(chat.key, self.tablet).nobody_is_here
            assert shown == nobody_hears, "the child is told, and only then"
            if nobody_hears:
                assert {self.adults["marsh"]} <= told, "the safeguarding leads are told"

    def check_whom_the_child_chose_has_it(self, chat: Chat, here: set[int]) -> None:
        """At once when they come, if it was never theirs and no adult has decided anything about it."""
        rows = db.session.execute(
            select(ChatEvent.adult_id, ChatEvent.to_adult_id).where(ChatEvent.chat_id == chat.id)
        ).all()
        untouched = all(row.adult_id is None and row.to_adult_id != chat.asked_for_id for row in rows)
        assert not (untouched and chat.asked_for_id in here)

    def leavers(self) -> set[int]:
        gone = set(db.session.scalars(select(Pupil.id).where(Pupil.left_on.is_not(None))))
        db.session.remove()
        return gone

    def chain(self, pupil_id: int) -> set[int]:
        (child,) = (who for who, number in self.school.pupils.items() if number == pupil_id)
        return self.ids((*HIGH5[child], *DUTY, *LEADS))

    def ids(self, who: tuple[str, ...]) -> set[int]:
        return {self.adults[one] for one in who}


def works_here(adult: TrustedAdult) -> bool:
    """Whether somebody works here and can sign in."""
    return adult.has_account and not adult.presence.has_left(local_now().date())


def start_anew() -> None:
    """The cast as on the first day."""
    with writing() as session:
        for model in EMPTIED:
            session.execute(delete(model))
        session.execute(update(Account).values(active=True))
        for name, value in AS_SET.items():
            change_setting(name, value, KEYBOARD)
        session.execute(update(Pupil).values(left_on=None))
        session.execute(
            update(Adult).values(
                left_on=None,
                away_from=None,
                away_until=None,
                lunch_from=None,
                lunch_until=None,
                tapped_on=None,
                weekdays=Presence().weekdays,
                hours=None,
            )
        )
    db.session.remove()


def everything() -> list[list[Any]]:
    """All there is to know."""
    rows = [sorted(map(repr, db.session.execute(select(*model.__table__.columns)).all())) for model in KEPT]
    db.session.remove()
    return rows


@contextmanager
def failing_at(statement: int) -> Iterator[None]:
    """Let the database fail at this statement, and at each one after it."""
    seen = 0

    def fail(*_args: object) -> None:
        nonlocal seen
        seen += 1
        if seen >= statement:
            raise Crash

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)


def test_no_request_is_ever_left_with_nobody(app: Flask, school: School) -> None:
    with app.app_context():
        adults = dict(school.adults)
        for who, name, role in (("reid", "Mr Reid", "duty"), ("marsh", "Mr Marsh", "dsl")):
            account = add_staff(name, f"{who}@hazelwood.example", [role], KEYBOARD, password=PASSWORD)
            assert account.adult_id is not None
            adults[who] = account.adult_id
        tablet = recognise(school.oak_token)
        assert tablet is not None
        on_sqlite = db.engine.dialect.name == "sqlite"
        if on_sqlite:
            event.listen(db.engine, "connect", trust_the_power_supply)
            db.engine.dispose()
        db.session.remove()
    bound = {"app": app, "school": school, "adults": adults, "tablet": tablet}
    run_state_machine_as_test(
        type("BoundPromise", (Promise,), bound),
        settings=settings(
            max_examples=60 if on_sqlite else 10,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )


def trust_the_power_supply(connection: sqlite3.Connection, _record: object) -> None:
    """The tests write a thousand times, and none of them has to outlive the machine."""
    connection.execute("PRAGMA synchronous=OFF")
