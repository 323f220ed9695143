"""Who may ask for what: every address there is, and every kind of asker, each actually asked.

A new view fails these tests until somebody has decided who may see it. To add one:

1. mark the view with ``@allow(roles)``, ``@allow_tablet`` or ``@allow_everyone``;
2. write its endpoint and the same decision into ``ACCESS``, in words somebody can read aloud in a meeting;
3. if its address has arguments or its form needs fields, say in ``ARGUMENTS`` and ``FORMS`` what a person would
   send: somebody who is allowed must get through with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk.alerts.channels import add_apprise
from kiosk.audit import KEYBOARD, Actor
from kiosk.chats.concerns import raise_concern
from kiosk.chats.models import Concern
from kiosk.chats.outcome_rules import OutcomeEntry
from kiosk.chats.rules import NewChat
from kiosk.chats.store import Asker, answer, ask, follow_up_done, write_outcome
from kiosk.db import db, utc_now, writing
from kiosk.feelings.entering import WhoEnters, enter_fingers
from kiosk.minding.ending_rules import EndingPlan
from kiosk.minding.endings import keep_ending
from kiosk.minding.models import Card, PlannedTime
from kiosk.minding.rules import ScriptEntry
from kiosk.minding.scripts import write_script
from kiosk.minding.week_on_tablet import open_week
from kiosk.patterns.models import ListEntry, WeeklyList
from kiosk.patterns.out.feeds import SCOPES, make_feed
from kiosk.patterns.school.lists import delete_list, make_list
from kiosk.people.high5 import AT_THE_KEYBOARD, Chooser
from kiosk.people.models import ROLES, Account
from kiosk.people.near import NearAdult
from kiosk.people.own_pictures import keep_photo
from kiosk.people.photos import name_of, small_picture
from kiosk.people.rules import Presence
from kiosk.people.store import set_presence
from kiosk.people.tablets import PairedTablet, invite_tablet
from kiosk.school.calendar import Span
from kiosk.school.date_rules import SchoolSpan
from kiosk.school.dates import add_dates
from kiosk.voices.sayings import Saying
from kiosk.voices.store import keep_recording
from kiosk.web.access import Mark, mark_of
from kiosk.wording import Sentence
from tests.cast import STAFF, School, email_of
from tests.client import LintingClient
from tests.clock import school_morning
from tests.conftest import Templates
from tests.photos import photo
from tests.sounds import SentAgain, webm

EVERYONE, TABLETS, NOBODY = "everyone", "tablets", "nobody"
SCHOOL_FEED, CLASSES_FEED, WAITS_FEED = "token for school", "token for classes", "token for waits"
FEEDS = (SCHOOL_FEED, CLASSES_FEED, WAITS_FEED)
SIGNED_IN = "adult duty nurture dsl admin"
WITH_REQUESTS = "adult duty dsl"
SEE_ALL = "duty dsl"
WHO_IS_ASKED_FOR = "adult duty nurture dsl"

ACCESS = {
    # shows nothing about anybody
    "static": EVERYONE,
    "health.healthz": EVERYONE,
    "health.readyz": EVERYONE,
    "security.login": EVERYONE,
    "tablet.page": EVERYONE,
    "tablet.manifest": EVERYONE,
    "tablet.service_worker": EVERYONE,
    "tablet.screens": EVERYONE,
    "staff.manifest": EVERYONE,
    "staff.choose_language": EVERYONE,
    "staff.service_worker": EVERYONE,
    "tablet.pair": EVERYONE,
    "tablet.pair_now": EVERYONE,
    # the tablet protocol
    "tablet.roster": TABLETS,
    "tablet.check_in": TABLETS,
    "tablet.undo_check_in": TABLETS,
    "tablet.ask": TABLETS,
    "tablet.open_chats": TABLETS,
    "tablet.chat": TABLETS,
    "tablet.cancel": TABLETS,
    "tablet.cannot_wait": TABLETS,
    "tablet.sounds": TABLETS,
    "tablet.sound": TABLETS,
    "tablet.pictures": TABLETS,
    "tablet.picture": TABLETS,
    "tablet.waiting": TABLETS,
    "tablet.look_at_my_week": TABLETS,
    "tablet.card_found": TABLETS,
    "tablet.helped": TABLETS,
    "tablet.strategy_used": TABLETS,
    # figures for the school's own programs, each with a token for just these figures
    "feed.school": SCHOOL_FEED,
    "feed.classes": CLASSES_FEED,
    "feed.of_class": CLASSES_FEED,
    "feed.waits": WAITS_FEED,
    # every member of staff
    "staff.home": SIGNED_IN,
    "security.logout": SIGNED_IN,
    "help.index": SIGNED_IN,
    "help.page": SIGNED_IN,
    # children's requests
    "staff.index": WITH_REQUESTS,
    "staff.board": WITH_REQUESTS,
    "staff.ring": WITH_REQUESTS,
    "staff.answer": WITH_REQUESTS,
    "staff.names": WITH_REQUESTS,
    "staff.screen_turned_away": WHO_IS_ASKED_FOR + " admin",
    "staff.screen_turned_back": WHO_IS_ASKED_FOR + " admin",
    # what comes of a talk, for whoever may see the request; signing off is for a safeguarding lead
    "staff.todo": WHO_IS_ASKED_FOR,
    "staff.outcome": WHO_IS_ASKED_FOR,
    "staff.write_outcome": WHO_IS_ASKED_FOR,
    "staff.followed_up": WHO_IS_ASKED_FOR,
    "staff.not_followed_up": WHO_IS_ASKED_FOR,
    "staff.reopen": WHO_IS_ASKED_FOR,
    "staff.sign_off": "dsl",
    # telling the safeguarding lead: everybody may, and only leads read it
    "staff.new_concern": WHO_IS_ASKED_FOR,
    "staff.raise_concern": WHO_IS_ASKED_FOR,
    "staff.tell_lead": WHO_IS_ASKED_FOR,
    "staff.tell_lead_now": WHO_IS_ASKED_FOR,
    "staff.concerns_list": "dsl",
    "staff.concern": "dsl",
    "staff.close_concern": "dsl",
    # the wall in the safe space
    "staff.duty": SEE_ALL,
    "staff.duty_requests": SEE_ALL,
    "staff.take_over": SEE_ALL,
    "staff.switch_room_at_the_wall": SEE_ALL,
    "staff.switch_room_on_the_board": SEE_ALL,
    # how somebody is told that a child asks for them: each their own
    "staff.alerts": WHO_IS_ASKED_FOR,
    "staff.add_phone": WHO_IS_ASKED_FOR,
    "staff.add_mail": WHO_IS_ASKED_FOR,
    "staff.keep_quiet": WHO_IS_ASKED_FOR,
    "staff.send_test": WHO_IS_ASKED_FOR,
    "staff.remove_channel": WHO_IS_ASKED_FOR,
    "staff.remove_channel_now": WHO_IS_ASKED_FOR,
    # who is in: each for themselves, and for a colleague whoever answers the telephone in the morning
    "staff.switch_me": WHO_IS_ASKED_FOR,
    "staff.switch_me_on_the_board": WITH_REQUESTS,
    "staff.my_days": WHO_IS_ASKED_FOR,
    "staff.change_my_days": WHO_IS_ASKED_FOR,
    "staff.who_is_here": SIGNED_IN,
    "staff.switch_colleague": "duty dsl admin",
    "staff.days_of": "duty dsl admin",
    "staff.change_days_of": "duty dsl admin",
    # by which picture children know an adult: the same
    "staff.my_picture": WHO_IS_ASKED_FOR,
    "staff.change_my_picture": WHO_IS_ASKED_FOR,
    "staff.picture_of": "duty dsl admin",
    "staff.change_picture_of": "duty dsl admin",
    "staff.own_picture": SIGNED_IN,
    # what is known of a child, left for them and promised them: the adults near the child
    "staff.children": WHO_IS_ASKED_FOR,
    "staff.child": WHO_IS_ASKED_FOR,
    "staff.script": WHO_IS_ASKED_FOR,
    "staff.write_script_now": WHO_IS_ASKED_FOR,
    "staff.script_versions": WHO_IS_ASKED_FOR,
    "staff.script_on_paper": WHO_IS_ASKED_FOR,
    "staff.card": WHO_IS_ASKED_FOR,
    "staff.leave_card_now": WHO_IS_ASKED_FOR,
    "staff.take_card_back": WHO_IS_ASKED_FOR,
    "staff.book": WHO_IS_ASKED_FOR,
    "staff.planned_time": WHO_IS_ASKED_FOR,
    "staff.promise_time": WHO_IS_ASKED_FOR,
    "staff.end_time": WHO_IS_ASKED_FOR,
    "staff.time_became": WHO_IS_ASKED_FOR,
    "staff.time_became_on_the_board": WITH_REQUESTS,
    # whom a child can ask for: an adult for the classes they teach, the others for every class
    "staff.high5_classes": WHO_IS_ASKED_FOR,
    "staff.high5_of_pupil": WHO_IS_ASKED_FOR,
    "staff.choose_high5_now": WHO_IS_ASKED_FOR,
    # a proper ending with an adult who leaves: whoever may choose the child's High 5
    "staff.endings": WHO_IS_ASKED_FOR,
    "staff.endings_together": WHO_IS_ASKED_FOR,
    "staff.keep_endings_together": WHO_IS_ASKED_FOR,
    "staff.ending": WHO_IS_ASKED_FOR,
    "staff.keep_ending_now": WHO_IS_ASKED_FOR,
    "staff.reopen_ending_now": WHO_IS_ASKED_FOR,
    # voices: phrases, and the names of adults and of those children for whom one may choose a High 5
    "staff.recordings_index": WHO_IS_ASKED_FOR,
    "staff.recordings_in": WHO_IS_ASKED_FOR,
    "staff.record": WHO_IS_ASKED_FOR,
    "staff.keep_recording_now": WHO_IS_ASKED_FOR,
    "staff.recorded_sound": WHO_IS_ASKED_FOR,
    "staff.remove_recording_now": WHO_IS_ASKED_FOR,
    # a child's own week, looked at together: adults the child trusts; nurture and the lead see every step anyway
    "staff.my_week": WHO_IS_ASKED_FOR,
    "staff.say_what_helped": WHO_IS_ASKED_FOR,
    "staff.open_week_on_tablet": WHO_IS_ASKED_FOR,
    # steps that a child shows on their fingers, and putting right whose a check-in was
    "staff.fingers": WHO_IS_ASKED_FOR,
    "staff.enter_fingers_now": WHO_IS_ASKED_FOR,
    "staff.take_back_fingers": WHO_IS_ASKED_FOR,
    "staff.move_fingers": WHO_IS_ASKED_FOR,
    "staff.whose_fingers": WHO_IS_ASKED_FOR,
    # how a child's or a class's tablet is set up: an adult for the classes they teach, the others for every class
    "staff.childs_tablet": WHO_IS_ASKED_FOR,
    "staff.set_up_tablet": WHO_IS_ASKED_FOR,
    "staff.tablet_preview": WHO_IS_ASKED_FOR,
    "staff.tablet_preview_roster": WHO_IS_ASKED_FOR,
    "staff.class_tablet": WHO_IS_ASKED_FOR,
    "staff.set_up_class_tablet": WHO_IS_ASKED_FOR,
    # children's feelings, all of them
    "patterns.today": "nurture dsl",
    "patterns.different": "nurture dsl",
    "patterns.next_step": "nurture dsl",
    "patterns.how_it_works": "nurture dsl",
    "patterns.connections": "nurture dsl",
    "patterns.naming": "nurture dsl",
    "patterns.school": "nurture dsl",
    "patterns.lists": "nurture dsl",
    "patterns.make_list_now": "nurture dsl",
    "patterns.one_list": "nurture dsl",
    "patterns.change_list_now": "nurture dsl",
    "patterns.rename_list_now": "nurture dsl",
    "patterns.delete_list_now": "nurture dsl",
    "patterns.bring_list_back": "nurture dsl",
    "patterns.hello": WHO_IS_ASKED_FOR + " admin",
    "patterns.change_hello": "nurture dsl",
    "patterns.export_child": "nurture dsl",
    "patterns.export_chronology": "dsl",
    "patterns.export_different": "nurture dsl",
    "patterns.export_connections": "nurture dsl",
    "patterns.export_school": "nurture dsl",
    "patterns.feeds": "dsl",
    "patterns.make_feed_now": "dsl",
    "patterns.ask_to_remove_feed": "dsl",
    "patterns.remove_feed_now": "dsl",
    "patterns.children": "nurture dsl",
    "patterns.child": "nurture dsl",
    "patterns.leave_child_out": "nurture dsl",
    "patterns.bring_child_back": "nurture dsl",
    # the office: no feelings, no requests
    "admin.index": "admin",
    "admin.tablets": "admin",
    "admin.invite": "admin",
    "admin.invite_now": "admin",
    "admin.invited": "admin",
    "admin.remove": "admin",
    "admin.remove_now": "admin",
    "admin.accounts": "admin",
    "admin.add_account": "admin",
    "admin.add_account_now": "admin",
    "admin.switch_off": "admin",
    "admin.switch_off_now": "admin",
    "admin.switch_on_now": "admin",
    "admin.renew": "admin",
    "admin.renew_now": "admin",
    "admin.channels": "admin",
    "admin.add_channel": "admin",
    "admin.add_channel_now": "admin",
    "admin.test_channel": "admin",
    "admin.remove_channel_page": "admin",
    "admin.remove_channel_now": "admin",
    "admin.dates": "admin",
    "admin.add_dates_now": "admin",
    "admin.close_today_now": "admin",
    "admin.remove_dates_page": "admin",
    "admin.remove_dates_now": "admin",
    "admin.school_settings": "admin",
    "admin.change_school_setting": "admin",
    # views of a library that we do not use
    "security.verify": NOBODY,
    "security.static": NOBODY,
}
LIVE = {"staff.board", "staff.duty_requests", "staff.ring", "staff.tablet_preview_roster"}
"""Asked for by scripts: signed out is 401 there, because a script cannot follow a sign-in page."""

TODAY = school_morning().date()
CHAT, CHECK_IN = "8c2f7a52-60c8-4a0e-8d0b-64a4a0f0b5f1", "3f0e8f0c-5d7a-4c37-9f4e-0a6f2f1f7a10"
PHOTO = name_of(small_picture(photo()))
FINGERS = "6b2f4c1e-7a54-4d0f-8f6e-1c9b6f0f7b21"
TALK, CARD = "0e5a4d8c-2a0b-4c8b-9a1e-6f1d0c2b7e31", "5b0f9f0e-63a7-4f0e-9a53-0d7c4f3f1a22"
FOLLOWED_UP = "7c0f6f0b-4c3d-4f6e-8a65-2f0f4e8a9b33"
BY_NAME = {
    "filename": "css/base.css",
    "key": CHAT,
    "name": "school_name",
    "tablet_id": "2",
    "channel_id": "1",
    "dates_id": "1",
    "adult_id": "2",
    "pupil_id": "1",
    "entry_id": "1",
    "form": "csv",
    "class_id": "1",
    "planned_id": "1",
    "recording_id": "1",
    "feed_id": "4",
    "list_id": "1",
}
A_PHRASE = {"part": "ur", "name": f"phrase-{sha256(b'Yes, ask').hexdigest()[:12]}"}
ARGUMENTS: dict[str, dict[str, str]] = {
    "tablet.screens": {"code": "ur"},
    "tablet.picture": {"name": PHOTO},
    "staff.own_picture": {"name": PHOTO},
    "tablet.sound": {"digest": sha256(webm()).hexdigest()},
    "staff.recordings_in": {"part": "names"},
    "staff.record": A_PHRASE,
    "staff.keep_recording_now": A_PHRASE,
    "help.page": {"name": "answering"},
    "feed.of_class": {"key": "class-1"},
    "patterns.bring_list_back": {"list_id": "2"},
    "tablet.undo_check_in": {"key": CHECK_IN},
    "staff.take_back_fingers": {"key": FINGERS},
    "staff.move_fingers": {"key": FINGERS},
    "staff.whose_fingers": {"key": FINGERS},
    "staff.reopen_ending_now": {"pupil_id": "2"},
    "tablet.card_found": {"key": CARD},
    "staff.take_card_back": {"key": CARD},
    "tablet.helped": {"key": TALK},
    "staff.outcome": {"key": TALK},
    "staff.write_outcome": {"key": TALK},
    "staff.reopen": {"key": TALK},
    "staff.sign_off": {"key": TALK},
    "staff.followed_up": {"key": TALK},
    "staff.not_followed_up": {"key": FOLLOWED_UP},
}
FORMS: dict[str, dict[str, Any]] = {
    "staff.keep_recording_now": {"sound": (SentAgain(webm()), "sound"), "lent_by": "Mrs Khan", "agreed": "yes"},
    "security.login": {"email": "nobody@hazelwood.example", "password": "not their password"},
    "staff.answer": {"answer": "seen", "seen_number": "1"},
    "staff.names": {"hide": "yes"},
    "staff.choose_language": {"language": "cy"},
    "staff.switch_me": {"here": "no", "page": "/help/"},
    "staff.change_my_days": {"what": "back"},
    "staff.keep_endings_together": {"pupil": ["1"], "told_by": "1"},
    "staff.change_days_of": {"what": "back"},
    "staff.change_my_picture": {"what": "leaf", "look": "ginkgo-8"},
    "staff.change_picture_of": {"what": "leaf", "look": "ginkgo-7"},
    "staff.write_outcome": {"did": ["drew"], "helped": ["drew"], "note": "We drew lions."},
    "staff.raise_concern": {"words": "He came without a coat again."},
    "staff.tell_lead_now": {"why": "He said something at break."},
    "staff.close_concern": {"done": "Spoke with his mother."},
    "staff.reopen": {"why": "He came back at lunch."},
    "staff.take_over": {"seen_number": "1"},
    "staff.switch_room_at_the_wall": {"full": "yes"},
    "staff.switch_room_on_the_board": {"full": "no"},
    "staff.choose_high5_now": {"adult": ["1", "2"]},
    "staff.say_what_helped": {"key": CHECK_IN, "picture": "sym-drink", "said": "helped"},
    "staff.open_week_on_tablet": {"tablet": "1"},
    "staff.enter_fingers_now": {"key": CHECK_IN, "step": "3"},
    "staff.move_fingers": {"to": "2"},
    "staff.set_up_tablet": {"change": "choice", "choice": "theme", "value": "zones"},
    "staff.set_up_class_tablet": {"choice": "theme", "value": "zones"},
    "staff.write_script_now": {"say": "I am here.", "seen_version": "1"},
    "staff.leave_card_now": {"kind": "kindness", "picture": "sun-1", "words": "You waited for him."},
    "staff.promise_time": {
        "adult": "1",
        "weekday": str((TODAY.weekday() + 1) % 7),  # today's is promised already
        "at": "09:10",
        "first_day": TODAY.isoformat(),
    },
    "staff.end_time": {"last_day": "2099-01-01"},
    "staff.time_became_on_the_board": {"day": TODAY.isoformat(), "became": "missed"},
    "staff.time_became": {"day": TODAY.isoformat(), "became": "met"},
    "patterns.next_step": {"kind": "seen"},
    "patterns.make_list_now": {"name": "Breakfast club"},
    "patterns.rename_list_now": {"name": "Breakfast club"},
    "patterns.make_feed_now": {"name": "Dashboard", "scope": ["school"], "lasts": "31"},
    "patterns.leave_child_out": {"why": "His parents object."},
    "admin.invite_now": {"name": "Spare tablet", "every": "yes"},
    "admin.add_account_now": {"name": "Mr Lane", "email": "lane@hazelwood.example", "role": "adult"},
    "admin.add_channel_now": {"adult": "1", "name": "Teams", "address": "json://localhost"},
    "admin.add_dates_now": {"kind": "closed", "name": "Training day", "first": "2027-01-04"},
    "admin.change_school_setting": {"value": "Hazelwood Primary"},
}
NO_SUCH_PERSON = "signed out"
OAK_TABLET = "the Oak tablet"
ASKERS = (NO_SUCH_PERSON, OAK_TABLET, *FEEDS, *STAFF)


@dataclass
class House:
    """One running application with the cast in it, and a request that Amir has asked of Mrs Ali."""

    app: Flask
    school: School
    code: str
    """A pairing code that nobody has used."""
    feeds: dict[str, str]
    """The token of each program that reads figures."""

    def roles_of(self, who: str) -> set[str]:
        """The roles of somebody's account; none of whoever is not staff."""
        with self.app.app_context():
            account = self._account(who)
            return {role.name for role in account.roles} if account else set()

    def browser_of(self, who: str) -> LintingClient:
        """A browser in which this person is signed in. Signing in itself is tested elsewhere."""
        client: LintingClient = self.app.test_client()  # type: ignore[assignment]
        with self.app.app_context():
            account = self._account(who)
        if account:
            with client.session_transaction() as session:
                session.update(_user_id=account.fs_uniquifier, _fresh=True, _permanent=True)
        return client

    def arguments(self, rule: Rule) -> dict[str, str]:
        """What stands for the arguments of an address."""
        with self.app.app_context():
            shah = self._account("shah")
            worry = db.session.scalar(select(Concern.id))  # drawn, so that nobody can count them
        assert shah
        known = BY_NAME | {"account_id": str(shah.id), "concern_id": str(worry)} | ARGUMENTS.get(rule.endpoint, {})
        return {name: known[name] for name in rule.arguments}

    def _account(self, who: str) -> Account | None:
        return db.session.scalar(select(Account).where(Account.email == email_of(who)))


