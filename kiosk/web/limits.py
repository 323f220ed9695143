"""How often something may be tried. High enough that no class ever meets a limit, low enough to stop guessing."""

from __future__ import annotations

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)

PAIRING = "20 per minute; 100 per hour"
SIGN_IN = "10 per minute; 60 per hour"
"""For each account name from each address."""
TABLET = "30000 per minute"
"""For each tablet: about what one can send without a pause; only a broken program meets it."""


def init_limits(app: Flask) -> None:
    """Count tries in this process's memory."""
    limiter.init_app(app)


def by_tablet() -> str:
    """Count for each tablet, not for each address: a whole school may share one."""
    return f"tablet-{g.tablet.id}"


def by_account() -> str:
    """Count for each account name from each address: one person's slips must not lock the staff room out."""
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()[:254]}"
