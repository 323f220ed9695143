"""Which programs of the school may read figures: the safeguarding lead decides, and can take it back."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.patterns.days import day_words
from kiosk.patterns.out.feeds import LONGEST, SCOPES, KnownFeed, known_feeds, make_feed, remove_feed
from kiosk.refusal import Refusal
from kiosk.school.store import local_now
from kiosk.web.access import actor, allow
from kiosk.web.languages import _, flash
from kiosk.web.patterns import blueprint
from kiosk.wording import Sentence

LASTS = {"31": timedelta(days=31), "122": timedelta(days=122), "366": LONGEST}
"""How long a token can be asked to work, by the form's words."""


@blueprint.get("/feeds")
@allow("dsl")
def feeds() -> ResponseReturnValue:
    """The tokens there are, and making one."""
    return _page()


@blueprint.post("/feeds")
@allow("dsl")
def make_feed_now() -> ResponseReturnValue:
    """Make a token. It stands on this one answer and nowhere else, so nothing leads on from here."""
    lasts = LASTS.get(request.form.get("lasts", ""))
    last_day = local_now().date() + lasts if lasts is not None else None
    try:
        token = make_feed(request.form.get("name", ""), request.form.getlist("scope"), last_day, actor())
    except Refusal as refused:
        return _page(refused=_(refused)), 422
    return _page(token=token)


@blueprint.get("/feeds/<feed_id>/remove")
@allow("dsl")
def ask_to_remove_feed(feed_id: str) -> ResponseReturnValue:
    """One plain question."""
    return render_template("patterns/remove_feed.html", feed=_known(feed_id))


@blueprint.post("/feeds/<feed_id>/remove")
@allow("dsl")
def remove_feed_now(feed_id: str) -> ResponseReturnValue:
    """From now on its program reads nothing."""
    known = _known(feed_id)
    remove_feed(known.id, actor())
    flash(Sentence("%(program)s reads nothing any more.", program=known.name), "done")
    return redirect(url_for("patterns.feeds"), 303)


def _known(feed_id: str) -> KnownFeed:
    found = [one for one in known_feeds() if str(one.id) == feed_id]
    return found[0] if found else abort(404)


def _page(*, refused: str | None = None, token: str | None = None) -> str:
    today = local_now().date()
    kept = request.form if refused else None
    return render_template(
        "patterns/feeds.html",
        feeds=known_feeds(),
        scopes=SCOPES,
        chosen=kept.getlist("scope") if kept else [],
        name="".join(filter(str.isprintable, kept.get("name", ""))) if kept else "",  # what a page can carry
        lasts=kept.get("lasts", "122") if kept else "122",
        refused=refused,
        token=token,
        address=url_for("feed.school", _external=True),
        today=today,
        day_words=lambda day: day_words(day, today),
        local=lambda at: at.astimezone(local_now().tzinfo),
    )
