"""No request is ever left with nobody: who is asked first, and to whom it passes on when nobody answers. Pure.

The chain is the adult asked, then the next of the High 5 who is here, then everyone on duty in the safe space,
then the safeguarding lead or a deputy, who cannot pass it further and is reminded until somebody answers. Passing
on adds people and hides nothing from those who had it.

Among those who are here it goes to somebody who would hear of it now (an open board, a phone) before somebody who
would not, and never only to an adult about whom a concern is open. While nothing would reach anybody the child is
told so, the leads find it on their boards, and whoever hears first has it. An answer stops the ringing for
everybody: who knew of a request and handed it over hears of it no more, until it comes back to them.

With nobody of the chain here it is with somebody beside it who knows of it and is here, before it is with nobody.

Whom the child chose has it as soon as they are here, until they have had their time to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.chats.rules import (
    BACK,
    GONE,
    LATE,
    OPENED,
    OVERNIGHT,
    UNREACHABLE,
    ChatState,
    Event,
    Level,
    state_after,
)

Fits = Callable[[int], bool]
ANSWER_COUNTS_FOR = timedelta(minutes=10)
"""So long who has answered counts as here, whatever their timetable says: "Coming now" said two minutes before
lunch is somebody on the way."""
COMES_BACK_AFTER = timedelta(minutes=2)
"""So long it stays with somebody whom nothing tells, when nobody but those who knew of it before would hear.

