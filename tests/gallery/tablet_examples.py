"""What the gallery shows of the tablet: every screen in every state, as data in the shapes of the tablet protocol.

``tablet.js`` gives them to the very functions that show the screens to children. The tests of looks, markup and
accessibility go through this list: an example that is added here is checked without another test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk.people.pictures import HUES, PUPIL_PICTURES
from kiosk.people.tablet_settings import STRATEGY_PICTURES
from kiosk.school.settings import SETTINGS

Data = Mapping[str, Any]

NAMES = (
    *("Amir", "Zofia", "Grace", "Li Wei", "Noah", "Aisha", "Oluwaseun", "Maja", "Tom", "Fatima"),
    *("Maximilian", "Ivy", "Kai", "Priya", "Leo", "Hawa", "Ben", "Sofija", "Alexandra-Mae", "Jay"),
    *("Ana", "Rhys", "Duc", "Elin", "Sami", "Bea", "Tariq", "Wren", "Yusuf K.", "Yusuf M."),
)
WORDS = ("Calm", "Okay", "Wobbly", "Upset", "I need help")
NOW = "now"
"""The instant at which an example is stood up."""
LONG_WORDS = (
    "You waited for somebody, and then you showed them how to tie the knot. I saw it, and I was glad of you."
)
ALI: Data = {"id": "31", "name": "Mrs Ali", "place": "Oak classroom", "picture": "oak-2", "here": True}
OKAFOR: Data = {"id": "17", "name": "Mr Okafor", "place": None, "picture": "maple-5", "here": False}
SHAH: Data = {
    "id": "5",
    "name": "Dr Shah-Featherstone",
    "place": "The music room",
    "picture": "rowan-7",
    "here": False,
}
NOVAK: Data = {"id": "8", "name": "Ms Novak", "place": "Treetops", "picture": "birch-4", "here": True}
IN_ALL_DAY: Data = {"back": None, "comes_at": None, "lunch_until": None, "stand_in": None}
GREEN: Data = {"id": "9", "name": "Mr Green", "place": "The office", "picture": "willow-6", "here": True}


@dataclass(frozen=True)
class TabletExample:
    """One screen in one state."""

    name: str
    """What it is called in the gallery and in the message of a test that fails."""
    screen: str
    """One of the screens that ``tablet.js`` can stand up."""
    given: Data = field(default_factory=dict)
    """What that screen is given."""
    child: Data = field(default_factory=dict)
    """How the tablet is set up for the child: the field ``tablet`` of the roster."""
    high5: tuple[Data, ...] = ()
    pupils: int = 1
    """How many children are on the roster."""
    classes: tuple[str, ...] = ("Oak",)
    school: Data = field(default_factory=dict)
    nobody_here: bool = False
    """No adult could be told of a request of this child."""
    unreached: bool = False
    """The server is not reached."""
    undo: bool = False
    """What was just done can be taken back."""
    photos: Data = field(default_factory=dict)
    """Photos of adults, by the adult's id: names of files beside the gallery's script."""

    def json(self) -> dict[str, Any]:
        """All that the gallery's script needs."""
        return {
            "screen": self.screen,
            "given": dict(self.given),
            "roster": self._roster(),
            "unreached": self.unreached,
            "undo": self.undo,
            "photos": dict(self.photos),
        }

    def _roster(self) -> dict[str, Any]:
        return {
            "pupils": [self._pupil(place) for place in range(self.pupils)],
            "scale": {
                "version": 1,
                "direction": "calm_is_1",
                "steps": [{"step": n, "intensity": n, "word": word} for n, word in enumerate(WORDS, 1)],
            },
            "school": {
                "name": "Our school",
                "safe_space": "Treetops",
                "safe_space_full": False,
                "help_place": SETTINGS["help_place"].default,
                "timezone": "Europe/London",
                "language": "en",
                "scale_order_rtl": "left_to_right",
                "tablet": "Gallery",
                "closed_until": None,
                **self.school,
            },
            "version": 1,
        }

    def _pupil(self, place: int) -> dict[str, Any]:
        drawn = sorted(PUPIL_PICTURES)[place % len(PUPIL_PICTURES)]
        return {
            "id": str(place + 1),
            "name": NAMES[place % len(NAMES)],
            "class": self.classes[place % len(self.classes)],
            "picture": f"{drawn}-{place % HUES + 1}",
            "steps": self.child.get("steps", [1, 2, 3, 4, 5]),
            "tablet": {name: value for name, value in self.child.items() if name != "steps"},
            "high5": [{**IN_ALL_DAY, "reached": adult["here"], **adult} for adult in self.high5],
            "nobody_here": self.nobody_here,
        }


