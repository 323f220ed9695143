"""No request is ever left with nobody: who is asked first, and to whom it passes on when nobody answers. Pure.

The chain is the adult asked, then the next of the High 5 who is here, then everyone on duty in the safe space,
then the safeguarding lead or a deputy, who cannot pass it further and is reminded until somebody answers. Passing
on adds people and hides nothing from those who had it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.chats.rules import LATE, ChatState, Event, Level


@dataclass(frozen=True)
class Around:
    """Whom a request could reach at one moment."""

    high5: Sequence[int]
    """The child's trusted adults who work here, in the child's own order."""
    on_duty: Sequence[int]
    leads: Sequence[int]
    """The safeguarding lead and deputies."""
    can_receive: Callable[[int], bool]
    """Whether an adult is here now and can be told."""
    has_gone: Callable[[int], bool] = lambda _adult: False
    """Whether an adult who took a request has said since that they are out, or works here no more. Lunch is not
    going: who answers from the lunch table has shown that they can be reached."""

    def anybody(self) -> bool:
        """Whether anybody at all on the chain could be told now."""
        return any(map(self.can_receive, (*self.high5, *self.on_duty, *self.leads)))


@dataclass(frozen=True)
class Stop:
    """A stop on the chain: who has the request there, and who is told, and why."""

    level: Level
    owner_id: int | None
    """Nobody means whoever is on duty, or (level ``nobody``) that nobody is here."""
    tell: dict[int, str] = field(default_factory=dict)
    """Adult id to reason: asked · cover · passed_on · duty · last_resort · nobody_here · late · reminder."""


def first_stop(asked_for: int | None, around: Around, *, cannot_wait: bool = False) -> Stop:
    """Where a new request begins.

    The adult asked for always keeps it on their board, also when away: they see it when they are back. Their
    cover is the first of the High 5 who is here.

    Args:
        asked_for: the adult the child chose; nobody means whoever is on duty.
        around: whom it could reach now.
        cannot_wait: everyone on duty is told as well, at once.
    """
    asked = {} if asked_for is None else {asked_for: "asked"}
    if asked_for is not None and around.can_receive(asked_for):
        stop = Stop("asked", asked_for)
    else:
        cover = stand_in(asked_for, around.high5, around.can_receive) if asked_for is not None else None
        stop = Stop("high5", cover, {cover: "cover"}) if cover is not None else _duty_or_beyond(around)
    tell = asked | {adult: why for adult, why in stop.tell.items() if adult not in asked}
    if cannot_wait:
        tell = {**urgent(around), **tell}
    return Stop(stop.level, stop.owner_id, tell)


def stand_in(asked_for: int, high5: Sequence[int], can_receive: Callable[[int], bool]) -> int | None:
    """Who of a child's High 5 has a request while the adult asked for is away: the first who can be told.

    The tablet says it before the child asks, and the chain does it when the child has asked.

    Returns:
        Nobody when there is no such adult: then it is for the grown-ups in the safe space.
    """
    return next((adult for adult in high5 if adult != asked_for and can_receive(adult)), None)


def next_move(
    state: ChatState, told: Collection[int], around: Around, now: datetime, due: datetime
) -> tuple[Event, dict[int, str]] | None:
    """What has to happen to an open request now, within school hours: an event and whom to tell, or nothing.

    Args:
        state: the request's state.
        told: everyone who has been told of it before.
        around: whom it could reach now.
        now: this instant.
        due: by when it needed its next answer.
    """
    if not state.is_open:
        return None
    if state.level == "nobody" and state.taken_by is None:
        return _somebody_came(around, now)
    if not _is_held(state, around):
        return _pass_on(state, told, around, now, LATE if now >= due else "gone")
    if now < due:
        return None
    if state.taken_by is not None and not state.nudged:
        return Event("nudged", now, to_adult_id=state.owner_id, note=LATE), {state.taken_by: "late"}
    return _pass_on(state, told, around, now, LATE)


def _is_held(state: ChatState, around: Around) -> bool:
    """Whether whoever has it can be counted on: has answered and not gone since, or is here to be told."""
    if state.taken_by is not None:
        return not around.has_gone(state.taken_by)
    if state.owner_id is not None:
        return around.can_receive(state.owner_id)
    return any(map(around.can_receive, around.on_duty))


def _pass_on(
    state: ChatState, told: Collection[int], around: Around, now: datetime, why: str
) -> tuple[Event, dict[int, str]]:
    stop = None
    if state.level in ("asked", "high5") and state.owner_id is not None:
        others = [adult for adult in around.high5 if adult not in told]
        stop = _next_of_high5(others, around, "passed_on") or _duty(around)
    if stop is None:
        stop = _lead(state, around) or _duty(around) or _anyone_left(around)
    if stop.level == state.level == "lead" and stop.owner_id == state.owner_id:
        return Event("reminded", now, to_adult_id=state.owner_id, note=LATE), dict.fromkeys(stop.tell, "reminder")
    return _passed_on(stop, now, why)


def _passed_on(stop: Stop, now: datetime, why: str) -> tuple[Event, dict[int, str]]:
    return Event("passed_on", now, to_adult_id=stop.owner_id, level=stop.level, note=why), stop.tell


def _somebody_came(around: Around, now: datetime) -> tuple[Event, dict[int, str]] | None:
    """Nobody was here; as soon as somebody is, it is theirs."""
    if not around.anybody():
        return None
    stop = _next_of_high5(around.high5, around, "passed_on") or _duty_or_beyond(around)
    return _passed_on(stop, now, "somebody_came")


def _next_of_high5(adults: Sequence[int], around: Around, why: str) -> Stop | None:
    here = next(filter(around.can_receive, adults), None)
    return Stop("high5", here, {here: why}) if here is not None else None


def _duty(around: Around) -> Stop | None:
    here = [adult for adult in around.on_duty if around.can_receive(adult)]
    return Stop("duty", None, dict.fromkeys(here, "duty")) if here else None


def _lead(state: ChatState, around: Around) -> Stop | None:
    """The lead who has it keeps it while here; every lead who is here is told."""
    here = [adult for adult in around.leads if around.can_receive(adult)]
    if not here:
        return None
    owner = state.owner_id if state.level == "lead" and state.owner_id in here else here[0]
    return Stop("lead", owner, dict.fromkeys(here, "last_resort"))


def _anyone_left(around: Around) -> Stop:
    """No lead and nobody on duty: somebody of the High 5 who was told before, or truly nobody."""
    return _next_of_high5(around.high5, around, "passed_on") or Stop(
        "nobody", None, dict.fromkeys(around.leads, "nobody_here")
    )


def _duty_or_beyond(around: Around) -> Stop:
    here = [adult for adult in around.leads if around.can_receive(adult)]
    lead = Stop("lead", here[0], dict.fromkeys(here, "last_resort")) if here else None
    return _duty(around) or lead or _anyone_left(around)


def urgent(around: Around) -> dict[int, str]:
    """Whom "I can't wait" tells at once."""
    stop = _duty_or_beyond(around)
    return dict.fromkeys(stop.tell, "cannot_wait")
