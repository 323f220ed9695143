"""What the sentence about a child on a weekly list is made of, so that each reader meets it in their language

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    # Sentences that are there already were kept as English and stay it.
    op.add_column('list_entry', sa.Column('made_of', sa.Text(), nullable=True))


def downgrade():
    # Without a copy of the table, which would lose its rule about kinds on SQLite.
    op.drop_column('list_entry', 'made_of')
