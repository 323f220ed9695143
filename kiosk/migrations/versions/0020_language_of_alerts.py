"""In which language a phone or mailbox is told

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('channel', sa.Column('language', sa.String(length=8), server_default='en', nullable=False))


def downgrade():
    op.drop_column('channel', 'language')