def in_minutes(minutes: float) -> str:
    """An instant, as the protocol writes it."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def in_days(days: int) -> str:
    """A date, as the protocol writes it."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def person(adult: Data, *names: str) -> dict[str, Any]:
    """Some of what is known of an adult."""
    return {name: adult[name] for name in names}


def felt(step: int, at: str) -> dict[str, Any]:
    """A check-in of an earlier day."""
    return {"step": step, "intensity": step, "word": WORDS[step - 1], "at": at}


def strategies(number: int) -> list[dict[str, str]]:
    """So many of a child's own cards."""
    return [{"picture": picture, "words": words} for picture, words in list(STRATEGY_PICTURES.items())[:number]]


def card(kind: str, words: str = "I thought of you on Saturday.", picture: str = "sun-1") -> dict[str, Any]:
    """A card that Mrs Ali left."""
    return {
        "id": f"card {kind}",
        "kind": kind,
        "picture": picture,
        "words": words,
        "from": person(ALI, "id", "name", "picture"),
        "left_at": in_minutes(-60),
    }


def planned(days: int, at: str, how: str | None, adult: Data = ALI) -> dict[str, Any]:
    """A planned time so many days from now."""
    return {
        "adult": person(adult, "id", "name", "picture"),
        "place": adult["place"],
        "day": in_days(days),
        "at": at,
        "how": how,
    }


def request(state: str = "asked", **more: Any) -> dict[str, Any]:
    """How a request stands, as ``GET /tablet/chats`` says it; ``kept`` is what the tablet itself knows of it."""
    return {
        "id": "request",
        "pupil": "1",
        "state": state,
        "with": person(ALI, "id", "name", "place"),
        "at": None,
        "overdue": False,
        "nobody_here": False,
        "closed_until": None,
        "cannot_wait": False,
        "since": in_minutes(-5),
        **more,
    }


FIVE = (
    {**ALI},
    {**OKAFOR, "back": in_days(2), "stand_in": person(ALI, "id", "name")},
    {**SHAH, "stand_in": None},
    {**NOVAK},
    {**GREEN},
)
LATE_TONIGHT = "23:59"
NOT_NOW = (
    {**ALI, "reached": False, "lunch_until": LATE_TONIGHT, "stand_in": person(NOVAK, "id", "name")},
    {**SHAH, "here": True, "reached": False, "comes_at": LATE_TONIGHT, "stand_in": person(GREEN, "id", "name")},
    {**OKAFOR, "here": True, "reached": False, "lunch_until": LATE_TONIGHT},
    {**NOVAK},
)
"""At lunch, comes later, at lunch with nobody of the High 5 to stand in, and here."""
CLOSED_SOON = {"closed_until": in_minutes(30)}
CLOSED = {"closed_until": in_minutes(60 * 24 * 3)}
GONE_HOME = tuple({**adult, "here": False, "reached": False, "back": in_days(3)} for adult in (ALI, OKAFOR, SHAH))
AWAY_WITH_STAND_IN = ({**OKAFOR, "stand_in": person(ALI, "id", "name")}, ALI)
FOR_YOU = {
    "cards": [card("kindness")],
    "planned": [planned(0, "09:10", "draw"), planned(1, "13:30", "sit", OKAFOR)],
}
OWN_STEPS = {"3": {"word": "Fizzy", "picture": "bee"}, "5": {"word": "Thunder"}}
PHOTOS = {ALI["id"]: "photo.jpg"}
OWN_PICTURE = "own-teddy.jpg"
OWN_THINGS: Data = {
    "own_steps": {"1": {"word": "Cosy", "picture": OWN_PICTURE}, "3": {"word": "Fizzy", "picture": "bee"}},
    "strategies": [
        {"picture": OWN_PICTURE, "words": "Hold my teddy", "at": [3, 4]},
        {"picture": "sym-squeeze", "words": "Squeeze something soft", "at": [4, 5]},
        {"picture": "pic-drum", "words": "Make music"},
    ],
}
"""A picture of the child's own beside a step and on a card, and a plan for the harder steps."""
SYMBOLS = {"symbols_only": True}
LARGER = {"larger": True}


