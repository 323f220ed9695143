"""A request's history says from which device an adult answered

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("chat_event", sa.Column("device", sa.String(length=40), nullable=True))


def downgrade():
    op.drop_column("chat_event", "device")
