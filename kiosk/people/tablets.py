"""Pairing, recognising and revoking the tablets."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Enrolment, PairingCode, Pupil, SchoolClass, Tablet, TabletClass
from kiosk.refusal import Refusal
from kiosk.wording import N_

CODE_LASTS = timedelta(minutes=10)
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_LENGTH = 8
NAME_MOST = 80


class CodeRefused(Exception):
    """A pairing code that was used, is too old or was never given out."""


class NoSuchClass(Refusal):
    """A class name that the school does not have; the message is a sentence."""


class TabletNameRefused(Refusal):
    """A name no tablet can have; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class PairedTablet:
    """A tablet that proved itself."""

    id: int
    name: str
    all_classes: bool

    @property
    def actor(self) -> Actor:
        """This tablet as the one who does something."""
        return Actor(tablet_id=self.id)


_RECOGNISE = select(Tablet.id, Tablet.name, Tablet.all_classes).where(
    Tablet.token_hash == bindparam("token_hash"), Tablet.revoked_at.is_(None)
)


def recognise(token: str) -> PairedTablet | None:
    """The tablet this token belongs to, unless it was revoked."""
    row = db.session().connection().execute(_RECOGNISE, {"token_hash": _hash(token)}).one_or_none()
    return PairedTablet(*row) if row else None


def invite_tablet(
    name: str, class_names: Sequence[str], by: Actor, *, reusable_for: timedelta | None = None
) -> str:
    """Make a pairing code for one tablet and return it (only its hash is kept).

    Args:
        name: what the school calls the device, such as "Oak class tablet".
        class_names: the classes it will show; ``["all"]`` for every class.
        by: who invites.
        reusable_for: the demo's code works again and again for this long; a real one once, for ten minutes.

    Raises:
        TabletNameRefused: it has no name, or a very long one.
        NoSuchClass: a class is not there.
    """
    name = _read_name(name)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    now = utc_now()
    with writing() as session:
        class_ids, every = _find_classes(class_names)
        session.execute(delete(PairingCode).where(PairingCode.expires_at < now - timedelta(days=1)))
        session.add(
            PairingCode(
                code_hash=_hash(code),
                tablet_name=name,
                all_classes=every,
                class_ids=class_ids,
                reusable=reusable_for is not None,
                created_at=now,
                expires_at=now + (reusable_for or CODE_LASTS),
            )
        )
        record("tablet_invited", by, name=name, classes=list(class_names))
    return code


def invitation(code: str) -> PairingCode | None:
    """The invitation a code stands for, while it still works."""
    found = find_invitation(code)
    if found is None or found.expires_at <= utc_now() or (found.used_at and not found.reusable):
        return None
    return found


def find_invitation(code: str) -> PairingCode | None:
    """The invitation a code stands for, whatever became of it."""
    return db.session.scalar(select(PairingCode).where(PairingCode.code_hash == _hash(_tidy(code))))


def classes_to_show() -> list[str]:
    """The classes a tablet can be invited for, by name."""
    return sorted({name for _, name in _open_classes()}, key=str.casefold)


def invited_classes(invited: PairingCode) -> tuple[str, ...]:
    """The names of the classes that an invited tablet will show."""
    if invited.all_classes:
        return (N_("every class"),)
    names = select(SchoolClass.name).where(SchoolClass.id.in_(invited.class_ids)).order_by(SchoolClass.name)
    return tuple(db.session.scalars(names))


def pair_with_code(code: str) -> tuple[PairedTablet, str]:
    """Turn a code into a paired tablet and its token; the code is then used up.

    Raises:
        CodeRefused: the code was used, is too old or was never given out.
    """
    now = utc_now()
    with writing() as session:
        claimed = session.execute(
            update(PairingCode)
            .where(
                PairingCode.code_hash == _hash(_tidy(code)),
                PairingCode.expires_at > now,
                PairingCode.used_at.is_(None) | PairingCode.reusable,
            )
            .values(used_at=now)
            .returning(PairingCode.tablet_name, PairingCode.class_ids, PairingCode.all_classes)
        ).one_or_none()
        if claimed is None:
            raise CodeRefused
        return _pair(claimed.tablet_name, claimed.class_ids, claimed.all_classes, by=None)


def pair_tablet(name: str, class_names: Sequence[str], by: Actor) -> tuple[PairedTablet, str]:
    """Pair a device without a code, for other programs; returns it and its token.

    Raises:
        TabletNameRefused: it has no name, or a very long one.
        NoSuchClass: a class is not there.
    """
    name = _read_name(name)
    with writing():
        class_ids, every = _find_classes(class_names)
        return _pair(name, class_ids, every, by=by)


