"""When school is open and who is here

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('school_dates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.CheckConstraint("kind IN ('term', 'closed')", name=op.f('ck_school_dates_kind')),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_school_dates_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_dates'))
    )
    with op.batch_alter_table('adult', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hours', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('lunch_from', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('lunch_until', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('tapped_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('tapped_here', sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('level', sa.String(length=8), server_default='asked', nullable=False))
        batch_op.add_column(sa.Column('nudged', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('chat_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('level', sa.String(length=8), nullable=True))



def downgrade():
    with op.batch_alter_table('chat_event', schema=None) as batch_op:
        batch_op.drop_column('level')

    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.drop_column('nudged')
        batch_op.drop_column('level')

    with op.batch_alter_table('adult', schema=None) as batch_op:
        batch_op.drop_column('tapped_here')
        batch_op.drop_column('tapped_on')
        batch_op.drop_column('lunch_until')
        batch_op.drop_column('lunch_from')
        batch_op.drop_column('hours')

    op.drop_table('school_dates')
