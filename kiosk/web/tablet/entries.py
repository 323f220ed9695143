"""Reading what a tablet sends: strict types, one sentence for each field that does not fit. Pure.

Unknown fields are ignored, so that an older server takes a newer tablet's entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any, NoReturn, cast
from uuid import UUID

from kiosk.chats.rules import ABOUTS, SAID_HELPED, WANTS, WHENS, NewChat, TalkKey
from kiosk.feelings.rules import SAID, NewCheckIn, NewStrategyUse, is_too_old
from kiosk.minding.rules import CARD_ANSWERS, CardAnswer
from kiosk.people.rules import HOWS, read_id
from kiosk.people.tablet_settings import STRATEGY_PICTURES, is_own

_LATER_TALK = re.compile(r"[2-9]|[1-9][0-9]{1,2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)


NOT_A_TIME = "Send a date and time with its zone, such as 2026-09-14T09:05:00+01:00."


class NotJSON(Exception):
    """The body is not JSON at all."""


class EntryRefused(Exception):
    """Fields that do not fit: name to sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


class UnknownPupil(Exception):
    """An id that cannot belong to any pupil."""


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body.

    Raises:
        NotJSON: it is not JSON (NaN, Infinity and text that is not UTF-8 are not).
        EntryRefused: it is JSON, but not an object.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotJSON from error
    if not isinstance(value, dict):
        raise EntryRefused({"body": "Send one JSON object."})
    return value


def read_check_in(body: Mapping[str, Any], now: datetime) -> NewCheckIn:
    """A check-in from its JSON object.

    Raises:
        EntryRefused: fields that do not fit.
        UnknownPupil: the pupil's id is not one of ours.
    """
    fields = _Fields(body)
    key = fields.uuid("id")
    pupil = fields.text("pupil")
    step = fields.step("step")
    felt_at = fields.instant("felt_at", now)
    fields.refuse()
    assert key is not None
    assert felt_at is not None
    return NewCheckIn(key, _pupil_id(pupil), step, felt_at)


def read_chat(body: Mapping[str, Any], now: datetime) -> NewChat:
    """A chat request from its JSON object.

    Raises:
        EntryRefused: fields that do not fit.
        UnknownPupil: the pupil's id is not one of ours.
    """
    fields = _Fields(body)
    key = fields.uuid("id")
    pupil = fields.text("pupil")
    adult = fields.adult("adult")
    check_in = fields.uuid("check_in", may_be_null=True)
    asked_at = fields.instant("asked_at", now)
    wants = fields.choice("wants", WANTS, left_out="chat")
    when = fields.choice("when", WHENS)
    how = fields.choice("how", HOWS, left_out=None, may_be_null=True)
    about, maybe, not_today = (fields.choices(name, ABOUTS) for name in ("about", "maybe", "not_today"))
    cannot_wait = fields.truth("cannot_wait")
    fields.refuse()
    assert key is not None
    assert asked_at is not None
    assert wants is not None
    assert when is not None
    return NewChat(
        key, _pupil_id(pupil), adult, check_in, asked_at, wants, when, how, about, cannot_wait, maybe, not_today
    )


def read_found(body: Mapping[str, Any], now: datetime) -> tuple[CardAnswer | None, datetime]:
    """What a child did with a card, and when.

    Raises:
        EntryRefused: fields that do not fit.
    """
    fields = _Fields(body)
    answer = fields.choice("answer", CARD_ANSWERS, left_out=None, may_be_null=True)
    at = fields.instant("at", now)
    fields.refuse()
    assert at is not None
    return cast(CardAnswer | None, answer), at


def read_strategy_use(body: Mapping[str, Any], now: datetime) -> NewStrategyUse:
    """What a child said of one of their cards.

    Raises:
        EntryRefused: fields that do not fit.
        UnknownPupil: the pupil's id is not one of ours.
    """
    fields = _Fields(body)
    key = fields.uuid("id")
    pupil = fields.text("pupil")
    picture = fields.own_picture("picture") or fields.choice("picture", tuple(STRATEGY_PICTURES))
    said = fields.choice("said", SAID)
    at = fields.instant("at", now)
    fields.refuse()
    assert key is not None
    assert picture is not None
    assert said is not None
    assert at is not None
    return NewStrategyUse(key, _pupil_id(pupil), picture, said, at)


def read_said_helped(body: Mapping[str, Any], now: datetime) -> tuple[str, datetime]:
    """What a child said to "Did talking help?", and when.

    Raises:
        EntryRefused: fields that do not fit.
    """
    fields = _Fields(body)
    said = fields.choice("said", SAID_HELPED)
    said_at = fields.instant("said_at", now)
    fields.refuse()
    assert said is not None
    assert said_at is not None
    return said, said_at


