"""What came of a talk: written down by an adult, read before the next one, and followed up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlalchemy.orm import aliased

from kiosk.alerts.store import ring
from kiosk.audit import record
from kiosk.chats.models import Chat, Outcome, OutcomeBefore
from kiosk.chats.outcome_rules import OutcomeEntry, OutcomeRefused, WrittenMeanwhile, check_outcome
from kiosk.chats.rules import TALKED, AlreadyOver, NotYet
from kiosk.chats.store.changing import let_see_and_tell
from kiosk.chats.store.ending import close_after_talk
from kiosk.chats.store.helping import said_of_newest_talk
from kiosk.chats.store.scope import Asker, NoSuchChat, load_for_asker, visible_to
from kiosk.db import db, utc_now, writing
from kiosk.people.leaving import can_sign_in, works_here
from kiosk.people.models import Adult, Pupil
from kiosk.people.rules import full_name
from kiosk.people.store import trusted_adult
from kiosk.school.store import local_now


@dataclass(frozen=True)
class EarlierOutcome:
    """What stood written about a talk until somebody changed it."""

    entry: OutcomeEntry
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class WrittenOutcome:
    """What stands written about a talk."""

    entry: OutcomeEntry
    written_by: str
    written_at: datetime
    followed_up_at: datetime | None
    child_said: str | None
    """What the child answered to "Did talking help?": yes · a_bit · no · not_say."""
    before: tuple[EarlierOutcome, ...] = ()
    """What stood there until somebody changed it, the newest first: nothing that was written is ever lost."""

    @property
    def mark(self) -> str:
        """Tells what somebody saw from what stands written when they save."""
        return self.written_at.isoformat()


@dataclass(frozen=True)
class HelpedBefore:
    """A talk before this one, in a line: what was done, what of it helped, and what the child said."""

    did: tuple[str, ...]
    helped: tuple[str, ...]
    on: date
    by: str
    child_said: str | None


@dataclass(frozen=True)
class FollowUp:
    """Something still to do after a talk."""

    key: UUID
    pupil_id: int
    pupil_name: str
    pupil_picture: str
    what: str | None
    by_id: int
    by: str
    on: date
    is_overdue: bool
    is_left: bool
    """Whoever was to do it works here no more, or cannot sign in: it falls to the safeguarding leads."""


def write_outcome(key: UUID, asker: Asker, entry: OutcomeEntry, *, over: str | None = None) -> None:
    """Keep what came of a talk; written again, it is changed. It closes the talk, unless a second person must.

    What stood there before is kept for good, with who wrote it and when; the same saved again changes nothing.
    Whoever is to follow it up may see the request from now on.

    Args:
        key: the request.
        asker: who writes.
        entry: all of it, as it is to stand.
        over: the mark of what the writer saw, empty when nothing was written; without it nobody is asked.

    Raises:
        NoSuchChat: not there, or not for this adult.
        NotYet: nobody has talked with the child.
        AlreadyOver: the child said that they are OK now.
        WrittenMeanwhile: somebody wrote since the writer looked.
        OutcomeRefused: it cannot be kept as it is.
    """
    with writing() as session:
        chat, _number = load_for_asker(key, asker)
        if chat.state not in TALKED:
            raise (
                AlreadyOver("This request has ended.")
                if chat.state == "cancelled"
                else NotYet("Nobody has talked with this child yet.")
            )
        now = utc_now()
        check_outcome(entry, local_now(now).date())
        there = session.get(Outcome, chat.id, populate_existing=True)
        _check_nobody_wrote(there, entry, over)
        same_follow_up = there is not None and _follow_up(there) == _follow_up(entry)
        if not same_follow_up:
            _check_follow_up(entry, local_now(now).date())
        if there is not None and _entry(there) == entry and _is_about(there, chat):
            close_after_talk(chat, asker, now)
            return
        values = _values(entry) | {"written_by_id": asker.adult_id, "written_at": now}
        if there is None:
            session.execute(insert(Outcome).values(chat_id=chat.id, **values))
        else:
            _keep_what_stood_there(there)
            anew = {} if same_follow_up else {"followed_up_at": None, "followed_up_by_id": None}
            session.execute(update(Outcome).where(Outcome.chat_id == chat.id).values(**values, **anew))
        if entry.follow_up_by_id is not None:
            let_see_and_tell(chat.id, {entry.follow_up_by_id: "follow_up"}, now, silent=entry.follow_up_by_id)
        record("outcome_written", asker.actor, pupil=chat.pupil_id, chat=str(key), again=there is not None)
        if not close_after_talk(chat, asker, now) and entry.follow_up_by_id is not None:
            ring({entry.follow_up_by_id})


def outcome_of(key: UUID, asker: Asker) -> WrittenOutcome | None:
    """What stands written about a talk; nothing when nobody has written yet.

    Raises:
        NoSuchChat: not there, or not for this adult.
    """
    seen = _look_at([key], asker)
    if key not in seen:
        raise NoSuchChat
    return seen[key]


def outcomes_of(keys: Collection[UUID], asker: Asker) -> dict[UUID, WrittenOutcome | None]:
    """What stands written about each of these talks that this adult may see; nothing where nobody has written."""
    return _look_at(keys, asker) if keys else {}


def helped_before(pupil_ids: Collection[int], limit: int = 3) -> dict[int, list[HelpedBefore]]:
    """What helped each of these children before, newest first: no words that anybody wrote, only what is listed.

    Args:
        pupil_ids: children whose request or page the asker sees already; the caller has seen to that.
        limit: of each child, at most so many talks.
    """
    place = (
        func.row_number().over(partition_by=Chat.pupil_id, order_by=(Chat.ended_at.desc(), Chat.id)).label("place")
    )
    talks = (
        select(
            Chat.pupil_id,
            Chat.ended_at,
            Adult.called,
            Outcome.did,
            Outcome.helped,
            said_of_newest_talk().label("said"),
            place,
        )
        .join(Outcome, Outcome.chat_id == Chat.id)
        .join(Adult, Adult.id == Chat.owner_id)
        .where(Chat.pupil_id.in_(list(pupil_ids)), Chat.state.in_(TALKED))
        .subquery()
    )
    rows = db.session.execute(
        select(talks).where(talks.c.place <= limit).order_by(talks.c.pupil_id, talks.c.place)
    )
    found: dict[int, list[HelpedBefore]] = {pupil_id: [] for pupil_id in pupil_ids}
    for row in rows:
        found[row.pupil_id].append(
            HelpedBefore(tuple(row.did), tuple(row.helped), local_now(row.ended_at).date(), row.called, row.said)
        )
    return found


def follow_ups_for(asker: Asker) -> list[FollowUp]:
    """What is still to do: this adult's, or for a safeguarding lead everybody's; what is due first comes first."""
    doer = aliased(Adult)
    today = local_now().date()
    rows = db.session.execute(
        select(
            Chat.key,
            Chat.pupil_id,
            Pupil.given_name,
            Pupil.known_as,
            Pupil.family_name,
            Pupil.picture,
            Outcome.follow_up_what,
            Outcome.follow_up_by_id,
            doer.called,
            Outcome.follow_up_on,
            nobody_does_it().label("is_left"),
        )
        .join(Outcome, Outcome.chat_id == Chat.id)
        .join(Pupil, Pupil.id == Chat.pupil_id)
        .join(doer, doer.id == Outcome.follow_up_by_id)
        .where(
            Outcome.followed_up_at.is_(None),
            Outcome.follow_up_on.is_not(None),
            Pupil.left_on.is_(None),
            _is_theirs(asker),
        )
        .order_by(Outcome.follow_up_on, Chat.id)
    ).all()
    if rows:
        with writing():
            record("ended_seen", asker.actor, chats=[str(row.key) for row in rows])
    return [
        FollowUp(
            row.key,
            row.pupil_id,
            full_name(row.given_name, row.known_as, row.family_name),
            row.picture,
            row.follow_up_what,
            row.follow_up_by_id,
            row.called,
            row.follow_up_on,
            row.follow_up_on < today,
            row.is_left,
        )
        for row in rows
    ]


def follow_up_done(key: UUID, asker: Asker) -> None:
    """It has been followed up. Saying so twice changes nothing.

    Raises:
        NoSuchChat: there is nothing to follow up, or it is not this adult's.
    """
    with writing() as session:
        row = session.execute(
            select(Chat.id, Chat.pupil_id, Outcome.followed_up_at)
            .join(Outcome, Outcome.chat_id == Chat.id)
            .where(Chat.key == key, Outcome.follow_up_on.is_not(None), _is_theirs(asker))
            .with_for_update(of=Outcome)
        ).one_or_none()
        if row is None:
            raise NoSuchChat
        if row.followed_up_at is None:
            done = {"followed_up_at": utc_now(), "followed_up_by_id": asker.adult_id}
            session.execute(update(Outcome).where(Outcome.chat_id == row.id).values(**done))
            record("follow_up_done", asker.actor, pupil=row.pupil_id, chat=str(key))


def nobody_does_it() -> ColumnElement[bool]:
    """That whoever was to follow up works here no more, or cannot sign in; for statements about ``Outcome``."""
    does = exists(1).where(Adult.id == Outcome.follow_up_by_id, works_here(), can_sign_in())
    return ~does.correlate(Outcome)


def _look_at(keys: Collection[UUID], asker: Asker) -> dict[UUID, WrittenOutcome | None]:
    """Two statements however many talks they are, and one record of each look."""
    rows = db.session.execute(
        select(Chat.key, Chat.pupil_id, Outcome, Adult.called, said_of_newest_talk().label("said"))
        .select_from(Chat)
        .outerjoin(Outcome, Outcome.chat_id == Chat.id)
        .outerjoin(Adult, Adult.id == Outcome.written_by_id)
        .where(Chat.key.in_(keys), visible_to(asker))
        .execution_options(populate_existing=True)
    ).all()
    written = [row for row in rows if row.Outcome is not None]
    before = _before([row.Outcome.chat_id for row in written])
    if written:
        with writing():
            for row in written:
                record("outcome_seen", asker.actor, pupil=row.pupil_id, chat=str(row.key))
    return {row.key: _written(row, before) for row in rows}


def _written(row: Any, before: Mapping[int, list[EarlierOutcome]]) -> WrittenOutcome | None:
    kept: Outcome | None = row.Outcome
    if kept is None:
        return None
    earlier = tuple(before.get(kept.chat_id, ()))
    return WrittenOutcome(_entry(kept), row.called, kept.written_at, kept.followed_up_at, row.said, earlier)


def _before(chat_ids: Collection[int]) -> dict[int, list[EarlierOutcome]]:
    """For talks that the asker sees already."""
    found: dict[int, list[EarlierOutcome]] = {}
    for kept, called in db.session.execute(
        select(OutcomeBefore, Adult.called)
        .join(Adult, Adult.id == OutcomeBefore.written_by_id)
        .where(OutcomeBefore.chat_id.in_(chat_ids))
        .order_by(OutcomeBefore.chat_id, OutcomeBefore.number.desc())
    ):
        found.setdefault(kept.chat_id, []).append(EarlierOutcome(_entry(kept), called, kept.written_at))
    return found


def _is_theirs(asker: Asker) -> ColumnElement[bool]:
    """The scope of follow-ups: an adult's own; all for a safeguarding lead."""
    mine = Outcome.follow_up_by_id == asker.adult_id
    return Outcome.follow_up_by_id.is_not(None) if asker.is_lead else mine


