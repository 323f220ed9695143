"""What a request says, in the words of the board. Pure."""

from __future__ import annotations

from datetime import datetime, tzinfo

from kiosk.chats.rules import Kind
from kiosk.chats.store import Standing, WaitingChat
from kiosk.wording import N_, Day, Sentence, joined

WHEN = {"now": N_("now"), "break": N_("at break"), "today": N_("some time today")}
HOW = {
    "talk": N_("to talk"),
    "draw": N_("to draw"),
    "sit": N_("to sit together"),
    "walk": N_("to go for a walk"),
}
NO_SUCH_TIME = N_("This planned time is not on your board. It may have ended.")
NO_SUCH_REQUEST = N_("This request is not on your board. It may have ended.")
OPENED_AGAIN = N_("This request was opened again: the child is waiting anew. Look at the card and answer it.")


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
    time = f"{local:%H:%M}"
    if days <= 0:
        return time
    if days == 1:
        return Sentence("yesterday %(time)s", time=time)
    return joined([Day(local.date(), "EEEE" if days < 7 else "d MMMM"), time], " ")


def without_name(class_name: str) -> str:
    """A child on a screen that others can see."""
    return Sentence("A pupil in %(school_class)s", school_class=class_name) if class_name else N_("A pupil")


def wish(wants: str, when: str, how: str | None, safe_space: str) -> str:
    """What the child would like and when: ``A chat at break, to sit together``."""
    what = Sentence("Time in %(place)s", place=safe_space) if wants == "safe_space" else N_("A chat")
    asked = joined([what, WHEN[when]], " ")
    return asked if how is None else joined([asked, HOW[how]])


def who_has_it(chat: WaitingChat, me: int, safe_space: str, zone: tzinfo | None) -> str:
    """Who was asked, and who has it, seen from one adult."""
    if chat.is_taken:
        return _taken(chat, me, zone)
    asked = _asked_for(chat, me, safe_space)
    if chat.level == "nobody":
        return Sentence("%(asked)s: nobody is here who could be told", asked=asked)
    if chat.came_by != "asked":
        return _given(chat.came_by, None if chat.owner_id == me else chat.owner or safe_space)
    if chat.owner_id == chat.asked_for_id:
        return asked if chat.owner_id in (me, None) else _no_answer_yet(asked)
    away = (
        N_("nobody is on duty")
        if chat.asked_for_id is None
        else N_("who are away")
        if chat.asked_for_id == me
        else N_("who is away")
    )
    stands_in = (
        N_("you stand in")
        if chat.owner_id == me
        else Sentence("%(adult)s stands in", adult=chat.owner or safe_space)
    )
    return joined([joined([asked, away]), stands_in], ": ")


def somebody_has_it(standing: Standing, zone: tzinfo | None) -> str:
    """For an adult who was not the first: who has it, and what to do."""
    if standing.state != "coming":
        has_it = Sentence("%(adult)s has this request.", adult=standing.owner)
    elif standing.coming_at is None:
        has_it = Sentence("%(adult)s has this request and is coming now.", adult=standing.owner)
    else:
        has_it = Sentence(
            "%(adult)s has this request and is coming at %(time)s.",
            adult=standing.owner,
            time=clock(standing.coming_at, zone),
        )
    return joined([has_it, N_("Nothing was changed; take over if you should go instead.")], " ")


def already_over(standing: Standing, me: int) -> str:
    """For an adult who answered a request that has ended: why it did."""
    if standing.child_left:
        return N_("This request has ended: the child has left the school.")
    if standing.state == "cancelled":
        return N_("This request has ended: the child said they are OK now.")
    if standing.owner_id == me:
        return N_("This request has ended: you talked with the child.")
    return Sentence("This request has ended: %(adult)s talked with the child.", adult=standing.owner)


def child_is_told(kind: Kind, coming_at: datetime | None, zone: tzinfo | None) -> str:
    """What an answer did, without the child's name: a projector may be on."""
    if kind == "seen":
        return N_("The child can see that you have seen it.")
    if kind == "coming" and coming_at is None:
        return N_("The child can see that you are coming now.")
    if kind == "coming" and coming_at is not None:
        return Sentence("The child can see that you are coming at %(time)s.", time=clock(coming_at, zone))
    return N_("Thank you for talking. The request has ended.")


def handed_over_to(called: str | None, *, hears: bool) -> str:
    """What handing over did.

    Args:
        called: to whom; nobody when their name is not known any more.
        hears: whether a board of theirs is open, or a phone or mailbox takes messages.
    """
    if called is None:
        return N_("The other adult has been told. You can still see the request here.")
    if not hears:
        return Sentence(
            "%(adult)s has it now, but nothing tells them just now: they find it when they open their board. "
            "Tell them yourself, or it may come back to you. You can still see the request here.",
            adult=called,
        )
    return Sentence("%(adult)s has been told. You can still see the request here.", adult=called)


def safe_space_is(name: str, *, full: bool) -> str:
    """What switching the sign of the safe space did."""
    if full:
        return Sentence("%(place)s is shown as full, also on the tablets.", place=name)
    return Sentence("%(place)s is shown as having space.", place=name)


def _taken(chat: WaitingChat, me: int, zone: tzinfo | None) -> str:
    comes = "" if chat.coming_at is None else clock(chat.coming_at, zone)
    if chat.owner_id == me:
        if chat.state == "seen":
            return N_("You have it: say when you come")
        return Sentence("You have it, coming at %(time)s", time=comes) if comes else N_("You have it, coming now")
    if chat.state == "seen":
        return Sentence("%(adult)s has it, has not said when", adult=chat.owner)
    if comes:
        return Sentence("%(adult)s has it, coming at %(time)s", adult=chat.owner, time=comes)
    return Sentence("%(adult)s has it, coming now", adult=chat.owner)


def _asked_for(chat: WaitingChat, me: int, safe_space: str) -> str:
    """Whom the child asked for."""
    if chat.asked_for_id is None:
        return Sentence("Asked for anyone in %(place)s", place=safe_space)
    return (
        N_("Asked for you") if chat.asked_for_id == me else Sentence("Asked for %(adult)s", adult=chat.asked_for)
    )


def _given(came_by: str, called: str | None) -> str:
    """How a request came to whom it waits for now: to the adult who looks when nobody is named."""
    if called is None:
        return _GIVEN_TO_YOU[came_by]
    return _no_answer_yet(
        {
            "handed_over": Sentence("Handed over to %(adult)s", adult=called),
            "passed_on": Sentence("Passed on to %(adult)s", adult=called),
            "escalated": Sentence("The safeguarding lead was told: it is with %(adult)s", adult=called),
            "reopened": Sentence("Needed again: it is with %(adult)s", adult=called),
        }[came_by]
    )


_GIVEN_TO_YOU = {
    "handed_over": N_("Handed over to you"),
    "passed_on": N_("Passed on to you"),
    "escalated": N_("The safeguarding lead was told: it is with you"),
    "reopened": N_("Needed again: it is with you"),
}


def _no_answer_yet(stands: str) -> str:
    return Sentence("%(stands)s, no answer yet", stands=stands)
