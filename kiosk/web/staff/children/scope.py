"""Whose children: the person who is signed in as the scope of every page about a child."""

from __future__ import annotations

from flask import abort

from kiosk.audit import record
from kiosk.chats.store.told import pupils_asking
from kiosk.db import writing
from kiosk.minding.planned import pupils_promised
from kiosk.minding.week_on_tablet import SEE_EVERY_STEP
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.near import NEAR_EVERY_CHILD, NearAdult, NearPupil, pupil_near
from kiosk.people.rules import read_id
from kiosk.web.access import asker, signed_in_roles

WHO_MINDS = ("adult", "duty", "nurture", "dsl")


def near_me() -> NearAdult:
    """The person who is signed in, with the children they are near for now: by a request, or a promise."""
    me = asker()
    return NearAdult(
        me.adult_id,
        me.account_id,
        every_child=bool(signed_in_roles() & NEAR_EVERY_CHILD),
        for_now=pupils_asking(me.adult_id) | pupils_promised(me.adult_id),
    )


def load(pupil_id: str, me: NearAdult) -> NearPupil:
    """The pupil of an address; 404 when there is none, or not for whoever asks."""
    try:
        return pupil_near(read_id(pupil_id), me)
    except NoSuchPupil:
        abort(404)


def may_look_back(pupil: NearPupil) -> bool:
    """Whether whoever is signed in may look back at this child's week with the child.

    That is somebody the child trusts, whom the child shows it; nurture and the lead see every step anyway.
    """
    return pupil.trusts_me or bool(signed_in_roles() & SEE_EVERY_STEP)


def record_look(me: NearAdult, pupil: NearPupil, part: str) -> None:
    """Keep that somebody looked at a part of what is known of a child."""
    with writing():
        record("child_seen", me.actor, pupil=pupil.id, part=part)
