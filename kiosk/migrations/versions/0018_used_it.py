"""A child can say of a card that they used it, without saying whether it helped

Revision ID: 0018
Revises: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHECK = "ck_strategy_use_said"


def upgrade():
    _allow("'used', 'helped', 'a_bit', 'not_today'")


def downgrade():
    op.execute("UPDATE strategy_use SET said = 'a_bit' WHERE said = 'used'")  # The nearest of those there were.
    _allow("'helped', 'a_bit', 'not_today'")


def _allow(said):
    with op.batch_alter_table("strategy_use", schema=None) as batch_op:
        if op.get_bind().dialect.name != "sqlite":  # There the table is written anew, and its check is not copied.
            batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"said IN ({said})")
