"""The floor: the least a Flask server can do to keep a check-in as safely as ours does.

One table, one insert, ``synchronous=FULL``, the same JSON in and out, the same waitress. No authentication, no
validation, no audit. ``python -m tests.bench.floor FOLDER PORT``.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import threading
from pathlib import Path

from flask import Flask, Response, jsonify, request
from waitress import serve


def floor_app(folder: Path) -> Flask:
    """The bare application."""
    app = Flask("floor")
    file = str(folder / "floor.sqlite3")
    kept = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(kept, "connection"):
            kept.connection = sqlite3.connect(file, isolation_level=None)
            kept.connection.execute("PRAGMA journal_mode=WAL")
            kept.connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = kept.connection
        return found

    connection().execute(
        "CREATE TABLE check_in (id TEXT PRIMARY KEY, pupil TEXT, step INTEGER, felt_at TEXT) WITHOUT ROWID"
    )
    writer = threading.Lock()

    @app.post("/tablet/check-ins")
    def check_in() -> tuple[Response, int]:
        entry = request.get_json()
        with writer:
            connection().execute(
                "INSERT INTO check_in VALUES (?, ?, ?, ?)",
                (entry["id"], entry["pupil"], entry["step"], entry["felt_at"]),
            )
        return jsonify(id=entry["id"]), 201

    return app


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve(floor_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), threads=8, _quiet=True)
