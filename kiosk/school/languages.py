"""The languages a child can use the tablet in, and those of the staff's pages. Pure.

English is the source. The next ten are the home languages most often spoken by pupils of English schools (the
school census of January 2015), in that order; then others that are often asked for, and Welsh.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.wording import N_


@dataclass(frozen=True)
class Language:
    """A language, as pages name it."""

    code: str
    """Its tag after BCP 47, as it stands in a page's ``lang``."""
    name: str
    """In English, for staff."""
    own_name: str
    """In itself and its own script, for those who speak it."""
    is_rtl: bool = False
    """Whether it is written from right to left."""

    @property
    def direction(self) -> str:
        """The page's ``dir``."""
        return "rtl" if self.is_rtl else "ltr"


SOURCE = "en"
"""The language every word is first written in. A child without another one sees it."""

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language(SOURCE, N_("English"), "English"),
        Language("ur", N_("Urdu"), "اردو", is_rtl=True),
        Language("pa", N_("Panjabi"), "ਪੰਜਾਬੀ"),
        Language("pl", N_("Polish"), "Polski"),
        Language("bn", N_("Bengali"), "বাংলা"),
        Language("so", N_("Somali"), "Soomaali"),
        Language("ar", N_("Arabic"), "العربية", is_rtl=True),
        Language("gu", N_("Gujarati"), "ગુજરાતી"),
        Language("pt", N_("Portuguese"), "Português"),
        Language("ta", N_("Tamil"), "தமிழ்"),
        Language("fr", N_("French"), "Français"),
        Language("ro", N_("Romanian"), "Română"),
        Language("uk", N_("Ukrainian"), "Українська"),
        Language("tr", N_("Turkish"), "Türkçe"),
        Language("zh-Hans", N_("Chinese (simplified)"), "简体中文"),
        Language("fa", N_("Farsi"), "فارسی", is_rtl=True),
        Language("ps", N_("Pashto"), "پښتو", is_rtl=True),
        Language("cy", N_("Welsh"), "Cymraeg"),
    )
}

STAFF_LANGUAGES = (SOURCE, "cy")
"""What the staff's pages can be read in, as far as they are translated."""
