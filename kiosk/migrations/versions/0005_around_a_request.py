"""What adults know of a child, leave for a child, and write after a chat

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('recording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('about', sa.String(length=420), nullable=False),
    sa.Column('words', sa.String(length=400), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('adult_id', sa.Integer(), nullable=True),
    sa.Column('sound', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(length=12), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('lent_by', sa.String(length=80), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('pupil_id IS NULL OR adult_id IS NULL', name=op.f('ck_recording_one_name')),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_recording_adult_id_adult'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_recording_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['adult.id'], name=op.f('fk_recording_recorded_by_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recording')),
    sa.UniqueConstraint('language', 'about', name=op.f('uq_recording_language_about'))
    )
    with op.batch_alter_table('recording', schema=None) as batch_op:
        batch_op.create_index('ix_recording_digest', ['digest'], unique=False)

    op.create_table('card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('picture', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=120), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=6), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("answer IN ('kept', 'waved')", name=op.f('ck_card_answer')),
    sa.CheckConstraint("kind IN ('held_in_mind', 'kindness', 'friendship', 'success')", name=op.f('ck_card_kind')),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_card_adult_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_card_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card')),
    sa.UniqueConstraint('key', name=op.f('uq_card_key'))
    )
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.create_index('ix_card_adult_id', ['adult_id'], unique=False)
        batch_op.create_index('ix_card_pupil_id_left_at', ['pupil_id', 'left_at'], unique=False)

    op.create_table('ending',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=4), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('told_by_id', sa.Integer(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('new_adult_id', sa.Integer(), nullable=True),
    sa.Column('no_new_adult', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=400), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("why IN ('left', 'away')", name=op.f('ck_ending_why')),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_ending_adult_id_adult')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['adult.id'], name=op.f('fk_ending_changed_by_id_adult')),
    sa.ForeignKeyConstraint(['new_adult_id'], ['adult.id'], name=op.f('fk_ending_new_adult_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_ending_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['told_by_id'], ['adult.id'], name=op.f('fk_ending_told_by_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ending')),
    sa.UniqueConstraint('pupil_id', 'adult_id', 'since', name=op.f('uq_ending_pupil_id_adult_id_since'))
    )

    op.create_table('planned_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('at', sa.Time(), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_planned_time_weekday')),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_planned_time_adult_id_adult')),
    sa.ForeignKeyConstraint(['made_by_id'], ['adult.id'], name=op.f('fk_planned_time_made_by_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_planned_time_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_time'))
    )
    with op.batch_alter_table('planned_time', schema=None) as batch_op:
        batch_op.create_index('ix_planned_time_adult_id', ['adult_id'], unique=False)
        batch_op.create_index('ix_planned_time_pupil_id', ['pupil_id'], unique=False)

    op.create_table('safe_space',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('is_full', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['adult.id'], name=op.f('fk_safe_space_changed_by_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safe_space'))
    )
    op.create_table('script',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('shows', sa.String(length=600), nullable=False),
    sa.Column('helps', sa.String(length=600), nullable=False),
    sa.Column('say', sa.String(length=600), nullable=False),
    sa.Column('avoid', sa.String(length=600), nullable=False),
    sa.Column('likes', sa.String(length=600), nullable=False),
    sa.Column('plan', sa.JSON(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_script_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['adult.id'], name=op.f('fk_script_written_by_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_script')),
    sa.UniqueConstraint('pupil_id', 'version', name=op.f('uq_script_pupil_id_version'))
    )
    op.create_table('concern',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('chat_id', sa.Integer(), nullable=True),
    sa.Column('about_adult_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done', sa.String(length=2000), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['about_adult_id'], ['adult.id'], name=op.f('fk_concern_about_adult_id_adult')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_concern_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['closed_by_id'], ['adult.id'], name=op.f('fk_concern_closed_by_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_concern_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['raised_by_id'], ['adult.id'], name=op.f('fk_concern_raised_by_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern'))
    )
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.create_index('ix_concern_pupil_id_closed_at', ['pupil_id', 'closed_at'], unique=False)

    op.create_table('helped',
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=8), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("said IN ('yes', 'a_bit', 'no', 'not_say')", name=op.f('ck_helped_said')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_helped_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_helped_tablet_id_tablet')),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_helped'))
    )
    op.create_table('outcome',
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('did', sa.JSON(), nullable=False),
    sa.Column('helped', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.Column('happened', sa.String(length=2000), nullable=True),
    sa.Column('affected', sa.String(length=2000), nullable=True),
    sa.Column('agreed', sa.String(length=2000), nullable=True),
    sa.Column('follow_up_by_id', sa.Integer(), nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('follow_up_what', sa.String(length=400), nullable=True),
    sa.Column('followed_up_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('followed_up_by_id', sa.Integer(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_outcome_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['follow_up_by_id'], ['adult.id'], name=op.f('fk_outcome_follow_up_by_id_adult')),
    sa.ForeignKeyConstraint(['followed_up_by_id'], ['adult.id'], name=op.f('fk_outcome_followed_up_by_id_adult')),
    sa.ForeignKeyConstraint(['written_by_id'], ['adult.id'], name=op.f('fk_outcome_written_by_id_adult')),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_outcome'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index('ix_outcome_follow_up_by_id_followed_up_at', ['follow_up_by_id', 'followed_up_at'], unique=False)

    op.create_table('planned_meeting',
    sa.Column('planned_time_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('became', sa.String(length=6), nullable=False),
    sa.Column('why', sa.String(length=200), nullable=True),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("became IN ('met', 'missed')", name=op.f('ck_planned_meeting_became')),
    sa.ForeignKeyConstraint(['planned_time_id'], ['planned_time.id'], name=op.f('fk_planned_meeting_planned_time_id_planned_time'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['said_by_id'], ['adult.id'], name=op.f('fk_planned_meeting_said_by_id_adult')),
    sa.PrimaryKeyConstraint('planned_time_id', 'day', name=op.f('pk_planned_meeting'))
    )
    op.create_table('concern_audience',
    sa.Column('concern_id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_concern_audience_adult_id_adult')),
    sa.ForeignKeyConstraint(['concern_id'], ['concern.id'], name=op.f('fk_concern_audience_concern_id_concern'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('concern_id', 'adult_id', name=op.f('pk_concern_audience'))
    )
    with op.batch_alter_table('concern_audience', schema=None) as batch_op:
        batch_op.create_index('ix_concern_audience_adult_id', ['adult_id'], unique=False)

    op.create_table('class_tablet',
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['adult.id'], name=op.f('fk_class_tablet_changed_by_id_adult')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_class_tablet_class_id_school_class'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('class_id', name=op.f('pk_class_tablet'))
    )
    op.create_table('pupil_tablet',
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['adult.id'], name=op.f('fk_pupil_tablet_changed_by_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_pupil_tablet_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pupil_id', name=op.f('pk_pupil_tablet'))
    )
    op.create_table('check_in_move',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('check_in_id', sa.Integer(), nullable=False),
    sa.Column('from_pupil_id', sa.Integer(), nullable=False),
    sa.Column('to_pupil_id', sa.Integer(), nullable=False),
    sa.Column('moved_by_id', sa.Integer(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_in.id'], name=op.f('fk_check_in_move_check_in_id_check_in'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['from_pupil_id'], ['pupil.id'], name=op.f('fk_check_in_move_from_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['moved_by_id'], ['adult.id'], name=op.f('fk_check_in_move_moved_by_id_adult')),
    sa.ForeignKeyConstraint(['to_pupil_id'], ['pupil.id'], name=op.f('fk_check_in_move_to_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in_move'))
    )
    with op.batch_alter_table('check_in_move', schema=None) as batch_op:
        batch_op.create_index('ix_check_in_move_check_in_id', ['check_in_id'], unique=False)

    op.create_table('strategy_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('picture', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=40), nullable=False),
    sa.Column('said', sa.String(length=9), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("said IN ('helped', 'a_bit', 'not_today')", name=op.f('ck_strategy_use_said')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_strategy_use_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_strategy_use_tablet_id_tablet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_strategy_use')),
    sa.UniqueConstraint('key', name=op.f('uq_strategy_use_key'))
    )
    with op.batch_alter_table('strategy_use', schema=None) as batch_op:
        batch_op.create_index('ix_strategy_use_pupil_id_used_at', ['pupil_id', 'used_at'], unique=False)

    # All five was the only default there was; now nothing stands for "as the class has it".
    with op.batch_alter_table('pupil', schema=None) as batch_op:
        batch_op.alter_column('steps', existing_type=sa.JSON(), nullable=True)
    op.execute("UPDATE pupil SET steps = NULL WHERE CAST(steps AS TEXT) = '[1, 2, 3, 4, 5]'")

    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.add_column(sa.Column('concern_id', sa.Integer(), nullable=True))
        batch_op.alter_column('chat_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_check_constraint(batch_op.f('ck_alert_about'), '(chat_id IS NULL) <> (concern_id IS NULL)')
        batch_op.create_index('ix_alert_concern_id', ['concern_id'], unique=False)
        batch_op.create_index('uq_alert_ringing_concern', ['adult_id', 'concern_id'], unique=True, sqlite_where=sa.text('quiet_at IS NULL'), postgresql_where=sa.text('quiet_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_alert_concern_id_concern'), 'concern', ['concern_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('bell', schema=None) as batch_op:
        batch_op.add_column(sa.Column('board_open_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_delivery_words'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_delivery_words'), "words IN ('asked', 'taken', 'test', 'concern')")



def downgrade():
    with op.batch_alter_table('recording', schema=None) as batch_op:
        batch_op.drop_index('ix_recording_digest')

    op.drop_table('recording')
    op.execute("DELETE FROM delivery WHERE words = 'concern'")
    op.execute("DELETE FROM alert WHERE concern_id IS NOT NULL")
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_delivery_words'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_delivery_words'), "words IN ('asked', 'taken', 'test')")

    with op.batch_alter_table('bell', schema=None) as batch_op:
        batch_op.drop_column('board_open_at')

    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_alert_about'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_alert_concern_id_concern'), type_='foreignkey')
        batch_op.drop_index('uq_alert_ringing_concern', sqlite_where=sa.text('quiet_at IS NULL'), postgresql_where=sa.text('quiet_at IS NULL'))
        batch_op.drop_index('ix_alert_concern_id')
        batch_op.alter_column('chat_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('concern_id')

    op.execute("UPDATE pupil SET steps = '[1, 2, 3, 4, 5]' WHERE steps IS NULL")
    with op.batch_alter_table('pupil', schema=None) as batch_op:
        batch_op.alter_column('steps', existing_type=sa.JSON(), nullable=False)

    with op.batch_alter_table('strategy_use', schema=None) as batch_op:
        batch_op.drop_index('ix_strategy_use_pupil_id_used_at')

    op.drop_table('strategy_use')
    with op.batch_alter_table('check_in_move', schema=None) as batch_op:
        batch_op.drop_index('ix_check_in_move_check_in_id')

    op.drop_table('check_in_move')
    op.drop_table('pupil_tablet')
    op.drop_table('class_tablet')
    with op.batch_alter_table('concern_audience', schema=None) as batch_op:
        batch_op.drop_index('ix_concern_audience_adult_id')

    op.drop_table('concern_audience')
    op.drop_table('planned_meeting')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index('ix_outcome_follow_up_by_id_followed_up_at')

    op.drop_table('outcome')
    op.drop_table('helped')
    with op.batch_alter_table('concern', schema=None) as batch_op:
        batch_op.drop_index('ix_concern_pupil_id_closed_at')

    op.drop_table('concern')
    op.drop_table('script')
    op.drop_table('safe_space')
    with op.batch_alter_table('planned_time', schema=None) as batch_op:
        batch_op.drop_index('ix_planned_time_pupil_id')
        batch_op.drop_index('ix_planned_time_adult_id')

    op.drop_table('planned_time')
    op.drop_table('ending')
    with op.batch_alter_table('card', schema=None) as batch_op:
        batch_op.drop_index('ix_card_pupil_id_left_at')
        batch_op.drop_index('ix_card_adult_id')

    op.drop_table('card')