def plain() -> list[TabletExample]:
    """Screens without a child."""
    return [
        TabletExample("getting ready", "plain", {"template": "getting-ready"}),
        TabletExample("not paired", "plain", {"template": "not-paired"}),
        TabletExample("nobody", "plain", {"template": "nobody"}),
        TabletExample("class", "class", pupils=4, classes=("Oak", "Birch", "Year 4 Kingfishers", "")),
        TabletExample("who, two", "who", pupils=2),
        TabletExample("who, a class of 30", "who", pupils=30),
        TabletExample(
            "who, a class of 30, one of several", "who", pupils=60, classes=("Oak", "Year 4 Kingfishers")
        ),
        TabletExample("who, a class of 38", "who", pupils=38),
        TabletExample("who, one of several classes", "who", pupils=24, classes=("Oak", "Birch")),
        TabletExample("who, an answer has come", "who", {"request": request("coming")}, pupils=12),
        TabletExample("who, something was lost", "who", {"lost": True}, pupils=12),
        TabletExample("who, no Wi-Fi", "who", pupils=12, unreached=True),
        TabletExample("who can see this", "who-sees"),
    ]


def feeling() -> list[TabletExample]:
    """How are you?"""
    return [
        TabletExample("how, five steps", "how"),
        TabletExample("how, three steps", "how", child={"steps": [1, 3, 5]}),
        TabletExample("how, two steps, to take back", "how", child={"steps": [1, 5]}, undo=True),
        TabletExample("how, thermometer", "how", child={"scale_picture": "thermometer"}),
        TabletExample("how, weather", "how", child={"scale_picture": "weather", "skin": "5"}),
        TabletExample("how, own words and pictures", "how", child={"own_steps": OWN_STEPS, "skin": "3"}),
        TabletExample("how, a photo of an own thing", "how", child=OWN_THINGS),
        TabletExample("how, larger", "how", child={"larger": True}),
        TabletExample("how, symbols only", "how", child=SYMBOLS),
        TabletExample("how, left hand", "how", child={"hand": "left"}),
        TabletExample("how, calmer", "how", child={"calmer": True}),
        TabletExample("languages", "languages"),
        TabletExample("languages, one not here", "languages", {"away": True}),
    ]


