"""Setting the tablet up for a child, or for a class: one tap changes one thing, beside the real screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.feelings.rules import step_of
from kiosk.feelings.store import current_scale
from kiosk.feelings.strategies import what_helped
from kiosk.people.childs_tablet import choices_of_school
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.models import SchoolClass
from kiosk.people.own_pictures import add_childs_picture, photos_of, pictures_of_child
from kiosk.people.photos import LARGEST_SENT, PhotoRefused
from kiosk.people.pictures import PUPIL_PICTURES
from kiosk.people.rules import read_id
from kiosk.people.set_up_tablet import (
    FOR_A_CLASS,
    NoSuchClass,
    PupilsTablet,
    WhoSetsUp,
    add_strategy,
    choose,
    choose_for_class,
    choose_own_step,
    class_to_set_up,
    offer_card_at,
    offer_topic,
    remove_own_picture,
    remove_strategy,
    set_up_of,
)
from kiosk.people.store import TabletPupil
from kiosk.people.tablet_settings import (
    ALWAYS_OFFERED,
    CHOICES,
    OWN,
    PICTURES_MOST,
    STEP_WORD_MOST,
    STRATEGIES_MOST,
    STRATEGY_PICTURES,
    STRATEGY_WORDS_MOST,
    TOPICS,
    TabletRefused,
    tablet_of,
)
from kiosk.school.languages import LANGUAGES
from kiosk.web.access import actor, allow
from kiosk.web.languages import _, flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.high5 import WHO_CHOOSES, chooser
from kiosk.web.staff.tablet_words import CHOOSE, DONE, TOPIC_WORDS, said_as
from kiosk.web.tablet.protocol import school_json, today_for
from kiosk.web.tablet.shapes import roster_body, without_concerns
from kiosk.web.tablet.worker import page_files
from kiosk.wording import N_, Sentence

NO_CHILD_ON_IT = N_(
    "A picture can only be kept when no other child is on it, and those who care for this child agree."
)
NOTHING_SENT: Mapping[str, str] = MappingProxyType({})
ALL_STEPS = range(1, 6)
NOT_UNDERSTOOD = N_("That did not arrive as it should. Nothing was changed: press it once more.")


@blueprint.get("/children/<pupil_id>/tablet")
@allow(*WHO_CHOOSES)
def childs_tablet(pupil_id: str) -> ResponseReturnValue:
    """How the tablet is set up for a child."""
    return _page(_load(pupil_id))


@blueprint.post("/children/<pupil_id>/tablet")
@allow(*WHO_CHOOSES)
def set_up_tablet(pupil_id: str) -> ResponseReturnValue:
    """Change one thing; what cannot be comes back with the reason, and nothing is changed."""
    pupil = _load(pupil_id)
    changed = CHANGES.get(request.form.get("change", ""))
    try:
        if changed is None:
            raise TabletRefused(NOT_UNDERSTOOD)
        what = changed(pupil.id, request.form, _me())
    except (TabletRefused, PhotoRefused) as refused:
        return _page(_load(pupil_id), refused=_(refused), sent=request.form), 422
    flash(Sentence("%(what)s: saved for %(name)s.", what=DONE[what], name=pupil.name), "done")
    return redirect(url_for("staff.childs_tablet", pupil_id=pupil.id, _anchor=what), 303)


@blueprint.get("/children/<pupil_id>/tablet/preview")
@allow(*WHO_CHOOSES)
def tablet_preview(pupil_id: str) -> ResponseReturnValue:
    """The tablet's own page as this child meets it; it sends nothing and keeps nothing of the child."""
    pupil = _load(pupil_id)
    photos = photos_of([adult.id for adult in pupil.high5])
    return render_template("staff/tablet_preview.html", pupil=pupil, photos=photos, **page_files())


@blueprint.get("/children/<pupil_id>/tablet/preview.json")
@allow(*WHO_CHOOSES, live=True)
def tablet_preview_roster(pupil_id: str) -> ResponseReturnValue:
    """The roster of a tablet that has this child alone."""
    pupil = _load(pupil_id)
    alone = TabletPupil(pupil.id, pupil.first_name, pupil.class_name, pupil.picture, pupil.tablet, pupil.high5)
    today = without_concerns(today_for([alone]))
    body, _tag = roster_body([alone], current_scale(), today, school_json("Preview", today.opens))
    answer = make_response(body)
    answer.mimetype = "application/json"
    return answer


@blueprint.get("/classes/<class_id>/tablet")
@allow(*WHO_CHOOSES)
def class_tablet(class_id: str) -> ResponseReturnValue:
    """How the tablet is set up for the children of a class for whom nobody chose otherwise."""
    return _class_page(*_load_class(class_id))


@blueprint.post("/classes/<class_id>/tablet")
@allow(*WHO_CHOOSES)
def set_up_class_tablet(class_id: str) -> ResponseReturnValue:
    """Change one thing for a class; what cannot be comes back with the reason."""
    found, _kept = _load_class(class_id)
    name, value = request.form.get("choice", ""), request.form.get("value", "")
    try:
        choose_for_class(found.id, name, value or None, _me())
    except TabletRefused as refused:
        return _class_page(*_load_class(class_id), refused=_(refused)), 422
    flash(Sentence("%(what)s: saved for %(name)s.", what=DONE[name], name=found.name), "done")
    return redirect(url_for("staff.class_tablet", class_id=found.id, _anchor=name), 303)