def revoke_tablet(tablet_id: int, by: Actor) -> bool:
    """Stop believing a tablet; at its next call it forgets everything. False when there is none to revoke."""
    with writing() as session:
        revoked = session.execute(
            update(Tablet)
            .where(Tablet.id == tablet_id, Tablet.revoked_at.is_(None))
            .values(revoked_at=utc_now())
            .returning(Tablet.id)
        ).one_or_none()
        if revoked is None:
            return False
        record("tablet_revoked", by, tablet=tablet_id)
        return True


@dataclass(frozen=True)
class TabletRow:
    """A tablet as the administrator sees it."""

    id: int
    name: str
    classes: tuple[str, ...]
    paired_at: datetime
    revoked_at: datetime | None


def all_tablets() -> list[TabletRow]:
    """Every tablet, those in use first, newest first."""
    shown: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(TabletClass.tablet_id, SchoolClass.name)
        .join(SchoolClass, SchoolClass.id == TabletClass.class_id)
        .order_by(SchoolClass.name)
    )
    for tablet_id, class_name in rows:
        shown.setdefault(tablet_id, []).append(class_name)
    tablets = db.session.scalars(
        select(Tablet).order_by(Tablet.revoked_at.is_not(None), Tablet.paired_at.desc(), Tablet.id.desc())
    )
    return [
        TabletRow(
            t.id,
            t.name,
            (N_("Every class"),) if t.all_classes else tuple(shown.get(t.id, ())),
            t.paired_at,
            t.revoked_at,
        )
        for t in tablets
    ]


def tablets_showing(pupil_id: int) -> list[PairedTablet]:
    """The tablets on which this child has a tile, those of their classes first; none for a child kept off them.

    For a caller that has the pupil in its own scope.
    """
    in_its_classes = (
        exists(1)
        .where(TabletClass.tablet_id == Tablet.id, TabletClass.class_id == Enrolment.class_id)
        .where(Enrolment.pupil_id == Pupil.id)
        .correlate(Tablet, Pupil)
    )
    rows = db.session.execute(
        select(Tablet.id, Tablet.name, Tablet.all_classes)
        .join(Pupil, Pupil.id == pupil_id)
        .where(
            Tablet.revoked_at.is_(None),
            Pupil.left_on.is_(None),
            Pupil.on_tablet,
            or_(Tablet.all_classes, in_its_classes),
        )
        .order_by(Tablet.all_classes, Tablet.name, Tablet.id)
    )
    return [PairedTablet(*row) for row in rows]


def _pair(name: str, class_ids: Collection[int], every: bool, by: Actor | None) -> tuple[PairedTablet, str]:
    token = secrets.token_urlsafe(32)
    session = db.session()
    tablet = Tablet(name=name, token_hash=_hash(token), all_classes=every, paired_at=utc_now())
    session.add(tablet)
    session.flush()
    if class_ids:
        session.execute(insert(TabletClass), [{"tablet_id": tablet.id, "class_id": c} for c in class_ids])
    record("tablet_paired", by or Actor(tablet_id=tablet.id), tablet=tablet.id, name=name)
    return PairedTablet(tablet.id, name, every), token


def _find_classes(names: Sequence[str]) -> tuple[list[int], bool]:
    if [name.strip().lower() for name in names] == ["all"]:
        return [], True
    there = _open_classes()
    ids: list[int] = []
    for name in names:
        found = [class_id for class_id, known in there if known.casefold() == name.strip().casefold()]
        if not found:
            known_names = ", ".join(sorted(known for _, known in there)) or N_("none yet")
            raise NoSuchClass(
                "There is no class %(name)s. Classes: %(known)s.", name=repr(name), known=known_names
            )
        ids.extend(found)
    if not ids:
        raise NoSuchClass("Name at least one class, or all.")
    return sorted(set(ids)), False


def _open_classes() -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(SchoolClass.id, SchoolClass.name).where(SchoolClass.closed_on.is_(None)).order_by(SchoolClass.id)
    )
    return [(class_id, name) for class_id, name in rows]


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > NAME_MOST or not name.isprintable():
        raise TabletNameRefused("Give the tablet a name of at most %(most)s characters.", most=NAME_MOST)
    return name


def _tidy(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _hash(secret: str) -> str:
    """Tokens and codes are random and long enough for a plain hash: nothing to slow a guesser down for."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
