"""A child's week together on the tablet, and the talking mat

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('week_on_tablet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('tablet_id', sa.Integer(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['opened_by_id'], ['adult.id'], name=op.f('fk_week_on_tablet_opened_by_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_week_on_tablet_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_week_on_tablet_tablet_id_tablet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_week_on_tablet'))
    )
    op.create_index('ix_week_on_tablet_pupil_id_tablet_id', 'week_on_tablet', ['pupil_id', 'tablet_id'])
    # Added one by one: copying the table (batch_alter_table) would be slow for a school with years of requests.
    op.add_column('chat', sa.Column('about_maybe', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('chat', sa.Column('about_not_today', sa.JSON(), server_default='[]', nullable=False))


def downgrade():
    op.drop_column('chat', 'about_not_today')
    op.drop_column('chat', 'about_maybe')
    op.drop_index('ix_week_on_tablet_pupil_id_tablet_id', table_name='week_on_tablet')
    op.drop_table('week_on_tablet')
