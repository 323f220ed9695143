"""When somebody first looked at a weekly list: the clock makes each list now, whether or not anybody looks

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('weekly_list', sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True))
    # Until now a list was made by the first look at it.
    op.execute('UPDATE weekly_list SET looked_at = made_at')


def downgrade():
    with op.batch_alter_table('weekly_list', schema=None) as batch_op:
        batch_op.drop_column('looked_at')