def talking() -> list[TabletExample]:
    """Would you like to talk, and are you sure?"""
    offered = {"adult": ALI["id"], "wants": "chat"}
    away = {"adult": OKAFOR["id"], "wants": "chat"}
    return [
        TabletExample("talk, a High 5", "talk", {"thanks": True}, high5=FIVE, undo=True),
        TabletExample("talk, nobody in the High 5", "talk"),
        TabletExample("talk, some are not here now", "talk", high5=NOT_NOW),
        TabletExample("talk, some are not here now, larger", "talk", child=LARGER, high5=NOT_NOW),
        TabletExample("talk, school is closed", "talk", high5=GONE_HOME, school=CLOSED),
        *(
            TabletExample(
                f"talk, school is closed, {name}",
                "talk",
                {**FOR_YOU, "planned": FOR_YOU["planned"][:1], "week": True, "book": True},
                child=child,
                high5=tuple({**adult, "here": False, "reached": False, "back": in_days(3)} for adult in FIVE),
                school=CLOSED,
            )
            for name, child in (("with all there is", {}), ("larger", LARGER), ("symbols only", SYMBOLS))
        ),
        TabletExample("talk, with all there is", "talk", {**FOR_YOU, "week": True, "book": True}, high5=FIVE),
        TabletExample("talk, a card and planned times", "talk", FOR_YOU, high5=FIVE[:2]),
        TabletExample("talk, the safe space is full", "talk", high5=FIVE, school={"safe_space_full": True}),
        TabletExample("talk, calmer", "talk", child={"calmer": True}, high5=FIVE),
        TabletExample("talk, symbols only", "talk", FOR_YOU, child=SYMBOLS, high5=FIVE),
        TabletExample("talk, larger", "talk", child={"larger": True}, high5=FIVE),
        TabletExample(
            "talk, larger, with all there is",
            "talk",
            {**FOR_YOU, "week": True, "book": True, "planned": []},
            child={"larger": True, "strategies": strategies(3)},
            high5=FIVE,
        ),
        TabletExample("talk, a photo", "talk", high5=FIVE, photos=PHOTOS),
        TabletExample("talk, a photo, symbols only", "talk", child=SYMBOLS, high5=FIVE, photos=PHOTOS),
        TabletExample("talk, what the plan says", "talk", {"step": 4}, child=OWN_THINGS, high5=FIVE),
        TabletExample(
            "talk, what the plan says, a card and the book",
            "talk",
            {"step": 4, **FOR_YOU, "book": True},
            child=OWN_THINGS,
            high5=FIVE,
        ),
        TabletExample(
            "talk, what the plan says, with all there is",
            "talk",
            {"step": 4, **FOR_YOU, "week": True, "book": True},
            child=OWN_THINGS,
            high5=FIVE,
        ),
        TabletExample(
            "talk, what the plan says, larger symbols, with all there is",
            "talk",
            {"step": 4, "book": True, "planned": [planned(1, "13:30", "sit", OKAFOR)]},
            child={**OWN_THINGS, **SYMBOLS, **LARGER},
            high5=FIVE,
            photos=PHOTOS,
        ),
        TabletExample("ask, here", "ask", offered, high5=FIVE),
        TabletExample("ask, a photo", "ask", offered, high5=FIVE, photos=PHOTOS),
        TabletExample(
            "ask, larger symbols", "ask", offered, child={**SYMBOLS, **LARGER}, high5=FIVE, photos=PHOTOS
        ),
        TabletExample("ask, away with a stand-in", "ask", away, high5=AWAY_WITH_STAND_IN),
        TabletExample("ask, away and back", "ask", {"adult": OKAFOR["id"], "wants": "chat"}, high5=FIVE),
        TabletExample("ask, away", "ask", {"adult": SHAH["id"], "wants": "chat"}, high5=FIVE),
        TabletExample("ask, at lunch with a stand-in", "ask", offered, high5=NOT_NOW),
        TabletExample("ask, comes later", "ask", {"adult": SHAH["id"], "wants": "chat"}, high5=NOT_NOW),
        TabletExample("ask, at lunch", "ask", away, high5=NOT_NOW),
        TabletExample("ask, school is closed", "ask", offered, high5=GONE_HOME, school=CLOSED),
        TabletExample("ask, before school opens", "ask", offered, high5=FIVE, school=CLOSED_SOON),
        TabletExample(
            "ask, school is closed, larger", "ask", offered, child=LARGER, high5=GONE_HOME, school=CLOSED
        ),
        *(
            TabletExample(f"ask, {what}, {name}", "ask", offered, child=child, high5=GONE_HOME, **given)
            for what, given in (
                ("school is closed", {"school": CLOSED}),
                ("before school opens", {"school": CLOSED_SOON}),
                ("nobody is here", {"nobody_here": True}),
            )
            for name, child in (("symbols only", SYMBOLS), ("larger symbols", {**SYMBOLS, **LARGER}))
        ),
        TabletExample("ask, nobody is here", "ask", offered, high5=FIVE, nobody_here=True),
        TabletExample("ask anyone, symbols only", "ask", {"adult": None, "wants": "chat"}, child=SYMBOLS),
        *(
            TabletExample(
                f"ask for the {space}, symbols only",
                "ask",
                {"adult": None, "wants": "safe_space"},
                child=SYMBOLS,
                school={"safe_space_full": space == "full safe space"},
            )
            for space in ("safe space", "full safe space")
        ),
        TabletExample("ask anyone, nobody is here", "ask", {"adult": None, "wants": "chat"}, nobody_here=True),
        TabletExample("ask anyone, school is closed", "ask", {"adult": None, "wants": "chat"}, school=CLOSED),
        TabletExample(
            "ask for the safe space, school is closed",
            "ask",
            {"adult": None, "wants": "safe_space"},
            school=CLOSED,
        ),
        TabletExample("ask, chosen", "ask", {**offered, "when": "break", "how": "draw"}, high5=FIVE),
        TabletExample("ask, what about", "ask", {**offered, "turned": ["friends", "put_right"]}, high5=FIVE),
        TabletExample("ask, symbols only", "ask", offered, child=SYMBOLS, high5=FIVE),
        TabletExample(
            "ask, what about, symbols only", "ask", {**offered, "turned": []}, child=SYMBOLS, high5=FIVE
        ),
        TabletExample("ask, away and back, symbols only", "ask", away, child=SYMBOLS, high5=FIVE),
        TabletExample(
            "ask, away, symbols only", "ask", {"adult": SHAH["id"], "wants": "chat"}, child=SYMBOLS, high5=FIVE
        ),
        TabletExample("ask, right hand", "ask", offered, child={"hand": "right"}, high5=FIVE),
        TabletExample("ask, calmer", "ask", offered, child={"calmer": True}, high5=FIVE),
        TabletExample("ask anyone", "ask", {"adult": None, "wants": "chat"}),
        TabletExample("ask for the safe space", "ask", {"adult": None, "wants": "safe_space"}),
        TabletExample(
            "ask for the full safe space",
            "ask",
            {"adult": None, "wants": "safe_space"},
            school={"safe_space_full": True},
        ),
    ]


