"""Raising a concern: kept and told in one transaction, to every safeguarding lead but the one it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, or_, select

from kiosk.alerts.store import ring, tell_of_concern
from kiosk.audit import record
from kiosk.chats.models import Chat, Concern, ConcernAudience
from kiosk.chats.rules import OPEN
from kiosk.chats.store.changing import let_see_and_tell, not_alone
from kiosk.chats.store.scope import Asker, load_for_asker, lock_open_requests
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Adult, Pupil
from kiosk.people.store import adults_with_role, trusted_adult
from kiosk.refusal import Refusal
from kiosk.school.store import settings
from kiosk.wording import N_, Sentence, joined

LONGEST_CONCERN = 4000
SENT_TWICE_WITHIN = timedelta(minutes=5)
"""The same again within this time is a button pressed twice, and not another worry."""


class ConcernRefused(Refusal):
    """A concern that cannot be kept or closed as it is; the message is a sentence."""


class NobodyToTell(Refusal):
    """There is no lead who may be told. Nothing was kept; the message says whom to go to."""


def raise_concern(
    asker: Asker,
    words: str,
    *,
    pupil_id: int | None = None,
    chat_key: UUID | None = None,
    about_adult_id: int | None = None,
) -> int:
    """Give a worry to the safeguarding leads: its number.

    Every lead who can sign in is told, never whoever it is about. Who sees it is decided now and stays so. The
    same words sent again at once are the same concern, and tell nobody twice.

    Args:
        asker: who raises it.
        words: the worry, in their words.
        pupil_id: the child it is about; nothing when it is about no one child.
        chat_key: the request it came out of, which then says which child.
        about_adult_id: the adult it is about.

    Raises:
        NoSuchChat: a request that is not there, or not for this adult.
        NobodyToTell: there is no lead but the one it is about; nothing is kept.
        ConcernRefused: no words, too many, or a person nobody knows.
    """
    with writing():
        concern_id, told = keep_concern(
            asker, words, pupil_id=pupil_id, chat_key=chat_key, about_adult_id=about_adult_id
        )
        ring(told)
        return concern_id


def keep_concern(
    asker: Asker,
    words: str,
    *,
    pupil_id: int | None = None,
    chat_key: UUID | None = None,
    about_adult_id: int | None = None,
) -> tuple[int, set[int]]:
    """The same in a transaction of the caller, who has the boards rung: its number, and whose."""
    words, session, chat_id = words.strip(), db.session(), None
    if about_adult_id is not None:
        lock_open_requests()
    if chat_key is not None:
        chat, _number = load_for_asker(chat_key, asker)
        chat_id, pupil_id = chat.id, chat.pupil_id
    _check(words, pupil_id, about_adult_id)
    now, leads = utc_now(), _leads_for(about_adult_id)
    concern = Concern(
        pupil_id=pupil_id,
        chat_id=chat_id,
        about_adult_id=about_adult_id,
        words=words,
        raised_by_id=asker.adult_id,
        raised_at=now,
    )
    if (there := _just_raised(concern)) is not None:
        return there, set()
    session.add(concern)
    session.flush()
    session.execute(
        insert(ConcernAudience),
        [
            {"concern_id": concern.id, "adult_id": lead, "seen_at": now if lead == asker.adult_id else None}
            for lead in leads
        ],
    )
    tell_of_concern(concern.id, [lead for lead in leads if lead != asker.adult_id], now)
    told = set() if about_adult_id is None else _tell_of_what_they_have(about_adult_id, pupil_id, now)
    # Without the child: whoever reads a child's record may be the one whom it is about.
    record("concern_raised", asker.actor, concern=concern.id)
    return concern.id, told | set(leads)


def _check(words: str, pupil_id: int | None, about_adult_id: int | None) -> None:
    if not words:
        raise ConcernRefused("Write in a few words what worries you.")
    if len(words) > LONGEST_CONCERN:
        raise ConcernRefused("Use at most %(most)s characters.", most=LONGEST_CONCERN)
    if pupil_id is not None and db.session.get(Pupil, pupil_id) is None:
        raise ConcernRefused("Choose a child of this school.")
    if about_adult_id is not None and trusted_adult(about_adult_id) is None:
        raise ConcernRefused("Choose an adult who works here.")


def _just_raised(new: Concern) -> int | None:
    """The number of the very same concern, raised a moment ago; its raiser is locked until this one is kept."""
    db.session.execute(select(Adult.id).where(Adult.id == new.raised_by_id).with_for_update(key_share=True))
    return db.session.scalar(
        select(Concern.id)
        .where(
            Concern.raised_by_id == new.raised_by_id,
            Concern.words == new.words,
            Concern.pupil_id.is_not_distinct_from(new.pupil_id),
            Concern.chat_id.is_not_distinct_from(new.chat_id),
            Concern.about_adult_id.is_not_distinct_from(new.about_adult_id),
            Concern.raised_at >= new.raised_at - SENT_TWICE_WITHIN,
            Concern.closed_at.is_(None),
        )
        .order_by(Concern.id)
        .limit(1)
    )


def _leads_for(about_adult_id: int | None) -> list[int]:
    leads = [lead.id for lead in adults_with_role("dsl")]
    found = [lead for lead in leads if lead != about_adult_id]
    if not found:
        raise _nobody_to_tell(has_lead=bool(leads))
    return found


def _nobody_to_tell(*, has_lead: bool) -> NobodyToTell:
    why = (
        N_("Nothing is kept here, because the only safeguarding lead is the one it is about.")
        if has_lead
        else N_("Nothing is kept here, because there is no safeguarding lead yet.")
    )
    sentences = [why, N_("Tell the head teacher or the chair of governors in person, today.")]
    if contact := settings()["concern_contact"]:
        sentences.append(Sentence("Go to: %(contact)s.", contact=contact))
    return NobodyToTell(joined(sentences, " "))


def _tell_of_what_they_have(about_adult_id: int, pupil_id: int | None, at: datetime) -> set[int]:
    """A request that this adult has already must not be with them alone either; who was told of one.

    All that is open is locked already: the clock may be giving them one at this moment.
    """
    having = or_(Chat.owner_id == about_adult_id, Chat.owner_id.is_(None))
    which = Chat.pupil_id.is_not(None) if pupil_id is None else Chat.pupil_id == pupil_id
    theirs = select(Chat).where(Chat.state.in_(OPEN), which, having).order_by(Chat.id)
    told: set[int] = set()
    for chat in db.session.scalars(theirs.execution_options(populate_existing=True)).all():
        beside = not_alone(chat, at)
        let_see_and_tell(chat.id, beside, at)
        told |= beside.keys()
    return told
