"""Whose page it is: one's own, or a colleague's that one sees to. Both have the same forms, at other addresses."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, url_for

from kiosk.people.presence import NoSuchAdult, colleague
from kiosk.people.rules import read_id
from kiosk.people.store import TrustedAdult
from kiosk.web.access import asker


@dataclass(frozen=True)
class Whose:
    """Whose days or picture a page shows, and where its forms go."""

    adult: TrustedAdult
    is_me: bool

    @property
    def days(self) -> str:
        """The page of their days."""
        return url_for("staff.my_days") if self.is_me else url_for("staff.days_of", adult_id=self.adult.id)

    @property
    def picture(self) -> str:
        """The page of their picture."""
        return url_for("staff.my_picture") if self.is_me else url_for("staff.picture_of", adult_id=self.adult.id)


def mine() -> Whose:
    """The person who is signed in; 404 for an account that is nobody's who works here."""
    return Whose(load_colleague(str(asker().adult_id)), is_me=True)


def theirs(adult_id: str) -> Whose:
    """A colleague by the id of an address; 404 when nobody of it works here."""
    return Whose(load_colleague(adult_id), is_me=False)


def load_colleague(adult_id: str) -> TrustedAdult:
    """A colleague by the id of an address; 404 when nobody of it works here."""
    try:
        return colleague(read_id(adult_id))
    except NoSuchAdult:
        abort(404)