def on_the_mat() -> list[TabletExample]:
    """What a talk is about, laid under three columns."""
    some = {"about": ["friends"], "maybe": ["home", "learning"]}
    every = {
        "about": ["friends", "playtime", "put_right"],
        "maybe": ["home", "body", "sit_with_friend"],
        "notToday": ["learning", "else"],
    }
    most = {"about": ["friends", "home", "learning", "body", "playtime", "put_right", "else"]}
    return [
        TabletExample("mat, the first picture", "mat"),
        TabletExample("mat, some are laid", "mat", some),
        TabletExample("mat, all are laid", "mat", every),
        TabletExample("mat, seven under one column", "mat", most),
        TabletExample("mat, symbols only", "mat", some, child=SYMBOLS),
        TabletExample("mat, larger", "mat", every, child={"larger": True}),
        TabletExample(
            "ask, after the mat", "ask", {"adult": ALI["id"], "wants": "chat", "about": every["about"]}, high5=FIVE
        ),
    ]


def a_week() -> list[TabletExample]:
    """The child's own week, looked at with an adult."""
    talked = {"adult": person(ALI, "id", "name", "picture"), "became": "talked", "wants": "chat"}
    on_duty = {"adult": None, "became": "asked", "wants": "safe_space"}
    full = {
        "check_ins": [felt(step, f"{8 + step:02}:10") for step in (4, 5, 3, 2, 1, 2)],
        "talks": [talked, {**talked, "adult": None}],
        "cards": [card("kindness", LONG_WORDS)],
    }
    some = {
        "check_ins": [felt(2, "09:05")],
        "talks": [on_duty, {**on_duty, "became": "ok_now"}, {**talked, "became": "asked"}],
        "cards": [],
    }
    nothing: dict[str, Any] = {"check_ins": [], "talks": [], "cards": []}
    days = [{"day": in_days(place - 4), **of} for place, of in enumerate((full, nothing, some, full, some))]
    weather = {"scale_picture": "weather", "own_steps": OWN_STEPS}
    return [
        TabletExample("week", "week", {"days": days}),
        TabletExample("week, with nothing in it", "week", {"days": [{**day, **nothing} for day in days]}),
        TabletExample("week, own pictures, larger", "week", {"days": days}, child={**weather, "larger": True}),
        TabletExample("week, symbols only", "week", {"days": days}, child=SYMBOLS),
        TabletExample("week, larger symbols", "week", {"days": days}, child={**SYMBOLS, **LARGER}),
        TabletExample("a day of the week", "week-day", {"day": days[0]}, child=weather),
        TabletExample("a day of the week, requests", "week-day", {"day": days[2]}),
        TabletExample("a day of the week, symbols only", "week-day", {"day": days[2]}, child=SYMBOLS),
        TabletExample("today, symbols only", "week-day", {"day": days[4]}, child=SYMBOLS),
        TabletExample(
            "a day of the week, larger symbols", "week-day", {"day": days[0]}, child={**SYMBOLS, **LARGER}
        ),
        TabletExample("a day of the week, larger", "week-day", {"day": days[0]}, child={"larger": True}),
        TabletExample("a day of the week without a tap", "week-day", {"day": days[1]}),
        TabletExample("week, it opens", "plain", {"template": "week-opening"}),
        TabletExample("week, not here", "plain", {"template": "week-away"}),
        TabletExample("how, the week is open", "how", {"week": True}),
        TabletExample("talk, the week is open", "talk", {"week": True}, high5=FIVE),
        TabletExample(
            "waiting, the week is open", "waiting", {"request": request(), "weekOpen": True}, high5=FIVE
        ),
        TabletExample("what helps me, ready cards", "strategies"),
    ]


