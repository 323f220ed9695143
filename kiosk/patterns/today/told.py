"""What the store reads of one school day: children, the steps they chose, the requests they made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kiosk.chats.rules import OPEN, Level, State

MORNING_ENDS = time(12)


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil who was in school on the day."""

    id: int
    name: str
    class_name: str
    """Empty for a child whom the roster puts in no class."""
    on_tablet: bool
    is_left_out: bool = False
    """Left out of patterns: what the child told stands in their class, but on no list beside it."""
    is_away: bool = False
    """A register says that the child was not in school: of them nothing could be heard."""


@dataclass(frozen=True, slots=True)
class Step:
    """One check-in, with the word it had when the child chose it."""

    pupil_id: int
    step: int
    """As the school counted it then: as many fingers as this."""
    intensity: int
    word: str
    at: datetime
    """On the school's own clock."""
    entered_by: str | None
    """What the children call the adult who entered it for a child who showed it on their fingers."""

    @property
    def clock(self) -> str:
        """The time of day, such as ``08:52``."""
        return f"{self.at:%H:%M}"

    @property
    def is_morning(self) -> bool:
        """Whether it was before noon."""
        return is_morning(self.at)


@dataclass(frozen=True, slots=True)
class Request:
    """A chat request; instants on the school's own clock."""

    pupil_id: int
    pupil_name: str
    class_name: str
    school_day: date
    state: State
    wants: str
    asked_for: str | None
    """The adult the child chose; nobody means whoever is on duty."""
    owner: str | None
    """Who has it, or, while nobody answered, who is asked; nobody means whoever is on duty."""
    said_at: datetime
    """When the child asked, by the tablet's clock where that can be believed."""
    asked_at: datetime
    """When it reached us: later, when the tablet was offline."""
    due_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    coming_at: datetime | None
    cannot_wait: bool
    late: bool = False
    """The time for an answer has passed at least once since the last answer."""
    level: Level = "asked"
    """How far along its chain; ``nobody``: no adult who could be told is here."""

    @property
    def is_open(self) -> bool:
        """Whether the child still waits."""
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether the child has waited longer than the school promised."""
        return self.is_open and (self.late or now > self.due_at)


def is_morning(at: datetime) -> bool:
    """Whether an instant on the school's own clock lies before noon."""
    return at.time() < MORNING_ENDS
