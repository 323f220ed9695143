"""What the gallery shows of the staff's components: each in every state, rendered by the macro that the pages use.

The tests of markup and accessibility go through this list: an example that is added here is checked without
another test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from kiosk.minding.cards import LeftCard
from kiosk.minding.meetings import Meeting
from kiosk.minding.planned import Planned
from kiosk.minding.rules import SCRIPT_PARTS, Promise, ScriptEntry
from kiosk.people.here import InOrOut
from kiosk.people.rules import Presence
from kiosk.people.store import TrustedAdult
from kiosk.school.safe_space import Room
from kiosk.web.staff.cards import Card, Receiver, StepShown
from kiosk.web.staff.children import words as child_words
from kiosk.web.staff.duty_rows import MOST_ROWS, DutyBoard, DutyRow
from kiosk.web.staff.here import Here
from kiosk.web.staff.known import KnownChild, TeamMember
from kiosk.web.staff.tablet_words import CHOOSE

NOW = datetime(2026, 9, 14, 8, 5, tzinfo=UTC)
KEY = UUID("7f1b0d5e-6c1a-4c3e-9d2a-5a7c0e9b1d42")
CARDS = ("components/card", "live", "board")
"""The stylesheets of the board."""
FELT = ("Calm", "Okay", "Wobbly", "Upset", "I need help")


@dataclass(frozen=True)
class StaffExample:
    """One component in one state."""

    name: str
    """Its address in the gallery: small letters and hyphens."""
    template: str
    """Imports the macro and calls it."""
    values: Callable[[], Mapping[str, Any]] = dict
    styles: tuple[str, ...] = ()
    """Stylesheets besides those that every example has."""
    heading: str | None = None
    """For a component that stands below a heading of its page."""
    body_class: str = ""


KNOWN = KnownChild(
    shows="Pulls the hood up and goes quiet.",
    say="I am glad you came. You do not have to talk.",
    helps=("Count the stars on the blanket", "Water, and a minute by the window"),
    avoid="Questions one after the other",
    likes="Trains, above all night trains",
    before=("On Tuesday: drew together, it helped", "In May: walked to the pond"),
    team=(TeamMember("Mrs Ali", is_here=True), TeamMember("Mr Okafor", is_here=False)),
    has_script=True,
)
CARD = Card(
    key=KEY,
    number=3,
    who="Amir Khan",
    class_name="Oak",
    picture="fox-1",
    step=StepShown(4, 4, "Upset"),
    wish="Wants to talk now",
    about=(),
    about_maybe=(),
    about_not_today=(),
    standing="Asked for you",
    since=NOW,
    since_words="09:05",
    asked_words=None,
    due_at=NOW + timedelta(minutes=10),
    is_overdue=False,
    cannot_wait=False,
    is_taken=False,
    is_coming=False,
    is_mine=False,
    alert_id=7,
    pupil_id=214,
    first_name="Amir",
    known=KNOWN,
    told_lead=None,
)
NAMELESS = {
    "who": "A child of Oak",
    "picture": None,
    "step": None,
    "pupil_id": None,
    "first_name": "",
    "known": None,
}
TAKEN: Mapping[str, Any] = {"is_taken": True, "alert_id": None}
RECEIVERS = (
    TrustedAdult(17, "Mr Okafor", "Birch classroom", "maple-5", Presence(), has_account=True),
    TrustedAdult(8, "Ms Novak", None, "birch-4", Presence(), has_account=True),
)
HAND_OVER_TO = (
    Receiver(8, "Ms Novak", None, hears=True),
    Receiver(17, "Mr Okafor", "Birch classroom", hears=False),
)


def cards() -> list[StaffExample]:
    """A request on the board."""
    unknown = replace(KNOWN, say="", helps=(), avoid="", likes="", before=(), team=(), has_script=False)
    states: dict[str, tuple[dict[str, Any], bool]] = {
        "new": ({}, True),
        "cannot-wait": ({"cannot_wait": True, "standing": "Everyone on duty is asked"}, True),
        "overdue": ({"is_overdue": True}, True),
        "calm-and-about-something": ({"step": StepShown(1, 1, "Calm"), "about": ("friends", "home")}, True),
        "laid-on-the-mat": (
            {"about": ("friends",), "about_maybe": ("home", "playtime"), "about_not_today": ("learning",)},
            True,
        ),
        "shown-on-the-fingers": ({"step": StepShown(4, 4, "Upset", "Miss Bennett")}, True),
        "without-a-step": ({"step": None}, True),
        "asked-without-wifi": ({"asked_words": "08:20"}, True),
        "nothing-is-known": ({"known": unknown}, True),
        "given-to-the-lead": ({"told_lead": "He said that he does not want to go home."}, True),
        "seen-by-me": ({**TAKEN, "is_mine": True, "standing": "You have seen it"}, True),
        "i-am-coming": ({**TAKEN, "is_mine": True, "is_coming": True, "standing": "You are coming now"}, True),
        "somebody-else-is-coming": ({**TAKEN, "is_coming": True, "standing": "Ms Novak has it, coming now"}, True),
        "i-can-cover": ({"standing": "Asked for Mr Okafor"}, False),
        "names-hidden": (NAMELESS, True),
    }
    template = """{% from "components/card.html" import card %}
        <div class="cards">{{ card(one, receivers, (5, 10, 20), open) }}</div>"""
    return [
        StaffExample(
            f"card-{name}",
            template,
            _always(one=replace(CARD, **state), receivers=HAND_OVER_TO, open=is_open),
            CARDS,
            "For me",
        )
        for name, (state, is_open) in states.items()
    ] + [
        StaffExample(
            "card-nobody-to-hand-over-to",
            template,
            _always(one=CARD, receivers=(), open=True),
            CARDS,
            "For me",
        )
    ]


def duty_rows() -> list[StaffExample]:
    """The board on a wall."""
    row = DutyRow(
        key=KEY,
        number=3,
        who="Amir Khan",
        class_name="Oak",
        standing="Asked for Mrs Ali",
        since=NOW,
        since_words="09:05",
        due_at=NOW + timedelta(minutes=10),
        is_overdue=False,
        cannot_wait=False,
        is_taken=False,
        is_coming=False,
        is_mine=False,
        alert_id=None,
    )
    states: tuple[dict[str, Any], ...] = (
        {"cannot_wait": True, "alert_id": 4},
        {"is_overdue": True},
        {},
        {"who": "A child of Birch", "class_name": ""},
        {"is_taken": True, "standing": "Ms Novak has seen it"},
        {"is_taken": True, "is_coming": True, "standing": "Ms Novak is coming now"},
        {"is_taken": True, "is_coming": True, "is_mine": True, "standing": "Ms Novak is coming now"},
        {"is_taken": True, "is_overdue": True, "standing": "Ms Novak has seen it"},
    )
    rows = tuple(replace(row, key=UUID(int=n), **state) for n, state in enumerate(states, 1))
    assert len(rows) == MOST_ROWS
    boards = {
        "duty-board": DutyBoard(rows, more=0, more_untaken=0),
        "duty-board-and-more": DutyBoard(rows[:3], more=4, more_untaken=1),
        "duty-board-nobody": DutyBoard((), more=0, more_untaken=0),
    }
    return [
        StaffExample(
            name,
            '{% include "staff/_duty.html" %}',
            _always(board=board, room=Room(is_full=bool(board.more), since=None), my_name=lambda: "Ms Novak"),
            ("live", "duty"),
        )
        for name, board in boards.items()
    ]


def in_and_out() -> list[StaffExample]:
    """In or out today, and room in the safe space."""
    stands = {
        "in": (InOrOut(True, "timetable"), "by the timetable", ""),
        "in-later": (InOrOut(True, "timetable", comes_at=time(11)), "from 11:00", ""),
        "at-lunch": (InOrOut(True, "timetable", lunch_until=time(13)), "at lunch until 13:00", ""),
        "out": (InOrOut(False, "tapped", back=date(2026, 9, 16)), "said today", "back on Wednesday"),
    }
    template = """{% from "components/in_or_out.html" import in_or_out_words, switch %}
        <p>{{ in_or_out_words(here) }}</p>{{ switch(here, "/staff/in-or-out", "/staff/") }}
        <p>{{ in_or_out_words(here, "Mrs Ali is") }}</p>{{ switch(here, "/staff/here/31", who="Mrs Ali") }}"""
    room = """{% from "components/room.html" import room_sign %}
        {{ room_sign(room, "Treetops") }}{{ room_sign(room, "Treetops", "/staff/safe-space") }}"""
    return [
        StaffExample(f"in-or-out-{name}", template, _always(here=Here(*here)), ("live", "board"))
        for name, here in stands.items()
    ] + [
        StaffExample(f"room-{name}", room, _always(room=Room(is_full=is_full, since=None)), ("live", "board"))
        for name, is_full in (("free", False), ("full", True))
    ]


def about_one_child() -> list[StaffExample]:
    """Script, plan, cards and planned times."""
    entry = ScriptEntry(
        shows="Goes quiet and pulls up the hood.",
        helps="Water, and a minute by the window.",
        say="I am glad you came.",
        avoid="Questions one after the other.",
        likes="Trains, above all night trains.",
    )
    plan = [
        SimpleNamespace(shown=StepShown(n, n, word), helps=helps)
        for n, (word, helps) in enumerate(zip(FELT, ("", "A book", "", "The blanket", "Mrs Ali"), strict=True), 1)
    ]
    script = (
        '{% from "staff/children/_script.html" import script_blocks %}{{ script_blocks(entry, parts, plan, 2) }}'
    )
    return [
        StaffExample(
            "script-and-plan", script, _always(entry=entry, parts=SCRIPT_PARTS, plan=plan), ("children",)
        ),
        StaffExample(
            "script-of-one-line",
            script,
            _always(entry=ScriptEntry(say="Hello."), parts=SCRIPT_PARTS, plan=[]),
            ("children",),
        ),
        StaffExample("left-cards", LEFT_CARDS, _left_cards, ("children",)),
        StaffExample("my-day", MY_DAY, _always(times=_times(), hidden=False), ("components/my_day",)),
        StaffExample("my-day-names-hidden", MY_DAY, _always(times=_times(), hidden=True), ("components/my_day",)),
    ]


LEFT_CARDS = """{% from "staff/children/_card.html" import left_card %}
    {% for one in left %}<div class="left-card">{{ left_card(one, words, now) }}</div>{% endfor %}"""
MY_DAY = '{% from "staff/children/_my_day.html" import my_day with context %}{{ my_day(times, hidden) }}'


def _left_cards() -> Mapping[str, Any]:
    waits = LeftCard(
        key=KEY,
        kind="kindness",
        picture="sun-1",
        words="You waited for somebody.",
        adult_id=31,
        left_by="Mrs Ali",
        left_at=NOW,
        found_at=None,
        answer=None,
        taken_back_at=None,
    )
    found = replace(waits, kind="success", found_at=NOW)
    left = (
        waits,
        found,
        replace(found, answer="kept"),
        replace(found, answer="waved"),
        replace(waits, taken_back_at=NOW),
    )
    return {"left": left, "words": child_words, "now": NOW}


def _times() -> list[Meeting]:
    promised = Planned(
        id=1,
        pupil_id=214,
        pupil="Amir Khan",
        pupil_picture="fox-1",
        adult_id=31,
        adult="Mrs Ali",
        adult_picture="oak-2",
        place="Oak classroom",
        at=time(9, 10),
        how="draw",
        promise=Promise(0, date(2026, 9, 7)),
    )
    return [
        Meeting(promised, NOW.date(), None, None),
        Meeting(replace(promised, id=4, at=time(9, 40)), NOW.date(), None, None, is_alone=True),
        Meeting(replace(promised, id=2, at=time(10, 30), how=None), NOW.date(), "met", None),
        Meeting(replace(promised, id=3, at=time(13, 15), how="walk"), NOW.date(), "missed", "I was ill"),
    ]


def small() -> list[StaffExample]:
    """Feelings, notices, choices, links."""
    feelings = """{% from "components/feeling.html" import feeling %}
        {% for one in steps %}{{ feeling(one) }}{% endfor %}"""
    notices = """{% from "components/notice.html" import notice %}
        {% for kind in ("done", "told", "stopped") %}
        {{ notice("Mr Okafor has been told. (" ~ kind ~ ")", kind) }}{% endfor %}"""
    places = """{% from "components/place.html" import place_link %}
        <nav class="masthead-places" aria-label="Pages">
        {% for one in places %}{{ place_link(one) }}{% endfor %}</nav>"""
    lead = """{% from "components/lead_words.html" import who_sees_it, about_adult %}
        {{ who_sees_it(leads) }}<form method="post">{{ about_adult(adults, "8") }}</form>"""
    choice = """{% from "components/tablet_choice.html" import tablet_choice %}
        {{ tablet_choice(choice, choice.options[0].value, is_own, "/staff/tablet", "As the class has it") }}"""
    links = [
        SimpleNamespace(words="Board", address="/staff/", symbol="sym-talk", is_here=True, waiting=3),
        SimpleNamespace(
            words="Children", address="/staff/children", symbol="sym-people", is_here=False, waiting=0
        ),
    ]
    steps = [StepShown(n, n, word) for n, word in enumerate(FELT, 1)]
    turned = [StepShown(6 - n, n, word) for n, word in enumerate(FELT, 1)]
    return [
        StaffExample("feeling", feelings, _always(steps=steps)),
        StaffExample("feeling-five-is-calm", feelings, _always(steps=turned)),
        StaffExample("notice", notices),
        StaffExample("places", places, _always(places=links)),
        StaffExample("who-sees-a-concern", lead, _always(leads="Mrs Green", adults=RECEIVERS), ("writing",)),
        StaffExample("who-sees-a-concern-no-lead", lead, _always(leads="", adults=()), ("writing",)),
        *(
            StaffExample(
                f"tablet-choice-{one.name.replace('_', '-')}",
                choice,
                _always(choice=one, is_own=place % 2 == 0),
                ("children", "tablet_set_up"),
            )
            for place, one in enumerate(CHOOSE)
        ),
    ]


def _always(**values: Any) -> Callable[[], Mapping[str, Any]]:
    return lambda: values


STAFF_EXAMPLES = (*cards(), *duty_rows(), *in_and_out(), *about_one_child(), *small())
BY_NAME = {example.name: example for example in STAFF_EXAMPLES}
