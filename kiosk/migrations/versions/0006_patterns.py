"""Check-ins are counted as they come, and the weekly list remembers what came of it

Revision ID: 0006
Revises: 0005
"""

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

COUNTS = ('n1', 'n2', 'n3', 'n4', 'n5')
SUMMARIES = {
    # the columns that name a row; whether it counts children
    'pupil_day': (('school_day', 'pupil_id'), False),
    'class_day': (('school_day', 'class_id'), True),
    'class_hour': (('school_day', 'class_id', 'hour'), True),
}
CHUNK = 20_000


def upgrade():
    _place_check_ins()
    _make_summaries()
    _fill_summaries()
    _make_triggers()
    _make_lists()


def downgrade():
    for table in ('next_step', 'list_entry', 'weekly_list', 'not_in_patterns', 'hello'):
        op.drop_table(table)
    if op.get_bind().dialect.name == 'sqlite':
        for when in ('insert', 'update', 'delete'):
            op.execute(f'DROP TRIGGER check_in_{when}_counted')
    else:
        op.execute('DROP TRIGGER check_in_counted ON check_in')
        op.execute('DROP FUNCTION count_check_in()')
    for table in SUMMARIES:
        op.drop_table(table)
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_index('ix_check_in_school_day_class_id')
        batch_op.create_index('ix_check_in_school_day', ['school_day'], unique=False)
        batch_op.drop_constraint(batch_op.f('ck_check_in_hour'), type_='check')
        batch_op.drop_column('class_id')
        batch_op.drop_column('hour')


def _place_check_ins():
    """Each check-in keeps the hour on the school's clock and the child's class of that time (0 for none)."""
    op.add_column('check_in', sa.Column('hour', sa.SmallInteger(), nullable=True))
    op.add_column('check_in', sa.Column('class_id', sa.Integer(), nullable=True))
    _fill_hours()
    op.execute(
        'UPDATE check_in SET class_id = coalesce((SELECT e.class_id FROM enrolment e JOIN school_class s'
        ' ON s.id = e.class_id WHERE e.pupil_id = check_in.pupil_id'
        ' ORDER BY s.closed_on IS NOT NULL, e.home DESC, s.id LIMIT 1), 0)'
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.alter_column('hour', existing_type=sa.SmallInteger(), nullable=False)
        batch_op.alter_column('class_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_check_in_hour'), 'hour BETWEEN 0 AND 23')
        batch_op.drop_index('ix_check_in_school_day')
        batch_op.create_index('ix_check_in_school_day_class_id', ['school_day', 'class_id'], unique=False)


