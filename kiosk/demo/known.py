"""What the adults of Hazelwood know of some children, leave for them and promise them. Pure, and made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from kiosk.demo.hazelwood import MISS_BENNETT, MR_BELL, MR_OKAFOR, MR_REID, MRS_ALI, MRS_BONDAR, MS_NOVAK
from kiosk.minding.rules import CardAnswer, Kind, ScriptEntry

SCRIPTS: Mapping[str, tuple[str, ScriptEntry]] = {
    # Leo Carter
    "pupil-149": (
        MRS_ALI,
        ScriptEntry(
            likes="Trains, maps and knowing how things work. He is kind to the little ones.",
            shows="He goes very quiet and draws the same line again and again. Later he hides under his coat.",
            helps="Sitting side by side and not face to face. A job with his hands. Time: ten minutes are enough.",
            say="I am here, Leo.\nYou do not have to talk.\nI will come back at ten past.",
            avoid="Asking why. Talking about him over his head. Promising something we cannot keep.",
            plan={
                "1": "Say his name and one thing you noticed.",
                "3": "Offer a choice of two: the map, or a walk to the office and back.",
                "4": "One adult stays near, side by side. No questions.",
                "5": "Treetops with Ms Novak. Mrs Ali tells the class nothing, and comes at the next break.",
            },
        ),
    ),
    # Daniel Mensah
    "pupil-150": (
        MISS_BENNETT,
        ScriptEntry(
            likes="Drawing dragons, football on the small pitch, his baby sister.",
            shows="He does not speak at school. He shows his step on his fingers, under the table.",
            helps="Waiting for his fingers. Drawing together. The picture cards in the blue tray.",
            say="Show me with your fingers.\nThank you for telling me.",
            avoid="Asking him to say it aloud. Thanking him in front of the class.",
            plan={
                "2": "Draw beside him and show yours first.",
                "3": "Blue tray: he points to what he needs.",
                "5": "Miss Bennett or Ms Novak, and the quiet corner with the lamp.",
            },
        ),
    ),
    # Sasha Kovalenko
    "pupil-151": (
        MRS_BONDAR,
        ScriptEntry(
            likes="Chess, numbers, cooking with grandmother. Teaches us a word a day.",
            shows="Looks at the door. Holds the bag on both knees.",
            helps="A picture of the day. A friend to sit with. Mrs Bondar says it in Ukrainian.",
            say="You are safe here.\nThis comes next (show the picture).",
            avoid="Sudden bells without a word before. Many people speaking at once.",
            plan={
                "3": "Show the picture of the day, and let Sasha hold it.",
                "4": "Library with Mrs Bondar. If she is not here: ring her from the office.",
                "5": "Treetops, door open, one adult. Say who comes to fetch Sasha, and when.",
            },
        ),
    ),
    # Zofia Nowak
    "pupil-155": (
        MR_OKAFOR,
        ScriptEntry(
            likes="Climbing, jokes, helping in the garden.",
            shows="Her jokes get louder. She leaves her chair many times.",
            helps="A job that moves: carry, water, fetch. A joke back, then quiet.",
            say="I like your jokes. Come and help me for a minute.",
            avoid="Telling her to calm down. An audience.",
            plan={"3": "A job that takes her to another room and back.", "4": "Garden or hall with one adult."},
        ),
    ),
    # Amir Khan
    "pupil-159": (
        MRS_ALI,
        ScriptEntry(
            likes="Lions, cricket with his cousins, being asked for his opinion.",
            shows="He pulls his hood up and answers with one word.",
            helps="A walk to the big tree and back. His lion in his pocket. Being told what happens next.",
            say="I can see it is hard just now.\nShall we walk, or shall I sit here?",
            avoid="Touching his shoulder. Taking the hood down.",
            plan={
                "1": "Ask what he thinks. He notices.",
                "2": "Tell him what comes next.",
                "3": "Walk to the tree and back, no talking unless he does.",
                "4": "Mrs Ali or Mr Okafor sits near. The hood stays up.",
                "5": "Treetops, with the lion. One adult, few words.",
            },
        ),
    ),
    # Gurleen Kaur Dhillon
    "pupil-160": (
        MISS_BENNETT,
        ScriptEntry(
            likes="Dancing, her dog Bruno, looking after plants.",
            shows="Tummy ache before mathematics. She asks how long it still is.",
            helps="Knowing exactly how long. The first question done together.",
            say="We do the first one together. Then I come back after five minutes.",
            avoid="“It is easy.” Sending her home for the tummy ache before we have talked.",
            plan={
                "3": "Sand timer on the table, first question together.",
                "4": "Two minutes outside with the plants.",
            },
        ),
    ),
    # Kacper Nowak
    "pupil-061": (
        "staff-15",
        ScriptEntry(
            likes="Building, his dad’s lorry, being first in on Monday to set up the blocks.",
            shows="On Mondays he comes late into the room and pushes past others.",
            helps="Somebody at the gate who is glad. Blocks before the register.",
            say="I am glad you are here. The blocks are ready.",
            avoid="Asking about the weekend in front of the others.",
            plan={
                "3": "Blocks for ten minutes.",
                "5": "Ms Novak at the gate, straight to Treetops for breakfast.",
            },
        ),
    ),
    # Hodan Abdi
    "pupil-179": (
        "staff-10",
        ScriptEntry(
            likes="Reading under the table, her twin brothers, writing lists.",
            shows="She says that everything is fine, and stops putting her hand up.",
            helps="Writing instead of talking. Being asked twice, on two days.",
            say="You can write it to me. I read it today.",
            avoid="Taking the first “fine” for an answer.",
            plan={"2": "Give her the small notebook.", "4": "Mr Okafor walks with her to the library."},
        ),
    ),
    # Ruby Whitaker
    "pupil-031": (
        "staff-05",
        ScriptEntry(
            likes="Singing, being first, her grandad’s allotment.",
            shows="She asks for an adult many times a morning, also for small things.",
            helps="A time that is hers and that is kept. Then she asks less.",
            say="I have not forgotten you. Our time is at a quarter past one.",
            avoid="“Again?” A sigh. Missing her time without telling her.",
            plan={"1": "Let her sing it.", "3": "Show her on the clock when her time is."},
        ),
    ),
    # Tyler Brooks
    "pupil-138": (
        "staff-17",
        ScriptEntry(
            likes="Bikes, magic tricks, being trusted with keys.",
            shows="He argues about small things, most when an adult he likes is away.",
            helps="Being told himself who is in today. Someone finding him, so that he need not ask.",
            say="I came to find you.",
            avoid="Changing who comes without telling him. He misses Miss Pryce: say her name.",
            plan={
                "3": "Send him with the keys to the office.",
                "4": "Outside, side by side, until he talks about bikes.",
            },
        ),
    ),
    # Tia Okoye-Wright
    "pupil-209": (
        "staff-11",
        ScriptEntry(
            likes="Plaiting hair, netball, her cat Biscuit. She is fair to everybody.",
            shows="Head on the table. She gives her lunch away.",
            helps="Something to eat first. One friend with her, and an adult who listens without a pen.",
            say="Let us eat something first.",
            avoid="Talking about it on the netball field, where she is happy.",
            plan={
                "3": "Toast in Treetops with one friend.",
                "5": "Mr Reid, the sofa, the blanket. We tell home together.",
            },
        ),
    ),
    # Harvey Holroyd
    "pupil-040": (
        MR_REID,
        ScriptEntry(
            likes="Diggers, mud, his toy rabbit Mister Carrot.",
            shows="He runs. He always runs to the same place, behind the shed.",
            helps="Walking after him slowly and sitting down two metres away. Mister Carrot waits in Treetops.",
            say="You are safe. I am sitting here. Mister Carrot is waiting.",
            avoid="Running after him. Calling his name loudly. More than one adult.",
            plan={
                "3": "Digging in the sand.",
                "4": "Mister Carrot, and the tent.",
                "5": "One adult, two metres, no words for a while.",
            },
        ),
    ),
}
"""Who wrote the script of a child, and what it says."""

FIRST_SCRIPT_OF_LEO = ScriptEntry(
    likes="Trains and maps.",
    shows="He goes very quiet.",
    helps="Time.",
    say="I am here, Leo.",
    avoid="Asking why.",
    plan={"5": "Treetops with Ms Novak."},
)
TO_LOOK_AT_AGAIN = frozenset({"pupil-061", "pupil-155"})
"""Whose script should have been looked at again by now."""


@dataclass(frozen=True)
class DemoCard:
    """A card of the demo."""

    pupil: str
    adult: str
    kind: Kind
    picture: str
    words: str
    days_ago: int
    answer: CardAnswer | None
    waits: bool = False


CARDS: tuple[DemoCard, ...] = (
    DemoCard(
        "pupil-159",
        MRS_ALI,
        "held_in_mind",
        "heart-2",
        "I thought of you at the weekend: I saw a lion on a poster.",
        1,
        None,
        waits=True,
    ),
    DemoCard(
        "pupil-159",
        MR_OKAFOR,
        "success",
        "kite-8",
        "You told us what you think, in front of everybody.",
        4,
        "kept",
    ),
    DemoCard(
        "pupil-159", MRS_ALI, "kindness", "robin-6", "You held the door for the whole of Apple class.", 9, "kept"
    ),
    DemoCard(
        "pupil-159",
        MISS_BENNETT,
        "friendship",
        "mittens-3",
        "You asked Daniel to join in, and waited for his answer.",
        16,
        "waved",
    ),
    DemoCard("pupil-159", MRS_ALI, "held_in_mind", "sun-1", "I am looking forward to seeing you.", 24, "waved"),
    DemoCard(
        "pupil-159", MR_OKAFOR, "success", "boat-6", "You asked for a walk before it got too much.", 33, "kept"
    ),
    DemoCard(
        "pupil-149",
        MS_NOVAK,
        "held_in_mind",
        "nest-5",
        "The map you drew still hangs in Treetops.",
        2,
        None,
        waits=True,
    ),
    DemoCard("pupil-149", MRS_ALI, "kindness", "leaf-4", "You showed a new child the way, twice.", 12, "kept"),
    DemoCard(
        "pupil-150",
        MISS_BENNETT,
        "success",
        "butterfly-7",
        "You told me your step with your fingers, all by yourself.",
        3,
        "kept",
    ),
    DemoCard("pupil-150", MRS_ALI, "held_in_mind", "tree-5", "I thought of your dragon today.", 8, "kept"),
    DemoCard(
        "pupil-151",
        MRS_BONDAR,
        "held_in_mind",
        "sunflower-4",
        "I am looking forward to our word of the day.",
        1,
        None,
        waits=True,
    ),
    DemoCard("pupil-151", MR_REID, "friendship", "boat-6", "You taught Leo chess. You both laughed.", 6, "kept"),
    DemoCard(
        "pupil-155",
        MR_OKAFOR,
        "kindness",
        "tulip-8",
        "You watered every plant, also the one at the back.",
        5,
        "waved",
    ),
    DemoCard(
        "pupil-031", "staff-05", "success", "bee-3", "You waited for our time. I was glad to come.", 7, "kept"
    ),
    DemoCard(
        "pupil-209",
        MR_REID,
        "held_in_mind",
        "umbrella-2",
        "Biscuit sounds like a wise cat. Tell me more on Monday.",
        3,
        None,
        waits=True,
    ),
    DemoCard(
        "pupil-040",
        MR_REID,
        "success",
        "rainbow-6",
        "You came back by yourself. Mister Carrot saw it, too.",
        2,
        "kept",
    ),
)
"""Newer ones wait still; the others the child found the next morning."""


@dataclass(frozen=True)
class DemoTime:
    """A planned time of the demo."""

    pupil: str
    adult: str
    weekday: int | None
    """Monday is 0; nothing is the day on which the demo is opened."""
    at: time
    how: str
    last: tuple[str, str | None] | None
    """What was said of the last time: met or missed, and why; nothing was said when there is none."""


TIMES: tuple[DemoTime, ...] = (
    DemoTime("pupil-150", MRS_ALI, None, time(9, 10), "draw", ("met", None)),
    DemoTime("pupil-159", MRS_ALI, None, time(14, 30), "walk", ("met", None)),
    DemoTime("pupil-149", MR_OKAFOR, 1, time(11, 0), "walk", None),
    DemoTime("pupil-031", MR_REID, 0, time(13, 15), "sit", ("missed", "He had to stay with another child.")),
    DemoTime("pupil-179", MR_OKAFOR, 3, time(10, 30), "talk", ("met", None)),
    DemoTime("pupil-138", MR_BELL, 4, time(9, 0), "talk", ("met", None)),
)
