"""What an adult may write down after a talk: what was done, what helped, and what is still to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.refusal import Refusal

DID = (
    "listened",
    "drew",
    "sat",
    "walked",
    "played",
    "breathed",
    "moved",
    "safe_space",
    "told_class",
    "mended",
)
"""What an adult did with the child, as it is kept; the words for it are the page's."""
HELPED = DID
"""What of it helped the child."""
LONGEST_NOTE = 2000
"""Characters of each thing that is written down after a talk."""
LONGEST_FOLLOW_UP = 400
"""Characters of what is still to do."""
LATEST_FOLLOW_UP = timedelta(days=366)
"""From the day on which it is written down."""


class OutcomeRefused(Refusal):
    """What was written down cannot be kept; the message is a sentence."""


class WrittenMeanwhile(OutcomeRefused):
    """Somebody wrote it down since the writer looked; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    """What an adult writes down after a talk."""

    did: tuple[str, ...] = ()
    """Of ``DID``."""
    helped: tuple[str, ...] = ()
    """Of ``HELPED``."""
    note: str | None = None
    happened: str | None = None
    """Putting right: what happened, in the child's telling."""
    affected: str | None = None
    """Putting right: who was affected, and how."""
    agreed: str | None = None
    """Putting right: what would make it right, as agreed."""
    follow_up_by_id: int | None = None
    follow_up_on: date | None = None
    follow_up_what: str | None = None

    @property
    def wants_follow_up(self) -> bool:
        """Whether something is still to do."""
        return any((self.follow_up_by_id, self.follow_up_on, self.follow_up_what))


def check_outcome(entry: OutcomeEntry, today: date) -> None:
    """Whether what an adult wrote down can be kept.

    Raises:
        OutcomeRefused: a code nobody knows, too many words, or half a follow-up.
    """
    if not set(entry.did) <= set(DID) or not set(entry.helped) <= set(HELPED):
        raise OutcomeRefused("Choose from what is listed.")
    for words in (entry.note, entry.happened, entry.affected, entry.agreed):
        if words is not None and len(words) > LONGEST_NOTE:
            raise OutcomeRefused("Use at most %(most)s characters in each field.", most=LONGEST_NOTE)
    if len(entry.follow_up_what or "") > LONGEST_FOLLOW_UP:
        raise OutcomeRefused("Say in at most %(most)s characters what is still to do.", most=LONGEST_FOLLOW_UP)
    if not entry.wants_follow_up:
        return
    if entry.follow_up_by_id is None or entry.follow_up_on is None:
        raise OutcomeRefused("Say who follows this up, and by which day.")
    if entry.follow_up_on > today + LATEST_FOLLOW_UP:
        raise OutcomeRefused("Choose a day within the next year.")
