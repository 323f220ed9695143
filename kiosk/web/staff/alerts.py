"""My alerts: how the person who is signed in is told away from the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.alerts import channels
from kiosk.alerts.channels import MyChannel, NoSuchChannel
from kiosk.alerts.office import OfficeChannel
from kiosk.alerts.phones import ChannelRefused, read_phone
from kiosk.alerts.vapid import KeyRefused, public_key
from kiosk.config import Settings
from kiosk.people.rules import read_id
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow, asker
from kiosk.web.languages import current_language, flash
from kiosk.web.limits import at_most
from kiosk.web.staff import blueprint
from kiosk.web.staff.words import day_and_clock
from kiosk.wording import N_, Sentence, joined

WHO_IS_TOLD = ("adult", "duty", "nurture", "dsl")
TESTS = "10 per minute"
TEST_IS_ON_ITS_WAY = N_("A test is on its way. It should arrive within a few seconds.")


@blueprint.get("/alerts")
@allow(*WHO_IS_TOLD)
def alerts() -> ResponseReturnValue:
    """My channels, each with how it stands, and adding one."""
    me, now = asker().adult_id, local_now()
    return render_template(
        "staff/alerts.html",
        channels=[(channel, standing(channel, now)) for channel in channels.my_channels(me)],
        mail=channels.mail_for(me),
        push_key=_push_key(),
    )


@blueprint.post("/alerts/phone")
@allow(*WHO_IS_TOLD)
def add_phone() -> ResponseReturnValue:
    """Alert this phone: its browser has said where to send."""
    form, server, spoken = request.form, _settings(), current_language().code

    def add() -> None:
        phone = read_phone(
            form.get("endpoint", ""),
            form.get("p256dh", ""),
            form.get("auth", ""),
            request.host.partition(":")[0],
            to_loopback=server.push_to_loopback,
        )
        new = channels.add_phone(asker().adult_id, phone, form.get("name", ""), actor(), language=spoken)
        channels.send_test(new, asker().adult_id)

    return _done(add, joined([N_("Alerts come to this phone now."), TEST_IS_ON_ITS_WAY], " "))


@blueprint.post("/alerts/mail")
@allow(*WHO_IS_TOLD)
def add_mail() -> ResponseReturnValue:
    """Alert my own e-mail address."""
    spoken = current_language().code
    return _done(
        lambda: channels.add_own_mail(asker().adult_id, actor(), language=spoken),
        N_("Alerts go to your e-mail now."),
    )


@blueprint.post("/alerts/<channel_id>/quiet")
@allow(*WHO_IS_TOLD)
def keep_quiet(channel_id: str) -> ResponseReturnValue:
    """Set or clear the quiet hours of a channel."""

    def change() -> None:
        begins, ends = _time_of_day("from"), _time_of_day("until")
        channels.set_quiet_hours(read_id(channel_id), asker().adult_id, begins, ends, actor())

    return _done(change, N_("The quiet hours are kept."))


@blueprint.post("/alerts/<channel_id>/test")
@allow(*WHO_IS_TOLD)
@at_most(TESTS, lambda: str(asker().adult_id))
def send_test(channel_id: str) -> ResponseReturnValue:
    """Send me a test."""
    return _done(lambda: channels.send_test(read_id(channel_id), asker().adult_id), TEST_IS_ON_ITS_WAY)


@blueprint.get("/alerts/<channel_id>/remove")
@allow(*WHO_IS_TOLD)
def remove_channel(channel_id: str) -> ResponseReturnValue:
    """One plain question."""
    try:
        channel = channels.my_channel(read_id(channel_id), asker().adult_id)
    except NoSuchChannel:
        abort(404)
    return render_template("staff/alerts_remove.html", channel=channel)


@blueprint.post("/alerts/<channel_id>/remove")
@allow(*WHO_IS_TOLD)
def remove_channel_now(channel_id: str) -> ResponseReturnValue:
    """Send nothing there any more."""
    return _done(lambda: channels.remove(read_id(channel_id), asker().adult_id, actor()), N_("It is removed."))


def standing(channel: MyChannel | OfficeChannel, now: datetime) -> tuple[str, str]:
    """How a channel stands: a kind for its sign (done, told, stopped), and a sentence.

    Args:
        channel: the channel.
        now: this moment on the school's clock.
    """
    if channel.disabled_at is not None:
        since = day_and_clock(channel.disabled_at, now)
        why = channel.disabled_why or ""
        return "stopped", Sentence(
            "Does not work any more, since %(when)s: %(why)s.", when=since, why=Sentence(why)
        )
    if channel.in_trouble:
        return "told", N_("The last message has not arrived yet. It is tried again.")
    if channel.last_sent_at is None:
        return "told", N_("Not used yet. Send a test.")
    return "done", Sentence("Works, last used %(when)s.", when=day_and_clock(channel.last_sent_at, now))


def _push_key() -> str | None:
    """The key with which a phone asks for alerts; nothing while this server cannot keep one."""
    try:
        return public_key(_settings().instance)
    except KeyRefused as refused:
        current_app.logger.error("%s", refused)
        return None


def _done(change: Callable[[], object], sentence: str) -> ResponseReturnValue:
    """Make a change and say so on the page; what cannot be done is said there as well."""
    try:
        change()
    except NoSuchChannel:
        abort(404)
    except ChannelRefused as refused:
        flash(refused, "stopped")
    else:
        flash(sentence, "done")
    return redirect(url_for("staff.alerts"), 303)


def _time_of_day(name: str) -> time | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        raise ChannelRefused("Give times such as 17:00.") from None


def _settings() -> Settings:
    settings = current_app.extensions["settings"]
    assert isinstance(settings, Settings)
    return settings