def _fill_hours():
    connection = op.get_bind()
    setting = sa.table('setting', sa.column('name'), sa.column('value'))
    zone = connection.scalar(sa.select(setting.c.value).where(setting.c.name == 'timezone')) or 'Europe/London'
    check_in = sa.table(
        'check_in',
        sa.column('id', sa.Integer()),
        sa.column('felt_at', sa.DateTime(timezone=True)),
        sa.column('received_at', sa.DateTime(timezone=True)),
        sa.column('clock_odd', sa.Boolean()),
        sa.column('hour', sa.SmallInteger()),
    )
    fill = (
        sa.update(check_in).where(check_in.c.id == sa.bindparam('of')).values(hour=sa.bindparam('at_hour'))
    )
    done = 0
    while True:
        rows = connection.execute(
            sa.select(check_in.c.id, check_in.c.felt_at, check_in.c.received_at, check_in.c.clock_odd)
            .where(check_in.c.id > done)
            .order_by(check_in.c.id)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        connection.execute(
            fill,
            [
                {'of': id_, 'at_hour': _hour(received_at if clock_odd else felt_at, ZoneInfo(zone))}
                for id_, felt_at, received_at, clock_odd in rows
            ],
        )
        done = rows[-1].id


def _hour(at, zone):
    aware = at.replace(tzinfo=ZoneInfo('UTC')) if at.tzinfo is None else at
    return aware.astimezone(zone).hour


def _make_summaries():
    for table, (key, counts_children) in SUMMARIES.items():
        op.create_table(
            table,
            *(sa.Column(name, _type_of(name), nullable=False) for name in key),
            *([sa.Column('children', sa.Integer(), nullable=False)] if counts_children else []),
            *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
            *(
                [
                    sa.ForeignKeyConstraint(
                        ['pupil_id'], ['pupil.id'], name=op.f('fk_pupil_day_pupil_id_pupil'), ondelete='CASCADE'
                    )
                ]
                if 'pupil_id' in key
                else []
            ),
            sa.PrimaryKeyConstraint(*key, name=op.f(f'pk_{table}')),
            sqlite_with_rowid=False,
        )
    with op.batch_alter_table('pupil_day', schema=None) as batch_op:
        batch_op.create_index('ix_pupil_day_pupil_id_school_day', ['pupil_id', 'school_day'], unique=False)


def _type_of(name):
    return {'school_day': sa.Date(), 'hour': sa.SmallInteger()}.get(name, sa.Integer())


def _fill_summaries():
    for table in SUMMARIES:
        op.execute(_counted_anew(table))


def _counted_anew(table, where=''):
    key, counts_children = SUMMARIES[table]
    names = ', '.join(key)
    children = 'count(DISTINCT pupil_id), ' if counts_children else ''
    sums = ', '.join(f'sum(CASE WHEN intensity = {n} THEN 1 ELSE 0 END)' for n in range(1, 6))
    return (
        f'INSERT INTO {table} ({_columns(table)}) SELECT {names}, {children}{sums} FROM check_in {where}'
        f' GROUP BY {names}'
    )


def _columns(table):
    key, counts_children = SUMMARIES[table]
    return ', '.join((*key, *(('children',) if counts_children else ()), *COUNTS))


def _added(table):
    """Count one new check-in, in the statement that adds it. A child counts once: with their first check-in there."""
    key, counts_children = SUMMARIES[table]
    same = ' AND '.join(f'c.{name} = NEW.{name}' for name in dict.fromkeys(('pupil_id', *key)))
    first = (
        f'CASE WHEN EXISTS (SELECT 1 FROM check_in c WHERE {same} AND c.id < NEW.id) THEN 0 ELSE 1 END'
    )
    values = [f'NEW.{name}' for name in key]
    values += [first] if counts_children else []
    values += [f'CASE WHEN NEW.intensity = {n} THEN 1 ELSE 0 END' for n in range(1, 6)]
    grows = (*(('children',) if counts_children else ()), *COUNTS)
    return (
        f'INSERT INTO {table} ({_columns(table)}) VALUES ({", ".join(values)}) ON CONFLICT ({", ".join(key)})'
        f' DO UPDATE SET {", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in grows)};'
    )


def _recounted(table, row):
    """Count anew where a check-in was or is now: rare, and right whatever else the same statement changed."""
    key, _counts_children = SUMMARIES[table]
    where = ' AND '.join(f'{name} = {row}.{name}' for name in key)
    return f'DELETE FROM {table} WHERE {where}; {_counted_anew(table, f"WHERE {where}")};'


def _make_triggers():
    added = ' '.join(_added(table) for table in SUMMARIES)
    old, new = (' '.join(_recounted(table, row) for table in SUMMARIES) for row in ('OLD', 'NEW'))
    changed = 'UPDATE OF pupil_id, class_id, school_day, hour, intensity'
    if op.get_bind().dialect.name == 'sqlite':
        for when, event, does in (
            ('insert', 'INSERT', added),
            ('update', changed, f'{old} {new}'),
            ('delete', 'DELETE', old),
        ):
            op.execute(
                f'CREATE TRIGGER check_in_{when}_counted AFTER {event} ON check_in FOR EACH ROW BEGIN {does} END'
            )
        return
    op.execute(
        'CREATE FUNCTION count_check_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" IF TG_OP = 'INSERT' THEN {added} RETURN NULL; END IF;"
        f" {old} IF TG_OP = 'UPDATE' THEN {new} END IF; RETURN NULL; END $$"
    )
    op.execute(
        f'CREATE TRIGGER check_in_counted AFTER INSERT OR DELETE OR {changed} ON check_in'
        ' FOR EACH ROW EXECUTE FUNCTION count_check_in()'
    )


def _make_lists():
    op.create_table('weekly_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shown_from', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weekly_list')),
    sa.UniqueConstraint('shown_from', name=op.f('uq_weekly_list_shown_from'))
    )
    op.create_table('list_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('sentence', sa.String(length=300), nullable=False),
    sa.CheckConstraint("kind IN ('different', 'calmer', 'rule')", name=op.f('ck_list_entry_kind')),
    sa.ForeignKeyConstraint(['list_id'], ['weekly_list.id'], name=op.f('fk_list_entry_list_id_weekly_list'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_list_entry_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_entry'))
    )
    with op.batch_alter_table('list_entry', schema=None) as batch_op:
        batch_op.create_index('ix_list_entry_list_id', ['list_id'], unique=False)
        batch_op.create_index('ix_list_entry_pupil_id', ['pupil_id'], unique=False)
    op.create_table('next_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('seen', 'decided', 'outcome')", name=op.f('ck_next_step_kind')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_next_step_by_id_account')),
    sa.ForeignKeyConstraint(['entry_id'], ['list_entry.id'], name=op.f('fk_next_step_entry_id_list_entry'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_next_step'))
    )
    with op.batch_alter_table('next_step', schema=None) as batch_op:
        batch_op.create_index('ix_next_step_entry_id', ['entry_id'], unique=False)
    op.create_table('not_in_patterns',
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_not_in_patterns_by_id_account')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_not_in_patterns_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pupil_id', name=op.f('pk_not_in_patterns'))
    )
    op.create_table('hello',
    sa.Column('pupil_id', sa.Integer(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_hello_by_id_account')),
    sa.ForeignKeyConstraint(['pupil_id'], ['pupil.id'], name=op.f('fk_hello_pupil_id_pupil'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pupil_id', name=op.f('pk_hello'))
    )
