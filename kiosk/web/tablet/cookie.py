"""The paired device's cookie."""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from kiosk.web.access import TABLET_COOKIE

LASTS = timedelta(days=400)  # the longest browsers allow; renewed whenever the roster is asked for


def keep_token(answer: Response, token: str) -> None:
    """Let the device prove itself from now on. Scripts cannot read it, other sites cannot send it."""
    answer.set_cookie(
        TABLET_COOKIE,
        token,
        max_age=LASTS,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
