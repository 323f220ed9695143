"""What adults do around the end of a request: open it again, sign it off, give it to the safeguarding lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select

from kiosk.alerts.store import ring, stop_ringing
from kiosk.audit import record
from kiosk.chats.models import Chat, ChatEvent, Outcome
from kiosk.chats.passing_on import given
from kiosk.chats.rules import TALKED, AlreadyOver, Event, Refused
from kiosk.chats.store.answering import count_as_in
from kiosk.chats.store.changing import (
    around,
    happen,
    has_just_happened,
    let_see_and_tell,
    not_alone,
    ring_everyone,
)
from kiosk.chats.store.helping import said_of_newest_talk
from kiosk.chats.store.raising import keep_concern
from kiosk.chats.store.scope import Asker, NoSuchChat, load_for_asker, lock_open_requests, visible_to
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Adult, Pupil
from kiosk.people.rules import full_name
from kiosk.people.store import TrustedAdult, adults_with_role
from kiosk.school.store import local_now, settings


class NotALead(Refused):
    """Only a safeguarding lead may do this; the message is a sentence."""


class NothingWritten(Refused):
    """There is nothing to sign: what came of the talk is not written down; the message is a sentence."""


@dataclass(frozen=True)
class EndedChat:
    """A talk that has ended, for an adult who may see it."""

    key: UUID
    pupil_id: int
    pupil_name: str
    pupil_picture: str
    state: str
    """talked · closed"""
    talked_by_id: int
    talked_by: str
    talked_at: datetime
    wants: str
    about: tuple[str, ...]
    has_outcome: bool
    """Somebody wrote down what came of it."""
    is_mine: bool
    """The adult who looks is the one who talked."""
    child_said: str | None
    """What the child answered to "Did talking help?": yes · a_bit · no · not_say."""


def reopen(key: UUID, asker: Asker, why: str | None = None) -> None:
    """The child needs us again: the request waits anew, with who opened it, from the start of its chain.

    Args:
        key: a request that somebody talked about.
        asker: who opens it again and has it now.
        why: a few words for the record.

    Raises:
        NoSuchChat: not there, or not for this adult.
        StillOpen: the child waits already.
        AlreadyOver: the child said that they are OK now, or has left the school.
    """
    with writing() as session:
        chat, _number = load_for_asker(key, asker)
        if session.scalar(select(Pupil.left_on).where(Pupil.id == chat.pupil_id)) is not None:
            raise AlreadyOver("This request has ended: the child has left the school.")
        now, talked_by = utc_now(), chat.owner_id
        count_as_in(asker, now)
        event = Event("reopened", now, adult_id=asker.adult_id, to_adult_id=asker.adult_id, note=why or None)
        happen(chat, event, device=asker.device)
        tell = {asker.adult_id: "reopened"}
        if talked_by is not None:
            tell[talked_by] = "reopened"
        let_see_and_tell(chat.id, tell, now, silent=asker.adult_id)
        let_see_and_tell(chat.id, not_alone(chat, now), now)
        record("chat_reopened", asker.actor, pupil=chat.pupil_id, chat=str(key))
        ring_everyone(chat.id)


def sign_off(key: UUID, asker: Asker) -> None:
    """A second person, a safeguarding lead, signs off a talk.

    Raises:
        NoSuchChat: not there, or not for this adult.
        NotALead: the asker is none.
        SecondPerson: the asker talked with the child themselves.
        NothingWritten: nobody has written down what came of the talk.
        NotYet: nobody has talked with the child.
        AlreadyOver: it is closed or cancelled.
    """
    with writing() as session:
        chat, _number = load_for_asker(key, asker)
        if not asker.is_lead:
            raise NotALead("Only a safeguarding lead can sign this off.")
        theirs = chat.state == "talked" and chat.owner_id != asker.adult_id
        if theirs and not session.scalar(select(is_written_up()).where(Chat.id == chat.id)):
            raise NothingWritten(
                "Nothing is written about this talk yet. Ask whoever talked to write it down, or write what you "
                "know of it. Then sign it off."
            )
        happen(chat, Event("signed_off", utc_now(), adult_id=asker.adult_id), device=asker.device)
        record("chat_signed_off", asker.actor, pupil=chat.pupil_id, chat=str(key))
        ring_everyone(chat.id)


def close_after_talk(chat: Chat, asker: Asker, at: datetime) -> bool:
    """Close a talk that has been written up, unless the school wants a second person for it (in a transaction).

    Returns:
        Whether it is closed now, and everyone's board rung.
    """
    if chat.state != "talked" or settings()["two_person_close"] != "no":
        return False
    happen(chat, Event("closed", at, adult_id=asker.adult_id), device=asker.device)
    ring_everyone(chat.id)
    return True


def who_can_sign_off(talked_by_id: int) -> list[TrustedAdult]:
    """Who could sign off a talk of this adult: the other safeguarding leads who work here and can sign in."""
    return [lead for lead in adults_with_role("dsl") if lead.id != talked_by_id]


def is_written_up() -> ColumnElement[bool]:
    """Whether somebody wrote down what came of the newest talk; for statements about ``Chat``.

    What was written about an earlier talk, before the request was opened again, does not count.
    """
    written = exists(1).where(Outcome.chat_id == Chat.id, Outcome.written_at >= Chat.ended_at)
    return written.correlate(Chat)


def escalate(key: UUID, asker: Asker, why: str, *, about_adult_id: int | None = None) -> bool:
    """Give an open request to the safeguarding lead, with a reason that only leads may read.

    Every lead is told, except whoever asks and whoever it is about. While none of them is here the request stays
    with who escalates, and the clock passes it on from there. While nothing would tell the lead who has it now,
    somebody else is told as well. The same said twice in a row is said once.

    A reason about an adult is kept as a concern, and on the boards the request is handed over like any other:
    "the lead was told", with no reason to read, would tell a lead that it is about them.

    Args:
        key: the request.
        asker: who gives it to the lead.
        why: the reason.
        about_adult_id: an adult whom the reason is about; that lead is not told.

    Returns:
        Whether a lead is here and has it now.

    Raises:
        NoSuchChat: not there, or not for this adult.
        AlreadyOver: the request has ended.
        NotALead: there is no lead to give it to.
        NobodyToTell: the only lead is the one it is about; nothing is kept.
        ConcernRefused: it is about an adult and says nothing, or too much.
    """
    with writing():
        if about_adult_id is not None:
            lock_open_requests()
        chat, _number = load_for_asker(key, asker)
        now, had_it = utc_now(), chat.owner_id
        count_as_in(asker, now)
        leads = [lead for lead in adults_with_role("dsl") if lead.id not in (asker.adult_id, about_adult_id)]
        if not leads and about_adult_id is None:
            raise NotALead("There is no other safeguarding lead to give this to.")
        here = [lead for lead in leads if lead.can_receive(local_now(now))]
        owner_id = here[0].id if here else asker.adult_id
        event = Event("escalated", now, adult_id=asker.adult_id, to_adult_id=owner_id, note=why, level="lead")
        told_of_concern: set[int] = set()
        if about_adult_id is not None:
            _concern, told_of_concern = keep_concern(asker, why, chat_key=key, about_adult_id=about_adult_id)
            event = replace(event, kind="handed_over", note=None, level=None)
        if has_just_happened(chat, event):
            ring(told_of_concern)
            return bool(here)
        happen(chat, event, device=asker.device)
        stop_ringing(chat.id, now, answered_by={asker.adult_id})
        tell = {lead.id: "escalated" for lead in leads} | {asker.adult_id: "duty"}
        if here:
            tell = given(owner_id, asker.adult_id, around(chat.pupil_id, owner_id, now)) | tell
        if had_it is not None:
            tell.setdefault(had_it, "moved_on")
        let_see_and_tell(chat.id, tell, now, silent=asker.adult_id)
        let_see_and_tell(chat.id, not_alone(chat, now), now)
        if about_adult_id is None:
            record("chat_escalated", asker.actor, pupil=chat.pupil_id, chat=str(key), to=owner_id)
        else:  # as the boards say it: whoever reads this child's record may be the one it is about
            record("chat_answered", asker.actor, pupil=chat.pupil_id, chat=str(key), answer="handed_over")
        ring_everyone(chat.id, as_well=told_of_concern)
        return bool(here)


def why_escalated(chat_ids: list[int], asker: Asker) -> dict[int, str]:
    """The newest reason for which each of these requests was given to the lead; nothing for who is no lead."""
    if not asker.is_lead:
        return {}
    rows = db.session.execute(
        select(ChatEvent.chat_id, ChatEvent.note)
        .join(Chat, Chat.id == ChatEvent.chat_id)
        .where(
            Chat.id.in_(chat_ids), visible_to(asker), ChatEvent.kind == "escalated", ChatEvent.note.is_not(None)
        )
        .order_by(ChatEvent.number)
    )
    return {row.chat_id: row.note for row in rows}


def to_sign_off(asker: Asker) -> list[EndedChat]:
    """What waits for this lead's signature, oldest first: nothing unless the school wants a second person."""
    if not asker.is_lead or settings()["two_person_close"] == "no":
        return []
    return _ended(asker, and_(Chat.state == "talked", Chat.owner_id != asker.adult_id), newest_first=False)