def _check_nobody_wrote(there: Outcome | None, entry: OutcomeEntry, over: str | None) -> None:
    if there is None or over is None or over == there.written_at.isoformat() or _entry(there) == entry:
        return
    raise WrittenMeanwhile(
        "This was written down while you were writing. Both stand here: change yours, and save it again."
    )


def _check_follow_up(entry: OutcomeEntry, today: date) -> None:
    if entry.follow_up_by_id is None or entry.follow_up_on is None:
        return
    if entry.follow_up_on < today:
        raise OutcomeRefused("Choose today or a later day.")
    adult = trusted_adult(entry.follow_up_by_id)
    if adult is None or not adult.has_account or adult.presence.has_left(today):
        raise OutcomeRefused("Choose somebody who works here and can sign in.")
    if adult.presence.has_left(entry.follow_up_on):
        raise OutcomeRefused("They will have left by that day. Choose an earlier day, or somebody else.")


def _is_about(there: Outcome, chat: Chat) -> bool:
    """Whether it was written after the newest talk, and not about one before the request was opened again."""
    return chat.ended_at is not None and there.written_at >= chat.ended_at


def _keep_what_stood_there(there: Outcome) -> None:
    """Before it is changed; the request is locked, so nobody else counts at the same time."""
    session, of_chat = db.session(), OutcomeBefore.chat_id == there.chat_id
    number = session.scalar(select(func.coalesce(func.max(OutcomeBefore.number), 0)).where(of_chat)) or 0
    values = _values(_entry(there)) | {"written_by_id": there.written_by_id, "written_at": there.written_at}
    session.execute(insert(OutcomeBefore).values(chat_id=there.chat_id, number=number + 1, **values))


def _follow_up(of: Outcome | OutcomeEntry) -> tuple[int | None, date | None, str | None]:
    return of.follow_up_by_id, of.follow_up_on, of.follow_up_what


def _values(entry: OutcomeEntry) -> dict[str, Any]:
    return {
        "did": list(entry.did),
        "helped": list(entry.helped),
        "note": entry.note,
        "happened": entry.happened,
        "affected": entry.affected,
        "agreed": entry.agreed,
        "follow_up_by_id": entry.follow_up_by_id,
        "follow_up_on": entry.follow_up_on,
        "follow_up_what": entry.follow_up_what,
    }


def _entry(kept: Outcome | OutcomeBefore) -> OutcomeEntry:
    return OutcomeEntry(
        tuple(kept.did),
        tuple(kept.helped),
        kept.note,
        kept.happened,
        kept.affected,
        kept.agreed,
        kept.follow_up_by_id,
        kept.follow_up_on,
        kept.follow_up_what,
    )
