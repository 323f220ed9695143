"""Who was in school, houses, lists that staff make, and their figures week by week

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('pupil', sa.Column('house', sa.String(length=40), nullable=True))

    op.create_table('attendance',
    sa.Column('school_day', sa.Date(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('morning', sa.Boolean(), nullable=True),
    sa.Column('afternoon', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_attendance_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('school_day', 'pupil_id', name=op.f('pk_attendance')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_pupil_id_school_day', ['pupil_id', 'school_day'], unique=False)

    op.create_table('staff_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('name_key', sa.String(length=120), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_staff_list_made_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_list')),
    sa.UniqueConstraint('name_key', name=op.f('uq_staff_list_name_key'))
    )
    op.create_table('list_member',
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('from_week', sa.Date(), nullable=False),
    sa.Column('until_week', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['list_id'], ['staff_list.id'], name=op.f('fk_list_member_list_id_staff_list'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_list_member_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('list_id', 'pupil_id', 'from_week', name=op.f('pk_list_member'))
    )
    with op.batch_alter_table('list_member', schema=None) as batch_op:
        batch_op.create_index('ix_list_member_pupil_id', ['pupil_id'], unique=False)

    op.create_table('figures_week',
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('monday', name=op.f('pk_figures_week'))
    )
    op.create_table('group_week',
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('group_key', sa.String(length=60), nullable=False),
    sa.Column('children', sa.Integer(), nullable=False),
    sa.Column('n1', sa.Integer(), nullable=False),
    sa.Column('n2', sa.Integer(), nullable=False),
    sa.Column('n3', sa.Integer(), nullable=False),
    sa.Column('n4', sa.Integer(), nullable=False),
    sa.Column('n5', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['monday'], ['figures_week.monday'], name=op.f('fk_group_week_monday_figures_week'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('monday', 'group_key', name=op.f('pk_group_week'))
    )


def downgrade():
    for table in ('group_week', 'figures_week', 'list_member', 'staff_list', 'attendance'):
        op.drop_table(table)
    op.drop_column('pupil', 'house')
