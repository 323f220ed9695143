"""What the page on which a child's tablet is set up says: each choice, in the school's words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.people.tablet_settings import CHOICES
from kiosk.wording import N_, Sentence


@dataclass(frozen=True)
class Option:
    """One of the buttons of a choice."""

    value: str
    words: str
    drawings: tuple[str, ...] = ()
    skin: str | None = None


@dataclass(frozen=True)
class Choice:
    """Something that is one of a few."""

    name: str
    heading: str
    about: str
    options: tuple[Option, ...]


YES_NO = (Option("no", N_("No")), Option("yes", N_("Yes")))

CHOOSE: tuple[Choice, ...] = (
    Choice(
        "steps",
        N_("How many steps"),
        N_("Begin with two. When a child uses them with ease, three, then all five."),
        (
            Option("2", N_("Two"), ("hand-1", "hand-5")),
            Option("3", N_("Three"), ("hand-1", "hand-3", "hand-5")),
            Option("5", N_("All five"), ("hand-1", "hand-2", "hand-3", "hand-4", "hand-5")),
        ),
    ),
    Choice(
        "scale_picture",
        N_("Beside the fingers"),
        N_("Faces say little to some children. A thermometer or the weather shows the same five steps."),
        (
            Option("faces", N_("Faces"), ("face-1", "face-3", "face-5")),
            Option("thermometer", N_("Thermometer"), ("thermometer-1", "thermometer-3", "thermometer-5")),
            Option("weather", N_("Weather"), ("weather-1", "weather-3", "weather-5")),
        ),
    ),
    Choice(
        "skin",
        N_("The hands"),
        N_("Let the child choose whose hands these are."),
        (
            Option("neutral", N_("Nobody’s"), ("hand-5",)),
            *(
                Option(tone, Sentence("Tone %(number)s", number=tone), ("hand-5",), skin=tone)
                for tone in ("1", "2", "3", "4", "5")
            ),
        ),
    ),
    Choice(
        "theme",
        N_("Colours"),
        N_("The steps stay apart for colour-blind children in all of them. Zones are like those on many walls."),
        (
            Option("calm", N_("Calm")),
            Option("zones", N_("Zones")),
            Option("no_traffic_light", N_("No traffic light")),
            Option("high_contrast", N_("High contrast")),
        ),
    ),
    Choice("larger", N_("Larger"), N_("Everything is larger, and needs a less steady finger."), YES_NO),
    Choice(
        "symbols_only",
        N_("Pictures without words"),
        N_("Names of adults stay. What is hidden is still read aloud."),
        YES_NO,
    ),
    Choice(
        "calmer",
        N_("Calmer"),
        N_("Nothing moves, and there are fewer choices: at most three adults, those who are here first."),
        YES_NO,
    ),
    Choice(
        "hand",
        N_("The hand that presses"),
        N_("What is pressed to take back or to go on stands on that side."),
        (Option("either", N_("Either")), Option("left", N_("Left")), Option("right", N_("Right"))),
    ),
    Choice(
        "topics_as",
        N_("Saying what a talk is about"),
        N_(
            "With three columns one picture comes at a time, and goes under yes, maybe or not today. "
            "It takes longer, and says too what not to talk about."
        ),
        (Option("pictures", N_("Choosing pictures")), Option("mat", N_("Three columns"))),
    ),
    Choice(
        "read_aloud",
        N_("Read aloud"),
        N_("By itself only where you choose that here."),
        (
            Option("on_touch", N_("When the speaker is touched")),
            Option("always", N_("Each question, by itself")),
            Option("never", N_("Never")),
        ),
    ),
    Choice(
        "scanning",
        N_("Switches"),
        N_(
            "What can be pressed is pointed out, one after the other. "
            "Switches come to the tablet as Space and Enter."
        ),
        (Option("none", N_("None")), Option("one", N_("One switch")), Option("two", N_("Two switches"))),
    ),
    Choice(
        "scan_seconds",
        N_("How long each is pointed out"),
        N_("With one switch, the pointing goes on by itself after this time."),
        (
            Option("1", N_("1 second")),
            Option("2", N_("2 seconds")),
            Option("3", N_("3 seconds")),
            Option("5", N_("5 seconds")),
        ),
    ),
)
"""In the order of the page. Every option is one that ``people.tablet_settings`` takes."""

TOPIC_WORDS = {
    "home": N_("Home"),
    "friends": N_("Friends"),
    "learning": N_("Learning"),
    "body": N_("My body"),
    "playtime": N_("Playtime"),
    "put_right": N_("Put something right"),
    "sit_with_friend": N_("A friend to sit with"),
    "else": N_("Something else"),
    "not_say": N_("I don’t want to say"),
}
DONE = {choice.name: choice.heading for choice in CHOOSE} | {
    "language": N_("Language"),
    "topics": N_("What a talk can be about"),
    "own_steps": N_("Own words and pictures"),
    "own_pictures": N_("Pictures of their own"),
    "strategies": N_("What helps"),
}
"""What was changed, for the sentence above the page."""


def said_as(name: str, kept: object) -> str:
    """The value of the button that stands for a kept choice."""
    return next((value for value, meant in CHOICES[name].items() if meant == kept), "")
