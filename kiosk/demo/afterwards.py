"""What came of the talks of the demo's term: written down by adults, and said by children. Pure, from a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from kiosk.chats.outcome_rules import DID, OutcomeEntry
from kiosk.demo.answering import NOTES as SAID_AT_ONCE
from kiosk.demo.answering import LivedChat
from kiosk.demo.days import ZONE
from kiosk.demo.hazelwood import DemoAdult, DemoPupil
from kiosk.demo.moods import LivedCheckIn
from kiosk.demo.talk_words import DONE_FOLLOW_UPS, LIKES, NOTES, PUTTING_RIGHT, STILL_TO_DO, ToldFollowUp

_NEVER_WRITTEN = 0.09
"""The part of the talks that nobody wrote up while it was asked for."""
_NOT_YET_WRITTEN = 0.35
"""The part of the talks of the last two school days that wait to be written up."""
_TOO_SOON = timedelta(minutes=36)
"""Nobody has written up a talk that was so short a while ago."""
_WITH_NOTE = 0.45
_FOLLOWED_UP = 0.04
_CHILD_IS_ASKED = 0.85
_ASKED_WITHIN = timedelta(days=14)
_BY_HOW = {"talk": "listened", "draw": "drew", "sit": "sat", "walk": "walked"}
_BY_ABOUT = {"put_right": "mended", "learning": "told_class"}


@dataclass(frozen=True)
class WrittenUp:
    """What an adult wrote after a talk."""

    entry: OutcomeEntry
    by_id: int
    at: datetime
    followed_up_at: datetime | None = None


@dataclass(frozen=True)
class ChildSaid:
    """What a child answered to "Did talking help?"."""

    said: str
    at: datetime


@dataclass(frozen=True)
class Afterwards:
    """What followed a talk: the request with all that happened to it, and what was written and said."""

    life: LivedChat
    written: WrittenUp | None = None
    said: ChildSaid | None = None


def afterwards(
    seed: int,
    now: datetime,
    *,
    chats: Sequence[LivedChat],
    check_ins: Sequence[LivedCheckIn],
    pupils: Sequence[DemoPupil],
    adults: Sequence[DemoAdult],
    days: Sequence[date],
) -> list[Afterwards]:
    """What came of every talk until now. Writing it up closes the talk: the event is added to its life.

    Args:
        seed: the same gives the same.
        now: nothing was written, said or done after it.
        chats: the requests, in order of time.
        check_ins: the children's check-ins, in order of time.
        pupils: the children.
        adults: the adults.
        days: the school days of the term, oldest first; the last is today.
    """
    likes = {pupil.id: _likes(pupil.source_id) for pupil in pupils}
    notes = {pupil.id: _notes_of(seed, pupil) for pupil in pupils}
    asked_again = _next_taps(chats, check_ins)
    found = []
    for life in chats:
        if (talked_at := _talked_at(life)) is None:
            continue
        rng = Random(f"{seed}/afterwards/{life.chat.key}")
        pupil_id = life.chat.pupil_id
        written = _write_up(rng, now, life, days=days, likes=likes[pupil_id], notes=notes[pupil_id])
        tapped_at = asked_again.get(life.chat.key.int)
        said = _say(rng, talked_at, tapped_at, helped=bool(written and written.entry.helped))
        found.append(Afterwards(life, written, said))
    found = _put_right(found)
    for told in STILL_TO_DO:
        found = _follow_up(found, told, {adult.source_id: adult.id for adult in adults}, days)
    for one in found:
        if one.written is not None:
            _close(one.life, one.written)
    return found


def _talked_at(life: LivedChat) -> datetime | None:
    return next((event.at for event in life.events if event.kind == "talked"), None)


def _notes_of(seed: int, pupil: DemoPupil) -> dict[str, list[str]]:
    """Each child's own order of notes, so that none is written twice of the same child."""
    rng = Random(f"{seed}/notes/{pupil.id}")
    return {did: rng.sample(words, len(words)) for did, words in NOTES.items()}


def _next_taps(chats: Sequence[LivedChat], check_ins: Sequence[LivedCheckIn]) -> dict[int, datetime]:
    """By the request's key, when the child next stood at a tablet, if no other talk had come between."""
    taps: dict[int, list[datetime]] = {}
    for check_in in check_ins:
        if not check_in.shown_on_fingers:
            taps.setdefault(check_in.pupil_id, []).append(check_in.felt_at)
    found: dict[int, datetime] = {}
    asked_next: dict[int, datetime] = {}
    for life in reversed(chats):
        pupil_id, talked_at = life.chat.pupil_id, _talked_at(life)
        if talked_at is not None:
            next_tap = next((at for at in taps.get(pupil_id, ()) if at > talked_at), None)
            if next_tap is not None and next_tap < asked_next.get(pupil_id, next_tap + _ASKED_WITHIN):
                found[life.chat.key.int] = next_tap
        asked_next[pupil_id] = life.chat.asked_at
    return found


def _write_up(
    rng: Random,
    now: datetime,
    life: LivedChat,
    *,
    days: Sequence[date],
    likes: Sequence[str],
    notes: Mapping[str, list[str]],
) -> WrittenUp | None:
    """What the adult who talked wrote, mostly within the hour; now and then nothing, or not yet."""
    talked = next(event for event in life.events if event.kind == "talked")
    at = talked.at + timedelta(minutes=rng.triangular(3, 150, 12))
    fresh = life.school_day >= days[-2]
    is_left = rng.random() < (_NOT_YET_WRITTEN if fresh else _NEVER_WRITTEN) or talked.at > now - _TOO_SOON
    if is_left or at >= now or talked.adult_id is None:
        return None
    did = _did(rng, life, likes, talked.note)
    helped = tuple(code for code in did if rng.random() < (0.75 if code in likes else 0.25))
    note = _take_note(notes, did) if talked.note is None and rng.random() < _WITH_NOTE else None
    entry = OutcomeEntry(did=did, helped=helped, note=note)
    if life.school_day < days[-8] and rng.random() < _FOLLOWED_UP:
        return _followed_up(rng, days, entry, talked.adult_id, at)
    return WrittenUp(entry, talked.adult_id, at)


