"""How many more children would have been on a week's list of those who are calmer than usual

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('weekly_list', sa.Column('calmer_left_out', sa.Integer(), server_default='0', nullable=False))


def downgrade():
    with op.batch_alter_table('weekly_list', schema=None) as batch_op:
        batch_op.drop_column('calmer_left_out')
