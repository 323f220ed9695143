"""Photos of adults and pictures of a child's own things: every statement about them, each with the asker's scope.

An adult's photo is shown on tablets that have a child who can ask for them, and to staff. A child's own picture is
shown on tablets that show this child, and to whoever may set up the child's tablet. Both go with the person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.high5 import Chooser, chooses_for, pupil_to_choose_for
from kiosk.people.leaving import works_here
from kiosk.people.models import Account, Adult, High5, OwnPicture, Pupil, Role, account_role
from kiosk.people.photos import PhotoRefused, name_of, small_picture
from kiosk.people.store import on_this_tablet
from kiosk.people.tablet_settings import OWN, PICTURES_MOST, check_picture_words, is_own
from kiosk.people.tablets import PairedTablet

STAND_IN = ("duty", "dsl")
"""The roles of those who answer whoever is asked for, so that every tablet may show them."""


class NoSuchPicture(Exception):
    """None of this name, or not for this asker."""


@dataclass(frozen=True)
class ChildsPicture:
    """A picture of something of one child's own."""

    name: str
    words: str


def keep_photo(adult_id: int, sent: bytes, by: Actor) -> str:
    """Keep a photo of an adult in place of the one there was; its name.

    Raises:
        PhotoRefused: it cannot be kept; the one there was stays.
    """
    kept = small_picture(sent)
    with writing() as session:
        _forget_leavers()
        session.execute(delete(OwnPicture).where(OwnPicture.adult_id == adult_id))
        name = _keep(kept, "", by, adult_id=adult_id)
        record("photo_kept", by, adult=adult_id, picture=name)
    return name


def remove_photo(adult_id: int, by: Actor) -> None:
    """Take an adult's photo away for good; the leaf stands for them again."""
    with writing() as session:
        name = session.scalar(delete(OwnPicture).where(OwnPicture.adult_id == adult_id).returning(OwnPicture.name))
        if name is not None:
            record("photo_removed", by, adult=adult_id, picture=name)


def photo_of(adult_id: int) -> str | None:
    """The name of an adult's photo, if there is one."""
    return photos_of([adult_id]).get(adult_id)


def photos_of(adult_ids: Collection[int]) -> dict[int, str]:
    """The names of the photos of these adults who work here, by adult."""
    rows = db.session.execute(
        select(OwnPicture.adult_id, OwnPicture.name)
        .join(Adult, Adult.id == OwnPicture.adult_id)
        .where(OwnPicture.adult_id.in_(adult_ids), works_here())
        .order_by(OwnPicture.adult_id)
    )
    return {row.adult_id: row.name for row in rows}


def photos_on_tablet(tablet: PairedTablet) -> dict[int, str]:
    """The names of the photos that a tablet shows: of its pupils' High 5, and of whoever stands in."""
    rows = db.session.execute(
        select(OwnPicture.adult_id, OwnPicture.name).where(_adult_on_tablet()).order_by(OwnPicture.adult_id),
        _scope(tablet),
    )
    return {row.adult_id: row.name for row in rows}


def add_childs_picture(pupil_id: int, sent: bytes, words: str, chooser: Chooser, by: Actor) -> str:
    """Keep a picture of something of a child's own; its name. The same picture again is the one there is.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        PhotoRefused: it cannot be kept, or the child has as many as there can be.
        TabletRefused: words that cannot be shown.
    """
    said = check_picture_words(words)
    kept = small_picture(sent)
    with writing() as session:
        pupil_to_choose_for(pupil_id, chooser)
        _forget_leavers()
        session.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update())
        there = {one.name for one in _of_child(pupil_id)}
        name = name_of(kept)
        if name in there:
            return name
        if len(there) >= PICTURES_MOST:
            raise PhotoRefused(
                "A child can have at most %(most)s own pictures. Take one away first.", most=PICTURES_MOST
            )
        _keep(kept, said, by, pupil_id=pupil_id)
        record("childs_picture_kept", by, pupil=pupil_id, picture=name)
    return name