def _likes(source_id: str) -> tuple[str, ...]:
    """What helps this child, whoever is with them."""
    if source_id in LIKES:
        return LIKES[source_id]
    rng = Random(f"likes/{source_id}")
    own = ("listened", "drew", "sat", "walked", "played", "breathed", "moved", "safe_space")
    return tuple(dict.fromkeys(rng.choices(own, (6, 3, 3, 3, 2, 2, 2, 2), k=3)))


def _did(rng: Random, life: LivedChat, likes: Sequence[str], note: str | None) -> tuple[str, ...]:
    """What was done: what the child asked for, something they like, and what it was about; in the form's order."""
    done = {rng.choice(likes), *SAID_AT_ONCE.get(note or "", ())}
    if life.chat.how is not None:
        done.add(_BY_HOW[life.chat.how])
    if life.chat.wants == "safe_space":
        done.add("safe_space")
    if rng.random() < 0.5 and "listened" in likes:
        done.add("listened")
    done |= {_BY_ABOUT[about] for about in life.chat.about if about in _BY_ABOUT and rng.random() < 0.6}
    return tuple(code for code in DID if code in done)


def _take_note(notes: Mapping[str, list[str]], did: Sequence[str]) -> str | None:
    """A note that fits what was done and that was not written of this child before."""
    fitting = [notes[code] for code in reversed(did) if notes[code]]
    return fitting[0].pop() if fitting else None


def _followed_up(rng: Random, days: Sequence[date], entry: OutcomeEntry, by_id: int, at: datetime) -> WrittenUp:
    """Something was still to do, and was done on the next school day."""
    written_on = at.astimezone(ZONE).date()
    on = next(day for day in days if day > written_on)
    more = replace(entry, follow_up_by_id=by_id, follow_up_on=on, follow_up_what=rng.choice(DONE_FOLLOW_UPS))
    return WrittenUp(
        more, by_id, at, followed_up_at=at + (on - written_on) + timedelta(minutes=rng.uniform(-9, 9))
    )


def _say(rng: Random, talked_at: datetime, tapped_at: datetime | None, *, helped: bool) -> ChildSaid | None:
    """What the child says the next time at the tablet, when they are asked within a fortnight."""
    if tapped_at is None or tapped_at > talked_at + _ASKED_WITHIN or rng.random() > _CHILD_IS_ASKED:
        return None
    weights = (60, 24, 5, 11) if helped else (28, 36, 18, 18)
    return ChildSaid(rng.choices(("yes", "a_bit", "no", "not_say"), weights)[0], tapped_at)


def _put_right(found: Sequence[Afterwards]) -> list[Afterwards]:
    """The newest talks of two children about putting something right tell how it was done."""
    told = list(found)
    places = _newest_of_each_child(found, lambda one: "put_right" in one.life.chat.about)
    for place, right in zip(places, PUTTING_RIGHT, strict=False):
        told[place] = _with(
            told[place],
            did=tuple(code for code in DID if code in {*_entry(told[place]).did, "mended"}),
            happened=right.happened,
            affected=right.affected,
            agreed=right.agreed,
        )
    return told


def _follow_up(
    found: Sequence[Afterwards], told: ToldFollowUp, adult_ids: Mapping[str, int], days: Sequence[date]
) -> list[Afterwards]:
    """What is told as still to do stands under the newest talk that it can have come from."""
    on = _school_day(days, told.on)

    def fits(one: Afterwards) -> bool:
        is_theirs = one.written is not None and one.written.by_id == adult_ids[told.written_by]
        is_free = not _entry(one).wants_follow_up and not _entry(one).happened
        return is_theirs and is_free and one.life.school_day < min(on, days[-1])

    changed, by_id = list(found), adult_ids[told.by]
    for place in islice(_newest_of_each_child(found, fits), 1):
        changed[place] = _with(found[place], follow_up_by_id=by_id, follow_up_on=on, follow_up_what=told.what)
        found[place].life.seat(by_id, "follow_up", _written(found[place]).at)
    return changed


def _school_day(days: Sequence[date], ahead: int) -> date:
    """The school day so many school days after today, or before."""
    if ahead <= 0:
        return days[ahead - 1]
    coming = (days[-1] + timedelta(days=number) for number in count(1))
    return next(islice((day for day in coming if day.weekday() < 5), ahead - 1, None))


def _newest_of_each_child(found: Sequence[Afterwards], fits: Callable[[Afterwards], bool]) -> Iterator[int]:
    """The place of each child's newest talk that was written up and fits, the newest first."""
    children: set[int] = set()
    for place in reversed(range(len(found))):
        one = found[place]
        if one.written is not None and one.life.chat.pupil_id not in children and fits(one):
            children.add(one.life.chat.pupil_id)
            yield place


def _with(one: Afterwards, **more: Any) -> Afterwards:
    return replace(one, written=replace(_written(one), entry=replace(_entry(one), **more)))


def _entry(one: Afterwards) -> OutcomeEntry:
    return _written(one).entry


def _written(one: Afterwards) -> WrittenUp:
    assert one.written is not None
    return one.written


def _close(life: LivedChat, written: WrittenUp) -> None:
    """What was written up is closed, unless somebody had closed it already."""
    if life.events[-1].kind == "talked":
        life.happens("closed", written.at, written.by_id)
