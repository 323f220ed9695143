"""The life of a chat request: which events may follow, and the state they add up to. Pure.

A request is its events. The state is always derived from them by :func:`state_after`, so that what a screen
shows and what happened cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from kiosk.refusal import Refusal
from kiosk.wording import N_

State = Literal["asked", "seen", "coming", "talked", "closed", "cancelled"]
Kind = Literal[
    "asked",
    "seen",
    "coming",
    "handed_over",
    "talked",
    "closed",
    "cancelled",
    "cannot_wait",
    "nudged",
    "passed_on",
    "reminded",
    "escalated",
    "signed_off",
    "reopened",
    "child_left",
]
Level = Literal["asked", "high5", "duty", "lead", "nobody"]
"""How far a request has gone along its chain: the adult asked, the next of the High 5, duty, the safeguarding
lead; or that nobody at all is here."""
Wants = Literal["chat", "safe_space"]

WANTS = ("chat", "safe_space")
WHENS = ("now", "break", "today")
ABOUTS = (
    "home",
    "friends",
    "learning",
    "body",
    "playtime",
    "put_right",
    "sit_with_friend",
    "else",
    "not_say",
)

SAID_HELPED = ("yes", "a_bit", "no", "not_say")
"""What a child may say to "Did talking help?"; ``not_say`` is "I would rather not say"."""

OPEN: frozenset[State] = frozenset({"asked", "seen", "coming"})
TALKED: frozenset[State] = frozenset({"talked", "closed"})
"""Somebody talked with the child: there is something to write down, and to ask the child about."""
LATE = "late"
"""Why a request is passed on when its time for an answer is over; the child is then told so."""
GONE = "gone"
"""Why it is passed on when whoever has it is not here any more."""
UNREACHABLE = "unreachable"
"""Why it is passed on when nobody who was told of it would hear of it any more."""
BACK = "back"
"""Why it is passed on to whom the child chose: they are here now."""
OPENED = "opened"
"""Why what was asked while school was closed is passed on in the morning: somebody nearer is here now."""
OVERNIGHT = "overnight"
"""Why an adult is asked about it before their time is over: they said that they come, and then school closed."""
BEFORE_ITS_TIME = frozenset({GONE, UNREACHABLE, BACK, OPENED})
LATE_AFTER = timedelta(minutes=10)
"""An adult who said "coming at 10:30" is late from 10:40 on."""


class Refused(Refusal):
    """An answer that does not fit the request any more; the message is a sentence for the adult."""


class AlreadyOver(Refused):
    """The request has ended."""


class NotYet(Refused):
    """The request cannot be closed before somebody has talked with the child."""


class StillOpen(Refused):
    """The child waits already: there is nothing to open again."""


class OpenedAgain(Refused):
    """The answer was meant for what has ended and been opened again since."""


class SecondPerson(Refused):
    """Who talked with the child cannot sign it off as well."""


class SomebodyHasIt(Refused):
    """Another adult was faster; ``owner_id`` says who."""

    def __init__(self, owner_id: int) -> None:
        super().__init__(N_("Somebody else has taken this request."))
        self.owner_id = owner_id


@dataclass(frozen=True, slots=True)
class NewChat:
    """A request as the tablet sends it."""

    key: UUID
    pupil_id: int
    asked_for_id: int | None
    """Nobody means whoever is on duty."""
    check_in_key: UUID | None
    asked_at: datetime
    wants: str = "chat"
    when: str = "now"
    how: str | None = None
    about: tuple[str, ...] = ()
    """What the child wants to talk about: of ``ABOUTS``."""
    cannot_wait: bool = False
    maybe: tuple[str, ...] = ()
    """What the child laid under "maybe" on the talking mat."""
    not_today: tuple[str, ...] = ()
    """What the child laid under "not today"."""


@dataclass(frozen=True, slots=True)
class TalkKey:
    """One talk about a request: opened again, it has another, after which the child is asked as well."""

    chat: UUID
    number: int = 1
    """1 for the first."""

    def __str__(self) -> str:
        """As the tablet gets it and sends it back: the request's id, and ``.2`` for its second talk."""
        return str(self.chat) if self.number == 1 else f"{self.chat}.{self.number}"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a request."""

    kind: Kind
    at: datetime
    adult_id: int | None = None
    """The adult who acts; nobody when the child does."""
    to_adult_id: int | None = None
    """Whom it is asked of (``asked``, ``handed_over``, ``passed_on``, ``escalated``, ``reopened``)."""
    coming_at: datetime | None = None
    note: str | None = None
    level: Level | None = None
    """How far along its chain it has now gone (``asked``, ``passed_on``, ``escalated``); for ``cannot_wait``
    whether somebody on duty would hear of it then."""


@dataclass(frozen=True, slots=True)
class ChatState:
    """What the events so far add up to."""

    state: State
    owner_id: int | None
    """Who has it, or, while nobody answered, who is asked; nobody means whoever is on duty."""
    since: datetime
    coming_at: datetime | None = None
    cannot_wait: bool = False
    level: Level = "asked"
    nudged: bool = False
    """The adult who is late has been asked about it once."""
    late: bool = False
    """The time for an answer has passed at least once since the last answer: the child is told so."""
    hurried_at: datetime | None = None
    """When the child said that they cannot wait for who has answered; nothing once somebody answered again."""
    answered_at: datetime | None = None
    """The first answer of any adult."""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the child still waits."""
        return self.state in OPEN

    @property
    def taken_by(self) -> int | None:
        """The adult who has answered and has it now."""
        return self.owner_id if self.state in ("seen", "coming", "talked", "closed") else None


