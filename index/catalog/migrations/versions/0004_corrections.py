"""What readers set right is kept, and what was read where something was."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        _article("article_id", nullable=True, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("words", sa.Text),
        sa.Column("before", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("offset", sa.Integer),
        sa.Column("speaker_kind", sa.String),
        sa.Column("quotation_kind", sa.String),
        sa.Column("read", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "readings",
        _article("article_id", primary_key=True),
        sa.Column("found", sa.Text, nullable=False),
    )


def _article(name: str, **told: bool) -> sa.Column[str]:
    key = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, key, **told)  # type: ignore[arg-type]