def _change_choice(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    name, value = form.get("choice", ""), form.get("value", "")
    if name not in CHOICES and not (name == "language" and value in ("", *LANGUAGES)):
        raise TabletRefused(NOT_UNDERSTOOD)
    choose(pupil_id, name, value or None, who)
    return name


def _change_topic(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    offer_topic(pupil_id, form.get("topic", ""), form.get("offered") == "yes", who)
    return "topics"


def _change_own_step(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    intensity = read_id(form.get("intensity"))
    choose_own_step(pupil_id, intensity, form.get("word", ""), form.get("picture", ""), who)
    return "own_steps"


def _add_card(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    add_strategy(pupil_id, form.get("picture", ""), form.get("words", ""), who)
    return "strategies"


def _remove_card(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    remove_strategy(pupil_id, form.get("picture", ""), who)
    return "strategies"


def _card_at_step(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    intensity = read_id(form.get("intensity"))
    offer_card_at(pupil_id, form.get("picture", ""), intensity, form.get("offered") == "yes", who)
    return "strategies"


def _add_picture(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    if "agreed" not in form:
        raise PhotoRefused(NO_CHILD_ON_IT)
    sent = request.files.get("photo")
    content = sent.read(LARGEST_SENT + 1) if sent else b""
    add_childs_picture(pupil_id, content, form.get("words", ""), who.chooser, who.actor)
    return "own_pictures"


def _remove_picture(pupil_id: int, form: Mapping[str, str], who: WhoSetsUp) -> str:
    remove_own_picture(pupil_id, form.get("name", ""), who)
    return "own_pictures"


CHANGES: dict[str, Callable[[int, Mapping[str, str], WhoSetsUp], str]] = {
    "choice": _change_choice,
    "topic": _change_topic,
    "own_step": _change_own_step,
    "add_card": _add_card,
    "remove_card": _remove_card,
    "card_at_step": _card_at_step,
    "add_picture": _add_picture,
    "remove_picture": _remove_picture,
}
"""What a form can change, by its field ``change``; each answers the part of the page it belongs to."""


def _me() -> WhoSetsUp:
    return WhoSetsUp(chooser(), actor())


def _load(pupil_id: str) -> PupilsTablet:
    try:
        return set_up_of(read_id(pupil_id), chooser())
    except NoSuchPupil:
        abort(404)


def _load_class(class_id: str) -> tuple[SchoolClass, dict[str, Any]]:
    try:
        return class_to_set_up(read_id(class_id), chooser())
    except NoSuchClass:
        abort(404)


def _page(pupil: PupilsTablet, refused: str | None = None, sent: Mapping[str, str] = NOTHING_SENT) -> str:
    with writing():
        record("child_seen", actor(), pupil=pupil.id, part="tablet")
    tablet, scale = pupil.tablet, current_scale()
    own_pictures = pictures_of_child(pupil.id, chooser())
    room = {"add-picture": len(own_pictures) < PICTURES_MOST, "add-card": len(tablet.strategies) < STRATEGIES_MOST}
    return render_template(
        "staff/childs_tablet.html",
        pupil=pupil,
        tablet=tablet,
        own=pupil.set_up.own,
        choices=CHOOSE,
        chosen={choice.name: said_as(choice.name, getattr(tablet, choice.name)) for choice in CHOOSE},
        steps=[(hard, step_of(hard, scale.direction), scale.words[hard - 1]) for hard in ALL_STEPS],
        languages=LANGUAGES.values(),
        topics=[(one, TOPIC_WORDS[one], one in tablet.topics) for one in TOPICS if one not in ALWAYS_OFFERED],
        pictures=PUPIL_PICTURES,
        own_pictures=[(f"{OWN}{one.name}", one) for one in own_pictures],
        has_room_for_pictures=room["add-picture"],
        largest=LARGEST_SENT // 1024**2,
        cards_ready=STRATEGY_PICTURES,
        has_room=room["add-card"],
        helped={one.picture: one for one in what_helped(pupil.id)},
        most={"word": STEP_WORD_MOST, "words": STRATEGY_WORDS_MOST},
        refused=refused,
        refused_at=_place_of(sent, room),
        sent=sent,
    )


def _place_of(sent: Mapping[str, str], room: Mapping[str, bool]) -> str | None:
    """The fold of the page whose form was refused, to be open again; nothing where there is none: then the reason
    stands at the top."""
    if sent.get("change") == "own_step":
        intensity = read_id(sent.get("intensity"))
        return f"step-{intensity}" if intensity in ALL_STEPS else None
    place = sent.get("change", "").replace("_", "-")
    return place if room.get(place) else None


def _class_page(found: SchoolClass, of_class: dict[str, Any], refused: str | None = None) -> str:
    tablet = tablet_of(choices_of_school(), of_class)
    choices = [choice for choice in CHOOSE if choice.name in FOR_A_CLASS]
    return render_template(
        "staff/class_tablet.html",
        school_class=found,
        own=of_class,
        choices=choices,
        chosen={choice.name: said_as(choice.name, getattr(tablet, choice.name)) for choice in choices},
        refused=refused,
    )