def state_of(events: Iterable[Event]) -> ChatState:
    """The state that a whole life adds up to.

    Raises:
        Refused: an event that may not follow those before it.
        ValueError: no events, or the first is not the asking.
    """
    state: ChatState | None = None
    for event in events:
        state = state_after(state, event)
    if state is None:
        raise ValueError("A request begins with being asked.")
    return state


def state_after(state: ChatState | None, event: Event) -> ChatState:
    """The state once ``event`` has happened.

    Raises:
        AlreadyOver: the request has ended.
        NotYet: it would be closed before anybody talked with the child.
        StillOpen: it would be opened again while the child waits.
        SecondPerson: who talked with the child would sign it off.
        ValueError: the life does not begin with the asking, or begins twice.
    """
    if state is None:
        if event.kind != "asked":
            raise ValueError("A request begins with being asked.")
        return ChatState("asked", event.to_adult_id, since=event.at, level=event.level or "asked")
    if event.kind == "asked":
        raise ValueError("A request is asked once.")
    if state.is_open:
        _check_not_before_the_end(event)
    elif (state.state, event.kind) not in _AFTER_THE_END:
        raise AlreadyOver("This request has ended already.")
    if event.kind == "signed_off" and event.adult_id == state.owner_id:
        raise SecondPerson("Somebody else has to sign off: you talked with this child yourself.")
    return _NEXT[event.kind](state, event)


def check_answer(
    state: ChatState, adult_id: int, *, seen_number: int, number: int, take_over: bool, opened_again: int = 0
) -> None:
    """Whether this adult may answer now.

    Args:
        state: the request's state.
        adult_id: who answers.
        seen_number: the number of the newest event the adult saw on the card.
        number: the number of the newest event there is.
        take_over: the adult saw that somebody has it and takes it all the same.
        opened_again: the number of the event that opened it again last, if any did.

    Raises:
        AlreadyOver: the request has ended.
        OpenedAgain: what the adult saw has ended, and the child waits anew.
        SomebodyHasIt: another adult has it, and this one did not know or did not choose to take over.
    """
    if not state.is_open:
        raise AlreadyOver("This request has ended already.")
    # "We talked" of a page that stood open since the first talk would end a second waiting without a talk.
    if seen_number < opened_again:
        raise OpenedAgain("This request was opened again.")
    holder = state.taken_by
    if holder is not None and holder != adult_id and (not take_over or seen_number < number):
        raise SomebodyHasIt(holder)


def due_at(
    state: ChatState, answer_within: float, add_open_seconds: Callable[[datetime, float], datetime]
) -> datetime:
    """By when the request needs its next answer.

    Args:
        state: the request's state.
        answer_within: seconds of school time that each step may take.
        add_open_seconds: the school calendar's clock, which stands still when school is closed.
    """
    if state.state == "coming" and state.coming_at is not None and not state.nudged:
        due = state.coming_at + LATE_AFTER
    else:
        due = add_open_seconds(state.since, answer_within)
    # "Coming at 11:30" is no answer to a child who says at ten that they cannot wait so long.
    return due if state.hurried_at is None else min(due, add_open_seconds(state.hurried_at, answer_within))