def waiting() -> list[TabletExample]:
    """How a request stands, in every way that it can."""
    nobody = {"with": None}
    unsent = {"sent": "no", "askedAt": in_minutes(-5), "with": None}
    duty = {**nobody, "kept": {"adult": None}}
    states: dict[str, dict[str, Any]] = {
        "sending": {"kept": {**unsent, "askedAt": NOW}},
        "not sent": {"kept": unsent},
        "refused": {"kept": {"sent": "refused"}},
        "asked": {},
        "asked, another adult": {"kept": {"adult": person(OKAFOR, "id", "name")}},
        "asked, who stands in": {
            "with": person(NOVAK, "id", "name"),
            "kept": {"adult": person(ALI, "id", "name")},
        },
        "asked, those on duty": duty,
        "asked, the safe space": {**nobody, "kept": {"adult": None, "wants": "safe_space"}},
        "handed over": {"kept": {"before": person(OKAFOR, "id", "name")}},
        "seen": {"state": "seen"},
        "coming": {"state": "coming"},
        "coming at a time": {"state": "coming", "at": in_minutes(20)},
        "coming on a day": {"state": "coming", "at": in_minutes(60 * 24 * 3)},
        "talked": {"state": "talked"},
        "fine now": {"kept": {"state": "cancelled"}},
        "overdue": {"overdue": True},
        "late": {"state": "coming", "overdue": True},
        "nobody is here": {"nobody_here": True, "overdue": True, **duty},
        "closed until later": {"closed_until": in_minutes(30)},
        "closed until another day": {"closed_until": in_minutes(60 * 24 * 3)},
        "telling everyone": {"kept": {"hurry": "asked", "hurryAt": NOW}},
        "closed, and it cannot wait": {"closed_until": in_minutes(60 * 24 * 3), "cannot_wait": True},
        "everyone was told": {"state": "seen", "cannot_wait": True, "duty_told": True},
        "who has it was told": {"cannot_wait": True},
        "nobody is here, and it cannot wait": {"nobody_here": True, "overdue": True, "cannot_wait": True, **duty},
        "everyone could not be told": {"kept": {"hurry": "asked", "hurryAt": in_minutes(-5)}},
    }
    examples = [
        TabletExample(f"waiting, {name}", "waiting", {"request": request(**state)}, high5=FIVE)
        for name, state in states.items()
    ]
    asked = {"request": request()}
    return [
        *examples,
        TabletExample("waiting, unheard", "waiting", {**asked, "silent": True}, high5=FIVE, unreached=True),
        TabletExample(
            "waiting, unheard from duty", "waiting", {"request": request(**duty), "silent": True}, unreached=True
        ),
        TabletExample(
            "waiting, a card and a planned time", "waiting", {**asked, **FOR_YOU}, high5=FIVE, undo=True
        ),
        TabletExample("waiting, breathing", "waiting", {**asked, "breathing": True}, high5=FIVE),
        TabletExample(
            "waiting, own cards", "waiting", {**asked, **FOR_YOU}, child={"strategies": strategies(5)}, high5=FIVE
        ),
        *(
            TabletExample(
                f"waiting, own cards, with all there is, {state}, {name}",
                "waiting",
                {"request": request(**states[state]), **FOR_YOU, "book": [card("kindness")], "weekOpen": True},
                child={"strategies": strategies(5)[1:], **child},
                high5=FIVE,
            )
            for state in ("asked", "everyone was told")
            for name, child in (
                ("with words", {}),
                ("symbols only", SYMBOLS),
                ("larger symbols", {**SYMBOLS, **LARGER}),
            )
        ),
        TabletExample("waiting, two own cards", "waiting", asked, child={"strategies": strategies(2)}, high5=FIVE),
        TabletExample("waiting, symbols only", "waiting", {**asked, **FOR_YOU}, child=SYMBOLS, high5=FIVE),
        TabletExample("waiting, larger", "waiting", asked, child={"larger": True}, high5=FIVE),
        *(
            TabletExample(
                f"waiting, {name}, symbols only",
                "waiting",
                {"request": request(**states[name])},
                child=SYMBOLS,
                high5=FIVE,
            )
            for name in (
                *("not sent", "handed over", "seen", "coming", "coming at a time", "talked", "overdue"),
                *("closed until later", "closed until another day", "closed, and it cannot wait"),
                *("coming on a day", "late", "nobody is here", "asked, who stands in", "who has it was told"),
            )
        ),
        TabletExample("waiting, left hand", "waiting", asked, child={"hand": "left"}, high5=FIVE),
        TabletExample("still here?", "waiting", {**asked, "still_here": True}, high5=FIVE),
    ]


