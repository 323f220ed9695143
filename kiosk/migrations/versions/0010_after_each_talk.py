"""What was written about a talk before it was changed, and what the child said after each talk

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('outcome_before',
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('did', sa.JSON(), nullable=False),
    sa.Column('helped', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('happened', sa.String(length=2000), nullable=True),
    sa.Column('affected', sa.String(length=2000), nullable=True),
    sa.Column('agreed', sa.String(length=2000), nullable=True),
    sa.Column('follow_up_by_id', sa.Integer(), nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('follow_up_what', sa.String(length=400), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_outcome_before_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['follow_up_by_id'], ['adult.id'], name=op.f('fk_outcome_before_follow_up_by_id_adult')),
    sa.ForeignKeyConstraint(['written_by_id'], ['adult.id'], name=op.f('fk_outcome_before_written_by_id_adult')),
    sa.PrimaryKeyConstraint('chat_id', 'number', name=op.f('pk_outcome_before'))
    )
    _make_helped_anew(['chat_id', 'talk'], 'chat_id, 1')


def downgrade():
    op.execute('DELETE FROM helped WHERE talk > 1')
    _make_helped_anew(['chat_id'], 'chat_id')
    op.drop_table('outcome_before')


def _make_helped_anew(key, key_was):
    """The table with another key and all its rows: SQLite cannot change a key. It is small, one row a talk."""
    rest = 'said, said_at, received_at, tablet_id'
    op.execute('CREATE TABLE helped_kept AS SELECT * FROM helped')
    op.drop_table('helped')
    op.create_table('helped',
    *[sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in key],
    sa.Column('said', sa.String(length=8), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("said IN ('yes', 'a_bit', 'no', 'not_say')", name=op.f('ck_helped_said')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_helped_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_helped_tablet_id_tablet')),
    sa.PrimaryKeyConstraint(*key, name=op.f('pk_helped'))
    )
    op.execute(f"INSERT INTO helped ({', '.join(key)}, {rest}) SELECT {key_was}, {rest} FROM helped_kept")
    op.drop_table('helped_kept')
