"""Adults whom the same children trust no longer look alike, and an adult can choose their own leaf

Revision ID: 0016
Revises: 0015
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from kiosk.people.looks import tell_apart

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("adult", sa.Column("picture_chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
    _tell_apart()


def downgrade():
    op.drop_column("adult", "picture_chosen")


def _tell_apart():
    """Two leaves of the same shape in one High 5 stood for different adults: each child learns theirs anew, once."""
    adult = sa.table("adult", sa.column("id"), sa.column("picture"))
    high5 = sa.table("high5", sa.column("pupil_id"), sa.column("adult_id"))
    run = op.get_bind().execute
    high5s = defaultdict(list)
    for pupil_id, adult_id in run(sa.select(high5.c.pupil_id, high5.c.adult_id)):
        high5s[pupil_id].append(adult_id)
    looks = {row.id: row.picture for row in run(sa.select(adult.c.id, adult.c.picture))}
    for adult_id, look in tell_apart(high5s.values(), looks, moving_costs=False).items():
        run(sa.update(adult).where(adult.c.id == adult_id).values(picture=look))
