"""Photos of adults and pictures of children's own things, for tablets. Part of the tablet protocol."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from kiosk.audit import record
from kiosk.db import writing
from kiosk.people.own_pictures import NoSuchPicture, photos_on_tablet, picture_on_tablet
from kiosk.people.photos import KEPT_TYPE
from kiosk.web.access import actor, allow_tablet, paired_tablet
from kiosk.web.tablet import blueprint

NO_SUCH_PICTURE = "There is no such picture for this tablet."
FOR_EVER = "private, max-age=31536000, immutable"
"""A picture's address is made from its content."""


@blueprint.get("/tablet/pictures")
@allow_tablet
def pictures() -> ResponseReturnValue:
    """Which adults have a photo, of those this tablet shows."""
    found = photos_on_tablet(paired_tablet())
    answer = jsonify(photos={str(adult_id): name for adult_id, name in found.items()})
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    if answer.status_code == 200:
        with writing():
            record("photos_sent", actor(), photos=len(found))
    return answer


@blueprint.get("/tablet/pictures/<name>")
@allow_tablet
def picture(name: str) -> ResponseReturnValue:
    """One picture."""
    try:
        content = picture_on_tablet(name, paired_tablet())
    except NoSuchPicture:
        return jsonify(error=NO_SUCH_PICTURE), 404
    return Response(content, mimetype=KEPT_TYPE, headers={"Cache-Control": FOR_EVER})