def remove_childs_picture(pupil_id: int, name: str, chooser: Chooser, by: Actor) -> None:
    """Take a child's own picture away for good.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    with writing() as session:
        pupil_to_choose_for(pupil_id, chooser)
        if not is_own(f"{OWN}{name}"):
            return
        gone = session.execute(
            delete(OwnPicture)
            .where(OwnPicture.pupil_id == pupil_id, OwnPicture.name == name)
            .returning(OwnPicture.id)
        ).first()
        if gone is not None:
            record("childs_picture_removed", by, pupil=pupil_id, picture=name)


def pictures_of_child(pupil_id: int, chooser: Chooser) -> list[ChildsPicture]:
    """A child's own pictures, the oldest first.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    pupil_to_choose_for(pupil_id, chooser)
    return _of_child(pupil_id)


def picture_on_tablet(name: str, tablet: PairedTablet) -> bytes:
    """A picture by its name.

    Raises:
        NoSuchPicture: there is none, or only of somebody who is not on this tablet.
    """
    theirs = select(Pupil.id).where(on_this_tablet())
    return _content(or_(_adult_on_tablet(), OwnPicture.pupil_id.in_(theirs)), name, _scope(tablet))


def picture_for_staff(name: str, chooser: Chooser | None) -> bytes:
    """A picture by its name, for somebody who is signed in.

    Args:
        name: of the picture.
        chooser: for which children the asker sets up tablets; nothing for none.

    Raises:
        NoSuchPicture: there is none, or only of a child who is not the asker's.
    """
    adults = select(Adult.id).where(works_here())
    seen: ColumnElement[bool] = OwnPicture.adult_id.in_(adults)
    if chooser is not None:
        seen = or_(seen, OwnPicture.pupil_id.in_(select(Pupil.id).where(chooses_for(chooser))))
    return _content(seen, name, {})


def _adult_on_tablet() -> ColumnElement[bool]:
    theirs = select(Pupil.id).where(on_this_tablet())
    trusted = select(High5.adult_id).where(High5.pupil_id.in_(theirs))
    answer = (
        select(Account.adult_id)
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name.in_(STAND_IN), Account.active)
    )
    here = exists(1).where(Adult.id == OwnPicture.adult_id, works_here()).correlate(OwnPicture)
    return and_(here, or_(OwnPicture.adult_id.in_(trusted), OwnPicture.adult_id.in_(answer)))


def _scope(tablet: PairedTablet) -> dict[str, object]:
    return {"tablet_id": tablet.id, "all_classes": tablet.all_classes}


def _content(seen: ColumnElement[bool], name: str, scope: dict[str, object]) -> bytes:
    if not is_own(f"{OWN}{name}"):  # PostgreSQL takes no text with a sign that is none
        raise NoSuchPicture
    asked = select(OwnPicture.content).where(OwnPicture.name == name, seen).limit(1)
    content: bytes | None = db.session.scalar(asked, scope)
    if content is None:
        raise NoSuchPicture
    return content


def _of_child(pupil_id: int) -> list[ChildsPicture]:
    rows = db.session.execute(
        select(OwnPicture.name, OwnPicture.words).where(OwnPicture.pupil_id == pupil_id).order_by(OwnPicture.id)
    )
    return [ChildsPicture(row.name, row.words) for row in rows]


def _keep(kept: bytes, words: str, by: Actor, *, adult_id: int | None = None, pupil_id: int | None = None) -> str:
    name = name_of(kept)
    row = {"adult_id": adult_id, "pupil_id": pupil_id, "name": name, "words": words, "content": kept}
    db.session.add(OwnPicture(**row, sent_by_id=by.adult_id, sent_at=utc_now()))
    db.session.flush()
    return name


def forget_pictures_of_leavers() -> int:
    """Delete the pictures of everybody who is not here any more; how many. Nobody was shown them since then."""
    with writing():
        return _forget_leavers()


def _forget_leavers() -> int:
    left = or_(
        OwnPicture.pupil_id.in_(select(Pupil.id).where(Pupil.left_on.is_not(None))),
        OwnPicture.adult_id.in_(select(Adult.id).where(~works_here())),
    )
    gone = db.session.scalar(select(func.count()).select_from(OwnPicture).where(left)) or 0
    if gone:
        db.session.execute(delete(OwnPicture).where(left), execution_options={"synchronize_session": False})
    return gone
