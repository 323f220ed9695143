"""Reading single values as school systems write them: names, years, titles, roles, states, dates. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from typing import Literal

from kiosk.people.roster.model import CLASS_NAME_MOST, HOUSE_MOST, NAME_MOST, YEAR_MOST

Kind = Literal["pupil", "adult", "family"]

_KEPT_INVISIBLE = {"\u200c", "\u200d"}  # letters are joined or kept apart with these in Persian, Urdu and Tamil
_UNREADABLE_LETTER = "\ufffd"
_EXCEL_TEXT = re.compile(r'="(.*)"')
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


def clean(text: str) -> str:
    """The text as it is kept: composed (NFC), on one line, with nothing invisible in it."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(_visible(letter) for letter in text)
        text = unicodedata.normalize("NFC", text)
    text = text.strip()
    if "  " in text or not text.isascii():
        text = " ".join(text.split())
    if text.startswith('="') and (kept := _EXCEL_TEXT.fullmatch(text)):  # how Excel keeps leading zeros
        text = kept[1].strip()
    return text


def _visible(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter.isspace() or letter in "\x00\x85":
        return " " if letter != "\x00" else ""
    if kind in ("Cc", "Cf", "Cs", "Co") and letter not in _KEPT_INVISIBLE:
        return ""
    return letter


def fingerprint(text: str) -> str:
    """Something to recognise an id by that cannot be read back: a row that is not used may hold anything."""
    return sha256(clean(text).lower().encode("utf-8", "replace")).hexdigest()[:24]


def fold(text: str) -> str:
    """Letters and digits alone, in lower case: for comparing headings, roles and titles."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def name_problem(what: str, name: str) -> str | None:
    """Say in a sentence why a name cannot be used, or nothing."""
    if not any(letter.isalpha() for letter in name):
        return f"The {what} is empty." if not name else f"The {what} has no letter in it."
    if len(name) > NAME_MOST:
        return f"The {what} is longer than {NAME_MOST} characters."
    if _UNREADABLE_LETTER in name:
        return f"The {what} has a letter that cannot be read. Export the file again as UTF-8."
    return None


def class_name_problem(name: str) -> str | None:
    """Say in a sentence why a class name cannot be used, or nothing. "4/5" is a name; it needs no letter."""
    if not name:
        return "The class has no name."
    if len(name) > CLASS_NAME_MOST:
        return f"The name of the class is longer than {CLASS_NAME_MOST} characters."
    if _UNREADABLE_LETTER in name:
        return "The name of the class has a letter that cannot be read. Export the file again as UTF-8."
    return None


def read_known_as(given_name: str, preferred: str) -> str | None:
    """What the child is called when it is not the first name (see ``RosterPupil.known_as``)."""
    if not preferred or name_problem("", preferred):
        return None
    return "" if preferred == given_name else preferred


def split_name(text: str) -> tuple[str, str]:
    """Given and family name of "Saima Ali", "Ali, Saima" or "Ludwig van Beethoven"; a part may be missing."""
    family, comma, given = text.partition(",")
    if comma:
        return given.strip(), family.strip()
    words = text.split()
    at = len(words) - 1
    while at > 0 and words[at - 1].islower() and words[-1][0].isupper():
        at -= 1
    return " ".join(words[:at]), " ".join(words[max(at, 0) :])


def split_staff_name(text: str) -> tuple[str | None, str, str]:
    """Title, given and family name of "Mrs Saima Ali", "Ali, Mrs S" or "Ali Mrs"; a part may be missing."""
    words = text.replace("(", " ").replace(")", " ").split()
    after_comma = next((at + 1 for at, word in enumerate(words) if word.endswith(",")), 0)
    for at in (after_comma, 0, len(words) - 1):
        # Lord and Sister are family names too, so at the end only the everyday titles are taken for one.
        if len(words) > 1 and at < len(words) and (title := read_title(words[at])):
            if at == len(words) - 1 and at != after_comma and title not in _EVERYDAY_TITLES:
                continue
            del words[at]
            return title, *split_name(" ".join(words).removesuffix(","))
    return None, *split_name(text)


_TITLES = {
    **{fold(title): title for title in ("Mr", "Mrs", "Miss", "Ms", "Mx", "Dr", "Prof", "Rev", "Sir", "Dame")},
    **{fold(title): title for title in ("Lady", "Lord", "Father", "Sister", "Brother", "Imam", "Rabbi", "Canon")},
    "mister": "Mr",
    "missus": "Mrs",
    "doctor": "Dr",
    "professor": "Prof",
    "revd": "Rev",
    "reverend": "Rev",
    "fr": "Father",
    "sr": "Sister",
}
_EVERYDAY_TITLES = frozenset(("Mr", "Mrs", "Miss", "Ms", "Mx", "Dr"))


def read_title(text: str) -> str | None:
    """A title that goes before a family name, as it is written; nothing for "Teacher" or "Deputy head"."""
    return _TITLES.get(fold(text))


def name_words(*names: str | None) -> frozenset[str]:
    """The words of some names, without case, titles and initials: for seeing whether two people may be one."""
    words = re.findall(r"\w+", " ".join(name for name in names if name).casefold())
    return frozenset(word for word in words if len(word) > 1 and read_title(word) is None)


def is_called_by_rule(called: str, given_name: str, family_name: str) -> bool:
    """Whether "what children call this adult" is what an import would have written, not a person's own choice."""
    if called in (f"{given_name} {family_name}".strip(), family_name):
        return True
    title, _, rest = called.partition(" ")
    return rest == family_name and read_title(title) is not None


def read_house(text: str) -> str | None:
    """The house a child belongs to; nothing for what has a number in it, which is where the child lives."""
    is_address = any(letter.isdigit() for letter in text)
    return text if text and len(text) <= HOUSE_MOST and not is_address else None


def read_year(text: str) -> str | None:
    """A year group in the school's short form: "Year 4", "Y4" and "04" are all "4"; "Reception" is "R"."""
    years = [_one_year(part) for part in re.split(r"[,;/&]", text)]
    joined = "/".join(dict.fromkeys(year for year in years if year))
    return joined if joined and len(joined) <= YEAR_MOST else None


def _one_year(text: str) -> str:
    text = text.strip(" []\"'")
    named = re.sub(r"(?i)^(?:nc|curriculum)?\s*(?:year|yr|y|grade)(?:\s*group)?\s*(?=[\drn])", "", text)
    if named.isascii() and named.isdigit():
        return str(int(named[:4]))
    return {"reception": "R", "rec": "R", "nursery": "N", "nur": "N"}.get(fold(named), named)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PUPIL_WORDS = _words("student students pupil pupils child children learner")
_FAMILY_WORDS = _words(
    "guardian guardians parent parents relative relatives contact contacts mother father mum dad carer carers "
    "family kin grandparent grandmother grandfather grandma grandad stepmother stepfather stepparent sibling "
    "brother sister aunt uncle"
)
_BESIDE_FAMILY = _words("foster legal emergency priority next of and or")
_ADULT_WORDS = _words(
    "teacher teachers headteacher head deputy principal aide administrator admin professor proctor staff chair "
    "researcher adjunct affiliate therapist paraprofessional services advisor adviser nurse lecturer faculty "
    "assistant instructor substitute coach counselor counsellor mentor ta hlta lsa senco sendco inclusion dsl slt "
    "tutor supervisor supply cover caretaker technician officer manager bursar receptionist secretary librarian "
    "cook cleaner worker lead leader employee educator practitioner support midday lunchtime workforce ect nqt "
    "psychologist chaplain"
)


def kind_of_role(role: str) -> Kind | None:
    """Whether a role is a pupil's, a member of staff's or a family member's; nothing when it is none of these.

    "Parent support adviser" and "student teacher" are staff; "parent/carer" is family.
    """
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", role)}
    of_family = bool(words & _FAMILY_WORDS)
    if of_family and words <= _FAMILY_WORDS | _BESIDE_FAMILY:
        return "family"
    if words & _ADULT_WORDS or fold(role) in _ADULT_WORDS:
        return "adult"
    if words & _PUPIL_WORDS:
        return "pupil"
    return "family" if of_family else None


_GONE = _words("tobedeleted deleted delete inactive left leaver leavers former archived offroll withdrawn")


def is_gone(status: str) -> bool:
    """Whether a row's state says that it no longer counts. Blank and "Active" count, in any case."""
    return fold(status) in _GONE


def is_before(text: str, day: date) -> bool:
    """Whether a date is surely earlier than ``day``.

    "2023-05-01", "20230501", "2023-05-01T00:00:00.000Z" and "1/05/2023" are read. Nobody can tell whether the
    last is in May or in January, so both readings must be earlier. Anything else is not earlier.
    """
    if found := re.match(r"(\d{4})-?(\d{1,2})-?(\d{1,2})(?!\d)", text):
        readings = [_day(found[1], found[2], found[3])]
    elif found := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)", text):
        readings = [_day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])]
    else:
        return False
    possible = [reading for reading in readings if reading]
    return bool(possible) and max(possible) < day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_upn(text: str) -> str:
    """A unique pupil number without spaces, in capitals; empty when there is none."""
    return "".join(text.split()).upper()


def looks_like_upn(text: str) -> bool:
    """Whether a number of unknown kind has the form of a unique pupil number: a letter and twelve more."""
    return _UPN.fullmatch(read_upn(text)) is not None


def looks_like_email(text: str) -> bool:
    """Whether a text could be an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


_REGISTRATION = _words("registration reg homeroom tutor tutorgroup form")


def is_registration(name: str) -> bool:
    """Whether a class is for registration, by its name: "Reg 5M", "Form 4", "Homeroom 2"."""
    return not _REGISTRATION.isdisjoint(re.findall(r"[a-z]+", name.casefold().replace("home room", "homeroom")))
