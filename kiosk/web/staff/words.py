"""What a request says, in the words of the board. Pure."""

from __future__ import annotations

from datetime import datetime, tzinfo

from kiosk.chats.rules import Kind
from kiosk.chats.store import Standing, WaitingChat

WHEN = {"now": "now", "break": "at break", "today": "some time today"}
HOW = {"talk": "to talk", "draw": "to draw", "sit": "to sit together", "walk": "to go for a walk"}
ABOUT = {
    "home": "home",
    "friends": "friends",
    "learning": "learning",
    "body": "my body",
    "playtime": "playtime",
    "put_right": "putting something right",
    "sit_with_friend": "a friend to sit with",
    "else": "something else",
    "not_say": "would rather not say",
}
_CAME_BY = {
    "handed_over": "Handed over to",
    "passed_on": "Passed on to",
    "escalated": "The safeguarding lead was told: it is with",
    "reopened": "Needed again: it is with",
}
NO_SUCH_TIME = "This planned time is not on your board. It may have ended."
NO_SUCH_REQUEST = "This request is not on your board. It may have ended."


def clock(at: datetime, zone: tzinfo | None) -> str:
    """A time of day as it stands on the school's clocks: 10:05."""
    return at.astimezone(zone).strftime("%H:%M")


def day_and_clock(at: datetime, now: datetime) -> str:
    """An earlier moment, with its day when that is not today: ``yesterday 14:50``, ``Friday 14:50``.

    Args:
        at: the moment.
        now: this moment on the school's clock.
    """
    local = at.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days <= 0:
        return local.strftime("%H:%M")
    if days == 1:
        return local.strftime("yesterday %H:%M")
    if days < 7:
        return local.strftime("%A %H:%M")
    return f"{local.day} {local:%B %H:%M}"


def without_name(class_name: str) -> str:
    """A child on a screen that others can see."""
    return f"A pupil in {class_name}" if class_name else "A pupil"


def wish(wants: str, when: str, how: str | None, safe_space: str) -> str:
    """What the child would like and when: ``A chat at break, to sit together``."""
    what = f"Time in {safe_space}" if wants == "safe_space" else "A chat"
    return f"{what} {WHEN[when]}" + (f", {HOW[how]}" if how is not None else "")


def who_has_it(chat: WaitingChat, me: int, safe_space: str, zone: tzinfo | None) -> str:
    """Who was asked, and who has it, seen from one adult."""
    if chat.is_taken:
        mine = chat.owner_id == me
        return ("You have it" if mine else f"{chat.owner} has it") + _and_comes(chat, mine, zone)
    if chat.level == "nobody":
        return f"Asked for {_called(chat, me, safe_space)}: nobody is here who could be told"
    if chat.came_by != "asked":
        given = _CAME_BY[chat.came_by]
        return f"{given} you" if chat.owner_id == me else f"{given} {chat.owner or safe_space}, no answer yet"
    asked = f"Asked for {_called(chat, me, safe_space)}"
    if chat.owner_id == chat.asked_for_id:
        return asked if chat.owner_id in (me, None) else f"{asked}, no answer yet"
    away = (
        "nobody is on duty"
        if chat.asked_for_id is None
        else f"who {'are' if chat.asked_for_id == me else 'is'} away"
    )
    stands_in = "you stand in" if chat.owner_id == me else f"{chat.owner or safe_space} stands in"
    return f"{asked}, {away}: {stands_in}"


def somebody_has_it(standing: Standing, zone: tzinfo | None) -> str:
    """For an adult who was not the first: who has it, and what to do."""
    if standing.state == "coming":
        coming = (
            "is coming now" if standing.coming_at is None else f"is coming at {clock(standing.coming_at, zone)}"
        )
        has_it = f"{standing.owner} has this request and {coming}."
    else:
        has_it = f"{standing.owner} has this request."
    return f"{has_it} Nothing was changed; take over if you should go instead."


def already_over(standing: Standing, me: int) -> str:
    """For an adult who answered a request that has ended: why it did."""
    if standing.state == "cancelled":
        return "This request has ended: the child said they are OK now."
    who = "you" if standing.owner_id == me else standing.owner
    return f"This request has ended: {who} talked with the child."


def child_is_told(kind: Kind, coming_at: datetime | None, zone: tzinfo | None) -> str:
    """What an answer did, without the child's name: a projector may be on."""
    if kind == "seen":
        return "The child can see that you have seen it."
    if kind == "coming":
        when = "now" if coming_at is None else f"at {clock(coming_at, zone)}"
        return f"The child can see that you are coming {when}."
    return "Thank you for talking. The request has ended."


def handed_over_to(called: str) -> str:
    """What handing over did."""
    return f"{called} has been told. You can still see the request here."


def safe_space_is(name: str, *, full: bool) -> str:
    """What switching the sign of the safe space did."""
    return f"{name} is shown as full, also on the tablets." if full else f"{name} is shown as having space."


def _and_comes(chat: WaitingChat, mine: bool, zone: tzinfo | None) -> str:
    if chat.state == "seen":
        return ": say when you come" if mine else ", has not said when"
    when = "now" if chat.coming_at is None else f"at {clock(chat.coming_at, zone)}"
    return f", coming {when}"


def _called(chat: WaitingChat, me: int, safe_space: str) -> str:
    """Whom the child asked for."""
    if chat.asked_for_id is None:
        return f"anyone in {safe_space}"
    return "you" if chat.asked_for_id == me else str(chat.asked_for)
