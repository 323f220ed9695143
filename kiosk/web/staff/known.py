"""What adults know of a child who asks: one voice, what helped before, and who else the child trusts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.chats.store import HelpedBefore, helped_before
from kiosk.minding.scripts import WrittenScript, scripts_of
from kiosk.people.store import TrustedAdult, high5_of
from kiosk.web.staff.after_words import before_words


@dataclass(frozen=True)
class TeamMember:
    """Somebody of the child's High 5."""

    called: str
    is_here: bool


@dataclass(frozen=True)
class KnownChild:
    """What stands on a card beside the request; every part may be empty."""

    shows: str
    """How the child shows that they are not OK."""
    say: str
    helps: tuple[str, ...]
    """What helps at this step first, then what helps always."""
    avoid: str
    likes: str
    before: tuple[str, ...]
    """Earlier talks in a line each, newest first."""
    team: tuple[TeamMember, ...]
    has_script: bool


@dataclass(frozen=True)
class Knowledge:
    """What was found of several children, in one look."""

    scripts: Mapping[int, WrittenScript]
    before: Mapping[int, list[HelpedBefore]]
    high5: Mapping[int, list[TrustedAdult]]
    now: datetime
    """On the school's clock."""
    safe_space: str

    def of(self, pupil_id: int, intensity: int | None) -> KnownChild:
        """What is known of one child, who feels like this."""
        script = self.scripts.get(pupil_id)
        entry = script.entry if script else None
        step = script.for_intensity(intensity) if script and intensity else None
        return KnownChild(
            shows=entry.shows if entry else "",
            say=entry.say if entry else "",
            helps=tuple(words for words in (step, entry.helps if entry else None) if words),
            avoid=entry.avoid if entry else "",
            likes=entry.likes if entry else "",
            before=tuple(
                before_words(one, self.now.date(), self.safe_space) for one in self.before.get(pupil_id, ())
            ),
            team=tuple(TeamMember(adult.called, adult.can_receive(self.now)) for adult in self.high5[pupil_id]),
            has_script=script is not None,
        )


def know(pupil_ids: Collection[int], now: datetime, safe_space: str) -> Knowledge:
    """What is known of these children, for a caller that has them in its own scope."""
    if not pupil_ids:
        return Knowledge({}, {}, {}, now, safe_space)
    return Knowledge(scripts_of(pupil_ids), helped_before(pupil_ids), high5_of(pupil_ids), now, safe_space)
