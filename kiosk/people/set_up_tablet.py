"""Setting the tablet up for a child or a class: every statement that changes it, each with the asker's scope.

Whoever may choose a child's High 5 may set up the child's tablet: the adults of the class, and duty, nurture and
the safeguarding lead for every child. Each change is one choice, recorded by its name and never with own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, true

from kiosk.audit import Actor, record
from kiosk.db import db, utc_now, writing
from kiosk.people.childs_tablet import SetUp, own_choices, set_ups
from kiosk.people.high5 import Chooser, pupil_to_choose_for
from kiosk.people.models import ClassTablet, Pupil, PupilTablet, SchoolClass, Teaching
from kiosk.people.own_pictures import ChildsPicture, pictures_of_child, remove_childs_picture
from kiosk.people.rules import LARGEST_ID
from kiosk.people.store import TrustedAdult
from kiosk.people.tablet_settings import (
    HARD_STEPS,
    OWN,
    ChildsTablet,
    TabletRefused,
    check_choice,
    check_own_step,
    check_steps_of_card,
    check_strategies,
    check_topics,
    is_own,
)

FOR_A_CLASS = frozenset({"steps", "scale_picture", "theme", "skin", "read_aloud", "larger", "calmer", "topics_as"})
"""What a whole class can have alike; the rest is a child's own matter."""


@dataclass(frozen=True)
class WhoSetsUp:
    """Who sets a tablet up: the scope of what they may, and the same person for the record."""

    chooser: Chooser
    actor: Actor


@dataclass(frozen=True)
class PupilsTablet:
    """A pupil with their High 5, and how the tablet is set up for them."""

    id: int
    name: str
    first_name: str
    """What the child is called."""
    picture: str
    class_id: int | None
    class_name: str
    """Empty for a pupil whom the roster puts in no class."""
    high5: tuple[TrustedAdult, ...]
    set_up: SetUp

    @property
    def tablet(self) -> ChildsTablet:
        """The tablet as the child meets it."""
        return self.set_up.tablet


class NoSuchClass(Exception):
    """No class of this number whose tablet the asker may set up."""


def set_up_of(pupil_id: int | None, chooser: Chooser) -> PupilsTablet:
    """A pupil, and how the tablet is set up for them.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    found = pupil_to_choose_for(pupil_id, chooser)
    pupil = db.session.get_one(Pupil, found.id)
    return PupilsTablet(
        found.id,
        found.name,
        pupil.known_as or pupil.given_name,
        pupil.picture,
        found.class_id,
        found.class_name,
        found.high5,
        set_ups([found.id])[found.id],
    )


def choose(pupil_id: int, name: str, value: str | None, who: WhoSetsUp) -> None:
    """Choose one thing for a child; nothing is as the class has it.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        TabletRefused: that cannot be chosen.
    """
    kept = None if value is None else check_choice(name, value)
    _change(pupil_id, name, lambda _: kept, who, said=value)


def offer_topic(pupil_id: int, topic: str, offered: bool, who: WhoSetsUp) -> None:
    """Offer a child a topic for a talk, or do not.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        TabletRefused: there is no such topic, or it is always offered.
    """

    def changed(before: SetUp) -> list[str]:
        topics = [one for one in before.tablet.topics if one != topic]
        after = check_topics([*topics, topic] if offered else topics)
        if (topic in after) is not offered:
            raise TabletRefused("This one is always offered: a child may always say that they do not want to say.")
        return after

    _change(pupil_id, "topics", changed, who)


def choose_own_step(pupil_id: int, intensity: int | None, word: str, picture: str, who: WhoSetsUp) -> None:
    """Give a step a child's own word and picture; with neither it is the school's again.

    Args:
        pupil_id: the pupil.
        intensity: of the step, 1 calm to 5 hardest.
        word: as it is to be read.
        picture: the name of a drawing.
        who: who asks.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        TabletRefused: no such step or picture, or a word that cannot be shown.
    """
    own = check_own_step(intensity, word, picture)
    _check_is_theirs(pupil_id, picture, who)

    def changed(before: SetUp) -> dict[str, Any] | None:
        steps = {**before.own.get("own_steps", {}), str(intensity): own}
        return {key: one for key, one in sorted(steps.items()) if one} or None

    _change(pupil_id, "own_steps", changed, who)


def add_strategy(pupil_id: int, picture: str, words: str, who: WhoSetsUp) -> None:
    """Give a child one more card with what helps.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        TabletRefused: there are five, or this one cannot be shown.
    """
    own = _check_is_theirs(pupil_id, picture, who)
    words = words if words.strip() or own is None else own.words
    added = (picture, words)
    _change(
        pupil_id, "strategies", lambda before: _as_before(check_strategies([*_cards(before), added]), before), who
    )


def remove_own_picture(pupil_id: int, name: str, who: WhoSetsUp) -> None:
    """Take a child's own picture away for good, from the steps it stands beside and with the card that carries it.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """
    picture = f"{OWN}{name}"

    def without(before: SetUp) -> dict[str, Any] | None:
        steps = before.own.get("own_steps", {})
        bare = {
            key: {part: value for part, value in own.items() if value != picture} for key, own in steps.items()
        }
        return {key: own for key, own in bare.items() if own} or None

    with writing():
        remove_childs_picture(pupil_id, name, who.chooser, who.actor)
        tablet = set_ups([pupil_id])[pupil_id].tablet
        if any(own.picture == picture for own in tablet.own_steps.values()):
            _change(pupil_id, "own_steps", without, who)
        if any(card.picture == picture for card in tablet.strategies):
            remove_strategy(pupil_id, picture, who)