@pytest.fixture
def house(sqlite_app: Flask, sqlite_templates: Templates) -> House:
    """The cast at work."""
    school = sqlite_templates.school
    entry = NewChat(UUID(CHAT), school.pupils["amir"], school.adults["ali"], None, utc_now())
    with sqlite_app.app_context():
        add_apprise(school.adults["ali"], "Classroom", "json://localhost", KEYBOARD)
        set_presence(school.adults["okafor"], Presence(away_from=TODAY), KEYBOARD)
        plan = EndingPlan(school.adults["ali"], TODAY, no_new_adult=True)
        zofia, okafor = school.pupils["zofia"], school.adults["okafor"]
        keep_ending(zofia, okafor, plan, AT_THE_KEYBOARD, KEYBOARD, finish=True)
        add_dates(SchoolSpan("closed", Span(date(2027, 2, 15), date(2027, 2, 19), "Half-term")), KEYBOARD)
        ask(entry, PairedTablet(1, "Oak tablet", all_classes=False))
        talk_and_leave_a_card(school)
        write_up_two_talks(school)
        raise_concern(Asker(school.adults["ali"], 1, sees_all=False), "He had no breakfast.")
        write_a_script_and_plan_a_time(school)
        open_week(school.pupils["amir"], 1, NearAdult(school.adults["ali"], 1, every_child=False))
        lend_a_voice(school)
        keep_photo(school.adults["ali"], photo(), KEYBOARD)
        put_on_the_weekly_list(school)
        make_two_lists()
        enter_what_was_shown_on_fingers(school)
        code = invite_tablet("Spare tablet", ["Birch"], KEYBOARD)
        feeds = {who: let_read_figures(who) for who in (*FEEDS, "a program that nobody uses")}
        db.session.remove()
    return House(sqlite_app, school, code, feeds)


