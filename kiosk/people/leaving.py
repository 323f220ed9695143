"""Who works here on a day: the one clause for statements. The pure rule is ``kiosk.people.rules.has_left``."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, or_

from kiosk.people.models import Adult
from kiosk.school.store import local_now


def works_here(on: date | BindParameter[date] | None = None, *, who: Any = Adult) -> ColumnElement[bool]:
    """That an adult works here on a day, also when they leave next week; for statements about ``Adult``.

    Args:
        on: the school's date; nothing means today. A statement that is built once takes a parameter.
        who: ``Adult`` by another name in the statement.
    """
    return or_(who.left_on.is_(None), who.left_on > (local_now().date() if on is None else on))
