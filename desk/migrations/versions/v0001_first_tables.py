"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("begun", sa.DateTime, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "asked",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation", sa.String(64), _part_of("conversations"), nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation", sa.String(64), _part_of("conversations"), nullable=False, index=True),
        sa.Column("asked", sa.String(32), _part_of("asked"), nullable=False),
        sa.Column("link", sa.String(64), nullable=False, unique=True),
        sa.Column("opened", sa.DateTime, nullable=False, index=True),
        sa.Column("last", sa.DateTime, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("consultant", sa.Text, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("answered", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "lessons",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False, index=True),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("purpose", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("approver", sa.Text, nullable=False),
        sa.Column("decided", sa.DateTime),
    )
    op.create_table(
        "counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("verdict", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("counts", "lessons", "cases", "asked", "conversations"):
        op.drop_table(table)


def _part_of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
