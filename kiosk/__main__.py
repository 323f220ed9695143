"""``python -m kiosk``: the console script by another way."""

from kiosk.cli import main

main()