def remove_strategy(pupil_id: int, picture: str, who: WhoSetsUp) -> None:
    """Take the card with this picture away; what the child said about it stays.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
    """

    def changed(before: SetUp) -> list[dict[str, Any]] | None:
        return (
            _as_before(check_strategies([card for card in _cards(before) if card[0] != picture]), before) or None
        )

    _change(pupil_id, "strategies", changed, who)


def offer_card_at(pupil_id: int, picture: str, intensity: int | None, offered: bool, who: WhoSetsUp) -> None:
    """Offer a card at once after a step, or do not: what the child's own plan says for this step.

    Raises:
        NoSuchPupil: there is none, or not for this asker.
        TabletRefused: no such card or step.
    """

    def changed(before: SetUp) -> list[dict[str, Any]]:
        at = next((set(card.at) for card in before.tablet.strategies if card.picture == picture), None)
        if at is None:
            raise TabletRefused("This child has no such card any more.")
        steps = check_steps_of_card([*(at - {intensity}), *([intensity or 0] if offered else [])])
        kept = _as_before(check_strategies(_cards(before)), before)
        return [{**card, "at": list(steps)} if card["picture"] == picture else card for card in kept]

    _change(pupil_id, "strategies", changed, who)


def class_to_set_up(class_id: int | None, chooser: Chooser) -> tuple[SchoolClass, dict[str, Any]]:
    """A class, and what was chosen for it.

    Raises:
        NoSuchClass: there is none, or not for this asker.
    """
    taught = select(Teaching.class_id).where(Teaching.adult_id == chooser.adult_id)
    row = (
        db.session.execute(
            select(SchoolClass, ClassTablet.choices)
            .outerjoin(ClassTablet, ClassTablet.class_id == SchoolClass.id)
            .where(
                SchoolClass.id == class_id,
                SchoolClass.closed_on.is_(None),
                true() if chooser.every_class else SchoolClass.id.in_(taught),
            )
        ).one_or_none()
        if class_id is not None and class_id <= LARGEST_ID
        else None
    )
    if row is None:
        raise NoSuchClass
    return row[0], dict(row[1] or {})


def choose_for_class(class_id: int, name: str, value: str | None, who: WhoSetsUp) -> None:
    """Choose one thing for all children of a class for whom nobody chose otherwise; nothing is the default.

    Raises:
        NoSuchClass: there is none, or not for this asker.
        TabletRefused: that cannot be chosen for a class.
    """
    if name not in FOR_A_CLASS:
        raise TabletRefused("That is chosen for each child. Nothing was changed.")
    kept = None if value is None else check_choice(name, value)
    with writing() as session:
        found, _ = class_to_set_up(class_id, who.chooser)
        session.execute(select(SchoolClass.id).where(SchoolClass.id == class_id).with_for_update())
        _, choices = class_to_set_up(class_id, who.chooser)
        choices.pop(name, None)
        if kept is not None:
            choices[name] = kept
        there = session.get(ClassTablet, class_id, populate_existing=True)
        if there is None:
            there = ClassTablet(class_id=class_id)
            session.add(there)
        there.choices, there.changed_at, there.changed_by_id = choices, utc_now(), who.actor.adult_id
        record("class_tablet_set", who.actor, classes=[found.name], choice=name, to=value)


def _change(
    pupil_id: int,
    name: str,
    changed: Callable[[SetUp], Any],
    who: WhoSetsUp,
    *,
    said: str | None = None,
) -> None:
    """Keep one choice of a child, made from what there was; ``None`` takes it away."""
    with writing() as session:
        pupil_to_choose_for(pupil_id, who.chooser)
        # Two adults who press in the same moment wait for each other here: neither choice is lost.
        pupil = session.scalars(
            select(Pupil).where(Pupil.id == pupil_id).with_for_update().execution_options(populate_existing=True)
        ).one()
        there = session.get(PupilTablet, pupil_id, populate_existing=True)
        kept = changed(set_ups([pupil_id])[pupil_id])
        if name == "steps":
            pupil.steps = kept
        else:
            choices = own_choices(None, there.choices if there else None)
            choices.pop(name, None)
            if kept is not None:
                choices[name] = kept
            if there is None:
                there = PupilTablet(pupil_id=pupil_id)
                session.add(there)
            there.choices, there.changed_at, there.changed_by_id = choices, utc_now(), who.actor.adult_id
        record("tablet_set_up", who.actor, pupil=pupil_id, choice=name, to=said)


def _check_is_theirs(pupil_id: int, picture: str, who: WhoSetsUp) -> ChildsPicture | None:
    """The own picture that is meant, which must be this child's; nothing for one of our drawings."""
    if not is_own(picture):
        return None
    for one in pictures_of_child(pupil_id, who.chooser):
        if picture == f"{OWN}{one.name}":
            return one
    raise TabletRefused("That picture is not there any more. Choose another.")


def _as_before(kept: Sequence[Mapping[str, str]], before: SetUp) -> list[dict[str, Any]]:
    """Cards with the steps at which each was offered, where somebody chose them."""
    at = {card.picture: card.at for card in before.tablet.strategies if card.at != HARD_STEPS}
    return [{**card, **({"at": list(at[card["picture"]])} if card["picture"] in at else {})} for card in kept]


def _cards(before: SetUp) -> Sequence[tuple[str, str]]:
    return [(one.picture, one.words) for one in before.tablet.strategies]
