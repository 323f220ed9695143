"""The office's words for roles and settings. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.school.calendar import DAY_NAMES, WEEKDAYS
from kiosk.school.languages import LANGUAGES
from kiosk.wording import N_


@dataclass(frozen=True)
class RoleWords:
    """A role as the administrator reads it."""

    title: str
    may: str
    """What somebody with this role does and sees."""


ROLE_WORDS = {
    "adult": RoleWords(N_("Adult"), N_("Works with children: may be in a High 5 and answers requests.")),
    "duty": RoleWords(N_("On duty"), N_("Looks after every request that is waiting.")),
    "nurture": RoleWords(N_("Nurture"), N_("Reads Today: every child's steps, who is silent, who waits.")),
    "dsl": RoleWords(N_("Safeguarding lead"), N_("The end of every chain: sees every request, and Today.")),
    "admin": RoleWords(N_("Administrator"), N_("Tablets, accounts and settings; no child's step or request.")),
}
CHOICE_WORDS = {
    "england": N_("England"),
    "wales": N_("Wales"),
    "scotland": N_("Scotland"),
    "northern_ireland": N_("Northern Ireland"),
    "none": N_("None"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "calm_is_1": N_("1 is calm, 5 is hardest"),
    "calm_is_5": N_("5 is calm, 1 is hardest"),
    "calm": N_("Calm"),
    "zones": N_("Zones"),
    "no_traffic_light": N_("No traffic light"),
    "high_contrast": N_("High contrast"),
    "faces": N_("Faces"),
    "thermometer": N_("Thermometer"),
    "weather": N_("Weather"),
    **dict(zip(WEEKDAYS, DAY_NAMES, strict=True)),
    "september": N_("1 September"),
    "august": N_("1 August"),
    "left_to_right": N_("From left to right, as on the walls"),
    "follow": N_("The way the language is written"),
    **{language.code: language.name for language in LANGUAGES.values()},
}
_TITLES = {
    "school_name": N_("School name"),
    "safe_space_name": N_("Safe space name"),
    "timezone": N_("Time zone"),
    "school_hours": N_("School hours"),
    "school_days": N_("School days"),
    "bank_holidays": N_("Bank holidays"),
    "school_year_begins": N_("Beginning of the school year"),
    "answer_within_seconds": N_("Time to answer, in seconds"),
    "scale_direction": N_("Which end of the scale is calm"),
    "retention_checkins_days": N_("Days that check-ins are kept"),
    "two_person_close": N_("A second person signs off"),
    "pupil_free_text": N_("Pupils may write"),
    "tablet_language": N_("Language of the tablets"),
    "scale_order_rtl": N_("Order of the steps from right to left"),
    "help_place": N_("Where a child goes for help"),
    "tablet_theme": N_("Colours of the tablets"),
    "tablet_scale_picture": N_("Beside the fingers"),
    "duty_board_names": N_("Names on the duty board"),
    "patterns_today": N_("Answers, hard days and silence on Today"),
    "patterns_child": N_("The page of one child over time"),
    "patterns_different": N_("The list of what is different from usual"),
    "patterns_connections": N_("The page of silence and connections"),
    "patterns_school": N_("The page of classes and school"),
    "weekly_list_day": N_("Day of the weekly list"),
    "quiet_days": N_("School days without a word"),
    "rule_hard_answers": N_("Plain rule: hard days among the last"),
    "rule_hard_running": N_("Plain rule: hard days running"),
    "rule_always_same": N_("Plain rule: always the same answer"),
    "rule_sudden_move": N_("Plain rule: a sudden move"),
    "rule_weekends": N_("Plain rule: around weekends"),
    "concern_contact": N_("Who to go to about the only lead"),
    "mail_server": N_("Mail server for alerts"),
}


def as_typed(text: str) -> str:
    """What somebody typed, for the form that comes back: without what no page can carry."""
    return "".join(letter for letter in text if letter.isprintable())


def setting_title(name: str) -> str:
    """What a setting is called on its page; one without words of its own goes by its name."""
    return _TITLES.get(name) or name.replace("_", " ").capitalize()


_WAYS = {
    "phone": N_("Phone"),
    "own mail": N_("Own e-mail"),
    "mailto": N_("E-mail"),
    "mailtos": N_("E-mail"),
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "workflow": "Microsoft Teams",
    "workflows": "Microsoft Teams",
    "msteams": "Microsoft Teams",
    "twilio": N_("Text message"),
    "slack": "Slack",
    "tgram": "Telegram",
    "signal": "Signal",
    "signals": "Signal",
    "json": N_("Web address"),
    "jsons": N_("Web address"),
}


def way_words(way: str) -> str:
    """What a way to be alerted is called; one without words of its own goes by how its address begins."""
    return _WAYS.get(way, way)
