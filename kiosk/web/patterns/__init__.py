"""Pages under /patterns/."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("patterns", __name__, url_prefix="/patterns")
