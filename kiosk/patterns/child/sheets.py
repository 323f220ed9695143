"""One child over time as a file: answers, half terms, requests and cards."""

from __future__ import annotations

from kiosk.patterns.child.over_time import ChildOverTime
from kiosk.patterns.child.words import CARDS, HELPED, became_of, wanted
from kiosk.patterns.out.sheets import Export, Sheet

DAYS_MISSING = "A school day without an answer has no row: it says nothing, and no number stands for it."
NOT_HERE = "School days on which a register says that the child was not in school are not among the school days."


def child_export(shown: ChildOverTime) -> Export:
    """One child's answers, half terms, talks and cards; without the words that adults wrote about talks."""
    return Export(
        f"answers-{shown.period.first}-to-{shown.period.last}",
        (_answers(shown), _half_terms(shown), _requests(shown), _cards(shown)),
        (DAYS_MISSING, *([NOT_HERE] if shown.away else [])),
    )


def _answers(shown: ChildOverTime) -> Sheet:
    return Sheet(
        "Answers",
        ("Day", "Time", "Step", "Word", "Intensity, 1 calm to 5 hardest", "Shown to"),
        [
            (one.school_day, f"{one.at:%H:%M}", one.step, one.word, one.intensity, one.entered_by)
            for one in shown.answers
        ],
    )


def _half_terms(shown: ChildOverTime) -> Sheet:
    return Sheet(
        "Half terms",
        ("From", "To", "School days", "Answered on", *(f"Answers of intensity {n}" for n in range(1, 6))),
        [
            (
                one.period.first,
                one.period.last,
                one.school_days,
                one.answered,
                *(one.spread.counts if one.spread else (0,) * 5),
            )
            for one in shown.stretches
        ],
    )


def _requests(shown: ChildOverTime) -> Sheet:
    return Sheet(
        "Requests",
        (
            "Day",
            "Asked at",
            "Adult",
            "Wanted to talk about",
            "What became of it",
            "Step before",
            "Step after",
            "Child: did it help",
        ),
        [
            (
                talk.school_day,
                f"{talk.asked_at:%H:%M}",
                talk.owner or talk.asked_for or "whoever is on duty",
                wanted(talk) or None,
                became_of(talk),
                around.before.step if around.before else None,
                around.after.step if around.after else None,
                HELPED[talk.said] if talk.said else None,
            )
            for talk, around in shown.talks
        ],
        ("What adults wrote about talks is not in here: it stays with the talk.",),
    )


def _cards(shown: ChildOverTime) -> Sheet:
    return Sheet(
        "Cards",
        ("Day", "Left at", "Adult", "Kind", "Words", "Found"),
        [
            (
                card.left_at.date(),
                f"{card.left_at:%H:%M}",
                card.adult,
                CARDS[card.kind],
                card.words,
                card.found_at.date() if card.found_at else None,
            )
            for card in shown.cards
        ],
        ("Cards that were taken back are not in here.",),
    )
