"""The staff board: requests that are mine, live, each answered with one tap."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/staff")

from kiosk.web.staff import (  # noqa: E402, F401 - they put their views on the blueprint
    after,
    alerts,
    children,
    childs_tablet,
    concerns,
    days,
    duty,
    endings,
    fingers,
    here,
    high5,
    language,
    live,
    live_words,
    my_picture,
    navigation,
    phone_app,
    recordings,
    routes,
    todo,
)
