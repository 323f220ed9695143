"""The duty board on a wall: each open request as one row that is read from three metres. No step, no reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.chats.store import WaitingChat
from kiosk.web.staff.words import day_and_clock, who_has_it, without_name

MOST_ROWS = 8
"""So many fit on the screen without scrolling; the rest are counted."""
NOBODY_LOOKS = 0
"""No adult has this number: on a wall nobody is "you"."""


@dataclass(frozen=True)
class DutyRow:
    """One request on the wall."""

    key: UUID
    number: int
    """Of the newest event on it: taking it over carries it back."""
    who: str
    class_name: str
    """Beside a name; empty when ``who`` says the class already."""
    standing: str
    since: datetime
    since_words: str
    due_at: datetime
    is_overdue: bool
    cannot_wait: bool
    is_taken: bool
    is_coming: bool
    is_mine: bool
    """Taken by the adult who is signed in at the wall."""
    alert_id: int | None


@dataclass(frozen=True)
class DutyBoard:
    """What the wall shows."""

    rows: tuple[DutyRow, ...]
    more: int
    """How many open requests there are beyond the rows."""
    more_untaken: int
    """How many of those nobody has taken."""

    @property
    def waiting(self) -> int:
        """How many requests nobody has taken."""
        return sum(not row.is_taken for row in self.rows) + self.more_untaken


@dataclass(frozen=True)
class AtTheWall:
    """One look at the wall."""

    me: int
    now: datetime
    """On the school's clock."""
    safe_space: str
    with_names: bool
    ringing: dict[int, int]
    """The alert that rings for the adult who is signed in, by request."""


def duty_board(chats: Sequence[WaitingChat], look: AtTheWall) -> DutyBoard:
    """The wall for these open requests: what nobody has taken first, and among those what is most pressing."""
    in_order = sorted(chats, key=lambda chat: (chat.is_taken, not chat.cannot_wait, chat.received_at))
    shown, beyond = in_order[:MOST_ROWS], in_order[MOST_ROWS:]
    return DutyBoard(
        rows=tuple(_row(chat, look) for chat in shown),
        more=len(beyond),
        more_untaken=sum(not chat.is_taken for chat in beyond),
    )


def _row(chat: WaitingChat, look: AtTheWall) -> DutyRow:
    return DutyRow(
        key=chat.key,
        number=chat.number,
        who=chat.pupil_name if look.with_names else without_name(chat.class_name),
        class_name=chat.class_name if look.with_names else "",
        standing=who_has_it(chat, NOBODY_LOOKS, look.safe_space, look.now.tzinfo),
        since=chat.received_at,
        since_words=day_and_clock(chat.received_at, look.now),
        due_at=chat.due_at,
        is_overdue=chat.is_overdue(look.now),
        cannot_wait=chat.cannot_wait,
        is_taken=chat.is_taken,
        is_coming=chat.state == "coming",
        is_mine=chat.is_taken and chat.owner_id == look.me,
        alert_id=look.ringing.get(chat.id),
    )