def make_two_lists() -> None:
    """Nurture made a list of the choir, and one that is deleted again."""
    make_list("Choir", [], Actor(account_id=1))
    delete_list(make_list("Last year's choir", [], Actor(account_id=1)), Actor(account_id=1))


def let_read_figures(who: str) -> str:
    """A program has a token for one kind of figures."""
    scope = who.rpartition(" ")[2]
    return make_feed(who, [scope if scope in SCOPES else "waits"], TODAY, Actor(account_id=1))


def enter_what_was_shown_on_fingers(school: School) -> None:
    """Mr Bell has entered what Amir showed him today."""
    bell = school.adults["bell"]
    who = WhoEnters(bell, Chooser(bell, every_class=True), sees_all=True, actor=KEYBOARD)
    enter_fingers(UUID(FINGERS), school.pupils["amir"], 4, who)


def lend_a_voice(school: School) -> None:
    """Mrs Khan, a parent, has said "Yes" in Urdu."""
    by = Chooser(school.adults["ali"], every_class=False)
    keep_recording(Saying("ur", "phrase:Yes", "ہاں"), webm(), "Mrs Khan", by, KEYBOARD)


def talk_and_leave_a_card(school: School) -> None:
    """Mrs Ali has talked with Amir once before, and left a card for him."""
    amir, ali = school.pupils["amir"], school.adults["ali"]
    ask(NewChat(UUID(TALK), amir, ali, None, utc_now()), PairedTablet(1, "Oak tablet", all_classes=False))
    answer(UUID(TALK), "talked", Asker(ali, 1, sees_all=False), seen_number=1)
    card = {"kind": "held_in_mind", "picture": "sun-1", "words": "I thought of you today.", "left_at": utc_now()}
    with writing() as session:
        session.add(Card(key=UUID(CARD), pupil_id=amir, adult_id=ali, **card))


