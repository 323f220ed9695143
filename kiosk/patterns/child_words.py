"""How one child's weeks are told in sentences with counts. Pure."""

from __future__ import annotations

from kiosk.patterns.child import ChildOverTime, Talk, calmer_after
from kiosk.patterns.sentences import half_words, median_words, number_words, steps_words
from kiosk.patterns.words import count

HELPED = {"yes": "yes", "a_bit": "a bit", "no": "no", "not_say": "would rather not say"}
CARDS = {
    "held_in_mind": "Held in mind",
    "kindness": "A kindness",
    "friendship": "A friendship",
    "success": "A success",
}
HARD = 4


def finding(name: str, shown: ChildOverTime, direction: str) -> str:
    """What the dots say, as the title of the picture."""
    days = f"answered on {shown.answered_days} of {count(len(shown.here), 'school day')}"
    not_here = len(shown.days) - len(shown.here)
    if not_here:
        days += f" in school (not in school on {not_here} more)"
    spread = shown.spread
    if spread is None:
        return f"{name} {days}." if shown.days else f"There was no school in this time; {name} did not check in."
    hard = f"{shown.hard} of {count(spread.number, 'answer')} {'was' if shown.hard == 1 else 'were'}"
    return f"{name} {days}; {hard} {steps_words(HARD, direction)}."


def middle(shown: ChildOverTime, direction: str) -> str:
    """The median and the middle half."""
    spread = shown.spread
    if spread is None:
        return "There is no answer in this time."
    return (
        f"The middle answer is {median_words(spread, direction)}; "
        f"half of the answers or more lie at {half_words(spread, direction)}."
    )


def talks_words(shown: ChildOverTime) -> str:
    """How often the child asked, how often they were met, and how the next answer was."""
    talks = [talk for talk, _around in shown.talks]
    if not talks:
        return "No request for a chat in this time."
    met = sum(talk.was_met for talk in talks)
    took_back = sum(talk.state == "cancelled" for talk in talks)
    said = f"Asked for a chat {_times(len(talks))}; {_times(met)} an adult and the child talked"
    said += f", {_times(took_back)} the child was OK before." if took_back else "."
    both, calmer, harder = calmer_after(shown.talks)
    if both:
        said += (
            f" On {count(both, 'of these days', 'of these days')} there is an answer before and after the talk: "
            f"{number_words(calmer)} calmer after, {number_words(both - calmer - harder)} the same, "
            f"{number_words(harder)} harder."
        )
    return said


def what_helped(shown: ChildOverTime) -> str:
    """Did talking help, as the child said it; nothing when nobody was asked."""
    said = [talk.said for talk, _around in shown.talks if talk.said]
    if not said:
        return ""
    told = ", ".join(f"{HELPED[each]} {said.count(each)}" for each in HELPED if each in said)
    return f"“Did talking help?” The child said: {told}."


def became_of(talk: Talk) -> str:
    """What became of a request, in two or three words."""
    if talk.was_met:
        return "talked"
    if talk.state == "child_left":
        return "the child left the school before"
    if talk.state == "cancelled":
        return "OK before anybody came" if talk.answered_at is None else "OK before the talk"
    return "no answer yet" if talk.state == "asked" else "answered, not met yet"


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number_words(number)} times")
