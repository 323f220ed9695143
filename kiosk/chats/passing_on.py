"""No request is ever left with nobody: who is asked first, and to whom it passes on when nobody answers. Pure.

The chain is the adult asked, then the next of the High 5 who is here, then everyone on duty in the safe space,
then the safeguarding lead or a deputy, who cannot pass it further and is reminded until somebody answers. Passing
on adds people and hides nothing from those who had it.

Among those who are here it goes to somebody who would hear of it now (an open board, a phone) before somebody who
would not, and never only to an adult about whom a concern is open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.chats.rules import GONE, LATE, UNREACHABLE, ChatState, Event, Level

Fits = Callable[[int], bool]


@dataclass(frozen=True)
class Around:
    """Whom a request could reach at one moment."""

    high5: Sequence[int]
    """The child's trusted adults who work here, in the child's own order."""
    on_duty: Sequence[int]
    leads: Sequence[int]
    """The safeguarding lead and deputies."""
    can_receive: Callable[[int], bool]
    """Whether an adult is here now and can sign in."""
    has_gone: Callable[[int], bool] = lambda _adult: False
    """Whether an adult who took a request has said since that they are out, or works here no more. Lunch is not
    going: who answers from the lunch table has shown that they can be reached."""
    can_be_told: Callable[[int], bool] = lambda _adult: True
    """Whether an adult would hear of it now: a board stands open, or a phone or mailbox takes messages."""
    never_alone: frozenset[int] = frozenset()
    """Adults about whom a concern is open that touches this child: a request never goes only to them."""

    def anybody(self) -> bool:
        """Whether anybody at all on the chain is here now."""
        return any(map(self.can_receive, self.chain()))

    def chain(self) -> tuple[int, ...]:
        """Everybody on the chain, in its order."""
        return (*self.high5, *self.on_duty, *self.leads)

    def reaches(self, adult: int) -> bool:
        """Whether an adult is here and would hear of it now."""
        return self.can_receive(adult) and self.can_be_told(adult)

    def hears(self, adult: int) -> bool:
        """Whether an adult is here, would hear of it now, and may have it alone."""
        return self.reaches(adult) and adult not in self.never_alone

    def is_free(self, adult: int) -> bool:
        """Whether an adult is here and may have it alone."""
        return self.can_receive(adult) and adult not in self.never_alone


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
    cover is the first of the High 5 who is here. Who is here has it also while nothing reaches them (the child
    chose them, and they may open their board any moment), but then somebody who would hear of it is told as well.

    Args:
        asked_for: the adult the child chose; nobody means whoever is on duty.
        around: whom it could reach now.
        cannot_wait: everyone on duty is told as well, at once.
    """
    if asked_for is None:
        tell: dict[int, str] = {}
        stop = _duty_or_beyond(around)
    else:
        tell = {asked_for: "asked"}
        stop = _with_the_adult_asked(asked_for, around) or _with_their_cover(asked_for, around)
    tell |= {adult: why for adult, why in stop.tell.items() if adult not in tell}
    if cannot_wait:
        tell = {**urgent(around), **tell}
    return Stop(stop.level, stop.owner_id, tell | beside(stop.owner_id, tell, around))


