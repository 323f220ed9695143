"""Leaving a child a card in ten seconds, and taking one back that nobody has found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.minding.cards import FoundAlready, NoSuchCard, leave_card, take_back
from kiosk.minding.rules import CARD_PICTURES, CARD_WORDS_MOST, KINDS, READY, Kind, PictureRefused, WordsRefused
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.near import NearPupil
from kiosk.web.access import allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children.scope import WHO_MINDS, load, near_me, record_look
from kiosk.web.staff.children.words import KIND


@dataclass(frozen=True)
class CardForm:
    """A card as it is filled in."""

    kind: Kind
    picture: str
    ready: str
    """The ready words that are chosen."""
    own: str
    """The adult's own words; they count before ready ones."""


@blueprint.get("/children/<pupil_id>/card")
@allow(*WHO_MINDS)
def card(pupil_id: str) -> ResponseReturnValue:
    """A card to leave."""
    me = near_me()
    pupil = load(pupil_id, me)
    record_look(me, pupil, "card")
    kind = _kind(request.args.get("kind"))
    return _form(pupil, CardForm(kind, _first_picture(pupil), READY[kind][0], ""))


@blueprint.post("/children/<pupil_id>/card")
@allow(*WHO_MINDS)
def leave_card_now(pupil_id: str) -> ResponseReturnValue:
    """Leave it. An adult's own words count before ready ones: they were typed for this child."""
    me = near_me()
    pupil = load(pupil_id, me)
    filled = CardForm(
        _kind(request.form.get("kind")),
        request.form.get("picture", ""),
        request.form.get("ready", ""),
        request.form.get("words", "").strip(),
    )
    try:
        leave_card(me, pupil.id, filled.kind, filled.picture, filled.own or filled.ready)
    except NoSuchPupil:
        abort(404)
    except (WordsRefused, PictureRefused) as refused:
        return _form(pupil, filled, _(refused)), 422
    flash("The card is left. It waits for the child at the next check-in.", "done")
    return redirect(url_for("staff.child", pupil_id=pupil.id, _anchor="cards"), 303)


@blueprint.post("/children/<pupil_id>/cards/<uuid:key>/take-back")
@allow(*WHO_MINDS)
def take_card_back(pupil_id: str, key: UUID) -> ResponseReturnValue:
    """Take back a card that has not been found."""
    me = near_me()
    pupil = load(pupil_id, me)
    try:
        take_back(key, me)
    except NoSuchCard:
        abort(404)
    except FoundAlready:
        flash("The child has found this card. It is theirs now.", "told")
    else:
        flash("The card is taken back.", "done")
    return redirect(url_for("staff.child", pupil_id=pupil.id, _anchor="cards"), 303)


def _form(pupil: NearPupil, filled: CardForm, refused: str | None = None) -> str:
    return render_template(
        "staff/children/card.html",
        pupil=pupil,
        filled=filled,
        kinds=KIND,
        pictures=CARD_PICTURES,
        phrases=READY[filled.kind],
        most=CARD_WORDS_MOST,
        refused=refused,
    )


def _kind(text: str | None) -> Kind:
    """A kind of card, held in mind when an address names none."""
    return next((kind for kind in KINDS if kind == text), KINDS[0])


def _first_picture(pupil: NearPupil) -> str:
    """The picture that is chosen already: not the same one for every child."""
    return list(CARD_PICTURES)[pupil.id % len(CARD_PICTURES)]
