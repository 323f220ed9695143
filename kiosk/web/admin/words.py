"""The office's words for roles and settings. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.school.languages import LANGUAGES


@dataclass(frozen=True)
class RoleWords:
    """A role as the administrator reads it."""

    title: str
    may: str
    """What somebody with this role does and sees."""


ROLE_WORDS = {
    "adult": RoleWords("Adult", "Works with children: may be in a High 5 and answers requests."),
    "duty": RoleWords("On duty", "Looks after every request that is waiting."),
    "nurture": RoleWords("Nurture", "Reads Today: every child's steps, who is silent, who waits."),
    "dsl": RoleWords("Safeguarding lead", "The end of every chain: sees every request, and Today."),
    "admin": RoleWords("Administrator", "Tablets, accounts and settings; no child's step or request."),
}
CHOICE_WORDS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
    "none": "None",
    "yes": "Yes",
    "no": "No",
    "calm_is_1": "1 is calm, 5 is hardest",
    "calm_is_5": "5 is calm, 1 is hardest",
    "left_to_right": "From left to right, as on the walls",
    "follow": "The way the language is written",
    **{language.code: language.name for language in LANGUAGES.values()},
}
_TITLES = {
    "timezone": "Time zone",
    "answer_within_seconds": "Time to answer, in seconds",
    "scale_direction": "Which end of the scale is calm",
    "retention_checkins_days": "Days that check-ins are kept",
    "two_person_close": "A second person signs off",
    "pupil_free_text": "Pupils may write",
    "tablet_language": "Language of the tablets",
    "scale_order_rtl": "Order of the steps from right to left",
    "help_place": "Where a child goes for help",
    "duty_board_names": "Names on the duty board",
    "mail_server": "Mail server for alerts",
}


def as_typed(text: str) -> str:
    """What somebody typed, for the form that comes back: without what no page can carry."""
    return "".join(letter for letter in text if letter.isprintable())


def setting_title(name: str) -> str:
    """What a setting is called on its page; one without words of its own goes by its name."""
    return _TITLES.get(name) or name.replace("_", " ").capitalize()


_WAYS = {
    "phone": "Phone",
    "own mail": "Own e-mail",
    "mailto": "E-mail",
    "mailtos": "E-mail",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "workflow": "Microsoft Teams",
    "workflows": "Microsoft Teams",
    "msteams": "Microsoft Teams",
    "twilio": "Text message",
    "slack": "Slack",
    "tgram": "Telegram",
    "signal": "Signal",
    "signals": "Signal",
    "json": "Web address",
    "jsons": "Web address",
}


def way_words(way: str) -> str:
    """What a way to be alerted is called; one without words of its own goes by how its address begins."""
    return _WAYS.get(way, way)
