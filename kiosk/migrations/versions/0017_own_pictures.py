"""Photos of adults, and pictures of a child's own things

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "own_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(adult_id IS NULL) <> (pupil_id IS NULL)", name=op.f("ck_own_picture_of_one_person")),
        sa.ForeignKeyConstraint(
            ["adult_id"], ["adult.id"], name=op.f("fk_own_picture_adult_id_adult"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_own_picture_pupil_id_pupil"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sent_by_id"], ["adult.id"], name=op.f("fk_own_picture_sent_by_id_adult")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_picture")),
        sa.UniqueConstraint("adult_id", name=op.f("uq_own_picture_adult_id")),
        sa.UniqueConstraint("pupil_id", "name", name=op.f("uq_own_picture_pupil_id_name")),
    )
    op.create_index("ix_own_picture_name", "own_picture", ["name"])


def downgrade():
    op.drop_table("own_picture")
