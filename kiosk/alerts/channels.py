"""The ways to reach an adult away from the board: each adult's own, and how many do not work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import and_, exists, func, select, update
from sqlalchemy.orm import Session

from kiosk.alerts import outbox
from kiosk.alerts.models import Channel, Delivery
from kiosk.alerts.outbox import OWN_MAIL
from kiosk.alerts.phones import ChannelRefused, Phone, phone_of
from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.models import Account, Adult
from kiosk.school.languages import SOURCE
from kiosk.school.store import settings
from kiosk.wording import N_

MOST_CHANNELS = 10
LONGEST_NAME = 80
LONGEST_ADDRESS = 1000


class NoSuchChannel(Exception):
    """A channel that is not there, or somebody else's: the two must look the same."""


@dataclass(frozen=True)
class MyChannel:
    """A channel as its adult sees it: never with its address."""

    id: int
    kind: str
    name: str
    quiet_from: time | None
    quiet_until: time | None
    disabled_at: datetime | None
    disabled_why: str | None
    last_sent_at: datetime | None
    in_trouble: bool
    """A message could not be delivered and will be tried again."""


def my_channels(adult_id: int) -> list[MyChannel]:
    """An adult's channels, oldest first."""
    in_trouble = (
        exists(1)
        .where(Delivery.channel_id == Channel.id, Delivery.state == "waiting", Delivery.error.is_not(None))
        .correlate(Channel)
    )
    rows = db.session.execute(
        select(Channel, in_trouble.label("in_trouble")).where(Channel.adult_id == adult_id).order_by(Channel.id)
    )
    return [_shown(channel, trouble) for channel, trouble in rows]


def my_channel(channel_id: int | None, adult_id: int) -> MyChannel:
    """One of an adult's channels.

    Raises:
        NoSuchChannel: not there, or not theirs.
    """
    channel = _load(channel_id, adult_id)
    return _shown(channel, in_trouble=False)


def mail_for(adult_id: int) -> str | None:
    """The address that "e-mail to my own address" would go to; nothing when the school sends no mail."""
    adult = db.session.get(Adult, adult_id)
    return adult.email if adult and settings()["mail_server"] else None


def channels_not_working() -> int:
    """How many channels of people who can sign in are switched off because they failed."""
    found = db.session.scalar(
        select(func.count(Channel.id))
        .join(Account, Account.adult_id == Channel.adult_id)
        .where(Channel.disabled_at.is_not(None), Account.active)
    )
    return found or 0


def has_stopped(adult_id: int) -> bool:
    """Whether a phone or mailbox of this adult failed for good and was switched off."""
    found = select(Channel.id).where(Channel.adult_id == adult_id, Channel.disabled_at.is_not(None)).limit(1)
    return db.session.execute(found).first() is not None


def speak(adult_id: int, language: str, by: Actor) -> None:
    """Tell an adult in another language from now on, on every phone and in every mailbox of theirs."""
    with writing() as session:
        others = and_(Channel.adult_id == adult_id, Channel.language != language)
        changed = session.scalars(update(Channel).where(others).values(language=language).returning(Channel.id))
        for channel in changed.all():
            record("channel_changed", by, channel=channel)


def add_phone(adult_id: int, phone: Phone, name: str, by: Actor, *, language: str = SOURCE) -> int:
    """Send alerts to this phone, instead of to whoever used it before.

    Raises:
        ChannelRefused: too many channels.
    """
    with writing() as session:
        for channel in session.scalars(select(Channel).where(Channel.kind == "push")):
            if _endpoint(channel) == phone.endpoint:
                _delete(session, channel, by)
        return _add(adult_id, "push", name or N_("My phone"), phone.kept(), by, language=language)


def add_own_mail(adult_id: int, by: Actor, *, language: str = SOURCE) -> int:
    """Send alerts to the adult's own e-mail address, through the school's server.

    Raises:
        ChannelRefused: the school sends no mail, the adult has no address, or it is there already.
    """
    with writing() as session:
        if mail_for(adult_id) is None:
            raise ChannelRefused("E-mail cannot be used: the school has set no mail server, or knows no address.")
        there = session.scalars(
            select(Channel).where(Channel.adult_id == adult_id, Channel.address == OWN_MAIL)
        ).first()
        if there is not None and there.disabled_at is None:
            raise ChannelRefused("Alerts go to your e-mail already.")
        if there is not None:
            _delete(session, there, by)
        return _add(adult_id, "apprise", N_("My e-mail"), OWN_MAIL, by, language=language)


