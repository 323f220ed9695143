"""How one child's weeks are told in sentences with counts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kiosk.chats.topics import ABOUT
from kiosk.feelings.rules import HARD, step_of
from kiosk.patterns.child.over_time import ChildOverTime, Talk, calmer_after
from kiosk.patterns.child.turn import turn_of
from kiosk.patterns.words import count, middle_words, number_words, steps_words
from kiosk.wording import N_, Day, Sentence, counted, joined

HELPED = {"yes": N_("yes"), "a_bit": N_("a bit"), "no": N_("no"), "not_say": N_("would rather not say")}
CARDS = {
    "held_in_mind": N_("Held in mind"),
    "kindness": N_("A kindness"),
    "friendship": N_("A friendship"),
    "success": N_("A success"),
}
SAYS_NOTHING = ("else", "not_say")
"""Topics that say that there is another one."""


def finding(name: str, shown: ChildOverTime, direction: str) -> str:
    """What the dots say, as the title of the picture: whether something changed, and then the counts."""
    if not shown.days:
        return Sentence("There was no school for %(name)s in this time, and no answer.", name=name)
    days = {"name": name, "answered": shown.answered_days, "days": _days_in_school(shown)}
    if shown.spread is None:
        return Sentence("%(name)s answered on %(answered)s of %(days)s.", **days)
    return joined([_change(shown, direction), _counts(shown, days, direction)], " ")


def _change(shown: ChildOverTime, direction: str) -> str:
    turn, steps = turn_of(shown.days, shown.answers), steps_words(HARD, direction)
    if not shown.hard:
        return Sentence("No answer was %(steps)s.", steps=steps)
    if turn is None:
        return N_("Too few answers to see a change.")
    return Sentence(
        _CHANGES[turn.says],
        day=Day(turn.since, "d MMMM"),
        steps=steps,
        hard=turn.hard_since,
        days=turn.after,
        hard_before=turn.hard_before,
        before=turn.before,
    )


_CHANGES = {
    "harder": N_(
        "Harder since %(day)s: %(steps)s on %(hard)s of %(days)s days with an answer, "
        "earlier on %(hard_before)s of %(before)s."
    ),
    "calmer": N_(
        "Calmer since %(day)s: %(steps)s on %(hard)s of %(days)s days with an answer, "
        "earlier on %(hard_before)s of %(before)s."
    ),
    "alike": N_(
        "No clear change: since %(day)s %(steps)s on %(hard)s of %(days)s days with an answer, "
        "earlier on %(hard_before)s of %(before)s."
    ),
}


def _counts(shown: ChildOverTime, days: Mapping[str, object], direction: str) -> str:
    return counted(
        "%(name)s answered on %(answered)s of %(days)s; %(count)s of %(answers)s was %(steps)s.",
        "%(name)s answered on %(answered)s of %(days)s; %(count)s of %(answers)s were %(steps)s.",
        shown.hard,
        **days,
        answers=count(len(shown.answers), "answer"),
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


def most_about(shown: ChildOverTime) -> str:
    """What the child most often wanted to talk about; nothing while nothing was named twice."""
    named = Counter(topic for talk, _around in shown.talks for topic in talk.about if topic not in SAYS_NOTHING)
    most = max(named.values(), default=0)
    if most < 2:
        return ""
    topics = [ABOUT[topic] for topic in ABOUT if named[topic] == most]
    said = {"topics": joined(topics), "times": most, "requests": count(len(shown.talks), "request")}
    if len(topics) == 1:
        return Sentence("Most often about %(topics)s: %(times)s of %(requests)s.", **said)
    return Sentence("Most often about %(topics)s: each in %(times)s of %(requests)s.", **said)


def wanted(talk: Talk) -> str:
    """What one request was about, in the child's own choice of pictures; empty when they chose none."""
    said: list[str] = [N_("a quiet place")] if talk.wants == "safe_space" else []
    if talk.about:
        said.append(_topics(talk.about))
    if talk.about_maybe:
        said.append(Sentence("maybe: %(topics)s", topics=_topics(talk.about_maybe)))
    if talk.about_not_today:
        said.append(Sentence("not today: %(topics)s", topics=_topics(talk.about_not_today)))
    return joined(said, "; ")


def _topics(topics: Iterable[str]) -> str:
    return joined([ABOUT.get(one, one) for one in topics])


def own_words(words: Mapping[int, str], direction: str) -> str:
    """The child's own words for steps; nothing for a child who uses the school's."""
    if not words:
        return ""
    told = sorted((step_of(intensity, direction), word) for intensity, word in words.items())
    return Sentence(
        "Own words for the steps: %(steps)s.", steps=", ".join(f"{step} “{word}”" for step, word in told)
    )


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
