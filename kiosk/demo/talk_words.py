"""What the adults of Hazelwood write down after a talk. Pure, and made up: nobody is named, every child fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.demo.hazelwood import MR_BELL, MR_REID, MRS_ALI, MS_NOVAK

LIKES: Mapping[str, tuple[str, ...]] = {
    "pupil-149": ("sat", "drew", "safe_space"),  # Leo Carter: side by side, a map to draw
    "pupil-150": ("drew", "sat"),  # Daniel Mensah does not speak at school
    "pupil-151": ("sat", "played", "safe_space"),  # Sasha Kovalenko: chess, a friend, an open door
    "pupil-155": ("moved", "walked", "played"),  # Zofia Nowak: a job that moves
    "pupil-159": ("walked", "sat"),  # Amir Khan: to the big tree and back
    "pupil-160": ("listened", "moved"),  # Gurleen Kaur Dhillon: two minutes with the plants
    "pupil-061": ("played", "safe_space"),  # Kacper Nowak: blocks before the register
    "pupil-179": ("listened", "walked", "told_class"),  # Hodan Abdi: asked twice, on two days
    "pupil-031": ("listened", "drew"),  # Ruby Whitaker: a time that is hers
    "pupil-138": ("moved", "listened"),  # Tyler Brooks
    "pupil-176": ("walked", "breathed"),  # Safiya Choudhry
}
"""What is known to help children who have a story or a script; the others draw theirs."""

NOTES: Mapping[str, tuple[str, ...]] = {
    "listened": (
        "Told me the whole of it once nobody hurried. Mostly wanted to be believed.",
        "A poor night: the baby was awake. Said so without being asked.",
        "Worried about who to sit with on the trip. We thought of two names together.",
        "Grandad is in hospital. Likes to be asked about him, quietly.",
        "The loud hall is hard at the moment. May come in by the side door.",
        "Proud of something today, and wanted to tell it first to somebody who listens.",
    ),
    "drew": (
        "The drawing said more than words. It is in the blue tray, for next time.",
        "Drew the house they moved to, room by room. The new room has no curtain yet.",
        "We each drew our morning and swapped. Laughed at my bus.",
        "Drew quietly for a while, then told me about the top corner of the page.",
    ),
    "sat": (
        "Few words, and that was right. Asked whether we can do the same again.",
        "We watched the rain together until the shoulders came down.",
        "Side by side on the bench. The talking came in the last minute.",
    ),
    "walked": (
        "Twice round the field. Easier to talk when we both look ahead.",
        "Walked to the big tree and back, and took a leaf for the class table.",
        "We took the long way to the office with the register. Came back lighter.",
    ),
    "played": (
        "Four rounds of dominoes. The story came out in the third.",
        "Built a bridge of blocks, then told me who would not let them build at playtime.",
    ),
    "breathed": (
        "We counted each other’s breaths up to ten and got the giggles at seven.",
        "Breathed along the fingers of one hand. Wants to try it alone before the spelling test.",
    ),
    "moved": (
        "Carried the book boxes with me. Heavy work helps more than sitting.",
        "Wall pushes and the stairs, then ready for mathematics.",
        "Watered the beans. Knows every one of them by now.",
    ),
    "safe_space": (
        "Ten minutes under the lamp. Said when it was enough, without being asked.",
        "Chose the corner with the cushions and went back after the story.",
    ),
    "told_class": (
        "We agreed what I tell the class teacher, and what stays with us unless somebody is not safe.",
        "The class teacher knows: a seat nearer the door for this week.",
    ),
    "mended": (
        "They met at the end of play. Both said their part, and went off to eat together.",
        "Wrote a card for a friend and gave it by hand.",
    ),
}
"""Notes by what was done: a note tells of something that stands ticked above it."""


@dataclass(frozen=True)
class PuttingRight:
    """What happened, who was affected and what was agreed."""

    happened: str
    affected: str
    agreed: str


PUTTING_RIGHT = (
    PuttingRight(
        "“They said I could not play and I kicked the den down. I saw their faces and I ran off.”",
        "The three who had built it since Monday: sad, and one of them cross. And the child who kicked it, who "
        "felt left out before and alone afterwards.",
        "They build it again together on Friday with Mr Reid near. The door of the den is for everybody who asks. "
        "Whoever feels left out says so, and comes to one of us first.",
    ),
    PuttingRight(
        "“I read out what was in the notebook. I thought it would be funny and then nobody laughed.”",
        "The child whose notebook it was did not want to come in after lunch. The two friends who listened felt "
        "uneasy and did not know what to say.",
        "Sorry was said, and heard. The notebook has a place in the teacher’s drawer now. They sit at one table "
        "again from Monday, and we ask both of them how it goes.",
    ),
)


@dataclass(frozen=True)
class ToldFollowUp:
    """Something that is still to do now."""

    written_by: str
    by: str
    on: int
    """In how many school days, today being 0: -1 is overdue."""
    what: str


STILL_TO_DO = (
    ToldFollowUp(MRS_ALI, MRS_ALI, -1, "Ring home: who fetches on Thursdays now?"),
    ToldFollowUp(MRS_ALI, MRS_ALI, 0, "Ask how the new seat is, on the way out to lunch"),
    ToldFollowUp(MR_REID, MR_REID, 0, "Find the train book that we talked about"),
    ToldFollowUp(MS_NOVAK, MR_BELL, 2, "A place in the Thursday cooking group?"),
)
DONE_FOLLOW_UPS = (
    "Look in at playtime and say hello",
    "Speak with the lunch team about where to sit",
    "Ring home and say what went well",
    "Give back the drawing, with the frame",
    "Ask again, as we said we would",
    "Bring the lion book from the library",
)

WORRY = (
    "Since half-term there has been no breakfast on most days, and today the same damp coat as on Monday. Asked "
    "me for a second apple for somebody at home. Quiet when I asked who cooks in the evening. I have promised "
    "nothing and said that I would tell Mrs Green, because she can help."
)
WHAT_WAS_DONE = (
    "Spoke with the child the same day and with the family on the next. The boiler had broken and work had "
    "changed to nights: food parcels and the holiday club agreed, a warm coat found, the family worker visits. "
    "Looked at again after two weeks: breakfast each day. The class team knows what to look for."
)
