"""What people and tablets see: the pages by audience, behind one gate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from kiosk.config import Settings

LARGEST_BODY = 16 * 1024 * 1024


def flask_config(settings: Settings) -> dict[str, Any]:
    """Flask's and its libraries' settings; everything a school does not need to decide."""
    pool = {} if settings.on_sqlite else {"pool_size": settings.workers + 4, "pool_pre_ping": True}
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # What a child sent must not come into a log by way of an error's words.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_timeout": 10, "max_overflow": 20, **pool},
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "SEND_FILE_MAX_AGE_DEFAULT": 0,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=10),  # a school day; live boards never extend it
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_HEADERS": ["X-CSRFToken", "X-CSRF-Token"],
        "SECURITY_PASSWORD_HASH": "argon2",
        # Not a secret: argon2 salts each password by itself. A lost secret key must cost nobody their password.
        "SECURITY_PASSWORD_SALT": "treetops",
        "SECURITY_PASSWORD_CHECK_BREACHED": None,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_URL_PREFIX": "/staff",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/staff/home",
        "SECURITY_POST_LOGOUT_VIEW": "/staff/sign-in",
        "SECURITY_LOGIN_USER_TEMPLATE": "security/sign_in.html",
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": _as_typed, "case_insensitive": True}}],
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": False,
    }


def init_app(app: Flask) -> None:
    """Every page there is."""
    import kiosk.minding.models
    import kiosk.patterns.models  # noqa: F401 - the tables of both belong to every database
    from kiosk.web import (
        access,
        admin,
        compression,
        errors,
        feed,
        headers,
        health,
        languages,
        limits,
        patterns,
        signing_in,
        staff,
        tablet,
    )
    from kiosk.web import help as help_pages
    from kiosk.web.staff import glance

    headers.init_headers(app)
    compression.init_compression(app)
    errors.init_errors(app)
    limits.init_limits(app)
    languages.init_languages(app)
    signing_in.init_signing_in(app)
    access.init_access(app)
    glance.init_glance(app)
    for audience in (health, tablet, feed, staff, patterns, admin, help_pages):
        app.register_blueprint(audience.blueprint)


def _as_typed(text: str) -> str:
    return text.strip().lower()
