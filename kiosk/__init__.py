"""Treetops: a child taps how they feel, asks one of their High 5 for a chat, and sees the answer."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk.config import Settings, load_settings

HERE = Path(__file__).parent


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application: a table of contents."""
    from kiosk import web
    from kiosk.alerts.doorbell import Doorbell
    from kiosk.db import db, migrate

    settings = settings or load_settings()
    base = _templates_and_static()
    app = Flask(
        "kiosk",
        instance_path=str(settings.instance),
        template_folder=base / "templates",
        static_folder=base / "static",
    )
    app.config.from_mapping(web.flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["doorbell"] = Doorbell(settings.streams)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(HERE / "migrations"))
    web.init_app(app)
    if settings.trusted_proxy:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app,
            x_for=settings.trusted_proxy,
            x_proto=settings.trusted_proxy,
            x_host=settings.trusted_proxy,
        )
    return app


def _templates_and_static() -> Path:
    """Where templates and static files are: beside the package in a checkout, inside it in a wheel."""
    return HERE if (HERE / "templates").is_dir() else HERE.parent