def write_up_two_talks(school: School) -> None:
    """Mrs Ali has written two talks up: one is still to follow up, the other she followed up today."""
    amir, ali = school.pupils["amir"], Asker(school.adults["ali"], 1, sees_all=False)
    ask(
        NewChat(UUID(FOLLOWED_UP), amir, ali.adult_id, None, utc_now()),
        PairedTablet(1, "Oak tablet", all_classes=False),
    )
    answer(UUID(FOLLOWED_UP), "talked", ali, seen_number=1)
    for key in (TALK, FOLLOWED_UP):
        write_outcome(UUID(key), ali, OutcomeEntry(follow_up_by_id=ali.adult_id, follow_up_on=TODAY))
    follow_up_done(UUID(FOLLOWED_UP), ali)


def write_a_script_and_plan_a_time(school: School) -> None:
    """Mrs Ali wrote Amir's script, and promised him this day of every week."""
    amir, ali = school.pupils["amir"], school.adults["ali"]
    near_amir = NearAdult(ali, account_id=1, every_child=False)
    write_script(amir, ScriptEntry(likes="Lions"), near_amir, seen_version=0)
    promised = {"weekday": TODAY.weekday(), "at": time(9, 10), "first_day": TODAY - timedelta(days=7)}
    with writing() as session:
        session.add(PlannedTime(pupil_id=amir, adult_id=ali, made_by_id=ali, made_at=utc_now(), **promised))


