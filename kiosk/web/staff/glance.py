"""Whether names are hidden on this device: a screen that others can see."""

from __future__ import annotations

from flask import Response, request

NAMES_COOKIE = "treetops_names"
A_YEAR_SECONDS = 365 * 24 * 3600


def names_are_hidden() -> bool:
    """Whether somebody hid names on this device."""
    return request.cookies.get(NAMES_COOKIE) == "hidden"


def keep_names_hidden(answer: Response, *, hide: bool) -> None:
    """Remember the choice on this device, in a cookie: names are then never sent to a hidden screen."""
    answer.set_cookie(
        NAMES_COOKIE,
        "hidden" if hide else "shown",
        max_age=A_YEAR_SECONDS,
        path="/staff",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
