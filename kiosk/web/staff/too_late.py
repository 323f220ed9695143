"""What is said to an adult whose answer came too late, or was for a request that is not theirs."""

from __future__ import annotations

from uuid import UUID

from kiosk.chats import store as chats
from kiosk.chats.rules import AlreadyOver, OpenedAgain, SomebodyHasIt
from kiosk.chats.store import Asker, NoSuchChat
from kiosk.school.store import school_calendar
from kiosk.web.staff import words

TooLate = NoSuchChat | SomebodyHasIt | AlreadyOver | OpenedAgain
TOO_LATE = (NoSuchChat, SomebodyHasIt, AlreadyOver, OpenedAgain)


def why_too_late(refused: TooLate, key: UUID, who: Asker) -> tuple[str, int]:
    """The sentence that says how the request stands now, and the status of the answer."""
    if isinstance(refused, NoSuchChat):
        return words.NO_SUCH_REQUEST, 404
    if isinstance(refused, OpenedAgain):
        return words.OPENED_AGAIN, 409
    stands = chats.standing(key, who)
    if isinstance(refused, SomebodyHasIt):
        return words.somebody_has_it(stands, school_calendar().zone), 409
    return words.already_over(stands, who.adult_id), 409
