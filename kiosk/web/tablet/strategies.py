"""What a child says of their own cards. Part of the tablet protocol."""

from __future__ import annotations

from flask import jsonify
from flask.typing import ResponseReturnValue

from kiosk.db import utc_now
from kiosk.feelings.strategies import add_strategy_use
from kiosk.web.access import allow_tablet, paired_tablet
from kiosk.web.tablet import blueprint
from kiosk.web.tablet.entries import read_strategy_use
from kiosk.web.tablet.protocol import body_of_request, limited


@blueprint.post("/tablet/strategies")
@allow_tablet
@limited
def strategy_used() -> ResponseReturnValue:
    """Keep what a child said of a card."""
    entry = read_strategy_use(body_of_request(), utc_now())
    new = add_strategy_use(entry, paired_tablet())
    return jsonify(id=str(entry.key)), 201 if new else 200
