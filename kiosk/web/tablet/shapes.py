"""What a tablet is sent: the JSON of the tablet protocol. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from kiosk.chats.passing_on import stand_in
from kiosk.chats.rules import TalkKey
from kiosk.chats.store import TabletChat
from kiosk.chats.store.looking_back import TalkOfADay
from kiosk.feelings.rules import intensity_of
from kiosk.feelings.store import Scale
from kiosk.minding.found import TabletCard
from kiosk.minding.next_times import NextTime
from kiosk.patterns.child import Answer
from kiosk.people.store import TabletPupil, TrustedAdult
from kiosk.people.tablet_settings import what_differs


@dataclass(frozen=True)
class Today:
    """This moment on the school's own clock, and which dates are school days."""

    now: datetime
    is_school_day: Callable[[date], bool]
    never_alone: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Pupil to adults who get no request of theirs alone, and so stand in for nobody."""


def roster_body(
    pupils: Sequence[TabletPupil], scale: Scale, today: Today, school: Mapping[str, str | bool]
) -> tuple[bytes, str]:
    """The roster as bytes, and a tag that differs whenever they do.

    ``version`` is a number that stays the same exactly as long as everything else does.
    """
    roster: dict[str, Any] = {
        "pupils": [_pupil(pupil, today) for pupil in pupils],
        "scale": scale_json(scale),
        "school": dict(school),
    }
    tag = sha256(json.dumps(roster, sort_keys=True).encode()).hexdigest()[:32]
    roster["version"] = int(tag[:12], 16)
    return json.dumps(roster, ensure_ascii=False, separators=(",", ":")).encode(), tag


def scale_json(scale: Scale) -> dict[str, Any]:
    """The five steps in the school's order, each with its intensity (1 calm to 5 hardest) and word."""
    return {
        "version": scale.id,
        "direction": scale.direction,
        "steps": [
            {"step": step, "intensity": hard, "word": scale.words[hard - 1]}
            for step in range(1, 6)
            for hard in [intensity_of(step, scale.direction)]
        ],
    }


def chat_json(chat: TabletChat, now: datetime, next_opening: Callable[[datetime], datetime]) -> dict[str, Any]:
    """One request as the child's screen tells it."""
    opens = next_opening(now)
    nobody_here = chat.nobody_is_here and opens <= now
    return {
        "id": str(chat.key),
        "pupil": str(chat.pupil_id),
        "state": chat.state,
        "with": None
        if chat.with_id is None
        else {"id": str(chat.with_id), "name": chat.with_name, "place": chat.with_place},
        "at": chat.coming_at.isoformat() if chat.coming_at else None,
        "overdue": chat.is_overdue(now) or nobody_here,  # the child must be told at once where to go
        "nobody_here": nobody_here,
        "closed_until": opens.isoformat() if opens > now else None,
        "cannot_wait": chat.cannot_wait,
        "since": chat.since.isoformat(),
    }


def waiting_json(
    cards: Sequence[TabletCard],
    book: Sequence[TabletCard],
    planned: Sequence[NextTime],
    ask_helped: TalkKey | None,
    *,
    week_open: bool,
) -> dict[str, Any]:
    """What waits for one child, as their own screens show it."""
    return {
        "cards": [_card(card) for card in cards],
        "book": [_card(card) for card in book],
        "planned": [_planned(time) for time in planned],
        "ask_helped": str(ask_helped) if ask_helped else None,
        **({"week_open": True} if week_open else {}),
    }


def week_json(
    days: Sequence[date],
    answers: Sequence[Answer],
    talks: Sequence[TalkOfADay],
    cards: Sequence[tuple[date, TabletCard]],
) -> dict[str, Any]:
    """A child's own last days: what they tapped, whom they asked, which cards they found."""
    return {
        "days": [
            {
                "day": day.isoformat(),
                "check_ins": [_felt(one) for one in answers if one.school_day == day],
                "talks": [_talk(one) for one in talks if one.school_day == day],
                "cards": [_card(card) for found_on, card in cards if found_on == day],
            }
            for day in days
        ]
    }


def _felt(one: Answer) -> dict[str, Any]:
    return {"step": one.step, "intensity": one.intensity, "word": one.word, "at": f"{one.at:%H:%M}"}


def _talk(one: TalkOfADay) -> dict[str, Any]:
    adult = {"id": str(one.adult_id), "name": one.adult, "picture": one.adult_picture} if one.adult_id else None
    return {"adult": adult, "became": one.became, "wants": one.wants}


def _card(card: TabletCard) -> dict[str, Any]:
    return {
        "id": str(card.key),
        "kind": card.kind,
        "picture": card.picture,
        "words": card.words,
        "from": {"id": str(card.adult_id), "name": card.adult, "picture": card.adult_picture},
        "left_at": card.left_at.isoformat(),
    }


def _planned(time: NextTime) -> dict[str, Any]:
    return {
        "adult": {"id": str(time.adult_id), "name": time.adult, "picture": time.adult_picture},
        "place": time.place,
        "day": time.day.isoformat(),
        "at": f"{time.at:%H:%M}",
        "how": time.how,
    }


def _pupil(pupil: TabletPupil, today: Today) -> dict[str, Any]:
    return {
        "id": str(pupil.id),
        "name": pupil.name,
        "class": pupil.class_name,
        "picture": pupil.picture,
        "steps": list(pupil.tablet.steps),
        "tablet": what_differs(pupil.tablet),
        "high5": [_adult(adult, pupil, today) for adult in pupil.high5],
    }


def _adult(adult: TrustedAdult, pupil: TabletPupil, today: Today) -> dict[str, Any]:
    day = today.now.date()
    here = adult.presence.is_still_here(today.now)
    back = None if here else adult.presence.back_on(day, today.is_school_day)
    return {
        "id": str(adult.id),
        "name": adult.called,
        "place": adult.place,
        "picture": adult.picture,
        "here": here,
        "back": back.isoformat() if back else None,
        "stand_in": None if here else _stand_in(adult, pupil, today),
    }


def _stand_in(away: TrustedAdult, pupil: TabletPupil, today: Today) -> dict[str, str] | None:
    """Who has a request for an adult who is away; nobody means the grown-ups in the safe space."""
    by_id = {adult.id: adult for adult in pupil.high5}
    not_alone = today.never_alone.get(pupil.id, frozenset())
    free = {adult.id for adult in pupil.high5 if adult.can_receive(today.now)} - not_alone
    found = stand_in(away.id, list(by_id), free.__contains__)
    return None if found is None else {"id": str(found), "name": by_id[found].called}
