"""The children somebody may know of: script and plan, cards, the Noticed book, planned times."""

from __future__ import annotations

from kiosk.web.staff.children import book, cards, child, listing, planned, script, week, week_tablet  # noqa: F401 - they put their views on the blueprint
