"""Names are counted as articles come and go, and articles are listed without their texts being read."""

import sqlalchemy as sa
from alembic import op

from index.catalog.columns import add_columns, missing_columns
from index.catalog.tables import QUOTATIONS
from index.catalog.vocabulary import count_names, create_triggers

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Add the table, count the names that are there, and index articles by what lists are made of."""
    op.create_table(
        "vocabulary",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("told", sa.String, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_articles_listed", "articles", ["published", "revision", "id", "source", "lang"])
    op.create_index("ix_articles_model", "articles", ["model"])
    connection = op.get_bind()
    add_columns(
        connection, missing_columns(connection, [QUOTATIONS])
    )  # the first catalogs do not tell what speakers are
    count_names(connection)
    create_triggers(connection)
