"""What adults are told outside the signed-in page, when, and when we stop trying. Pure.

A lock screen, a mail preview or a projector must never show a name, a step or a reason.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kiosk.wording import N_

Words = Literal["asked", "taken", "test", "concern"]

GLANCE_SAFE = N_("Someone would like to talk with you. Open Treetops.")
SENTENCES: dict[Words, str] = {
    "asked": GLANCE_SAFE,
    "taken": N_("Taken care of. Thank you."),
    "concern": N_("Something needs you in Treetops. Open Treetops."),
    "test": N_("This is a test. Alerts from Treetops reach you here."),
}
STAYS_ON_THE_BOARD = frozenset({"moved_on"})
"""Reasons of alerts that do not go out: a request went on to somebody else, and nothing is asked of this adult."""

FAILS_IN_A_ROW = 3
"""A way of being alerted on which one message failed so often does not count as one; a short trouble is none."""
BOARD_COUNTS_FOR = timedelta(minutes=2)
"""A board that was open within this time would still be looked at."""
BOARD_SAYS_EVERY = timedelta(minutes=1)
"""How often an open board is written down: seldom, because it costs a write, but twice while it counts."""
LEASE = timedelta(seconds=15)
"""For how long whoever claims a message has it alone; longer only while it says that it is still at it."""
RETRY_AFTER_SECONDS = (5, 10, 20, 30, 60, 120, 180, 300)
"""Pauses after each try that failed; the last is repeated. Short at first: a child waits."""
GIVE_UP_AFTER = timedelta(days=1)
FEWEST_TRIES = 20
"""A channel is not given up for two short troubles on different days."""
GONE = frozenset({404, 410})
"""What a push service says of an address that will never work again (RFC 8030, section 7.3)."""


def retry_after(attempts: int) -> timedelta:
    """The pause before the next try, after ``attempts`` tries that failed."""
    return timedelta(seconds=RETRY_AFTER_SECONDS[min(attempts, len(RETRY_AFTER_SECONDS)) - 1])


def tried_for(attempts: int) -> timedelta:
    """How long one message has been tried when it has failed so often."""
    beyond = max(0, attempts - len(RETRY_AFTER_SECONDS))
    return timedelta(seconds=sum(RETRY_AFTER_SECONDS[:attempts]) + beyond * RETRY_AFTER_SECONDS[-1])


def is_given_up(attempts: int, tries: int, failing_since: datetime | None, now: datetime) -> bool:
    """Whether a channel has failed for so long that it is switched off.

    Most messages do not live for a day, because somebody takes the request. So it counts as well what all the
    messages since the last one that arrived went through.

    Args:
        attempts: tries of this message, all failed.
        tries: tries of every message that failed since one last arrived.
        failing_since: when the first of those failed.
        now: this instant.
    """
    if tried_for(attempts) >= GIVE_UP_AFTER:
        return True
    return tries >= FEWEST_TRIES and failing_since is not None and now - failing_since >= GIVE_UP_AFTER


def may_be_sent_at(at: datetime, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """The first moment from ``at`` on that is outside somebody's quiet hours, which may run over midnight.

    Args:
        at: a moment on the school's own clock.
        quiet_from: when the quiet hours begin each day; nothing means that there are none.
        quiet_until: when they end.
    """
    if quiet_from is None or quiet_until is None or not _is_quiet(at.time(), quiet_from, quiet_until):
        return at
    over_midnight = quiet_from > quiet_until and at.time() >= quiet_from
    day = at.date() + timedelta(days=1) if over_midnight else at.date()
    # On the night the clocks change, that time of day comes twice or not at all: the later reading is past it.
    ends = (datetime.combine(day, quiet_until.replace(fold=fold), at.tzinfo).astimezone(UTC) for fold in (0, 1))
    return max(ends).astimezone(at.tzinfo)


def mail_address(mail_server: str, email: str, message_id: int) -> str:
    """The Apprise address that mails one person through the school's own server, given without a recipient.

    What is sent twice refers to the same number (RFC 5322, section 3.6.4), so a mailbox shows one conversation.
    """
    server = urlsplit(mail_server)
    refers = ("+References", f"<{message_id}@alerts.treetops.invalid>")
    asked = [*parse_qsl(server.query, keep_blank_values=True), ("to", email), ("format", "text"), refers]
    return urlunsplit(server._replace(query=urlencode(asked)))


def _is_quiet(now: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= now < quiet_until
    return now >= quiet_from or now < quiet_until
