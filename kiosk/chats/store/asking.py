"""The child asks, is OK now, or cannot wait."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from kiosk.alerts.store import stop_ringing
from kiosk.audit import record
from kiosk.chats.models import Chat
from kiosk.chats.passing_on import first_stop, hurried_to, urgent
from kiosk.chats.rules import OPEN, Event, NewChat, state_of
from kiosk.chats.store.changing import add_event, around, happen, keep_state, let_see_and_tell, ring_everyone
from kiosk.chats.store.scope import load_for_tablet
from kiosk.db import db, utc_now, writing
from kiosk.feelings.rules import is_clock_odd
from kiosk.feelings.store import DifferentContent
from kiosk.people.models import Pupil
from kiosk.people.store import NotThisTablets, is_in_high5, tablet_shows
from kiosk.people.tablets import PairedTablet
from kiosk.school.store import school_calendar


class NotInHigh5(Exception):
    """The child asked for an adult who is not one of their High 5."""


def ask(entry: NewChat, tablet: PairedTablet) -> tuple[UUID, bool]:
    """Keep a request and tell the adults; on disk when this returns. (key, whether it is new).

    Raises:
        NotThisTablets: the pupil is not this tablet's.
        NotInHigh5: the adult is not one of this child's High 5.
        DifferentContent: the id stands for another request.
    """
    received = utc_now()
    with writing() as session:
        _one_after_the_other(entry.pupil_id)
        there = session.scalar(select(Chat).where(Chat.key == entry.key))
        is_again = there is not None and there.tablet_id == tablet.id
        # Sent again by the tablet that sent it: taken already, also when the child has moved class since.
        if not is_again and not tablet_shows(tablet, entry.pupil_id):
            raise NotThisTablets
        if there is not None:
            _check_same(there, entry)
            return entry.key, False
        if entry.asked_for_id is not None and not is_in_high5(entry.pupil_id, entry.asked_for_id):
            raise NotInHigh5
        odd = is_clock_odd(entry.asked_at, received)
        day = school_calendar().day(received if odd else entry.asked_at)
        reachable = around(entry.pupil_id, entry.asked_for_id, received)
        stop = first_stop(entry.asked_for_id, reachable, cannot_wait=entry.cannot_wait)
        events = [Event("asked", received, to_adult_id=stop.owner_id, level=stop.level)]
        if entry.cannot_wait:
            events.append(Event("cannot_wait", received, level=hurried_to(reachable)))
        chat = Chat(
            key=entry.key,
            pupil_id=entry.pupil_id,
            asked_for_id=entry.asked_for_id,
            check_in_key=entry.check_in_key,
            tablet_id=tablet.id,
            wants=entry.wants,
            when=entry.when,
            how=entry.how,
            about=list(entry.about),
            about_maybe=list(entry.maybe),
            about_not_today=list(entry.not_today),
            asked_at=entry.asked_at,
            received_at=received,
            school_day=day,
            clock_odd=odd,
            asked_cannot_wait=entry.cannot_wait,
        )
        keep_state(chat, state_of(events))
        session.add(chat)
        session.flush()
        for number, event in enumerate(events, 1):
            add_event(chat.id, number, event, tablet_id=tablet.id)
        let_see_and_tell(chat.id, stop.tell, received)
        record("chat_asked", tablet.actor, pupil=entry.pupil_id, chat=str(entry.key))
        ring_everyone(chat.id)
        return entry.key, True


def cancel(key: UUID, tablet: PairedTablet) -> None:
    """The child is OK now. Cancelling what has ended already changes nothing.

    Raises:
        NoSuchChat: not a request of this tablet's pupils.
    """
    with writing():
        chat = load_for_tablet(key, tablet)
        if chat.state not in OPEN:
            return
        now = utc_now()
        happen(chat, Event("cancelled", now), tablet_id=tablet.id)
        stop_ringing(chat.id, now)
        record("chat_cancelled", tablet.actor, pupil=chat.pupil_id, chat=str(key))
        ring_everyone(chat.id)


def cannot_wait(key: UUID, tablet: PairedTablet) -> None:
    """The child cannot wait: everyone on duty is told at once. Saying it twice tells nobody twice.

    Raises:
        NoSuchChat: not a request of this tablet's pupils.
    """
    with writing():
        chat = load_for_tablet(key, tablet)
        if chat.state not in OPEN or chat.cannot_wait:
            return
        now = utc_now()
        reachable = around(chat.pupil_id, chat.asked_for_id, now)
        happen(chat, Event("cannot_wait", now, level=hurried_to(reachable)), tablet_id=tablet.id)
        tell = urgent(reachable)
        if chat.owner_id is not None:
            tell.setdefault(chat.owner_id, "cannot_wait")  # whoever has it now must hear of it too
        let_see_and_tell(chat.id, tell, now)
        record("chat_cannot_wait", tablet.actor, pupil=chat.pupil_id, chat=str(key))
        ring_everyone(chat.id)


def _one_after_the_other(pupil_id: int) -> None:
    """Sent twice at the same moment, the second waits here until the first is on disk, and then finds it."""
    db.session.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update(key_share=True))


def _check_same(chat: Chat, entry: NewChat) -> None:
    there = (
        chat.pupil_id,
        chat.asked_for_id,
        chat.check_in_key,
        chat.asked_at,
        chat.wants,
        chat.when,
        chat.how,
        tuple(chat.about),
        tuple(chat.about_maybe),
        tuple(chat.about_not_today),
        chat.asked_cannot_wait,
    )
    sent = (
        entry.pupil_id,
        entry.asked_for_id,
        entry.check_in_key,
        entry.asked_at,
        entry.wants,
        entry.when,
        entry.how,
        entry.about,
        entry.maybe,
        entry.not_today,
        entry.cannot_wait,
    )
    if there != sent:
        raise DifferentContent