def put_on_the_weekly_list(school: School) -> None:
    """Amir stood on the list of an earlier week, by a sentence from before it was kept for every language, too."""
    rule = Sentence("On each of the last %(days)s the hardest answer was %(steps)s.", days="8", steps="5")
    with writing() as session:
        week = WeeklyList(shown_from=date(2026, 1, 5), last_day=date(2026, 1, 2), left_out=0, made_at=utc_now())
        session.add(week)
        session.flush()
        amir = {"list_id": week.id, "pupil_id": school.pupils["amir"]}
        session.add(
            ListEntry(kind="different", place=0, sentence="On four of the last five school days …", **amir)
        )
        session.flush()
        session.add(ListEntry(kind="rule", place=1, sentence=rule, made_of=rule, **amir))


def test_every_view_there_is_has_been_decided_on(sqlite_app: Flask) -> None:
    there = {rule.endpoint for rule in sqlite_app.url_map.iter_rules()}
    assert there - ACCESS.keys() == set(), "decide who may see these: see the top of this file"
    assert ACCESS.keys() - there == set(), "these views are gone"


@pytest.mark.parametrize("endpoint", ACCESS)
def test_the_mark_on_each_view_is_the_decision(sqlite_app: Flask, endpoint: str) -> None:
    decided = {
        EVERYONE: Mark(everyone=True),
        TABLETS: Mark(tablet=True),
        NOBODY: None,
        **{who: Mark(feed=who.rpartition(" ")[2]) for who in FEEDS},
    }.get(ACCESS[endpoint], Mark(roles=frozenset(ACCESS[endpoint].split()), live=endpoint in LIVE))
    with sqlite_app.app_context():
        assert mark_of(endpoint) == decided


