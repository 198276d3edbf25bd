"""Sources that workers are to take in are kept as jobs."""

import sqlalchemy as sa
from alembic import op

from index.catalog.types import ROW, TEXT, WORD

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "jobs",
        sa.Column("id", ROW, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("request", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("turn", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
        sa.Column("owner", WORD),
        sa.Column("until", sa.DateTime),
        sa.Column("why", TEXT),
        sa.Column("told", TEXT),
        sa.Column("asked", sa.DateTime, nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_ready", "jobs", ["state", "turn", "id"])
    op.create_index("ix_jobs_visitor", "jobs", ["by", "id"])