def read_undone_at(body: Mapping[str, Any]) -> datetime | None:
    """When a child took a tap back, by the tablet's clock; nothing when it does not say.

    Raises:
        EntryRefused: it says something that is not a time.
    """
    said = body.get("undone_at")
    if said is None:
        return None
    instant = read_instant(said) if isinstance(said, str) else None
    # "A moment around it" would be past the calendar's end.
    if instant is None or instant.year in (MINYEAR, MAXYEAR):
        raise EntryRefused({"undone_at": NOT_A_TIME})
    return instant


def read_key(text: str) -> UUID | None:
    """The id of an entry in an address, or nothing when it cannot be one."""
    return UUID(text) if _UUID.fullmatch(text) else None


def read_talk(text: str) -> TalkKey | None:
    """The id of a talk, as ``ask_helped`` named it, or nothing when it cannot be one."""
    chat, dot, number = text.partition(".")
    key = read_key(chat)
    if key is None or not dot:
        return TalkKey(key) if key is not None else None
    return TalkKey(key, int(number)) if _LATER_TALK.fullmatch(number) else None


class _Fields:
    """The fields of one body; collects a sentence for each that does not fit."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._body = body
        self._errors: dict[str, str] = {}

    def refuse(self) -> None:
        if self._errors:
            raise EntryRefused(self._errors)

    def uuid(self, name: str, *, may_be_null: bool = False) -> UUID | None:
        value = self._body.get(name)
        if isinstance(value, str) and _UUID.fullmatch(value):
            return UUID(value)
        if not (may_be_null and value is None):
            self._errors[name] = "Send a UUID such as 3f0e8f0c-5d7a-4c37-9f4e-0a6f2f1f7a10."
        return None

    def text(self, name: str) -> str:
        value = self._body.get(name)
        if isinstance(value, str):
            return value
        self._errors[name] = "Send the id as the roster gives it, as text."
        return ""

    def adult(self, name: str) -> int | None:
        if name in self._body and self._body[name] is None:
            return None
        adult_id = read_id(self._body.get(name))
        if adult_id is None:
            self._errors[name] = "Send the id of one of this pupil's High 5, or null for whoever is on duty."
        return adult_id

    def step(self, name: str) -> int:
        value = self._body.get(name)
        if type(value) is int and 1 <= value <= 5:  # bool is an int to isinstance
            return value
        self._errors[name] = "Send a whole number from 1 to 5."
        return 0

    def instant(self, name: str, now: datetime) -> datetime | None:
        value = self._body.get(name)
        instant = read_instant(value) if isinstance(value, str) else None
        if instant is None:
            self._errors[name] = NOT_A_TIME
        elif is_too_old(instant, now):
            self._errors[name] = "This is more than 30 days ago, too old to be kept."
        return instant

    def own_picture(self, name: str) -> str | None:
        """A child's own picture; nothing when this names none, which is no error yet."""
        value = self._body.get(name)
        return value if isinstance(value, str) and is_own(value) else None

    def choice(
        self, name: str, choices: Sequence[str], *, left_out: str | None = "", may_be_null: bool = False
    ) -> str | None:
        value = self._body.get(name, left_out)
        if value in choices and isinstance(value, str):
            return value
        if value is None and may_be_null:
            return None
        self._errors[name] = f"Send one of: {', '.join(choices)}{' (or null)' if may_be_null else ''}."
        return None

    def choices(self, name: str, choices: Sequence[str]) -> tuple[str, ...]:
        value = self._body.get(name)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(v, str) and v in choices for v in value):
            return tuple(dict.fromkeys(value))
        self._errors[name] = f"Send a list with some of: {', '.join(choices)}."
        return ()

    def truth(self, name: str) -> bool:
        value = self._body.get(name, False)
        if isinstance(value, bool):
            return value
        self._errors[name] = "Send true or false."
        return False


def read_instant(text: str) -> datetime | None:
    """An RFC 3339 date and time in UTC, or nothing. A leap second counts as the second before it."""
    found = _RFC3339.fullmatch(text)
    if not found:
        return None
    day, minute, second, fraction, zone = found.groups()
    second = "59" if second == "60" else second
    micro = (fraction or "0")[:6].ljust(6, "0")
    try:
        return datetime.fromisoformat(f"{day}T{minute}:{second}.{micro}{zone.upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _pupil_id(text: str) -> int:
    pupil_id = read_id(text)
    if pupil_id is None:
        raise UnknownPupil
    return pupil_id


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
