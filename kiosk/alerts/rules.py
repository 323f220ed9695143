"""What adults are told outside the signed-in page. Pure.

A lock screen, a mail preview or a projector must never show a name, a step or a reason.
"""

from __future__ import annotations

GLANCE_SAFE = "Someone would like to talk with you. Open Treetops."