def add_apprise(adult_id: int, name: str, address: str, by: Actor) -> int:
    """Send alerts to an address that Apprise speaks; an administrator decides, because this server will call it.

    Raises:
        ChannelRefused: the address cannot be read, or there are too many channels.
    """
    import apprise

    if len(address) > LONGEST_ADDRESS or not address.isprintable() or apprise.Apprise.instantiate(address) is None:
        raise ChannelRefused("That is not an address that alerts can be sent to.")
    with writing():
        return _add(adult_id, "apprise", name, address, by)


def set_quiet_hours(
    channel_id: int | None, adult_id: int, quiet_from: time | None, quiet_until: time | None, by: Actor
) -> None:
    """Send nothing to a channel between these times of day; what waits keeps to it as well.

    Raises:
        NoSuchChannel: not there, or not theirs.
        ChannelRefused: one of the two is missing, or they are the same.
    """
    if (quiet_from is None) != (quiet_until is None) or (quiet_from is not None and quiet_from == quiet_until):
        raise ChannelRefused("Give two different times, or none.")
    with _changing(channel_id, adult_id) as channel:
        channel.quiet_from, channel.quiet_until = quiet_from, quiet_until
        outbox.put_off(channel.id, utc_now(), quiet_from, quiet_until)
        record("channel_changed", by, channel=channel.id)


def send_test(channel_id: int | None, adult_id: int) -> None:
    """Send a test to one of an adult's channels.

    Raises:
        NoSuchChannel: not there, or not theirs.
        ChannelRefused: it does not work any more.
    """
    with _changing(channel_id, adult_id) as channel:
        if channel.disabled_at is not None:
            raise ChannelRefused("This does not work any more. Remove it and add it again.")
        outbox.add_test(channel.id, utc_now())


def remove(channel_id: int | None, adult_id: int, by: Actor) -> None:
    """Send nothing there any more.

    Raises:
        NoSuchChannel: not there, or not theirs.
    """
    with writing() as session:
        _delete(session, _load(channel_id, adult_id), by)


def _shown(channel: Channel, in_trouble: bool) -> MyChannel:
    return MyChannel(
        channel.id,
        "mail" if channel.address == OWN_MAIL else channel.kind,
        channel.name,
        channel.quiet_from,
        channel.quiet_until,
        channel.disabled_at,
        channel.disabled_why,
        channel.last_sent_at,
        in_trouble,
    )


@contextmanager
def _changing(channel_id: int | None, adult_id: int) -> Iterator[Channel]:
    with writing():
        yield _load(channel_id, adult_id)


def _load(channel_id: int | None, adult_id: int) -> Channel:
    channel = db.session.scalar(
        select(Channel)
        .where(Channel.id == channel_id, Channel.adult_id == adult_id)
        .execution_options(populate_existing=True)
    )
    if channel is None:
        raise NoSuchChannel
    return channel


def _add(adult_id: int, kind: str, name: str, address: str, by: Actor, *, language: str = SOURCE) -> int:
    session = db.session()
    has = session.scalar(select(func.count(Channel.id)).where(Channel.adult_id == adult_id)) or 0
    if has >= MOST_CHANNELS:
        raise ChannelRefused("There are %(most)s already. Remove one that you do not use.", most=MOST_CHANNELS)
    channel = Channel(
        adult_id=adult_id,
        kind=kind,
        name=" ".join(name.split())[:LONGEST_NAME],
        address=address,
        language=language,
        created_at=utc_now(),
    )
    session.add(channel)
    session.flush()
    record("channel_added", by, channel=channel.id, kind=kind)
    return channel.id


def _delete(session: Session, channel: Channel, by: Actor) -> None:
    record("channel_removed", by, channel=channel.id)
    session.delete(channel)
    session.flush()


def _endpoint(channel: Channel) -> str | None:
    try:
        return phone_of(channel.address).endpoint
    except ValueError:
        return None