_AFTER_THE_END: frozenset[tuple[State, Kind]] = frozenset(
    {("talked", "closed"), ("talked", "signed_off"), ("talked", "reopened"), ("closed", "reopened")}
)
"""What may follow once a request has ended. What the child cancelled stays the child's word."""


def _check_not_before_the_end(event: Event) -> None:
    if event.kind in ("closed", "signed_off"):
        raise NotYet("Nobody has talked with this child yet.")
    if event.kind == "reopened":
        raise StillOpen("This child is waiting already.")


def _answered(state: ChatState, event: Event) -> ChatState:
    """What every answer of an adult brings: the waiting begins anew, and somebody is plainly here."""
    return replace(
        state,
        since=event.at,
        coming_at=None,
        nudged=False,
        late=False,
        hurried_at=None,
        level="asked" if state.level == "nobody" else state.level,
        answered_at=state.answered_at or event.at,
    )


def _seen(state: ChatState, event: Event) -> ChatState:
    return replace(_answered(state, event), state="seen", owner_id=event.adult_id)


def _coming(state: ChatState, event: Event) -> ChatState:
    return replace(_seen(state, event), state="coming", coming_at=event.coming_at)


def _handed_over(state: ChatState, event: Event) -> ChatState:
    return replace(_answered(state, event), state="asked", owner_id=event.to_adult_id)


def _passed_on(state: ChatState, event: Event) -> ChatState:
    """Passed on before its time, what nobody has answered keeps its time.

    A child is told when the promise is over, however often adults came and went meanwhile.
    """
    keeps_its_time = state.state == "asked" and event.note in BEFORE_ITS_TIME
    return replace(
        state,
        state="asked",
        owner_id=event.to_adult_id,
        since=state.since if keeps_its_time else event.at,
        coming_at=None,
        nudged=False,
        hurried_at=None,
        late=state.late or event.note == LATE,
        level=event.level or state.level,
    )


def _nudged(state: ChatState, event: Event) -> ChatState:
    """The adult who said that they come is asked about it.

    What was said before school closed is no promise for the next morning: they know of it, and the child's time
    goes on as it was.
    """
    if event.note == OVERNIGHT:
        return replace(state, state="seen", coming_at=None, nudged=True)
    return replace(state, since=event.at, nudged=True, late=True, hurried_at=None)


def _reminded(state: ChatState, event: Event) -> ChatState:
    return replace(state, since=event.at, late=True)


def _talked(state: ChatState, event: Event) -> ChatState:
    return replace(_seen(state, event), state="talked", coming_at=None, ended_at=event.at)


def _escalated(state: ChatState, event: Event) -> ChatState:
    """Given to the lead, who is asked anew. What stays with who has it stays as they said it to the child."""
    stays = state.taken_by is not None and state.taken_by == event.to_adult_id
    return replace(state if stays else _handed_over(state, event), level="lead")


def _reopened(state: ChatState, event: Event) -> ChatState:
    """The child waits anew, from the start of the chain; the first answer stays what it was."""
    return ChatState("asked", event.to_adult_id, since=event.at, answered_at=state.answered_at)


def _closed(state: ChatState, _event: Event) -> ChatState:
    return replace(state, state="closed")


def _cancelled(state: ChatState, event: Event) -> ChatState:
    return replace(state, state="cancelled", coming_at=None, ended_at=event.at)


def _cannot_wait(state: ChatState, event: Event) -> ChatState:
    return replace(state, cannot_wait=True, hurried_at=event.at if state.taken_by is not None else None)


_NEXT: dict[Kind, Callable[[ChatState, Event], ChatState]] = {
    "seen": _seen,
    "coming": _coming,
    "handed_over": _handed_over,
    "talked": _talked,
    "closed": _closed,
    "signed_off": _closed,
    "escalated": _escalated,
    "reopened": _reopened,
    "child_left": _cancelled,
    "cancelled": _cancelled,
    "cannot_wait": _cannot_wait,
    "nudged": _nudged,
    "passed_on": _passed_on,
    "reminded": _reminded,
}