def test_every_role_in_the_table_is_one_we_have() -> None:
    not_staff = (EVERYONE, TABLETS, NOBODY, *FEEDS)
    named = {role for who in ACCESS.values() if who not in not_staff for role in who.split()}
    assert named == set(ROLES)


@pytest.mark.parametrize("endpoint", ACCESS)
def test_each_asker_gets_exactly_what_was_decided(house: House, endpoint: str) -> None:
    for rule, method in ways_to_ask(house.app, endpoint):
        askers = sorted(
            ASKERS, key=lambda who: is_allowed(house, endpoint, who)
        )  # those who may change things last
        served = []
        for who in askers:
            answer = ask_as(house, who, rule, method)
            where = f"{who} asks {method} {rule.rule} and gets {answer.status}"
            if is_allowed(house, endpoint, who):
                assert answer.status_code not in (401, 403, 405), where
                assert answer.status_code < 500, where
                assert "sign-in" not in answer.headers.get("Location", "") or endpoint == "security.logout", where
                served.append(answer.status_code)
            else:
                assert answer.status_code == refusal(house, endpoint, who), where
                assert refused_politely(answer), where
        assert not served or min(served) < 400, f"what ARGUMENTS and FORMS say for {endpoint} reaches nobody"


@pytest.mark.parametrize("endpoint", ACCESS)
def test_a_change_needs_the_token_of_a_form(house: House, endpoint: str) -> None:
    """Whoever may ask, a form from another site is refused; a tablet with a cookie is a browser as well."""
    for rule, method in ways_to_ask(house.app, endpoint):
        if method == "GET":
            continue
        for who in ASKERS:
            if not is_allowed(house, endpoint, who):
                continue
            answer = ask_as(house, who, rule, method, forged=True)
            assert answer.status_code == 400, f"{who} asks {method} {rule.rule} without a token"


