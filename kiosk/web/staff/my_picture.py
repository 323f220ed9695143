"""My picture: the photo or leaf by which children know an adult; and the office or duty for a colleague."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kiosk.people.look_store import LookRefused, choose_look, looks_taken
from kiosk.people.models import ROLES
from kiosk.people.own_pictures import NoSuchPicture, keep_photo, photo_of, picture_for_staff, remove_photo
from kiosk.people.photos import KEPT_TYPE, LARGEST_SENT, PhotoRefused
from kiosk.people.pictures import HUES, LEAVES
from kiosk.web.access import actor, allow, signed_in_roles
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children.words import initials
from kiosk.web.staff.here import FOR_ANYBODY, WITH_CHILDREN
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.web.staff.whose import Whose, mine, theirs
from kiosk.web.tablet.pictures import FOR_EVER
from kiosk.wording import N_

NOT_AGREED = N_("A photo can only be kept when the person on it agrees, and nobody else is on it.")
LEAF_WORDS = {
    "oak": N_("Oak leaf"),
    "maple": N_("Maple leaf"),
    "birch": N_("Birch leaf"),
    "willow": N_("Willow leaf"),
    "beech": N_("Beech leaf"),
    "holly": N_("Holly leaf"),
    "ginkgo": N_("Ginkgo leaf"),
    "hazel": N_("Hazel leaf"),
    "rowan": N_("Rowan leaf"),
    "lime": N_("Lime leaf"),
    "clover": N_("Clover leaf"),
    "acorn": N_("Acorn"),
    "spruce": N_("Spruce tree"),
    "poplar": N_("Poplar tree"),
    "lily": N_("Water lily leaf"),
    "chestnut": N_("Chestnut in its husk"),
}
HUE_WORDS = (
    N_("apricot"),
    N_("yellow"),
    N_("light green"),
    N_("green"),
    N_("turquoise"),
    N_("blue"),
    N_("violet"),
    N_("pink"),
)


@blueprint.get("/picture")
@allow(*WITH_CHILDREN)
def my_picture() -> ResponseReturnValue:
    """The picture of the person who is signed in."""
    return _page(mine())


@blueprint.post("/picture")
@allow(*WITH_CHILDREN)
def change_my_picture() -> ResponseReturnValue:
    """Change my picture; what cannot be comes back with the reason."""
    return _change(mine())


@blueprint.get("/picture/<adult_id>")
@allow(*FOR_ANYBODY)
def picture_of(adult_id: str) -> ResponseReturnValue:
    """A colleague's picture."""
    return _page(theirs(adult_id))


@blueprint.post("/picture/<adult_id>")
@allow(*FOR_ANYBODY)
def change_picture_of(adult_id: str) -> ResponseReturnValue:
    """Change a colleague's picture."""
    return _change(theirs(adult_id))


@blueprint.get("/pictures/<name>")
@allow(*ROLES)
def own_picture(name: str) -> ResponseReturnValue:
    """An adult's photo, or for whoever sets up a child's tablet a picture of the child's own."""
    sets_up = chooser() if signed_in_roles() & set(WHO_CHOOSES) else None
    try:
        content = picture_for_staff(name, sets_up)
    except NoSuchPicture:
        abort(404)
    return Response(content, mimetype=KEPT_TYPE, headers={"Cache-Control": FOR_EVER})


def _change(whose: Whose) -> ResponseReturnValue:
    change = CHANGES.get(request.form.get("what", ""))
    if change is None:
        abort(400)
    try:
        flash(change(whose.adult.id), "done")
    except (LookRefused, PhotoRefused) as refused:
        return _page(whose, _(refused)), 422
    return redirect(whose.picture, 303)


def _keep_photo(adult_id: int) -> str:
    if "agreed" not in request.form:
        raise PhotoRefused(NOT_AGREED)
    sent = request.files.get("photo")
    keep_photo(adult_id, sent.read(LARGEST_SENT + 1) if sent else b"", actor())
    return N_("The photo is kept. Tablets show it within a minute.")


def _remove_photo(adult_id: int) -> str:
    remove_photo(adult_id, actor())
    return N_("The photo is removed for good. Tablets show the leaf again within a minute.")


def _choose_leaf(adult_id: int) -> str:
    choose_look(adult_id, request.form.get("look", ""), actor())
    return N_("The leaf is saved. Tablets show it within a minute.")


CHANGES = {"leaf": _choose_leaf, "photo": _keep_photo, "remove_photo": _remove_photo}
"""What a form can change, by its field ``what``; each answers what to say when it is done."""


def _page(whose: Whose, refused: str | None = None) -> str:
    return render_template(
        "staff/picture.html",
        whose=whose,
        initials=initials(whose.adult.called),
        taken=looks_taken(whose.adult.id),
        leaves=[(leaf, LEAF_WORDS[leaf]) for leaf in LEAVES],
        hues=list(enumerate(HUE_WORDS, start=1))[:HUES],
        photo=photo_of(whose.adult.id),
        largest=LARGEST_SENT // 1024**2,
        refused=refused,
    )
