"""The figures of the method's page: those that ``kiosk patterns-report`` computed last; a test asks again."""

from __future__ import annotations

from kiosk.patterns.different.simulation import PUPILS
from kiosk.wording import N_

ENTRIES_A_WEEK: dict[str, tuple[float, float, float]] = {
    N_("mostly calm"): (0.6, 2.0, 5.6),
    N_("nearly always 1"): (0.0, 0.1, 0.6),
    N_("always mixed"): (2.0, 5.2, 12.3),
}
"""Harder than usual at 400 pupils with nothing changing, by the lag-one correlations 0, 0.2 and 0.4."""
BY_CHANCE = ENTRIES_A_WEEK["mostly calm"][1] / PUPILS
"""The share of the children compared of whom each list names one for nothing, where most are calm on most days."""
CALMER_A_WEEK: dict[str, tuple[float, float, float]] = {
    N_("mostly calm"): (0.1, 0.3, 0.9),
    N_("nearly always 1"): (0.0, 0.0, 0.0),
    N_("always mixed"): (0.2, 0.7, 2.6),
}
"""The same on the list of calmer answers."""
SHARE_FOUND = {
    N_("mostly calm"): (0.22, 0.47),
    N_("nearly always 1"): (0.35, 0.68),
    N_("always mixed"): (0.10, 0.23),
}
"""When half of the answers become 4s and 5s, on the list after 5 and after 10 school days."""
