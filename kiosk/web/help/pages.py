"""Which help pages there are, in reading order. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.wording import N_


@dataclass(frozen=True)
class HelpPage:
    """One short page; its words are in ``templates/help/NAME.html``, those in Welsh in ``help/cy/NAME.html``."""

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
        N_("When a child asks for you"),
        (
            HelpPage("first-minute", N_("The first minute"), N_("A request has just arrived: what to do now.")),
            HelpPage(
                "answering", N_("Answering a request"), N_("Each answer, when to use it and what happens next.")
            ),
            HelpPage("what-the-child-sees", N_("What the child sees"), N_("What each answer tells the child.")),
            HelpPage(
                "after-a-talk", N_("After a talk"), N_("Writing down what came of it, and what is still to do.")
            ),
            HelpPage("telling-the-lead", N_("Telling the safeguarding lead"), N_("A worry, also about an adult.")),
            HelpPage("on-duty", N_("On duty"), N_("Looking after every request, and taking one over.")),
            HelpPage("duty-board", N_("The duty board"), N_("A screen on the wall, and whether there is room.")),
        ),
    ),
    HelpPart(
        N_("Knowing a child"),
        (
            HelpPage("script-and-plan", N_("Script and plan"), N_("One voice: what every adult says and does.")),
            HelpPage("held-in-mind", N_("Held in mind"), N_("Leaving a card, and what you noticed.")),
            HelpPage("planned-times", N_("Planned times"), N_("A regular time that is promised and kept.")),
        ),
    ),
    HelpPart(
        N_("Day to day"),
        (
            HelpPage("to-do", N_("To do"), N_("What waits for you, and opening a request again.")),
            HelpPage("in-or-out", N_("In or out"), N_("Saying who is here today, every week, and away.")),
            HelpPage("endings", N_("Good endings"), N_("When a trusted adult leaves, or is away for long.")),
            HelpPage(
                "alerts", N_("Alerts on your phone"), N_("Being told away from the board, and when not to be.")
            ),
            HelpPage(
                "tablet-for-a-child",
                N_("The tablet for one child"),
                N_("Steps, pictures, colours, words, what helps."),
            ),
            HelpPage(
                "own-pictures",
                N_("Own pictures and what helps"),
                N_("The child’s teddy on a step, and cards for a hard moment."),
            ),
            HelpPage("my-picture", N_("My picture"), N_("The photo or leaf by which children find you.")),
            HelpPage(
                "fingers", N_("Fingers"), N_("Entering what a child shows you, and putting right a mistake.")
            ),
            HelpPage("hiding-names", N_("Hiding names"), N_("The board on a projector or a shared screen.")),
            HelpPage("who-sees-what", N_("Who sees what"), N_("What each role can see, and what is recorded.")),
            HelpPage(
                "languages", N_("Languages and voices"), N_("A child’s own language, reading aloud, recordings.")
            ),
            HelpPage(
                "no-wifi", N_("When the Wi-Fi is gone"), N_("What the tablet keeps, and what to do meanwhile.")
            ),
        ),
    ),
    HelpPart(
        N_("For nurture staff and the office"),
        (
            HelpPage("today", N_("The Today page"), N_("Reading the day, class by class.")),
            HelpPage("patterns", N_("Patterns over weeks"), N_("Which page answers what, and reading it fairly.")),
            HelpPage(
                "pairing", N_("Pairing a tablet"), N_("Setting up a tablet, and making one forget everything.")
            ),
            HelpPage("dates", N_("Terms and closed days"), N_("When school is, and closing it for snow.")),
            HelpPage("accounts", N_("Accounts and settings"), N_("Who can sign in, and how the school runs.")),
        ),
    ),
)
PAGES = {page.name: page for part in PARTS for page in part.pages}


def neighbours(name: str) -> tuple[HelpPage | None, HelpPage | None]:
    """The pages before and after one, in reading order."""
    pages = list(PAGES.values())
    at = pages.index(PAGES[name])
    return pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
