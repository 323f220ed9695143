"""A child who cannot wait for who has answered has a clock of their own

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('chat', sa.Column('hurried_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('chat', 'hurried_at')