def for_the_child() -> list[TabletExample]:
    """Cards, the book, what helps."""
    book = [card("success", LONG_WORDS, "boat-3"), card("friendship"), card("kindness")]
    own = {"strategies": strategies(5)}
    return [
        TabletExample("card, held in mind", "card", {"card": card("held_in_mind"), "book": book}),
        TabletExample("card, a kindness, with the book", "card", {"card": card("kindness"), "book": book}),
        TabletExample("card, a friendship", "card", {"card": card("friendship"), "book": []}),
        TabletExample("card, a success in many words", "card", {"card": book[0], "book": book}, undo=True),
        TabletExample("card, symbols only", "card", {"card": book[2], "book": book}, child=SYMBOLS),
        *(TabletExample(f"book, page {page + 1}", "book", {"book": book, "page": page}) for page in range(3)),
        TabletExample("book, by itself", "book", {"book": book, "page": 0, "besideCard": False}),
        TabletExample("waiting, the book", "waiting", {"request": request(), "book": book}, high5=FIVE),
        TabletExample("did talking help", "helped"),
        TabletExample("did talking help, symbols only", "helped", child=SYMBOLS),
        TabletExample("senses", "senses"),
        TabletExample("senses, some noticed", "senses", {"noticed": ["see", "hear"]}),
        TabletExample("what helps me", "strategies", child=own),
        TabletExample("what helps me, symbols only", "strategies", child={**own, **SYMBOLS}),
        TabletExample("one thing that helps", "strategy", {"picture": "sym-drink"}, child=own),
        TabletExample("after one thing that helps", "strategy-after", undo=True),
        TabletExample("who can see this, for a child", "who-sees", {"child": True}),
        TabletExample("who can see this, symbols only", "who-sees", {"child": True}, child=SYMBOLS),
        TabletExample("after one thing that helps, symbols only", "strategy-after", child=SYMBOLS),
        TabletExample(
            "one thing that helps, a photo of it", "strategy", {"picture": OWN_PICTURE}, child=OWN_THINGS
        ),
        TabletExample("what helps, a photo of an own thing, larger", "strategies", child={**OWN_THINGS, **LARGER}),
        TabletExample("one thing that helps, breathing", "strategy", {"picture": "sym-breathing"}, child=own),
    ]


