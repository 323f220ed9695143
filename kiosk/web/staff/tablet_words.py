"""What the page on which a child's tablet is set up says: each choice, in the school's words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.people.tablet_settings import CHOICES


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


YES_NO = (Option("no", "No"), Option("yes", "Yes"))

CHOOSE: tuple[Choice, ...] = (
    Choice(
        "steps",
        "How many steps",
        "Begin with two. When a child uses them with ease, three, then all five.",
        (
            Option("2", "Two", ("hand-1", "hand-5")),
            Option("3", "Three", ("hand-1", "hand-3", "hand-5")),
            Option("5", "All five", ("hand-1", "hand-2", "hand-3", "hand-4", "hand-5")),
        ),
    ),
    Choice(
        "scale_picture",
        "Beside the fingers",
        "Faces say little to some children. A thermometer or the weather shows the same five steps.",
        (
            Option("faces", "Faces", ("face-1", "face-3", "face-5")),
            Option("thermometer", "Thermometer", ("thermometer-1", "thermometer-3", "thermometer-5")),
            Option("weather", "Weather", ("weather-1", "weather-3", "weather-5")),
        ),
    ),
    Choice(
        "skin",
        "The hands",
        "Let the child choose whose hands these are.",
        (
            Option("neutral", "Nobody’s", ("hand-5",)),
            *(Option(tone, f"Tone {tone}", ("hand-5",), skin=tone) for tone in ("1", "2", "3", "4", "5")),
        ),
    ),
    Choice(
        "theme",
        "Colours",
        "The steps stay apart for colour-blind children in all of them. Zones are like those on many walls.",
        (
            Option("calm", "Calm"),
            Option("zones", "Zones"),
            Option("no_traffic_light", "No traffic light"),
            Option("high_contrast", "High contrast"),
        ),
    ),
    Choice("larger", "Larger", "Everything is larger, and needs a less steady finger.", YES_NO),
    Choice(
        "symbols_only",
        "Pictures without words",
        "Names of adults stay. What is hidden is still read aloud.",
        YES_NO,
    ),
    Choice(
        "calmer",
        "Calmer",
        "Nothing moves, and there are fewer choices: at most three adults, those who are here first.",
        YES_NO,
    ),
    Choice(
        "hand",
        "The hand that presses",
        "What is pressed to take back or to go on stands on that side.",
        (Option("either", "Either"), Option("left", "Left"), Option("right", "Right")),
    ),
    Choice(
        "read_aloud",
        "Read aloud",
        "By itself only where you choose that here.",
        (
            Option("on_touch", "When the speaker is touched"),
            Option("always", "Each question, by itself"),
            Option("never", "Never"),
        ),
    ),
    Choice(
        "scanning",
        "Switches",
        "What can be pressed is pointed out, one after the other. Switches come to the tablet as Space and Enter.",
        (Option("none", "None"), Option("one", "One switch"), Option("two", "Two switches")),
    ),
    Choice(
        "scan_seconds",
        "How long each is pointed out",
        "With one switch, the pointing goes on by itself after this time.",
        (
            Option("1", "1 second"),
            Option("2", "2 seconds"),
            Option("3", "3 seconds"),
            Option("5", "5 seconds"),
        ),
    ),
)
"""In the order of the page. Every option is one that ``people.tablet_settings`` takes."""

TOPIC_WORDS = {
    "home": "Home",
    "friends": "Friends",
    "learning": "Learning",
    "body": "My body",
    "playtime": "Playtime",
    "put_right": "Put something right",
    "sit_with_friend": "A friend to sit with",
    "else": "Something else",
    "not_say": "I don’t want to say",
}
DONE = {choice.name: choice.heading for choice in CHOOSE} | {
    "language": "Language",
    "topics": "What a talk can be about",
    "own_steps": "Own words and pictures",
    "strategies": "What helps",
}
"""What was changed, for the sentence above the page."""


def said_as(name: str, kept: object) -> str:
    """The value of the button that stands for a kept choice."""
    return next((value for value, meant in CHOICES[name].items() if meant == kept), "")
