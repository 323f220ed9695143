"""The cards of a day are found by it, however many there were in all years

Revision ID: 0019
Revises: 0018
"""

from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index('ix_card_left_at', 'card', ['left_at'], unique=False)


def downgrade():
    op.drop_index('ix_card_left_at', table_name='card')
