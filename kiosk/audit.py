"""Every look at a child and every change, as rows that are only ever added.

Each event is declared once with the keys it must carry, so that a question asked years later ("who saw this
child's request?") finds the same words in every row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.db import Base, db, utc_now

EVENTS: dict[str, frozenset[str]] = {
    # a look at a child
    "board_seen": frozenset({"chats"}),
    "my_day_seen": frozenset({"planned_times"}),
    "roster_sent": frozenset({"pupils"}),
    "sounds_sent": frozenset({"sounds"}),
    "recordings_seen": frozenset({"classes"}),
    "waiting_sent": frozenset({"cards", "book", "planned"}),
    "week_sent": frozenset({"opened_by", "days"}),
    "today_seen": frozenset({"day", "classes"}),
    "child_pattern_seen": frozenset({"period", "paper"}),
    "pattern_seen": frozenset({"view", "what"}),
    "hello_seen": frozenset({"pupils"}),
    "chronology_taken": frozenset({"happenings"}),
    "pattern_exported": frozenset({"view", "what", "form"}),
    "feed_made": frozenset({"feed", "scopes", "last_day"}),
    "feed_removed": frozenset({"feed"}),
    "high5_seen": frozenset({"classes"}),
    "children_seen": frozenset({"classes"}),
    "child_seen": frozenset({"part"}),
    "ended_seen": frozenset({"chats"}),
    "outcome_seen": frozenset({"chat"}),
    "concerns_seen": frozenset({"concerns"}),
    "concern_seen": frozenset({"concern"}),
    "endings_seen": frozenset({"pupils"}),
    # a child's own acts
    "checked_in": frozenset({"check_in"}),
    "check_in_undone": frozenset({"check_in"}),
    "chat_asked": frozenset({"chat"}),
    "chat_cancelled": frozenset({"chat"}),
    "chat_cannot_wait": frozenset({"chat"}),
    "card_found": frozenset({"card", "answer"}),
    "helped_said": frozenset({"chat"}),
    "strategy_said": frozenset({"picture", "said"}),
    # an adult's acts
    "fingers_entered": frozenset({"check_in"}),
    "fingers_undone": frozenset({"check_in"}),
    "check_in_moved": frozenset({"check_in", "to"}),
    "fingers_seen": frozenset({"classes"}),
    "chat_moved": frozenset({"chat", "move", "to"}),
    "chat_answered": frozenset({"chat", "answer"}),
    "chat_reopened": frozenset({"chat"}),
    "chat_signed_off": frozenset({"chat"}),
    "chat_escalated": frozenset({"chat", "to"}),
    "outcome_written": frozenset({"chat", "again"}),
    "follow_up_done": frozenset({"chat"}),
    "concern_raised": frozenset({"concern"}),
    "concern_told_again": frozenset({"concern"}),
    "concern_closed": frozenset({"concern"}),
    "follow_up_undone": frozenset({"chat"}),
    "script_written": frozenset({"version"}),
    "week_opened": frozenset({"tablet"}),
    "week_closed": frozenset({"tablet"}),
    "card_left": frozenset({"card", "kind"}),
    "card_taken_back": frozenset({"card"}),
    "time_promised": frozenset({"planned_time", "adult"}),
    "time_ended": frozenset({"planned_time", "last_day"}),
    "time_became": frozenset({"planned_time", "day", "became"}),
    "weekly_list_made": frozenset({"shown_from", "children"}),
    "next_step_kept": frozenset({"entry", "kind"}),
    "lists_seen": frozenset({"lists"}),
    "list_made": frozenset({"list"}),
    "list_renamed": frozenset({"list"}),
    "list_changed": frozenset({"list", "added", "removed", "from_week"}),
    "list_deleted": frozenset({"list"}),
    "list_brought_back": frozenset({"list"}),
    "figures_week_made": frozenset({"monday"}),
    "wait_month_made": frozenset({"month"}),
    "hello_asked_for": frozenset({"last_day"}),
    "hello_ended": frozenset(),
    "left_out_of_patterns": frozenset({"why"}),
    "back_in_patterns": frozenset(),
    "signed_in": frozenset({"address"}),
    "sign_in_refused": frozenset({"email", "address"}),
    "signed_out": frozenset(),
    # the school's running
    "tablet_set_up": frozenset({"choice", "to"}),
    "class_tablet_set": frozenset({"classes", "choice", "to"}),
    "roster_imported": frozenset({"source", "counts"}),
    "attendance_imported": frozenset({"source", "counts"}),
    "high5_changed": frozenset({"adults"}),
    "looks_told_apart": frozenset({"adults"}),
    "look_chosen": frozenset({"adult", "look"}),
    "ending_changed": frozenset({"adult", "change"}),
    "availability_changed": frozenset({"adult", "change"}),
    "tablet_invited": frozenset({"name", "classes"}),
    "tablet_paired": frozenset({"tablet", "name"}),
    "tablet_revoked": frozenset({"tablet"}),
    "staff_added": frozenset({"account", "roles"}),
    "staff_switched": frozenset({"account", "active"}),
    "password_renewed": frozenset({"account"}),
    "recording_kept": frozenset({"recording", "language"}),
    "recording_removed": frozenset({"recording", "language"}),
    "photos_sent": frozenset({"photos"}),
    "photo_kept": frozenset({"adult", "picture"}),
    "photo_removed": frozenset({"adult", "picture"}),
    "childs_picture_kept": frozenset({"picture"}),
    "childs_picture_removed": frozenset({"picture"}),
    "setting_changed": frozenset({"name", "old", "new"}),
    "school_dates_added": frozenset({"kind", "first", "last", "what"}),
    "school_dates_removed": frozenset({"kind", "first", "last", "what"}),
    "safe_space_switched": frozenset({"full"}),
    "channel_added": frozenset({"channel", "kind"}),
    "channel_changed": frozenset({"channel"}),
    "channel_removed": frozenset({"channel"}),
    "channel_switched_off": frozenset({"channel", "why"}),
}


@dataclass(frozen=True)
class Actor:
    """Who does something: a signed-in account, a paired tablet, or the person at the server's keyboard."""

    account_id: int | None = None
    adult_id: int | None = None
    tablet_id: int | None = None


KEYBOARD = Actor()
"""The administrator at the command line."""


class AuditEvent(Base):
    """One thing that happened."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_pupil_id_at", "pupil_id", "at"), Index("ix_audit_event_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[int | None]
    tablet_id: Mapped[int | None]
    # No foreign keys: the record of a look must outlive the account, the tablet and the child's erasure.
    pupil_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


_ADD = insert(AuditEvent.__table__)  # type: ignore[arg-type]


def record(name: str, by: Actor, /, *, pupil: int | None = None, **details: Any) -> None:
    """Add one event to the transaction being written.

    Raises:
        ValueError: the event is not declared in ``EVENTS`` with exactly these keys.
    """
    if EVENTS.get(name) != details.keys():
        raise ValueError(f"{name} must carry {sorted(EVENTS.get(name, ()))}, not {sorted(details)}.")
    row = {
        "at": utc_now(),
        "name": name,
        "account_id": by.account_id,
        "tablet_id": by.tablet_id,
        "pupil_id": pupil,
        "details": details,
    }
    db.session().connection().execute(_ADD, row)
