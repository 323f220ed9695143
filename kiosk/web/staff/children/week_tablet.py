"""Opening a child's week on one of the child's tablets, from the phone of the adult who stands beside them."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kiosk.minding.week_on_tablet import NoSuchTablet, close_week, open_week
from kiosk.people.high5 import NoSuchPupil
from kiosk.people.rules import read_id
from kiosk.web.access import allow
from kiosk.web.languages import flash
from kiosk.web.staff import blueprint
from kiosk.web.staff.children.scope import WHO_MINDS, load, near_me
from kiosk.wording import Sentence


@blueprint.post("/children/<pupil_id>/week/tablet")
@allow(*WHO_MINDS)
def open_week_on_tablet(pupil_id: str) -> ResponseReturnValue:
    """Open the week on the tablet that was pressed; without one, close it wherever it is open."""
    me = near_me()
    pupil = load(pupil_id, me)
    wanted = request.form.get("tablet", "")
    try:
        if wanted:
            tablet = open_week(pupil.id, read_id(wanted), me)
            said = Sentence(
                "Open on %(tablet)s. %(name)s presses their picture there, and then My week.",
                tablet=tablet.name,
                name=pupil.first_name,
            )
        else:
            close_week(pupil.id, me)
            said = Sentence("%(name)s’s week is not open on any tablet.", name=pupil.first_name)
    except (NoSuchPupil, NoSuchTablet):
        abort(404)
    flash(said, "done")
    return redirect(url_for("staff.my_week", pupil_id=pupil.id, _anchor="tablet"), 303)
