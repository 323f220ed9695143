"""A term of life at Hazelwood, up to this moment. Pure: the same seed and moment give the same life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from kiosk.demo.afterwards import Afterwards, afterwards
from kiosk.demo.answering import LivedChat
from kiosk.demo.asking import chats_of
from kiosk.demo.days import ZONE, school_days
from kiosk.demo.hazelwood import DemoAdult, DemoPupil
from kiosk.demo.moods import LivedCheckIn, feelings_of
from kiosk.demo.now import SCENE_PUPILS, is_before_scenes, scenes, so_far
from kiosk.demo.staffroom import Staffroom


@dataclass(frozen=True)
class Term:
    """What happened, each in order of time."""

    check_ins: tuple[LivedCheckIn, ...]
    chats: tuple[LivedChat, ...]
    afterwards: tuple[Afterwards, ...]
    """What came of each talk."""


def term(
    seed: int,
    today_now: datetime,
    pupils: Sequence[DemoPupil],
    adults: Sequence[DemoAdult],
    high5: Mapping[int, Sequence[int]],
) -> Term:
    """Twelve school weeks of check-ins and chats before today, and today until now.

    Args:
        seed: anything; another seed is another term of the same school.
        today_now: this moment, aware. Nothing happens after it, save what an adult said they would do.
        pupils: the children.
        adults: the adults, those who have left included.
        high5: adult ids by pupil id.
    """
    days = school_days(today_now.astimezone(ZONE).date())
    room = Staffroom({adult.id: adult for adult in adults}, high5)
    check_ins: list[LivedCheckIn] = []
    chats: list[LivedChat] = []
    for pupil in pupils:
        felt = list(feelings_of(seed, pupil, days, _after_lunch(seed, pupil.class_name)))
        felt = so_far(felt, today_now)
        if pupil.source_id in SCENE_PUPILS:
            felt = [check_in for check_in in felt if is_before_scenes(check_in.felt_at, today_now)]
        check_ins += felt
        chats += (
            chat
            for chat in chats_of(seed, pupil, felt, days, room)
            if chat.ends_at < today_now and not (pupil.source_id in SCENE_PUPILS and chat.school_day == days[-1])
        )
    for check_in, chat in scenes(seed, pupils, room, today_now):
        check_ins.append(check_in)
        chats.append(chat)
    check_ins.sort(key=lambda check_in: check_in.felt_at)
    chats.sort(key=lambda life: life.chat.asked_at)
    came = afterwards(seed, today_now, chats=chats, check_ins=check_ins, pupils=pupils, adults=adults, days=days)
    return Term(tuple(check_ins), tuple(chats), tuple(came))


def _after_lunch(seed: int, class_name: str) -> float:
    """Some classes check in again after lunch on most days, some hardly ever."""
    return Random(f"{seed}/after lunch/{class_name}").uniform(0.08, 0.5)
