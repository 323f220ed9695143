""" "Coming now", said before school closed, is no promise for the next morning. Who said it is asked at once."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.chats.passing_on import next_move
from kiosk.chats.rules import LATE, OVERNIGHT, ChatState, Event, due_at, state_after, state_of
from kiosk.school.calendar import SchoolCalendar
from tests.unit.a_request import ALI, ANSWER_WITHIN, EVERYBODY, OKAFOR, WITHOUT_ALI, around

LONDON = ZoneInfo("Europe/London")
SCHOOL = SchoolCalendar(LONDON, frozenset(range(5)), time(8, 30), time(15, 30))
ALWAYS_OPEN = SchoolCalendar(LONDON, frozenset(range(7)), time(0), time(0))


def at(clock: str, day: int = 16) -> datetime:
    """A time of day on a Monday, or on another day of that September."""
    return datetime.combine(datetime(2026, 9, day, tzinfo=LONDON), time.fromisoformat(clock), LONDON)


class Morning:
    """Amir asked Mrs Ali at two on Tuesday; she said something; now it is Wednesday, or another time."""

    def __init__(self, *events: Event, calendar: SchoolCalendar = SCHOOL) -> None:
        self.calendar = calendar
        self.events = [Event("asked", at("14:00", 15), to_adult_id=ALI), *events]

    @property
    def state(self) -> ChatState:
        return state_of(self.events)

    @property
    def due(self) -> datetime:
        return due_at(self.state, ANSWER_WITHIN, self.calendar.add_open_seconds)

    def tick(self, now: datetime, *here: int) -> str | None:
        since = self.state.since
        move = next_move(
            self.state,
            [ALI],
            around(*(here or EVERYBODY)),
            now,
            self.due,
            said_before_closing=self.calendar.open_between(since, now) < now - since,
        )
        if move is None or move[0] is None:
            return None
        self.events.append(move[0])
        return f"{move[0].kind}: {move[0].note}"


def coming(when: datetime, *, at_time: datetime | None = None) -> Event:
    return Event("coming", when, adult_id=ALI, coming_at=at_time)


def test_when_school_opens_she_has_seen_it_and_is_asked_and_the_childs_time_goes_on() -> None:
    chat = Morning(coming(at("15:25", 15)))
    assert chat.tick(at("08:30")) == f"nudged: {OVERNIGHT}"
    assert (chat.state.state, chat.state.taken_by, chat.state.coming_at) == ("seen", ALI, None)
    assert chat.due == at("08:35"), "five minutes of the ten are gone already"
    assert not chat.state.late
    assert chat.tick(at("08:34")) is None
    assert chat.tick(at("08:35")) == f"passed_on: {LATE}"
    assert chat.state.owner_id == OKAFOR


def test_on_the_day_itself_it_stays_what_it_is() -> None:
    chat = Morning(coming(at("15:15", 15)))
    assert chat.tick(at("15:24", 15)) is None
    assert chat.tick(at("15:25", 15)) == f"nudged: {LATE}", "asked about it in its time"
    assert chat.state.state == "coming"


def test_said_a_moment_before_school_opens_it_is_true() -> None:
    chat = Morning(coming(at("08:25")))
    assert chat.tick(at("08:30")) is None
    assert chat.state.state == "coming"


def test_a_school_that_never_closes_has_no_night() -> None:
    chat = Morning(coming(at("23:55", 15)), calendar=ALWAYS_OPEN)
    assert chat.tick(at("00:04")) is None
    assert chat.tick(at("00:05")) == f"nudged: {LATE}"


def test_a_time_that_was_not_kept_was_not_kept() -> None:
    chat = Morning(coming(at("14:50", 15), at_time=at("15:25", 15)))
    assert chat.tick(at("08:30")) == f"nudged: {LATE}"
    assert chat.state.late, "the child is told so"


def test_who_is_not_in_yet_is_not_waited_for() -> None:
    chat = Morning(coming(at("15:25", 15)))
    assert chat.tick(at("08:30"), *WITHOUT_ALI) == "passed_on: gone"
    assert (chat.state.state, chat.state.owner_id) == ("asked", OKAFOR)


def test_asked_again_she_may_say_it_again() -> None:
    chat = Morning(coming(at("15:25", 15)))
    chat.tick(at("08:30"))
    chat.events.append(coming(at("08:32")))
    assert (chat.state.state, chat.due) == ("coming", at("08:42"))
    assert chat.tick(at("08:41")) is None


@pytest.mark.parametrize("hurried", ["15:26", "15:29"])
def test_a_child_who_could_not_wait_waits_no_longer_for_it(hurried: str) -> None:
    chat = Morning(coming(at("15:25", 15)), Event("cannot_wait", at(hurried, 15)))
    before = chat.due
    chat.tick(at("08:30"))
    assert chat.state.hurried_at is not None
    assert chat.due <= before


def test_the_event_alone_says_what_became_of_it() -> None:
    state = state_of([Event("asked", at("14:00"), to_adult_id=ALI), coming(at("14:01"))])
    asked = state_after(state, Event("nudged", at("14:30"), to_adult_id=ALI, note=OVERNIGHT))
    assert (asked.state, asked.since, asked.nudged, asked.late) == ("seen", at("14:01"), True, False)
