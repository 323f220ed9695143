"""Who works here on a day, and who can sign in: the clauses for statements.

The pure rule of the first is ``kiosk.people.rules.has_left``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, exists, or_
from sqlalchemy.orm import aliased

from kiosk.people.models import Account, Adult
from kiosk.school.store import local_now


def works_here(on: date | BindParameter[date] | None = None, *, who: Any = Adult) -> ColumnElement[bool]:
    """That an adult works here on a day, also when they leave next week; for statements about ``Adult``.

    Args:
        on: the school's date; nothing means today. A statement that is built once takes a parameter.
        who: ``Adult`` by another name in the statement.
    """
    return or_(who.left_on.is_(None), who.left_on > (local_now().date() if on is None else on))


def can_sign_in(who: Any = Adult) -> ColumnElement[bool]:
    """That an adult has an account that is switched on: whoever has none hears of nothing.

    Args:
        who: ``Adult`` by another name in the statement.
    """
    account = aliased(Account)  # the statement may speak of accounts itself
    return exists(1).where(account.adult_id == who.id, account.active).correlate(who)
