"""The languages a child can use the tablet in, and those of the staff's pages. Pure.

English is the source. The next ten are the home languages most often spoken by pupils of English schools (the
school census of January 2015), in that order; then others that are often asked for, and Welsh.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        Language(SOURCE, "English", "English"),
        Language("ur", "Urdu", "اردو", is_rtl=True),
        Language("pa", "Panjabi", "ਪੰਜਾਬੀ"),
        Language("pl", "Polish", "Polski"),
        Language("bn", "Bengali", "বাংলা"),
        Language("so", "Somali", "Soomaali"),
        Language("ar", "Arabic", "العربية", is_rtl=True),
        Language("gu", "Gujarati", "ગુજરાતી"),
        Language("pt", "Portuguese", "Português"),
        Language("ta", "Tamil", "தமிழ்"),
        Language("fr", "French", "Français"),
        Language("ro", "Romanian", "Română"),
        Language("uk", "Ukrainian", "Українська"),
        Language("tr", "Turkish", "Türkçe"),
        Language("zh-Hans", "Chinese (simplified)", "简体中文"),
        Language("fa", "Farsi", "فارسی", is_rtl=True),
        Language("ps", "Pashto", "پښتو", is_rtl=True),
        Language("cy", "Welsh", "Cymraeg"),
    )
}

STAFF_LANGUAGES = (SOURCE, "cy")
"""What the staff's pages can be read in, as far as they are translated."""
