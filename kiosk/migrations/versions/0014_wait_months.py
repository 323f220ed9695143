"""How long children waited in a month, made once for the school's own programs

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'wait_month',
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('requests', sa.Integer(), nullable=True),
        sa.Column('met_same_day', sa.Integer(), nullable=True),
        sa.Column('seen_median', sa.Integer(), nullable=True),
        sa.Column('seen_ninetieth', sa.Integer(), nullable=True),
        sa.Column('met_median', sa.Integer(), nullable=True),
        sa.Column('met_ninetieth', sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint('month', name=op.f('pk_wait_month')),
    )


def downgrade():
    op.drop_table('wait_month')