def ended_lately(asker: Asker, days: int = 7) -> list[EndedChat]:
    """The talks of the last days that this adult may see, newest first: to write up, or to open again."""
    since = utc_now() - timedelta(days=days)
    return _ended(asker, and_(Chat.state.in_(TALKED), Chat.ended_at >= since), newest_first=True)


def ended_chat(key: UUID, asker: Asker) -> EndedChat:
    """One talk that has ended.

    Raises:
        NoSuchChat: not there, not for this adult, or nobody has talked yet.
    """
    found = _ended(asker, and_(Chat.key == key, Chat.state.in_(TALKED)), newest_first=True)
    if not found:
        raise NoSuchChat
    return found[0]


def _ended(asker: Asker, which: ColumnElement[bool], *, newest_first: bool) -> list[EndedChat]:
    rows = db.session.execute(
        select(
            Chat.key,
            Chat.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            Chat.state,
            Chat.owner_id,
            Adult.called,
            Chat.ended_at,
            Chat.wants,
            Chat.about,
            is_written_up().label("has_outcome"),
            said_of_newest_talk().label("said"),
        )
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .join(Adult, Adult.id == Chat.owner_id)
        .where(which, visible_to(asker))
        .order_by(Chat.ended_at.desc() if newest_first else Chat.ended_at, Chat.id)
    )
    ended = [
        EndedChat(
            row.key,
            row.pupil_id,
            full_name(row.given_name, row.known_as, row.family_name),
            row.picture,
            row.state,
            row.owner_id,
            row.called,
            row.ended_at,
            row.wants,
            tuple(row.about),
            row.has_outcome,
            row.owner_id == asker.adult_id,
            row.said,
        )
        for row in rows
    ]
    if ended:
        with writing():
            record("ended_seen", asker.actor, chats=[str(chat.key) for chat in ended])
    return ended
