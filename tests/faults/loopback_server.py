"""A server that may push to this machine: run in a process of its own by the tests of several servers."""

from __future__ import annotations

import sys
from dataclasses import replace

from kiosk import create_app
from kiosk.config import load_settings
from kiosk.web.serving import serve


def main() -> None:
    """Serve as ``kiosk serve`` does, on the port given."""
    settings = replace(load_settings(), port=int(sys.argv[1]), push_to_loopback=True)
    serve(create_app(settings), settings, ready=lambda: None)


if __name__ == "__main__":
    main()
