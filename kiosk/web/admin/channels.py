"""Where alerts go: which ways to be told do not work, and adding an address for somebody. No child, no step."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from kiosk.alerts import channels as ways
from kiosk.alerts.channels import NoSuchChannel
from kiosk.alerts.office import (
    OfficeChannel,
    add_address,
    all_channels,
    channel_of_anybody,
    who_can_be_alerted,
)
from kiosk.people.rules import read_id
from kiosk.refusal import Refusal
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow
from kiosk.web.admin import blueprint
from kiosk.web.admin.words import as_typed, way_words
from kiosk.web.languages import _, flash
from kiosk.web.limits import at_most
from kiosk.web.staff.alerts import TESTS, standing
from kiosk.wording import N_, joined

TEST_IS_ON_ITS_WAY = N_(
    "A test is on its way. Look here again in a few seconds: whether it arrived stands beside it."
)


@blueprint.get("/channels")
@allow("admin")
def channels() -> ResponseReturnValue:
    """Every way somebody is alerted, those that do not work first."""
    now = local_now()
    return render_template(
        "admin/channels.html",
        channels=[(channel, way_words(channel.way), standing(channel, now)) for channel in all_channels()],
    )


@blueprint.get("/channels/add")
@allow("admin")
def add_channel() -> ResponseReturnValue:
    """Ask whom to alert, and where."""
    return _add_page()


@blueprint.post("/channels/add")
@allow("admin")
def add_channel_now() -> ResponseReturnValue:
    """Keep the address and try it; one that cannot be read comes back with the reason, and is not shown again."""
    adult_id, form = read_id(request.form.get("adult")), request.form
    try:
        new = add_address(adult_id, form.get("name", ""), form.get("address", ""), actor())
    except Refusal as refused:
        return _add_page(_(refused)), 422
    return _try(channel_of_anybody(new))


@blueprint.post("/channels/<channel_id>/test")
@allow("admin")
@at_most(TESTS, lambda: str(current_user.id))
def test_channel(channel_id: str) -> ResponseReturnValue:
    """Send a test."""
    return _try(_load(channel_id))


@blueprint.get("/channels/<channel_id>/remove")
@allow("admin")
def remove_channel_page(channel_id: str) -> ResponseReturnValue:
    """One plain question."""
    channel = _load(channel_id)
    return render_template("admin/remove_channel.html", channel=channel, way=way_words(channel.way))


@blueprint.post("/channels/<channel_id>/remove")
@allow("admin")
def remove_channel_now(channel_id: str) -> ResponseReturnValue:
    """Send nothing there any more."""
    channel = _load(channel_id)
    ways.remove(channel.id, channel.adult_id, actor())
    flash(_("%(thing)s of %(who)s is removed.", thing=channel.name, who=channel.called), "done")
    return redirect(url_for("admin.channels"), 303)


def _try(channel: OfficeChannel) -> ResponseReturnValue:
    try:
        ways.send_test(channel.id, channel.adult_id)
    except Refusal as refused:
        flash(refused, "stopped")
    else:
        flash(joined([joined([channel.called, channel.name]), TEST_IS_ON_ITS_WAY], ": "), "done")
    return redirect(url_for("admin.channels"), 303)


def _load(channel_id: str) -> OfficeChannel:
    try:
        return channel_of_anybody(read_id(channel_id))
    except NoSuchChannel:
        abort(404)


def _add_page(refused: str | None = None) -> str:
    return render_template(
        "admin/add_channel.html",
        adults=who_can_be_alerted(),
        adult=request.form.get("adult") or request.args.get("adult", ""),
        name=as_typed(request.form.get("name", "")),
        refused=refused,
    )
