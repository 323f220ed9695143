"""The house: people, feelings, chats, alerts, audit

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('adult',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('given_name', sa.String(length=120), nullable=False),
    sa.Column('family_name', sa.String(length=120), nullable=False),
    sa.Column('called', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('place', sa.String(length=80), nullable=True),
    sa.Column('picture', sa.String(length=40), nullable=False),
    sa.Column('weekdays', sa.Integer(), nullable=False),
    sa.Column('away_from', sa.Date(), nullable=True),
    sa.Column('away_until', sa.Date(), nullable=True),
    sa.Column('source_id', sa.String(length=120), nullable=True),
    sa.Column('username', sa.String(length=120), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.CheckConstraint('weekdays BETWEEN 0 AND 127', name=op.f('ck_adult_weekdays')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adult')),
    sa.UniqueConstraint('email', name=op.f('uq_adult_email')),
    sa.UniqueConstraint('source_id', name=op.f('uq_adult_source_id')),
    sa.UniqueConstraint('username', name=op.f('uq_adult_username'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.Column('pupil_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index('ix_audit_event_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_event_pupil_id_at', ['pupil_id', 'at'], unique=False)

    op.create_table('pairing_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('tablet_name', sa.String(length=80), nullable=False),
    sa.Column('all_classes', sa.Boolean(), nullable=False),
    sa.Column('class_ids', sa.JSON(), nullable=False),
    sa.Column('reusable', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pairing_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_pairing_code_code_hash'))
    )
    op.create_table('pupil',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('given_name', sa.String(length=120), nullable=False),
    sa.Column('family_name', sa.String(length=120), nullable=False),
    sa.Column('known_as', sa.String(length=120), nullable=True),
    sa.Column('year', sa.String(length=20), nullable=True),
    sa.Column('picture', sa.String(length=40), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('on_tablet', sa.Boolean(), nullable=False),
    sa.Column('source_id', sa.String(length=120), nullable=True),
    sa.Column('upn', sa.String(length=20), nullable=True),
    sa.Column('username', sa.String(length=120), nullable=True),
    sa.Column('joined_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pupil')),
    sa.UniqueConstraint('source_id', name=op.f('uq_pupil_source_id')),
    sa.UniqueConstraint('upn', name=op.f('uq_pupil_upn')),
    sa.UniqueConstraint('username', name=op.f('uq_pupil_username'))
    )
    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role')),
    sa.UniqueConstraint('name', name=op.f('uq_role_name'))
    )
    op.create_table('scale_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('direction', sa.String(length=10), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("direction IN ('calm_is_1', 'calm_is_5')", name=op.f('ck_scale_version_direction')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scale_version'))
    )
    op.create_table('school_class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('year', sa.String(length=20), nullable=True),
    sa.Column('source_id', sa.String(length=120), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_class')),
    sa.UniqueConstraint('source_id', name=op.f('uq_school_class_source_id'))
    )
    op.create_table('setting',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.String(length=400), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('tablet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('all_classes', sa.Boolean(), nullable=False),
    sa.Column('paired_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tablet')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tablet_token_hash'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_account_adult_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_account_fs_uniquifier'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index('ix_account_adult_id', ['adult_id'], unique=True)

    op.create_table('bell',
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_bell_adult_id_adult'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('adult_id', name=op.f('pk_bell'))
    )
    op.create_table('chat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('asked_for_id', sa.Integer(), nullable=True),
    sa.Column('check_in_key', sa.Uuid(), nullable=True),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.Column('wants', sa.String(length=12), nullable=False),
    sa.Column('wanted_when', sa.String(length=8), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=True),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('school_day', sa.Date(), nullable=False),
    sa.Column('clock_odd', sa.Boolean(), nullable=False),
    sa.Column('asked_cannot_wait', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('coming_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cannot_wait', sa.Boolean(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('asked', 'seen', 'coming', 'talked', 'closed', 'cancelled')", name=op.f('ck_chat_state')),
    sa.CheckConstraint("wants IN ('chat', 'safe_space')", name=op.f('ck_chat_wants')),
    sa.ForeignKeyConstraint(['asked_for_id'], ['adult.id'], name=op.f('fk_chat_asked_for_id_adult')),
    sa.ForeignKeyConstraint(['owner_id'], ['adult.id'], name=op.f('fk_chat_owner_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_chat_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_chat_tablet_id_tablet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat')),
    sa.UniqueConstraint('key', name=op.f('uq_chat_key'))
    )
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.create_index('ix_chat_pupil_id_school_day', ['pupil_id', 'school_day'], unique=False)
        batch_op.create_index('ix_chat_school_day', ['school_day'], unique=False)
        batch_op.create_index('ix_chat_state_asked_at', ['state', 'asked_at'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('scale_version_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('intensity', sa.Integer(), nullable=False),
    sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('school_day', sa.Date(), nullable=False),
    sa.Column('clock_odd', sa.Boolean(), nullable=False),
    sa.CheckConstraint('intensity BETWEEN 1 AND 5', name=op.f('ck_check_in_intensity')),
    sa.CheckConstraint('step BETWEEN 1 AND 5', name=op.f('ck_check_in_step')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['adult.id'], name=op.f('fk_check_in_entered_by_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_check_in_pupil_id_pupil'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['scale_version_id'], ['scale_version.id'], name=op.f('fk_check_in_scale_version_id_scale_version')),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_check_in_tablet_id_tablet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('key', name=op.f('uq_check_in_key'))
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index('ix_check_in_pupil_id_school_day', ['pupil_id', 'school_day'], unique=False)
        batch_op.create_index('ix_check_in_school_day', ['school_day'], unique=False)

    op.create_table('enrolment',
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('home', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_enrolment_class_id_school_class')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_enrolment_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pupil_id', 'class_id', name=op.f('pk_enrolment'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_class_id'), ['class_id'], unique=False)

    op.create_table('high5',
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('position BETWEEN 1 AND 5', name=op.f('ck_high5_position')),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_high5_adult_id_adult')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_high5_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pupil_id', 'position', name=op.f('pk_high5')),
    sa.UniqueConstraint('pupil_id', 'adult_id', name=op.f('uq_high5_pupil_id_adult_id'))
    )
    with op.batch_alter_table('high5', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_high5_adult_id'), ['adult_id'], unique=False)

    op.create_table('tablet_class',
    sa.Column('tablet_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_tablet_class_class_id_school_class')),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_tablet_class_tablet_id_tablet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('tablet_id', 'class_id', name=op.f('pk_tablet_class'))
    )
    op.create_table('teaching',
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_teaching_adult_id_adult'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_teaching_class_id_school_class')),
    sa.PrimaryKeyConstraint('adult_id', 'class_id', name=op.f('pk_teaching'))
    )
    with op.batch_alter_table('teaching', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_teaching_class_id'), ['class_id'], unique=False)

    op.create_table('account_role',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_role_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_account_role_role_id_role')),
    sa.PrimaryKeyConstraint('account_id', 'role_id', name=op.f('pk_account_role'))
    )
    op.create_table('alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('quiet_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_alert_adult_id_adult')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_alert_chat_id_chat'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.create_index('ix_alert_adult_id_quiet_at', ['adult_id', 'quiet_at'], unique=False)
        batch_op.create_index('ix_alert_chat_id', ['chat_id'], unique=False)
        batch_op.create_index('uq_alert_ringing', ['adult_id', 'chat_id', 'reason'], unique=True, sqlite_where=sa.text('quiet_at IS NULL'), postgresql_where=sa.text('quiet_at IS NULL'))

    op.create_table('chat_audience',
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_chat_audience_adult_id_adult')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_chat_audience_chat_id_chat'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('chat_id', 'adult_id', name=op.f('pk_chat_audience'))
    )
    with op.batch_alter_table('chat_audience', schema=None) as batch_op:
        batch_op.create_index('ix_chat_audience_adult_id', ['adult_id'], unique=False)

    op.create_table('chat_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('adult_id', sa.Integer(), nullable=True),
    sa.Column('to_adult_id', sa.Integer(), nullable=True),
    sa.Column('tablet_id', sa.Integer(), nullable=True),
    sa.Column('coming_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(length=2000), nullable=True),
    sa.ForeignKeyConstraint(['adult_id'], ['adult.id'], name=op.f('fk_chat_event_adult_id_adult')),
    sa.ForeignKeyConstraint(['chat_id'], ['chat.id'], name=op.f('fk_chat_event_chat_id_chat'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tablet_id'], ['tablet.id'], name=op.f('fk_chat_event_tablet_id_tablet')),
    sa.ForeignKeyConstraint(['to_adult_id'], ['adult.id'], name=op.f('fk_chat_event_to_adult_id_adult')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chat_event')),
    sa.UniqueConstraint('chat_id', 'number', name=op.f('uq_chat_event_chat_id_number'))
    )


def downgrade():
    op.drop_table('chat_event')
    with op.batch_alter_table('chat_audience', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_audience_adult_id')

    op.drop_table('chat_audience')
    with op.batch_alter_table('alert', schema=None) as batch_op:
        batch_op.drop_index('uq_alert_ringing', sqlite_where=sa.text('quiet_at IS NULL'), postgresql_where=sa.text('quiet_at IS NULL'))
        batch_op.drop_index('ix_alert_chat_id')
        batch_op.drop_index('ix_alert_adult_id_quiet_at')

    op.drop_table('alert')
    op.drop_table('account_role')
    with op.batch_alter_table('teaching', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teaching_class_id'))

    op.drop_table('teaching')
    op.drop_table('tablet_class')
    with op.batch_alter_table('high5', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_high5_adult_id'))

    op.drop_table('high5')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_class_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_index('ix_check_in_school_day')
        batch_op.drop_index('ix_check_in_pupil_id_school_day')

    op.drop_table('check_in')
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.drop_index('ix_chat_state_asked_at')
        batch_op.drop_index('ix_chat_school_day')
        batch_op.drop_index('ix_chat_pupil_id_school_day')

    op.drop_table('chat')
    op.drop_table('bell')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index('ix_account_adult_id')

    op.drop_table('account')
    op.drop_table('tablet')
    op.drop_table('setting')
    op.drop_table('school_class')
    op.drop_table('scale_version')
    op.drop_table('role')
    op.drop_table('pupil')
    op.drop_table('pairing_code')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_event_pupil_id_at')
        batch_op.drop_index('ix_audit_event_at')

    op.drop_table('audit_event')
    op.drop_table('adult')
