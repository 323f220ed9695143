"""The translations: one .po file for each language and audience, read when first needed.

They are not compiled: a .po file is the one truth, a fresh checkout and a wheel hold the same files, and reading
one takes some milliseconds once in the life of a process (docs/decisions.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from kiosk.school.languages import SOURCE, Language

FOLDER = Path(__file__).parent.parent / "translations"
TABLET, STAFF = "tablet", "staff"
AUDIENCES = (TABLET, STAFF)
_ANY_OTHER = "cy"
"""Every catalogue has every phrase, so any of them tells what there is in English."""
_REVIEWED = re.compile(r"^#\s*Reviewed by:\s*(?P<by>\S.*?),\s*(?P<on>\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)
_PLACE = re.compile(r"\{(\w+)\}|%\((\w+)\)s")


@dataclass(frozen=True)
class Review:
    """Who, speaking the language, has read a catalogue, and on which day (as they wrote it)."""

    by: str
    on: str


@dataclass(frozen=True)
class Standing:
    """How far a language has come on the tablet."""

    language: Language
    translated: int
    words: int
    """How many there are to translate."""
    review: Review | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it would be shown in English."""
        return self.translated == self.words


def path_of(code: str, audience: str) -> Path:
    """Where a language's words for an audience stand."""
    return FOLDER / code.replace("-", "_") / "LC_MESSAGES" / f"{audience}.po"


@cache
def catalogue(code: str, audience: str) -> Catalog | None:
    """The words of a language for an audience; nothing for the source, or when there is no such file."""
    path = path_of(code, audience)
    if code == SOURCE or not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=code.replace("-", "_"), domain=audience)


@cache
def translations(code: str, first: str = STAFF) -> NullTranslations:
    """Every word of a language; what it does not have is answered in English.

    "Yes" to a child who was asked whether talking helped is another word than "Yes" in a list of accounts: where
    both audiences have a phrase it is said as to the first.
    """
    found = Translations()
    for audience in sorted(AUDIENCES, key=lambda one: one == first):
        if (words := catalogue(code, audience)) is not None:
            compiled = BytesIO()
            write_mo(compiled, words)
            compiled.seek(0)
            read = Translations(compiled)
            found.merge(read)
            found.plural = read.plural  # type: ignore[attr-defined, unused-ignore]
    return found


@cache
def fingerprint(audience: str) -> str:
    """A text that is another one exactly when a translation is."""
    files = sorted(FOLDER.glob(f"*/LC_MESSAGES/{audience}.po"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def phrases(audience: str, code: str) -> Iterator[tuple[str, str]]:
    """Each English phrase with its translation (empty when there is none yet), in the order of the screens.

    A phrase that counts is there once for one, and then once for each way in which the language counts more.
    """
    words = catalogue(_ANY_OTHER if code == SOURCE else code, audience)
    for message in words or ():
        if words is not None and message.id:
            english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            yield from zip(english, english, strict=True) if code == SOURCE else _said(english, message, words)


def templates_of(audience: str) -> dict[str, frozenset[str]]:
    """Each English phrase with the names of the templates in which it stands."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: frozenset(
            place.rpartition("/")[2] for place, _line in message.locations
        )
        for message in catalogue(_ANY_OTHER, audience) or ()
        if message.id
    }


def _said(english: tuple[str, ...], message: Message, words: Catalog) -> Iterator[tuple[str, str]]:
    if len(english) == 1:
        yield english[0], "" if message.fuzzy else str(message.string or "")
        return
    for_one = c2py(words.plural_expr)(1)
    for form, said in enumerate(message.string or [""] * words.num_plurals):
        yield english[0 if form == for_one else 1], "" if message.fuzzy else str(said or "")


def standing(language: Language, audience: str = TABLET) -> Standing:
    """How far a language has come."""
    pairs = list(phrases(audience, language.code))
    return Standing(language, sum(bool(said) for _, said in pairs), len(pairs), review_of(language.code, audience))


def review_of(code: str, audience: str) -> Review | None:
    """The review that a catalogue's heading tells of: ``# Reviewed by: NAME, YYYY-MM-DD``."""
    words = catalogue(code, audience)
    found = _REVIEWED.search(words.header_comment) if words is not None else None
    return Review(found["by"], found["on"]) if found else None


def places_in(phrase: str) -> list[str]:
    """The names of the values that a phrase has places for, in alphabetical order: ``{adult}``, ``%(count)s``."""
    return sorted(match[1] or match[2] for match in _PLACE.finditer(phrase))
