"""Figures for the school's own programs, such as a dashboard: who made which token, and for what.

A token reads figures that name nobody, and of those only what its scopes say. The safeguarding lead makes and
removes it; whoever looks after the computers carries it to the program and does not need to see the figures.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, func, or_, select, update

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.patterns.models import FeedToken
from kiosk.people.models import Account, Adult
from kiosk.refusal import Refusal
from kiosk.school.store import local_now
from kiosk.wording import N_

SCOPES = {
    "school": N_("Hard answers of the whole school, by day and by hour"),
    "classes": N_("The same for each year and class"),
    "waits": N_("How long children wait for an answer, by month"),
}
"""What can be read, each with its words for whoever decides."""
NAME_MOST = 80
LONGEST = timedelta(days=366)
_SEEN_ANEW_AFTER = timedelta(minutes=10)
"""When a token was last read is for people who tidy up: it need not cost a write at each reading."""


class FeedRefused(Refusal):
    """A token cannot be made like this; the message is a sentence saying what to do."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A token that proved itself."""

    id: int
    name: str
    scopes: frozenset[str]

    @property
    def kinds(self) -> str:
        """Its scopes, for a sentence."""
        return ", ".join(sorted(self.scopes))

    @property
    def form(self) -> str:
        """How it stands in the record of what left the house."""
        return f"feed {self.id}"


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A token as the page of tokens shows it."""

    id: int
    name: str
    scopes: tuple[str, ...]
    last_day: date
    made_by: str
    made_at: datetime
    last_read_at: datetime | None


def make_feed(name: str, scopes: Iterable[str], last_day: date | None, by: Actor) -> str:
    """Make a token and return it: it is shown this once, and only its hash is kept.

    Args:
        name: which program it is for, such as "Governors' dashboard".
        scopes: which figures it may read, of ``SCOPES``.
        last_day: the last day it works, at most a year from today.
        by: the signed-in account that decides it.

    Raises:
        FeedRefused: it has no name, no figures, no account behind it, or would work for too long.
    """
    name, chosen = " ".join(name.split()), sorted(set(scopes))
    if not name or len(name) > NAME_MOST or not name.isprintable():
        raise FeedRefused("Say which program it is for, in at most %(most)s letters.", most=NAME_MOST)
    if not chosen or not set(chosen) <= SCOPES.keys():
        raise FeedRefused("Choose at least one kind of figures.")
    today = local_now().date()
    if last_day is None or not today <= last_day <= today + LONGEST:
        raise FeedRefused("Choose the last day it works: a day from today on, at most a year ahead.")
    if by.account_id is None:
        raise FeedRefused("Sign in first: whoever reads the record later will want to know who decided it.")
    token = secrets.token_urlsafe(32)
    with writing() as session:
        row = FeedToken(
            name=name,
            token_hash=_hash(token),
            scopes=chosen,
            last_day=last_day,
            made_by_id=by.account_id,
            made_at=utc_now(),
        )
        session.add(row)
        session.flush()
        record("feed_made", by, feed=row.id, scopes=chosen, last_day=last_day.isoformat())
    return token


_RECOGNISE = select(FeedToken.id, FeedToken.name, FeedToken.scopes).where(
    FeedToken.token_hash == bindparam("token_hash"),
    FeedToken.removed_at.is_(None),
    FeedToken.last_day >= bindparam("today"),
)


def recognise_feed(token: str) -> Feed | None:
    """Whose token this is, while it works."""
    asked = {"token_hash": _hash(token), "today": local_now().date()}
    row = db.session().connection().execute(_RECOGNISE, asked).one_or_none()
    return Feed(row.id, row.name, frozenset(row.scopes)) if row else None


def seen_now(feed: Feed) -> None:
    """Remember that it was used."""
    now = utc_now()
    with writing() as session:
        session.execute(
            update(FeedToken)
            .where(
                FeedToken.id == feed.id,
                or_(FeedToken.last_read_at.is_(None), FeedToken.last_read_at < now - _SEEN_ANEW_AFTER),
            )
            .values(last_read_at=now)
        )


def known_feeds() -> list[KnownFeed]:
    """Every token that was not removed, by name; also those whose last day is over, so that nobody wonders."""
    rows = db.session().execute(
        select(FeedToken, func.coalesce(Adult.called, Account.email))
        .join(Account, Account.id == FeedToken.made_by_id)
        .outerjoin(Adult, Adult.id == Account.adult_id)
        .where(FeedToken.removed_at.is_(None))
        .order_by(FeedToken.name, FeedToken.id)
    )
    return [
        KnownFeed(row.id, row.name, tuple(row.scopes), row.last_day, made_by, row.made_at, row.last_read_at)
        for row, made_by in rows
    ]


def remove_feed(feed_id: int, by: Actor) -> bool:
    """Let a token read nothing any more. False when there is none to remove."""
    with writing() as session:
        removed = session.execute(
            update(FeedToken)
            .where(FeedToken.id == feed_id, FeedToken.removed_at.is_(None))
            .values(removed_at=utc_now())
            .returning(FeedToken.id)
        ).one_or_none()
        if removed is None:
            return False
        record("feed_removed", by, feed=feed_id)
        return True


def _hash(token: str) -> str:
    """Tokens are random and long enough for a plain hash: nothing to slow a guesser down for."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