def test_a_view_without_a_mark_is_refused_to_everybody(house: House) -> None:
    house.app.add_url_rule("/forgotten", "forgotten", lambda: "Amir Khan", methods=["GET", "POST"])
    (rule,) = house.app.url_map.iter_rules("forgotten")
    for who in ASKERS:
        for method in ("GET", "POST"):
            answer = ask_as(house, who, rule, method)
            assert answer.status_code == 403, who
            assert refused_politely(answer), who


def test_an_account_that_was_switched_off_is_signed_out(house: House) -> None:
    browser = house.browser_of("ali")
    assert browser.get("/staff/").status_code == 200
    with house.app.app_context():
        account = db.session.scalars(select(Account).where(Account.email == email_of("ali"))).one()
        account.active = False
        db.session.commit()
    assert browser.get("/staff/").status_code == 303
    assert browser.get("/staff/board").status_code == 401


def ways_to_ask(app: Flask, endpoint: str) -> Iterator[tuple[Rule, str]]:
    """Each address of an endpoint with each method that does something."""
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def is_allowed(house: House, endpoint: str, who: str) -> bool:
    """What the table says."""
    decision = ACCESS[endpoint]
    if decision == EVERYONE:
        return True
    if decision == TABLETS:
        return who == OAK_TABLET
    if decision in FEEDS:
        return who == decision
    return bool(set(decision.split()) & house.roles_of(who))


