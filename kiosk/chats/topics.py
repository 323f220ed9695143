"""What a child can say that a talk is about, in the words of staff. Pure."""

from __future__ import annotations

from kiosk.wording import N_

ABOUT = {
    "home": N_("home"),
    "friends": N_("friends"),
    "learning": N_("learning"),
    "body": N_("my body"),
    "playtime": N_("playtime"),
    "put_right": N_("putting something right"),
    "sit_with_friend": N_("a friend to sit with"),
    "else": N_("something else"),
    "not_say": N_("would rather not say"),
}
