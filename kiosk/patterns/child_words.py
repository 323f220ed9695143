"""How one child's weeks are told in sentences with counts. Pure."""

from __future__ import annotations

from kiosk.patterns.child import ChildOverTime, Talk, calmer_after
from kiosk.patterns.sentences import middle_words, number_words, steps_words
from kiosk.patterns.words import count
from kiosk.wording import N_, Sentence, counted, joined

HELPED = {"yes": N_("yes"), "a_bit": N_("a bit"), "no": N_("no"), "not_say": N_("would rather not say")}
CARDS = {
    "held_in_mind": N_("Held in mind"),
    "kindness": N_("A kindness"),
    "friendship": N_("A friendship"),
    "success": N_("A success"),
}
HARD = 4


def finding(name: str, shown: ChildOverTime, direction: str) -> str:
    """What the dots say, as the title of the picture."""
    if not shown.days:
        return Sentence("There was no school in this time; %(name)s did not check in.", name=name)
    days = {"name": name, "answered": shown.answered_days, "days": _days_in_school(shown)}
    if shown.spread is None:
        return Sentence("%(name)s answered on %(answered)s of %(days)s.", **days)
    return counted(
        "%(name)s answered on %(answered)s of %(days)s; %(count)s of %(answers)s was %(steps)s.",
        "%(name)s answered on %(answered)s of %(days)s; %(count)s of %(answers)s were %(steps)s.",
        shown.hard,
        **days,
        answers=count(shown.spread.number, "answer"),
        steps=steps_words(HARD, direction),
    )


def _days_in_school(shown: ChildOverTime) -> str:
    days, not_here = count(len(shown.here), "school day"), len(shown.days) - len(shown.here)
    if not not_here:
        return days
    return Sentence("%(days)s in school (not in school on %(away)s more)", days=days, away=not_here)


def middle(shown: ChildOverTime, direction: str) -> str:
    """The median and the middle half."""
    spread = shown.spread
    if spread is None:
        return N_("There is no answer in this time.")
    return middle_words(spread, direction)


def talks_words(shown: ChildOverTime) -> str:
    """How often the child asked, how often they were met, and how the next answer was."""
    talks = [talk for talk, _around in shown.talks]
    if not talks:
        return N_("No request for a chat in this time.")
    asked, met = _times(len(talks)), _times(sum(talk.was_met for talk in talks))
    took_back = sum(talk.state == "cancelled" for talk in talks)
    said = (
        Sentence(
            "Asked for a chat %(asked)s; %(met)s an adult and the child talked, "
            "%(took_back)s the child was OK before.",
            asked=asked,
            met=met,
            took_back=_times(took_back),
        )
        if took_back
        else Sentence("Asked for a chat %(asked)s; %(met)s an adult and the child talked.", asked=asked, met=met)
    )
    both, calmer, harder = calmer_after(shown.talks)
    return joined([said, _before_and_after(both, calmer, harder)], " ") if both else said


def _before_and_after(both: int, calmer: int, harder: int) -> str:
    return Sentence(
        "On %(both)s of these days there is an answer before and after the talk: "
        "%(calmer)s calmer after, %(same)s the same, %(harder)s harder.",
        both=both,
        calmer=number_words(calmer),
        same=number_words(both - calmer - harder),
        harder=number_words(harder),
    )


def what_helped(shown: ChildOverTime) -> str:
    """Did talking help, as the child said it; nothing when nobody was asked."""
    said = [talk.said for talk, _around in shown.talks if talk.said]
    if not said:
        return ""
    told = joined([joined([HELPED[each], str(said.count(each))], " ") for each in HELPED if each in said])
    return Sentence("“Did talking help?” The child said: %(told)s.", told=told)


def became_of(talk: Talk) -> str:
    """What became of a request, in two or three words."""
    if talk.was_met:
        return N_("talked")
    if talk.state == "child_left":
        return N_("the child left the school before")
    if talk.state == "cancelled":
        return N_("OK before anybody came") if talk.answered_at is None else N_("OK before the talk")
    return N_("no answer yet") if talk.state == "asked" else N_("answered, not met yet")


def _times(number: int) -> str:
    often = {0: N_("never"), 1: N_("once"), 2: N_("twice")}
    return often.get(number) or Sentence("%(number)s times", number=number_words(number))
