"""Every adult's ways to be alerted, as the office sees them: which there are and which do not work, never where
they lead. The office adds addresses that Apprise speaks, because the server will call them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select

from kiosk.alerts import channels
from kiosk.alerts.channels import NoSuchChannel
from kiosk.alerts.models import Channel, Delivery
from kiosk.alerts.outbox import OWN_MAIL
from kiosk.alerts.phones import ChannelRefused
from kiosk.audit import Actor
from kiosk.db import db
from kiosk.people.leaving import works_here
from kiosk.people.models import Account, Adult

OWN_MAIL_WAY = "own mail"
PHONE_WAY = "phone"


@dataclass(frozen=True)
class OfficeChannel:
    """A way to be alerted, without its address."""

    id: int
    adult_id: int
    called: str
    """Whose it is."""
    name: str
    """What they call it."""
    way: str
    """``phone``, ``own mail``, or the beginning of an address that Apprise speaks, such as ``ntfys``."""
    disabled_at: datetime | None
    disabled_why: str | None
    last_sent_at: datetime | None
    in_trouble: bool
    """A message could not be delivered and will be tried again."""


@dataclass(frozen=True)
class CanBeAlerted:
    """Somebody who can sign in, and so can be told."""

    adult_id: int
    called: str


def all_channels() -> list[OfficeChannel]:
    """Every channel of the people who work here, those that do not work first, then by name."""
    found = [_shown(row) for row in db.session.execute(_channels())]
    return sorted(found, key=lambda one: (one.disabled_at is None, not one.in_trouble))


def channel_of_anybody(channel_id: int | None) -> OfficeChannel:
    """One channel.

    Raises:
        NoSuchChannel: there is none, or its adult works here no more.
    """
    row = db.session.execute(_channels().where(Channel.id == channel_id)).one_or_none()
    if row is None:
        raise NoSuchChannel
    return _shown(row)


def who_can_be_alerted() -> list[CanBeAlerted]:
    """Everybody who works here and can sign in, by family name."""
    rows = db.session.execute(
        select(Adult.id, Adult.called)
        .join(Account, Account.adult_id == Adult.id)
        .where(Account.active, works_here())
        .order_by(Adult.family_name, Adult.given_name, Adult.id)
    )
    return [CanBeAlerted(adult_id, called) for adult_id, called in rows]


def add_address(adult_id: int | None, name: str, address: str, by: Actor) -> int:
    """Alert somebody at an address that Apprise speaks.

    Raises:
        ChannelRefused: nobody who can be alerted, no name, or an address that cannot be read.
    """
    if adult_id is None or adult_id not in {one.adult_id for one in who_can_be_alerted()}:
        raise ChannelRefused("Choose who is alerted there.")
    if not name.strip() or not name.isprintable():
        raise ChannelRefused("Say what it is, such as “Teams”.")
    return channels.add_apprise(adult_id, name, address.strip(), by)


_IN_TROUBLE = (
    exists(1)
    .where(Delivery.channel_id == Channel.id, Delivery.state == "waiting", Delivery.error.is_not(None))
    .correlate(Channel)
)


def _channels() -> Select[*tuple[Any, ...]]:
    return (
        select(Channel, Adult.called, _IN_TROUBLE.label("in_trouble"))
        .join(Adult, Adult.id == Channel.adult_id)
        .where(works_here())
        .order_by(Adult.family_name, Adult.id, Channel.id)
    )


def _shown(row: Any) -> OfficeChannel:
    channel: Channel = row.Channel
    return OfficeChannel(
        channel.id,
        channel.adult_id,
        row.called,
        channel.name,
        _way(channel),
        channel.disabled_at,
        channel.disabled_why,
        channel.last_sent_at,
        row.in_trouble,
    )


def _way(channel: Channel) -> str:
    if channel.kind == "push":
        return PHONE_WAY
    return OWN_MAIL_WAY if channel.address == OWN_MAIL else channel.address.partition("://")[0].lower()
