"""``make gallery``: serves the gallery from a folder that is gone afterwards."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from kiosk import create_app
from kiosk.config import Settings
from kiosk.migrations import migrate_database
from tests.gallery.views import add_gallery

PORT = 8090


def main() -> None:
    """Serve until somebody stops it."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else PORT
    with tempfile.TemporaryDirectory(prefix="treetops-gallery-") as folder:
        database = f"sqlite:///{Path(folder) / 'gallery.sqlite3'}"
        app = create_app(Settings(Path(folder), database, secret_key=os.urandom(24).hex()))
        with app.app_context():
            migrate_database()
        print(f"The gallery is at http://127.0.0.1:{port}/gallery/", flush=True)
        add_gallery(app).run("127.0.0.1", port)


if __name__ == "__main__":
    main()