def refusal(house: House, endpoint: str, who: str) -> int:
    """With which status somebody is refused: 401 asks a program to prove itself, 303 asks a person to sign in."""
    if ACCESS[endpoint] == NOBODY:
        return 403
    if ACCESS[endpoint] == TABLETS:
        return 401
    if ACCESS[endpoint] in FEEDS:
        return 403 if who in FEEDS else 401
    if house.roles_of(who):
        return 403
    return 401 if endpoint in LIVE else 303


def refused_politely(answer: TestResponse) -> bool:
    """A refusal names no child."""
    said = answer.get_data(as_text=True)
    return not any(name in said for name in ("Amir", "Zofia", "Tomi", "Khan"))


def ask_as(house: House, who: str, rule: Rule, method: str, *, forged: bool = False) -> TestResponse:
    """Ask as this person or tablet would: with a form's token, unless it is forged."""
    browser = house.browser_of(who)
    with house.app.test_request_context():
        address = url_for(rule.endpoint, **house.arguments(rule))
    headers: dict[str, str] = {}
    if who == OAK_TABLET and forged:
        browser.set_cookie("treetops_tablet", house.school.oak_token)
    elif who == OAK_TABLET:
        headers |= house.school.bearer()
    elif who in FEEDS:
        headers["Authorization"] = f"Bearer {house.feeds[who]}"
    if method != "GET" and not forged:
        headers["X-CSRFToken"] = browser.csrf("/help/" if house.roles_of(who) else "/staff/sign-in")
    body: dict[str, Any] = {}
    if rule.rule.startswith("/tablet/") and method == "POST":
        body = {"json": entry_for(house, rule.endpoint)}
    elif method == "POST":
        body = {"data": {"code": house.code} | FORMS.get(rule.endpoint, {})}
    answer = browser.open(address, method=method, headers=headers, **body)
    answer.close()  # a live stream would stay open
    return answer


def entry_for(house: House, endpoint: str) -> dict[str, Any]:
    """What a tablet sends."""
    amir, now = str(house.school.pupils["amir"]), utc_now().isoformat()
    if endpoint == "tablet.check_in":
        return {"id": CHECK_IN, "pupil": amir, "step": 3, "felt_at": now}
    if endpoint == "tablet.ask":
        return {"id": CHECK_IN, "pupil": amir, "adult": None, "asked_at": now, "when": "now"}
    if endpoint == "tablet.strategy_used":
        return {"id": CHECK_IN, "pupil": amir, "picture": "sym-drink", "said": "helped", "at": now}
    if endpoint == "tablet.card_found":
        return {"answer": "kept", "at": now}
    if endpoint == "tablet.helped":
        return {"said": "yes", "said_at": now}
    return {}