def stand_in(asked_for: int, high5: Sequence[int], can_receive: Callable[[int], bool]) -> int | None:
    """Who of a child's High 5 is told while the adult asked for is away: the first who is here.

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
        return _somebody_came(told, around, now)
    if not _is_held(state, told, around):
        return _passed_on(_next_stop(state, told, around), told, around, now, LATE if now >= due else GONE)
    if now >= due:
        return _late(state, told, around, now)
    if state.taken_by is None and not any(map(around.reaches, told)):
        stop = _who_hears(state, told, around)
        return _passed_on(stop, told, around, now, UNREACHABLE) if stop is not None else None
    return None


def urgent(around: Around) -> dict[int, str]:
    """Whom "I can't wait" tells at once."""
    stop = _duty_or_beyond(around)
    tell = stop.tell | beside(stop.owner_id, stop.tell, around)
    return dict.fromkeys(tell, "cannot_wait")


def beside(owner: int | None, told: Collection[int], around: Around) -> dict[int, str]:
    """Who is told as well, so that a request does not go only to adults about whom a concern is open.

    Nothing of it shows to the adult concerned: they are asked as they always are.

    Args:
        owner: who has it; nobody means whoever is on duty.
        told: everybody who knows of it, now or before.
        around: whom it could reach now.

    Returns:
        Nobody when somebody else has it or knows; else the leads who are here, or when none is, every lead and
        somebody who is here.
    """
    having = [owner] if owner is not None else list(filter(around.can_receive, around.on_duty))
    if not having or not around.never_alone.issuperset(having):
        return {}
    leads = [adult for adult in around.leads if adult not in around.never_alone]
    here = list(filter(around.can_receive, leads))
    others = list(filter(around.is_free, around.on_duty)) or list(filter(around.is_free, around.high5))[:1]
    wanted = [here] if here else [leads, others]
    return {adult: "cover" for group in wanted if not set(group) & set(told) for adult in group}


def _with_the_adult_asked(asked_for: int, around: Around) -> Stop | None:
    if not around.can_receive(asked_for):
        return None
    if around.can_be_told(asked_for):
        return Stop("asked", asked_for)
    others = [adult for adult in around.high5 if adult != asked_for]
    heard_by = _first([_high5(others, "cover"), _duty, _leads], around, around.hears)
    return Stop("asked", asked_for, dict.fromkeys(heard_by.tell, "cover") if heard_by else {})


def _with_their_cover(asked_for: int, around: Around) -> Stop:
    """Who stands in is told in any case, because the tablet has named them; who hears of it has it."""
    others = [adult for adult in around.high5 if adult != asked_for]
    stop = _along(around, [_high5(others, "cover"), _duty, _leads])
    named = stand_in(asked_for, around.high5, around.is_free)
    return stop if named is None else Stop(stop.level, stop.owner_id, {named: "cover"} | stop.tell)


def _late(state: ChatState, told: Collection[int], around: Around, now: datetime) -> tuple[Event, dict[int, str]]:
    """Nobody has answered in time, or did not come: ask, pass on, or remind."""
    if state.taken_by is not None and not state.nudged:
        return Event("nudged", now, to_adult_id=state.owner_id, note=LATE), {state.taken_by: "late"}
    stop = _next_stop(state, told, around)
    if stop.level == state.level == "lead" and stop.owner_id == state.owner_id:
        return Event("reminded", now, to_adult_id=state.owner_id, note=LATE), dict.fromkeys(stop.tell, "reminder")
    return _passed_on(stop, told, around, now, LATE)


def _is_held(state: ChatState, told: Collection[int], around: Around) -> bool:
    """Whether whoever has it can be counted on: has answered and not gone since, or is here to be told."""
    if state.taken_by is not None:
        return not around.has_gone(state.taken_by)
    if state.owner_id is not None:
        return around.can_receive(state.owner_id)
    if any(map(around.is_free, around.on_duty)):
        return True
    somebody_else = any(map(around.is_free, around.chain())) or beside(None, told, around)
    return any(map(around.can_receive, around.on_duty)) and not somebody_else


def _next_stop(state: ChatState, told: Collection[int], around: Around) -> Stop:
    """The stop after this one."""
    if state.level in ("asked", "high5") and state.owner_id is not None:
        others = [adult for adult in around.high5 if adult not in told]
        ahead = [_high5(others, "passed_on"), _duty, _leads_but(state)]
    else:
        ahead = [_leads_but(state)]
    fresh = None if state.level == "lead" else _first(ahead, around, _hears_anew(told, around))
    return fresh or _along(around, ahead, [_duty], [_high5(around.high5, "passed_on")])


def _who_hears(state: ChatState, told: Collection[int], around: Around) -> Stop | None:
    """Somebody on the chain who was not told yet and would hear of it, if there is one."""
    others = [adult for adult in around.high5 if adult not in told]
    return _first([_high5(others, "passed_on"), _duty, _leads_but(state)], around, _hears_anew(told, around))


def _hears_anew(told: Collection[int], around: Around) -> Fits:
    return lambda adult: adult not in told and around.hears(adult)


def _somebody_came(told: Collection[int], around: Around, now: datetime) -> tuple[Event, dict[int, str]] | None:
    """Nobody was here; as soon as somebody is, it is theirs."""
    if not around.anybody():
        return None
    stop = _along(around, [_high5(around.high5, "passed_on"), _duty, _leads])
    return _passed_on(stop, told, around, now, "somebody_came")


def _passed_on(
    stop: Stop, told: Collection[int], around: Around, now: datetime, why: str
) -> tuple[Event, dict[int, str]]:
    tell = stop.tell | beside(stop.owner_id, {*told, *stop.tell}, around)
    return Event("passed_on", now, to_adult_id=stop.owner_id, level=stop.level, note=why), tell


Find = Callable[[Around, Fits], Stop | None]
"""Finds a stop in which somebody fits."""


def _along(around: Around, *stages: Sequence[Find]) -> Stop:
    """The first stop of the first stage in which somebody hears of it, or is at least here; else nobody.

    An adult about whom a concern is open is taken only when nobody else is left in any stage.
    """
    free: Iterator[Stop | None] = (
        _first(finds, around, fits) for finds in stages for fits in (around.hears, around.is_free)
    )
    left: Iterator[Stop | None] = (_first(finds, around, around.can_receive) for finds in stages)
    nobody = Stop("nobody", None, dict.fromkeys(around.leads, "nobody_here"))
    return next(filter(None, free), None) or next(filter(None, left), None) or nobody


def _first(finds: Sequence[Find], around: Around, fits: Fits) -> Stop | None:
    return next(filter(None, (find(around, fits) for find in finds)), None)


def _high5(adults: Sequence[int], why: str) -> Find:
    def find(_around: Around, fits: Fits) -> Stop | None:
        found = next(filter(fits, adults), None)
        return Stop("high5", found, {found: why}) if found is not None else None

    return find


def _duty(around: Around, fits: Fits) -> Stop | None:
    """Everybody on duty who is here is told, when it fits one of them."""
    here = list(filter(around.can_receive, around.on_duty))
    return Stop("duty", None, dict.fromkeys(here, "duty")) if any(map(fits, here)) else None


def _leads(around: Around, fits: Fits) -> Stop | None:
    """The first lead whom it fits has it, and every lead who is here is told."""
    here = list(filter(around.can_receive, around.leads))
    owner = next(filter(fits, here), None)
    return Stop("lead", owner, dict.fromkeys(here, "last_resort")) if owner is not None else None


def _leads_but(state: ChatState) -> Find:
    """The lead who has it keeps it while it fits them."""

    def find(around: Around, fits: Fits) -> Stop | None:
        stop = _leads(around, fits)
        kept = state.owner_id if state.level == "lead" else None
        return Stop("lead", kept, stop.tell) if stop and kept in stop.tell and fits(kept) else stop

    return find


def _duty_or_beyond(around: Around) -> Stop:
    return _along(around, [_duty, _leads], [_high5(around.high5, "passed_on")])
