"""What a tablet is sent: the JSON of the tablet protocol. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from kiosk.chats.passing_on import Around, first_stop
from kiosk.chats.rules import TalkKey
from kiosk.chats.store import TabletChat
from kiosk.chats.store.looking_back import TalkOfADay
from kiosk.feelings.rules import intensity_of
from kiosk.feelings.store import Scale
from kiosk.minding.found import TabletCard
from kiosk.minding.next_times import NextTime
from kiosk.patterns.child.over_time import Answer
from kiosk.people.here import in_or_out
from kiosk.people.store import TabletPupil, TrustedAdult
from kiosk.people.tablet_settings import what_differs
from kiosk.school.calendar import SchoolCalendar


@dataclass(frozen=True)
class Today:
    """This moment on the school's own clock, and whom requests would reach now."""

    now: datetime
    calendar: SchoolCalendar
    around: Mapping[int, Around]
    """Whom a request of each pupil could reach."""
    leads: Sequence[TrustedAdult]
    """The end of every chain: who stands in when nobody of the High 5 and of duty is here."""

    @cached_property
    def opens(self) -> datetime | None:
        """When school opens again; nothing while it is open."""
        opens = self.calendar.next_opening(self.now)
        return opens if opens > self.now else None

    @property
    def is_over(self) -> bool:
        """Whether no school is left today."""
        return self.opens is not None and self.calendar.day(self.opens) > self.now.date()


def roster_body(
    pupils: Sequence[TabletPupil], scale: Scale, today: Today, school: Mapping[str, str | bool | None]
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


def without_concerns(today: Today) -> Today:
    """The same for a page of the staff: whom a concern keeps from standing in must not show there."""
    around = {pupil_id: replace(one, never_alone=frozenset()) for pupil_id, one in today.around.items()}
    return replace(today, around=around)


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
    is_closed, is_late = opens > now, chat.is_overdue(now)
    nobody_here = chat.nobody_is_here and not is_closed
    return {
        "id": str(chat.key),
        "pupil": str(chat.pupil_id),
        "state": chat.state,
        "with": None
        if chat.with_id is None
        else {"id": str(chat.with_id), "name": chat.with_name, "place": chat.with_place},
        "at": chat.coming_at.isoformat() if chat.coming_at else None,
        # With not one adult in, the child must be told at once where to go, also by a device that reads only this.
        # After school there is nobody at that place either: then it must send nobody there.
        "overdue": (is_late and not is_closed) or (nobody_here and chat.level == "nobody"),
        "late": is_late,
        "nobody_here": nobody_here,
        "closed_until": opens.isoformat() if is_closed else None,
        "cannot_wait": chat.cannot_wait,
        "duty_told": chat.duty_told,
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
        "nobody_here": today.opens is None and not today.around[pupil.id].anybody(),
    }


def _adult(adult: TrustedAdult, pupil: TabletPupil, today: Today) -> dict[str, Any]:
    stands = in_or_out(adult.presence, today.now, today.calendar.is_school_day)
    here = stands.is_in and not today.is_over
    back = None if here else adult.presence.back_on(today.now.date(), today.calendar.is_school_day)
    reached = today.opens is None and today.around[pupil.id].can_receive(adult.id)
    return {
        "id": str(adult.id),
        "name": adult.called,
        "place": adult.place,
        "picture": adult.picture,
        "here": here,
        "back": back.isoformat() if back else None,
        "comes_at": f"{stands.comes_at:%H:%M}" if here and stands.comes_at else None,
        "lunch_until": f"{stands.lunch_until:%H:%M}" if here and stands.lunch_until else None,
        "reached": reached,
        "stand_in": None if reached or today.opens else _stand_in(adult, pupil, today),
    }


def _stand_in(asked: TrustedAdult, pupil: TabletPupil, today: Today) -> dict[str, str] | None:
    """Who has a request for an adult whom it does not reach now; nobody means the grown-ups in the safe space.

    It is the chain's own rule that says so, with what it looks at: who is here, and who would hear of it.
    """
    owner = first_stop(asked.id, today.around[pupil.id]).owner_id
    found = next((adult for adult in (*pupil.high5, *today.leads) if adult.id == owner), None)
    return None if found is None else {"id": str(found.id), "name": found.called}
