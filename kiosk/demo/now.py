"""Today at Hazelwood: the morning so far, and what is going on at this very moment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from kiosk.chats.rules import Kind, NewChat
from kiosk.demo.answering import LivedChat, asked
from kiosk.demo.days import ZONE, on_the_clock, on_the_minute
from kiosk.demo.hazelwood import MISS_BENNETT, MR_HARTLEY, MR_REID, MRS_ALI, DemoPupil
from kiosk.demo.moods import MORNING, LivedCheckIn, make_key
from kiosk.demo.staffroom import Staffroom

_MORNING_LASTS = timedelta(minutes=100)


@dataclass(frozen=True)
class Scene:
    """A request of today, told in minutes before now."""

    pupil: str
    adult: str | None
    intensity: int
    asked: float
    then: tuple[tuple[Kind, float], ...] = ()
    """What followed, and how many minutes ago."""
    coming_in: float | None = None
    """In how many minutes the adult said they would come."""
    wants: str = "chat"
    when: str = "now"
    how: str | None = None
    about: tuple[str, ...] = ()
    shown: bool = False
    """The child showed the step on the fingers, and an adult of the class entered it."""


SCENES = (
    # waiting
    Scene("pupil-149", MRS_ALI, 4, asked=4, how="sit", about=("friends",)),  # Leo
    Scene("pupil-150", None, 4, asked=2, wants="safe_space", how="draw", shown=True),  # Daniel
    Scene("pupil-138", MR_HARTLEY, 3, asked=24, when="today", how="talk", about=("home",)),  # Tyler
    # somebody is coming
    Scene(
        "pupil-176", MRS_ALI, 3, asked=17, then=(("seen", 15), ("coming", 14)), coming_in=11,
        when="break", how="walk", about=("playtime",),
    ),  # Safiya
    # over
    Scene("pupil-160", MISS_BENNETT, 2, asked=58, then=(("coming", 56), ("talked", 41)), how="talk"),
    Scene("pupil-031", MR_REID, 3, asked=49, then=(("seen", 48), ("coming", 47), ("talked", 33))),
    Scene("pupil-162", MRS_ALI, 2, asked=35, then=(("seen", 32), ("cancelled", 27)), about=("learning",)),
)  # fmt: skip
SCENE_PUPILS = frozenset(scene.pupil for scene in SCENES)
_LOOKS_BACK = timedelta(minutes=60)


@dataclass(frozen=True)
class SoFar:
    """Today up to now, for a demo that may be opened at any hour."""

    now: datetime

    @property
    def midnight(self) -> datetime:
        """When today began on the school's clock."""
        return on_the_clock(self.now.astimezone(ZONE).date(), time(0))

    def minutes_ago(self, minutes: float) -> datetime:
        """An instant of today; just after midnight an hour ago would be yesterday, so it moves nearer."""
        room = min(1.0, (self.now - self.midnight) / _LOOKS_BACK)
        return self.now - timedelta(minutes=minutes) * room

    def moment(self, usual: datetime) -> datetime | None:
        """When something that usually happens at ``usual`` happened today; nothing when it has not yet.

        The morning's check-ins are always there: before they would usually be over they happened faster,
        and earlier when need be.
        """
        starts = on_the_clock(self.now.astimezone(ZONE).date(), MORNING)
        if self.now >= starts + _MORNING_LASTS:
            return usual if usual < self.now else None
        if usual >= starts + _MORNING_LASTS:
            return None
        began = min(starts, self.minutes_ago(55))
        return began + (usual - starts) * ((self.now - began) / _MORNING_LASTS)


def so_far(check_ins: Iterable[LivedCheckIn], now: datetime) -> list[LivedCheckIn]:
    """The check-ins that have happened by now: all of the days before today, and some of today's."""
    today, date_now = SoFar(now), now.astimezone(ZONE).date()
    happened = []
    for check_in in check_ins:
        if check_in.school_day != date_now:
            happened.append(check_in)
            continue
        felt_at = today.moment(check_in.felt_at)
        if felt_at is not None:
            received_at = min(felt_at + (check_in.received_at - check_in.felt_at), now)
            happened.append(replace(check_in, felt_at=felt_at, received_at=received_at))
    return happened


def is_before_scenes(at: datetime, now: datetime) -> bool:
    """Whether an instant lies before everything that the scenes tell."""
    return at < SoFar(now).minutes_ago(max(scene.asked for scene in SCENES) + 1)


def scenes(
    seed: int, pupils: Sequence[DemoPupil], room: Staffroom, now: datetime
) -> list[tuple[LivedCheckIn, LivedChat]]:
    """The requests going on now, each with the check-in it came with."""
    rng = Random(f"{seed}/scenes")
    pupil_ids = {pupil.source_id: pupil.id for pupil in pupils}
    adult_ids = {adult.source_id: adult.id for adult in room.adults.values()}
    return [
        _play(
            rng,
            scene,
            pupil_id=pupil_ids[scene.pupil],
            adult=adult_ids[scene.adult] if scene.adult else None,
            room=room,
            today=SoFar(now),
        )
        for scene in SCENES
    ]


def _play(
    rng: Random, scene: Scene, *, pupil_id: int, adult: int | None, room: Staffroom, today: SoFar
) -> tuple[LivedCheckIn, LivedChat]:
    felt_at, asked_at = today.minutes_ago(scene.asked + 0.3), today.minutes_ago(scene.asked)
    day = today.now.astimezone(ZONE).date()
    check_in = LivedCheckIn(make_key(rng), pupil_id, scene.intensity, felt_at, felt_at, day, scene.shown)
    chat = NewChat(
        key=make_key(rng),
        pupil_id=pupil_id,
        asked_for_id=adult,
        check_in_key=check_in.key,
        asked_at=asked_at,
        wants=scene.wants,
        when=scene.when,
        how=scene.how,
        about=scene.about,
    )
    life = asked(chat, day, room)
    coming_in = timedelta(minutes=scene.coming_in) if scene.coming_in is not None else None
    for kind, minutes in scene.then:
        at = today.minutes_ago(minutes)
        coming_at = on_the_minute(today.now + coming_in) if kind == "coming" and coming_in else None
        life.happens(kind, at, None if kind == "cancelled" else adult, coming_at=coming_at)
    return check_in, life
