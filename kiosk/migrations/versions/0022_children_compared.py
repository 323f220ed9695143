"""How many children a weekly list compared with themselves: what chance names grows with them

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('weekly_list', sa.Column('compared', sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table('weekly_list', schema=None) as batch_op:
        batch_op.drop_column('compared')
