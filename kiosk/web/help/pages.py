"""Which help pages there are, in reading order. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HelpPage:
    """One short page; its words are in ``templates/help/NAME.html``."""

    name: str
    title: str
    about: str
    """What it answers, in one line."""


@dataclass(frozen=True)
class HelpPart:
    """Pages that belong together."""

    title: str
    pages: tuple[HelpPage, ...]


PARTS = (
    HelpPart(
        "When a child asks for you",
        (
            HelpPage("first-minute", "The first minute", "A request has just arrived: what to do now."),
            HelpPage("answering", "Answering a request", "Each answer, when to use it and what happens next."),
            HelpPage("what-the-child-sees", "What the child sees", "What each answer tells the child."),
            HelpPage("after-a-talk", "After a talk", "Writing down what came of it, and what is still to do."),
            HelpPage("telling-the-lead", "Telling the safeguarding lead", "A worry, also about an adult."),
            HelpPage("on-duty", "On duty", "Looking after every request, and taking one over."),
            HelpPage("duty-board", "The duty board", "A screen on the wall, and whether there is room."),
        ),
    ),
    HelpPart(
        "Knowing a child",
        (
            HelpPage("script-and-plan", "Script and plan", "One voice: what every adult says and does."),
            HelpPage("held-in-mind", "Held in mind", "Leaving a card, and what you noticed."),
            HelpPage("planned-times", "Planned times", "A regular time that is promised and kept."),
        ),
    ),
    HelpPart(
        "Day to day",
        (
            HelpPage("to-do", "To do", "What waits for you, and opening a request again."),
            HelpPage("in-or-out", "In or out", "Saying who is here today, every week, and away."),
            HelpPage("endings", "Good endings", "When a trusted adult leaves, or is away for long."),
            HelpPage("alerts", "Alerts on your phone", "Being told away from the board, and when not to be."),
            HelpPage(
                "tablet-for-a-child", "The tablet for one child", "Steps, pictures, colours, words, what helps."
            ),
            HelpPage("fingers", "Fingers", "Entering what a child shows you, and putting right a mistake."),
            HelpPage("hiding-names", "Hiding names", "The board on a projector or a shared screen."),
            HelpPage("who-sees-what", "Who sees what", "What each role can see, and what is recorded."),
            HelpPage("languages", "Languages and voices", "A child’s own language, reading aloud, recordings."),
            HelpPage("no-wifi", "When the Wi-Fi is gone", "What the tablet keeps, and what to do meanwhile."),
        ),
    ),
    HelpPart(
        "For nurture staff and the office",
        (
            HelpPage("today", "The Today page", "Reading the day, class by class."),
            HelpPage("patterns", "Patterns over weeks", "Which page answers what, and reading it fairly."),
            HelpPage("pairing", "Pairing a tablet", "Setting up a tablet, and making one forget everything."),
            HelpPage("dates", "Terms and closed days", "When school is, and closing it for snow."),
            HelpPage("accounts", "Accounts and settings", "Who can sign in, and how the school runs."),
        ),
    ),
)
PAGES = {page.name: page for part in PARTS for page in part.pages}


def neighbours(name: str) -> tuple[HelpPage | None, HelpPage | None]:
    """The pages before and after one, in reading order."""
    pages = list(PAGES.values())
    at = pages.index(PAGES[name])
    return pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
