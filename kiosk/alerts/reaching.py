"""Who would hear of a request now: a board that stands open, or a phone or mailbox that takes messages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, literal, select

from kiosk.alerts.models import Bell, Channel, Delivery
from kiosk.alerts.outbox import OWN_MAIL
from kiosk.alerts.rules import BOARD_COUNTS_FOR, BOARD_SAYS_EVERY, FAILS_IN_A_ROW, may_be_sent_at
from kiosk.db import db, insert_for, writing
from kiosk.people.models import Adult
from kiosk.people.store import TrustedAdult, adults_who_can_receive
from kiosk.school.store import local_now, school_calendar, settings


def can_be_told(adult_ids: Collection[int], now: datetime) -> set[int]:
    """Which of these adults would hear of a request now.

    It takes a board that was open within the last two minutes; or a way of being alerted that is not switched
    off, not in its quiet hours, and does not fail again and again just now.

    Args:
        adult_ids: the adults in question.
        now: this instant.
    """
    if not adult_ids:
        return set()
    boards = select(Bell.adult_id).where(
        Bell.adult_id.in_(list(adult_ids)), Bell.board_open_at >= now - BOARD_COUNTS_FOR
    )
    return set(db.session.scalars(boards)) | _with_a_channel(adult_ids, now)


def whom_nothing_tells(now: datetime) -> list[TrustedAdult]:
    """Who is here now, can sign in, and would hear of a request by nothing: no board, no phone, no mailbox.

    Nobody while school is closed. A request for one of them goes to somebody else as well, at once.
    """
    if not school_calendar().is_open(now):
        return []
    here = adults_who_can_receive(local_now(now))
    told = can_be_told([adult.id for adult in here], now)
    return [adult for adult in here if adult.id not in told]


def has_a_way(adult_id: int) -> bool:
    """Whether an adult has a phone or mailbox that takes messages, in its quiet hours or not."""
    found = select(Channel.address, Adult.email).join(Adult, Adult.id == Channel.adult_id)
    rows = db.session.execute(found.where(Channel.adult_id == adult_id, Channel.disabled_at.is_(None)))
    mail = bool(settings()["mail_server"])
    return any(row.address != OWN_MAIL or (mail and row.email) for row in rows)


def keep_board_open(adult_id: int, now: datetime) -> None:
    """Somebody looks at this adult's board: write it down, at most once a minute."""
    known = db.session.scalar(select(Bell.board_open_at).where(Bell.adult_id == adult_id))
    if known is None or known <= now - BOARD_SAYS_EVERY:
        keep_boards_open({adult_id}, now)


def keep_boards_open(adult_ids: Collection[int], now: datetime) -> None:
    """These adults' boards are open now: one statement for all of them."""
    if not adult_ids:
        return
    with writing() as session:
        connection = session.connection()
        there = insert_for(connection, Bell).from_select(
            ["adult_id", "revision", "board_open_at"],
            select(Adult.id, literal(0), literal(now, Bell.board_open_at.type))
            .where(Adult.id.in_(sorted(adult_ids)))
            .order_by(Adult.id),
        )
        connection.execute(there.on_conflict_do_update(index_elements=["adult_id"], set_={"board_open_at": now}))


def _with_a_channel(adult_ids: Collection[int], now: datetime) -> set[int]:
    in_trouble = (
        exists(1)
        .where(
            Delivery.channel_id == Channel.id,
            Delivery.state == "waiting",
            Delivery.error.is_not(None),
            Delivery.attempts >= FAILS_IN_A_ROW,
        )
        .correlate(Channel)
    )
    rows = db.session.execute(
        select(Channel.adult_id, Channel.address, Channel.quiet_from, Channel.quiet_until, Adult.email)
        .join(Adult, Adult.id == Channel.adult_id)
        .where(Channel.adult_id.in_(list(adult_ids)), Channel.disabled_at.is_(None), ~in_trouble)
    )
    local, mail = local_now(now), bool(settings()["mail_server"])
    return {
        row.adult_id
        for row in rows
        if may_be_sent_at(local, row.quiet_from, row.quiet_until) == local
        and (row.address != OWN_MAIL or (mail and row.email))
    }
