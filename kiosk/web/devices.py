"""What somebody holds, in a word or two, from what their browser says of itself. Pure.

For the record of a request ("answered from a phone"), where a wrong guess does no harm; nothing is decided by it.
"""

from __future__ import annotations

_KNOWN = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android tablet"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows computer"),
    ("Macintosh", "Mac or iPad"),
    ("Linux", "Linux computer"),
)
"""What browsers call themselves, and our words; an iPad of today calls itself a Macintosh."""
OTHER = "another device"


def device_of(user_agent: str) -> str:
    """The kind of device, such as ``"Android phone"``.

    Args:
        user_agent: the browser's ``User-Agent`` (RFC 9110, section 10.1.5); an Android phone, other than a tablet,
            says ``Mobile`` in it.
    """
    if "Android" in user_agent and "Mobile" in user_agent:
        return "Android phone"
    return next((words for name, words in _KNOWN if name in user_agent), OTHER)