def larger() -> list[TabletExample]:
    """Everything larger: every choice stays on the screen."""
    offered = {"adult": ALI["id"], "wants": "chat"}
    left = {**LARGER, "hand": "left"}
    cards = {**LARGER, "strategies": strategies(5)}
    asked = {"request": request()}
    everything = {**asked, **FOR_YOU, "weekOpen": True, "book": [card("kindness")]}
    return [
        TabletExample("how, larger, three steps, left hand", "how", child={**left, "steps": [1, 3, 5]}),
        TabletExample("how, larger, two steps", "how", child={**LARGER, "steps": [1, 5]}),
        TabletExample("how, larger, symbols only", "how", child={**LARGER, **SYMBOLS}),
        TabletExample("talk, larger, a plan for the step", "talk", {"step": 5}, child=cards, high5=FIVE),
        TabletExample("talk, larger, symbols only", "talk", child={**LARGER, **SYMBOLS}, high5=FIVE),
        TabletExample("ask, larger", "ask", offered, child=LARGER, high5=FIVE),
        TabletExample(
            "ask, larger, chosen", "ask", {**offered, "how": "draw", "about": ["home"]}, child=left, high5=FIVE
        ),
        TabletExample("ask, larger, how", "ask", {**offered, "turnedHow": True}, child=LARGER, high5=FIVE),
        TabletExample("ask, larger, what about", "ask", {**offered, "turned": ["home"]}, child=LARGER, high5=FIVE),
        TabletExample("ask, larger, symbols only", "ask", offered, child={**LARGER, **SYMBOLS}, high5=FIVE),
        TabletExample(
            "ask, larger, away with a stand-in",
            "ask",
            {"adult": OKAFOR["id"], "wants": "chat"},
            child=LARGER,
            high5=AWAY_WITH_STAND_IN,
        ),
        TabletExample("ask anyone, larger", "ask", {"adult": None, "wants": "chat"}, child=LARGER),
        TabletExample(
            "ask for the safe space, larger", "ask", {"adult": None, "wants": "safe_space"}, child=LARGER
        ),
        TabletExample("mat, larger, left hand", "mat", {"about": ["friends"]}, child=left),
        TabletExample("waiting, larger, own cards", "waiting", asked, child=cards, high5=FIVE),
        TabletExample("waiting, larger, with all there is", "waiting", everything, child=cards, high5=FIVE),
        TabletExample("waiting, larger, without cards", "waiting", everything, child=left, high5=FIVE),
        TabletExample(
            "waiting, larger, overdue", "waiting", {"request": request(overdue=True)}, child=cards, high5=FIVE
        ),
        TabletExample("what helps me, larger", "strategies", child=cards),
        TabletExample("one thing that helps, larger", "strategy", {"picture": "sym-drink"}, child=cards),
        TabletExample("after one thing that helps, larger", "strategy-after", child=LARGER),
        TabletExample("who can see this, larger", "who-sees", {"child": True}, child=LARGER),
        TabletExample("senses, larger", "senses", child=LARGER),
        TabletExample(
            "card, larger", "card", {"card": card("kindness"), "book": [card("kindness")]}, child=LARGER
        ),
        TabletExample("did talking help, larger", "helped", child=LARGER),
        TabletExample("languages, larger", "languages", child=LARGER),
    ]


TABLET_EXAMPLES = (
    *plain(),
    *feeling(),
    *talking(),
    *on_the_mat(),
    *waiting(),
    *for_the_child(),
    *a_week(),
    *larger(),
)
