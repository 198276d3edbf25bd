"""Whom articles name is kept; articles that were read before name nobody until they are read again."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the tables, empty; the column of a quotation's speaker follows its field."""
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("gender", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "namings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "article_id", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("last_word", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("gender", sa.String, nullable=False),
    )
    op.create_table(
        "person_mentions",
        sa.Column("rowid", sa.Integer, primary_key=True),
        _naming(),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "person_roles",
        sa.Column("rowid", sa.Integer, primary_key=True),
        _naming(),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False, index=True),
    )


def _naming() -> sa.Column[int]:
    key = sa.ForeignKey("namings.id", ondelete="CASCADE")
    return sa.Column("naming_id", sa.Integer, key, nullable=False, index=True)
