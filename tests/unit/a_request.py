"""A request in the tests of passing on: who has it, who was told, and a clock the test moves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from kiosk.chats.passing_on import Around, first_stop, next_move, wish_after
from kiosk.chats.rules import ChatState, Event, due_at, state_of

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
ANSWER_WITHIN = 600
ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH = 1, 2, 3, 4, 5, 6, 7
EVERYBODY = (ALI, OKAFOR, SHAH, NOVAK, REID, GREEN, MARSH)
WITHOUT_ALI = tuple(adult for adult in EVERYBODY if adult != ALI)


def around(
    *here: int,
    at_lunch: Collection[int] = (),
    deaf: Collection[int] = (),
    watched: Collection[int] = (),
    out: Collection[int] = (),
    lunch_until: datetime | None = None,
) -> Around:
    """Who is here; of them, whom no board and no phone would tell, and about whom a concern is open.

    Who is not here has a timetable that says so; who is ``out`` has said so today, with a tap.
    """
    return Around(
        high5=(ALI, OKAFOR),
        on_duty=(NOVAK, REID),
        leads=(GREEN, MARSH),
        can_receive=(set(here) - set(at_lunch)).__contains__,
        has_gone=out.__contains__,
        back_at=lambda adult: lunch_until if adult in here and adult in at_lunch else None,
        can_be_told=lambda adult: adult not in deaf,
        never_alone=frozenset(watched),
    )


def add_seconds(at: datetime, seconds: float) -> datetime:
    return at + timedelta(seconds=seconds)


def due(state: ChatState) -> datetime:
    return due_at(state, ANSWER_WITHIN, add_seconds)


class Request:
    """A request with its events and those who were told, as the store keeps it."""

    def __init__(
        self,
        asked_for: int | None,
        *here: int,
        cannot_wait: bool = False,
        deaf: Collection[int] = (),
        watched: Collection[int] = (),
        overnight: bool = False,
    ) -> None:
        self.watched = watched
        stop = first_stop(asked_for, around(*here, deaf=deaf, watched=watched), cannot_wait=cannot_wait)
        self.events = [Event("asked", START, to_adult_id=stop.owner_id, level=stop.level)]
        if cannot_wait:
            self.events.append(Event("cannot_wait", START))
        self.told: dict[int, list[str]] = {adult: [why] for adult, why in stop.tell.items()}
        self.rings = set(stop.tell)
        self.now = START
        self.asked_for = asked_for
        self.overnight = overnight

    @property
    def state(self) -> ChatState:
        return state_of(self.events)

    def happen(self, kind: str, **more: object) -> None:
        self.events.append(Event(kind, self.now, **more))  # type: ignore[arg-type]
        if kind in ("seen", "coming", "handed_over", "escalated"):
            self.rings.clear()  # an answer stops the ringing for everybody

    def wait(self, *here: int, minutes: float = 10, deaf: Collection[int] = ()) -> str | None:
        """Let time pass and the clock tick; which kind of event came of it."""
        self.now += timedelta(minutes=minutes)
        return self.tick(*here, deaf=deaf)

    def tick(
        self,
        *here: int,
        at_lunch: Collection[int] = (),
        deaf: Collection[int] = (),
        out: Collection[int] = (),
        lunch_until: datetime | None = None,
    ) -> str | None:
        """Let the clock look once; which kind of event came of it, ``told_as_well`` without one."""
        reachable = around(
            *here, at_lunch=at_lunch, deaf=deaf, watched=self.watched, out=out, lunch_until=lunch_until
        )
        wish = wish_after(self.asked_for, self.events, overnight=self.overnight and self.state.answered_at is None)
        move = next_move(
            self.state, self.told, reachable, self.now, due(self.state), ringing=self.rings, wish=wish
        )
        if move is None:
            return None
        event, tell = move
        for adult, why in tell.items():
            self.told.setdefault(adult, []).append(why)
            self.rings.add(adult)
        if event is None:
            return "told_as_well"
        self.events.append(event)
        if event.to_adult_id in self.watched and event.kind == "passed_on" and event.note != "back":
            nobody_else = not any(map(reachable.is_free, reachable.chain()))
            assert nobody_else or event.to_adult_id == self.asked_for, "chosen only when nobody else is here"
        return event.kind
