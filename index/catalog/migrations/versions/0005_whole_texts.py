"""The words of whole texts are kept, for the exact search."""

import sqlalchemy as sa
from alembic import op

from index.catalog.whole_texts import rebuild_whole_texts

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the table, and the words of the articles that are in."""
    op.create_table(
        "texts",
        sa.Column("rowid", sa.Integer, primary_key=True),
        sa.Column(
            "article_id", sa.String, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
    )
    rebuild_whole_texts(op.get_bind())