Whoever handed it over is perhaps going to tell them."""
_NEAR: Sequence[Level] = ("asked", "high5", "duty", "lead", "nobody")
"""From whom the child chose to nobody at all."""


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
    """Whether an adult has said today that they are out, works here no more, or cannot sign in."""
    back_at: Callable[[int], datetime | None] = lambda _adult: None
    """When an adult is here who is in today, but not just now: lunch is over, or their hours begin."""
    can_be_told: Callable[[int], bool] = lambda _adult: True
    """Whether an adult would hear of it now: a board stands open, or a phone or mailbox takes messages."""
    never_alone: frozenset[int] = frozenset()
    """Adults about whom a concern is open that touches this child: a request never goes only to them."""

    def anybody_here(self, told: Collection[int] = ()) -> bool:
        """Whether anybody at all to whom a request could go is here now.

        Args:
            told: who knows of it already, on the chain or not.
        """
        return any(map(self.can_receive, {*self.chain(), *told}))

    def anybody(self, told: Collection[int] = ()) -> bool:
        """Whether anybody to whom a request could go would hear of it now.

        While somebody else is here, an adult about whom a concern is open does not count.

        Args:
            told: who knows of it already, on the chain or not.
        """
        everyone = {*self.chain(), *told}
        return any(map(self.reaches, list(filter(self.is_free, everyone)) or everyone))

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
    """Adult id to reason: asked · back · cover · passed_on · duty · last_resort · nobody_here · cannot_wait ·
    late · reminder."""


@dataclass(frozen=True)
class Wish:
    """Whom the child chose, as long as they have not had their time to answer."""

    adult: int | None
    """Nobody means whoever is on duty."""
    overnight: bool = False
    """Asked while school was closed, by whoever was in at that hour: who comes in the morning may be nearer."""


Move = tuple[Event | None, dict[int, str]]
"""An event and whom to tell; without an event somebody is told as well, and nothing else changes."""


def first_stop(asked_for: int | None, around: Around, *, cannot_wait: bool = False) -> Stop:
    """Where a new request begins.

    The adult asked for always keeps it on their board, also when away: they see it when they are back. Their
    cover is the first of the High 5 who is here. Who is here has it also while nothing reaches them (the child
    chose them, and they may open their board any moment), but then somebody who would hear of it is told as well.
    Everyone on duty who is here knows of what is asked of duty, also when a lead who hears of it has it.

    Args:
        asked_for: the adult the child chose; nobody means whoever is on duty.
        around: whom it could reach now.
        cannot_wait: everyone on duty is told as well, at once.
    """
    if asked_for is None:
        tell = dict.fromkeys(filter(around.can_receive, around.on_duty), "duty")
        stop = _duty_or_beyond(around)
    else:
        tell = {asked_for: "asked"}
        stop = _with_the_adult_asked(asked_for, around) or _with_their_cover(asked_for, around)
    tell |= {adult: why for adult, why in stop.tell.items() if adult not in tell}
    if cannot_wait:
        tell = {**tell, **urgent(around)} | ({} if asked_for is None else {asked_for: "asked"})
    tell |= beside(stop.owner_id, tell, around)
    return Stop(stop.level, stop.owner_id, _leads_know(tell, around) | tell)


def wish_after(asked_for: int | None, events: Iterable[Event], *, overnight: bool = False) -> Wish | None:
    """Whom the child chose, if they still have not had their time to answer; nothing when they have.

    They have had it when they answered, or did not while it was theirs; and it counts no more once an adult has
    decided on somebody: handed it over, given it to the lead, opened it again.

    Args:
        asked_for: the adult the child chose; nobody means whoever is on duty.
        events: the request's life so far.
        overnight: it was asked while school was closed, and nobody has answered since.
    """
    state: ChatState | None = None
    for event in events:
        if event.kind in ("handed_over", "escalated", "reopened") or _had_their_time(asked_for, state, event):
            return None
        state = state_after(state, event)
    return Wish(asked_for, overnight)


def _had_their_time(asked_for: int | None, state: ChatState | None, event: Event) -> bool:
    if state is None:
        return False
    if asked_for is not None and event.adult_id == asked_for:
        return True
    was_theirs = state.owner_id == asked_for and (asked_for is not None or state.level == "duty")
    return was_theirs and event.note in (LATE, UNREACHABLE)


def stand_in(asked_for: int, high5: Sequence[int], can_receive: Callable[[int], bool]) -> int | None:
    """Who of a child's High 5 is told in any case while the adult asked for is away: the first who is here.

    Who has the request meanwhile may be somebody else, who would hear of it; a tablet names whom
    :func:`first_stop` says.

    Returns:
        Nobody when there is no such adult.
    """
    return next((adult for adult in high5 if adult != asked_for and can_receive(adult)), None)


def next_move(
    state: ChatState,
    told: Collection[int],
    around: Around,
    now: datetime,
    due: datetime,
    *,
    ringing: Collection[int] | None = None,
    wish: Wish | None = None,
    said_before_closing: bool = False,
) -> Move | None:
    """What has to happen to an open request now, within school hours: an event and whom to tell, or nothing.

    Args:
        state: the request's state.
        told: everyone who has been told of it before.
        around: whom it could reach now.
        now: this instant.
        due: by when it needed its next answer.
        ringing: for whom of them it still rings; left out, for all of them.
        wish: whom the child chose, if they have not had their time to answer.
        said_before_closing: somebody said that they come, and school has been closed since.
    """
    if not state.is_open:
        return None
    if state.level == "nobody" and state.taken_by is None:
        return _somebody_came(told, around, now, wish)
    held = _is_held(state, told, around, now)
    if state.taken_by is not None and held:
        return _while_held(state, told, around, now, due, said_before_closing=said_before_closing)
    goes_on = _nearer(state, told, around, wish) or (None if held else (_next_stop(state, told, around), GONE))
    if goes_on is not None:
        stop, why = goes_on
        return _passed_on(stop, told, around, now, LATE if now >= due else why)
    if now >= due:
        return _late(state, told, around, now)
    return _unheard(state, told, told if ringing is None else ringing, around, now)


def given(owner: int, giver: int, around: Around) -> dict[int, str]:
    """Who is told as well when nothing tells whom a request is given to, or who has it and is late, just now.

    Handed over it has stopped ringing for everybody else, so who was told before is told anew.

    Args:
        owner: to whom it is handed over, or who has it and is late.
        giver: who hands it over, and thinks of it no more; who is late gives it to nobody.
        around: whom it could reach now.
    """
    if around.reaches(owner):
        return {}
    others = [adult for adult in around.high5 if adult not in (owner, giver)]
    stop = _first(
        [_high5(others, "cover"), _duty, _leads], around, lambda adult: adult != giver and around.hears(adult)
    )
    return {adult: "cover" for adult in stop.tell if adult not in (owner, giver)} if stop else {}


def urgent(around: Around) -> dict[int, str]:
    """Whom "I can't wait" tells at once: everyone on duty who is in, and who would hear of it in their stead.

    The leads are told as well while nobody on duty would hear of it, and after them somebody of the High 5 who
    does. With nobody in at all it waits for every lead.
    """
    tell = list(filter(around.can_receive, around.on_duty))
    if not any(map(around.hears, tell)):
        tell += filter(around.can_receive, around.leads)
    if not any(map(around.hears, tell)):
        tell += list(filter(around.hears, around.high5))[:1]
    urged = dict.fromkeys(tell or around.leads, "cannot_wait")
    return urged | dict.fromkeys(beside(None, urged, around), "cannot_wait")


def hurried_to(around: Around) -> Level:
    """How far "I can't wait" had to go to be heard: ``duty``, or beyond."""
    return "duty" if duty_is_told(around.on_duty, around) else "lead"


def duty_is_told(told: Collection[int], around: Around) -> bool:
    """Whether everyone on duty who is in knows, and one of them at least would hear of it now."""
    here = list(filter(around.can_receive, around.on_duty))
    return set(here) <= set(told) and any(map(around.can_be_told, here))


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
    """Who hears of it has it. The nearest who is here is told as well: they may open their board any moment."""
    others = [adult for adult in around.high5 if adult != asked_for]
    stop = _along(around, [_high5(others, "cover"), _duty, _leads])
    named = stand_in(asked_for, around.high5, around.is_free)
    return stop if named is None else Stop(stop.level, stop.owner_id, {named: "cover"} | stop.tell)


def _nearer(state: ChatState, told: Collection[int], around: Around, wish: Wish | None) -> tuple[Stop, str] | None:
    """Whom the child chose, now that they are here; for what was asked overnight also who is nearer to them."""
    if wish is None:
        return None
    if wish.adult is not None and state.owner_id != wish.adult and around.can_receive(wish.adult):
        level: Level = "lead" if state.level == "lead" else "asked"
        beside_them = _with_the_adult_asked(wish.adult, around)
        as_well = beside_them.tell if beside_them and not any(map(around.reaches, told)) else {}
        return Stop(level, wish.adult, as_well | {wish.adult: BACK}), BACK
    if wish.adult is None and state.owner_id is not None and (stop := _duty(around, around.hears)):
        return _to_who_is_new(stop, told), BACK
    if not wish.overnight or state.late or state.owner_id == wish.adult:
        return None
    others = [adult for adult in around.high5 if adult != wish.adult]
    stop = _first([_high5(others, "cover"), _duty], around, around.hears)
    if stop is None or _NEAR.index(stop.level) >= _NEAR.index(state.level):
        return None
    return _to_who_is_new(stop, told), OPENED


def _to_who_is_new(stop: Stop, told: Collection[int]) -> Stop:
    """Nobody is told twice for the same reason: who knows of it still rings."""
    return Stop(stop.level, stop.owner_id, {adult: why for adult, why in stop.tell.items() if adult not in told})


def _while_held(
    state: ChatState,
    told: Collection[int],
    around: Around,
    now: datetime,
    due: datetime,
    *,
    said_before_closing: bool,
) -> Move | None:
    """Somebody has answered and can be counted on."""
    if now >= due:
        return _late(state, told, around, now)
    overnight = _asked_anew(state, now) if said_before_closing else None
    return overnight or _told_beside(state, told, around)


def _asked_anew(state: ChatState, now: datetime) -> Move | None:
    """Who said "Coming now" before school closed is on the way no more: when it opens they are asked about it."""
    said_now = state.state == "coming" and state.coming_at is None and not state.nudged
    if state.taken_by is None or not said_now or now < state.since + ANSWER_COUNTS_FOR:
        return None
    return Event("nudged", now, to_adult_id=state.owner_id, note=OVERNIGHT), {state.taken_by: "late"}


def _unheard(
    state: ChatState, told: Collection[int], ringing: Collection[int], around: Around, now: datetime
) -> Move | None:
    """Before its time is over: somebody must hear of it, and everyone on duty when a child cannot wait."""
    having = () if state.owner_id is None else (state.owner_id,)
    if not any(map(around.reaches, (*ringing, *having))):
        stop = _who_hears(state, told, around)
        if stop is None and now >= state.since + COMES_BACK_AFTER:
            stop = _who_knew(state, told, around)
        if stop is not None:
            return _passed_on(stop, told, around, now, UNREACHABLE)
    as_well = _told_as_well(state, told, around)
    return (None, as_well) if as_well else _told_beside(state, told, around)


def _told_beside(state: ChatState, told: Collection[int], around: Around) -> Move | None:
    """Who must know of it as well, because whoever knew beside an adult about whom a concern is open has gone."""
    as_well = beside(state.owner_id, told, around)
    return (None, as_well) if as_well else None


def _told_as_well(state: ChatState, told: Collection[int], around: Around) -> dict[int, str]:
    """Who comes on duty while a child cannot wait; and the leads, while nothing would reach anybody."""
    came = [adult for adult in around.on_duty if state.cannot_wait and around.can_receive(adult)]
    leads = {adult: why for adult, why in _leads_know(told, around).items() if adult not in told}
    return leads | {adult: "cannot_wait" for adult in came if adult not in told}


def _leads_know(told: Collection[int], around: Around) -> dict[int, str]:
    """Every lead, when nothing would reach anybody: then no adult hears before a board is opened."""
    return {} if around.anybody(told) else dict.fromkeys(around.leads, "nobody_here")


def _late(state: ChatState, told: Collection[int], around: Around, now: datetime) -> Move:
    """Nobody has answered in time, or did not come: ask, pass on, or remind."""
    if state.taken_by is not None and not state.nudged:
        as_well = given(state.taken_by, state.taken_by, around)
        return Event("nudged", now, to_adult_id=state.owner_id, note=LATE), as_well | {state.taken_by: "late"}
    stop = _next_stop(state, told, around)
    if stop.level == state.level == "lead" and stop.owner_id == state.owner_id:
        return Event("reminded", now, to_adult_id=state.owner_id, note=LATE), dict.fromkeys(stop.tell, "reminder")
    return _passed_on(stop, told, around, now, LATE)


def _is_held(state: ChatState, told: Collection[int], around: Around, now: datetime) -> bool:
    """Whether whoever has it can be counted on: has answered and is here, or is here to be told."""
    if state.taken_by is not None:
        return _keeps(state.taken_by, state, around, now)
    if state.owner_id is not None:
        return around.can_receive(state.owner_id)
    if any(map(around.is_free, around.on_duty)):
        return True
    somebody_else = any(map(around.is_free, around.chain())) or beside(None, told, around)
    return any(map(around.can_receive, around.on_duty)) and not somebody_else


def _keeps(holder: int, state: ChatState, around: Around, now: datetime) -> bool:
    """Whether who has answered is here, has answered just now, or said a time after lunch or in their hours."""
    if around.has_gone(holder):
        return False
    if around.can_receive(holder) or (not state.nudged and now < state.since + ANSWER_COUNTS_FOR):
        return True
    back = around.back_at(holder)
    return back is not None and state.coming_at is not None and state.coming_at >= back


def _next_stop(state: ChatState, told: Collection[int], around: Around) -> Stop:
    """The stop after this one."""
    if state.level in ("asked", "high5") and state.owner_id is not None:
        others = [adult for adult in around.high5 if adult not in told]
        ahead = [_high5(others, "passed_on"), _duty, _leads_but(state)]
    else:
        ahead = [_leads_but(state)]
    fresh = None if state.level == "lead" else _first(ahead, around, _hears_anew(told, around))
    return fresh or _or_who_knew(_along(around, ahead, [_duty], [_high5(around.high5, "passed_on")]), told, around)


def _who_hears(state: ChatState, told: Collection[int], around: Around) -> Stop | None:
    """Somebody on the chain who was not told yet and would hear of it, if there is one."""
    others = [adult for adult in around.high5 if adult not in told]
    return _first([_high5(others, "passed_on"), _duty, _leads_but(state)], around, _hears_anew(told, around))


def _who_knew(state: ChatState, told: Collection[int], around: Around) -> Stop | None:
    """Somebody who knew of it before and would hear of it, on the chain or not, if there is one."""
    knew = [_high5(around.high5, "passed_on"), _duty, _leads_but(state)]
    stop = _first(knew, around, around.hears)
    elsewhere = next(filter(around.hears, sorted(told)), None)
    return stop or (Stop("high5", elsewhere, {elsewhere: "passed_on"}) if elsewhere is not None else None)


def _or_who_knew(stop: Stop, told: Collection[int], around: Around) -> Stop:
    """With nobody of the chain here: somebody beside it who is here and knew of it, such as who handed it over.

    The leads know then as well that nobody of the chain is here; told once, a phone at home rings no more for it.
    """
    if stop.level != "nobody":
        return stop
    knew = (next(filter(fits, sorted(told)), None) for fits in (around.hears, around.is_free, around.can_receive))
    found = next((adult for adult in knew if adult is not None), None)
    if found is None:
        return stop
    return Stop("high5", found, _to_who_is_new(stop, told).tell | {found: "passed_on"})


def _hears_anew(told: Collection[int], around: Around) -> Fits:
    return lambda adult: adult not in told and around.hears(adult)


def _somebody_came(told: Collection[int], around: Around, now: datetime, wish: Wish | None) -> Move | None:
    """Nobody was here; as soon as somebody is, it is theirs: whom the child chose before anybody else."""
    if not around.anybody_here(told):
        return None
    stop = _as_chosen(wish, around) or _along(around, [_high5(around.high5, "passed_on"), _duty, _leads])
    return _passed_on(_or_who_knew(stop, told, around), told, around, now, "somebody_came")


def _as_chosen(wish: Wish | None, around: Around) -> Stop | None:
    if wish is None:
        return None
    if wish.adult is None:
        return _duty_or_beyond(around)
    stop = _with_the_adult_asked(wish.adult, around)
    return Stop("asked", wish.adult, stop.tell | {wish.adult: BACK}) if stop else None


def _passed_on(stop: Stop, told: Collection[int], around: Around, now: datetime, why: str) -> Move:
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
