"""The whole school's hours are counted too, and an adult's own talks are found without reading everybody's

Revision ID: 0012
Revises: 0011
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

summaries = import_module('kiosk.migrations.versions.0006_patterns')

KEY = ('school_day', 'hour')
COUNTS = ('children', 'n1', 'n2', 'n3', 'n4', 'n5')
CLASS_DAY = 'class_day'
IS_LEFT = ' AND '.join(f'{name} = OLD.{name}' for name in KEY)


def upgrade():
    op.create_index('ix_chat_owner_id_ended_at', 'chat', ['owner_id', 'ended_at'], unique=False)
    op.create_table(
        'school_hour',
        sa.Column('school_day', sa.Date(), nullable=False),
        sa.Column('hour', sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint(*KEY, name=op.f('pk_school_hour')),
        sqlite_with_rowid=False,
    )
    op.execute(
        f'INSERT INTO school_hour ({", ".join((*KEY, *COUNTS))})'
        f' SELECT {", ".join(KEY)}, {", ".join(f"sum({name})" for name in COUNTS)} FROM class_hour'
        f' GROUP BY {", ".join(KEY)}'
    )
    # Nothing asks for a class's days any more: they are its hours together, as far as those may be shown.
    _drop_triggers_of_check_in()
    op.drop_table(CLASS_DAY)
    _triggers_of_check_in({table: of for table, of in summaries.SUMMARIES.items() if table != CLASS_DAY})
    _triggers_of_class_hour()


def downgrade():
    if _on_sqlite():
        for when in ('insert', 'update', 'delete'):
            op.execute(f'DROP TRIGGER class_hour_{when}_counted')
    else:
        op.execute('DROP TRIGGER class_hour_counted ON class_hour')
        op.execute('DROP FUNCTION count_class_hour()')
    _drop_triggers_of_check_in()
    op.drop_table('school_hour')
    op.create_table(
        CLASS_DAY,
        sa.Column('school_day', sa.Date(), nullable=False),
        sa.Column('class_id', sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint('school_day', 'class_id', name=op.f('pk_class_day')),
        sqlite_with_rowid=False,
    )
    op.execute(summaries._counted_anew(CLASS_DAY))
    _triggers_of_check_in(summaries.SUMMARIES)
    op.drop_index('ix_chat_owner_id_ended_at', table_name='chat')


def _on_sqlite():
    return op.get_bind().dialect.name == 'sqlite'


def _drop_triggers_of_check_in():
    if _on_sqlite():
        for when in ('insert', 'update', 'delete'):
            op.execute(f'DROP TRIGGER check_in_{when}_counted')
    else:
        op.execute('DROP TRIGGER check_in_counted ON check_in')
        op.execute('DROP FUNCTION count_check_in()')


def _triggers_of_check_in(tables):
    """Those of 0006, for these summaries."""
    everything = summaries.SUMMARIES
    summaries.SUMMARIES = tables
    try:
        summaries._make_triggers()
    finally:
        summaries.SUMMARIES = everything


def _triggers_of_class_hour():
    """By the difference: whatever recounts a class's hour has then put the school's right as well."""
    add = (
        f'INSERT INTO school_hour ({", ".join((*KEY, *COUNTS))})'
        f' VALUES ({", ".join(f"NEW.{name}" for name in (*KEY, *COUNTS))}) ON CONFLICT ({", ".join(KEY)})'
        f' DO UPDATE SET {", ".join(f"{name} = school_hour.{name} + excluded.{name}" for name in COUNTS)};'
    )
    take = (
        f'UPDATE school_hour SET {", ".join(f"{name} = {name} - OLD.{name}" for name in COUNTS)} WHERE {IS_LEFT};'
        f' DELETE FROM school_hour WHERE {IS_LEFT} AND n1 + n2 + n3 + n4 + n5 = 0;'
    )
    change = (
        f'UPDATE school_hour SET {", ".join(f"{name} = {name} + NEW.{name} - OLD.{name}" for name in COUNTS)}'
        f' WHERE {IS_LEFT};'
    )
    changed = f'UPDATE OF {", ".join(COUNTS)}'
    if _on_sqlite():
        for when, event, does in (('insert', 'INSERT', add), ('update', changed, change), ('delete', 'DELETE', take)):
            op.execute(
                f'CREATE TRIGGER class_hour_{when}_counted AFTER {event} ON class_hour FOR EACH ROW BEGIN {does} END'
            )
        return
    op.execute(
        'CREATE FUNCTION count_class_hour() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" IF TG_OP = 'INSERT' THEN {add} ELSIF TG_OP = 'UPDATE' THEN {change} ELSE {take} END IF;"
        ' RETURN NULL; END $$'
    )
    op.execute(
        f'CREATE TRIGGER class_hour_counted AFTER INSERT OR DELETE OR {changed} ON class_hour'
        ' FOR EACH ROW EXECUTE FUNCTION count_class_hour()'
    )
