"""Articles tell their form, pages and versions; near-duplicates, and copies of a text, are known."""

import sqlalchemy as sa
from alembic import op

from index.catalog.provenance import address
from index.catalog.stories import join
from index.text.fingerprint import fingerprint

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the columns and tables, and fill them from the articles that there are."""
    _add_columns()
    _add_tables()
    connection = op.get_bind()
    for article_id, url in connection.execute(sa.text("SELECT id, url FROM articles ORDER BY id")).all():
        if url is not None:
            known = {"id": article_id, "address": address(url)}
            connection.execute(sa.text("UPDATE articles SET address = :address WHERE id = :id"), known)
        text = connection.scalar(sa.text("SELECT text FROM articles WHERE id = :id"), {"id": article_id})
        join(connection, article_id, fingerprint(text))


def _add_columns() -> None:
    for column in (
        sa.Column("form", sa.Text),
        sa.Column("pages", sa.JSON),
        sa.Column("address", sa.Text),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("added_at", sa.DateTime),
        sa.Column("updated_at", sa.DateTime),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.Column("story", sa.String),
    ):
        op.add_column("articles", column)
    op.create_index("ix_articles_address", "articles", ["address"])
    op.create_index("ix_articles_story", "articles", ["story"])


def _add_tables() -> None:
    op.create_table(  # the first catalogs had none
        "feedback",
        sa.Column("rowid", sa.Integer, primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("articles", sa.JSON, nullable=False),
        sa.Column("verdict", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "copies",
        sa.Column("rowid", sa.Integer, primary_key=True),
        _article("article_id", index=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("source", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("origin", sa.Text, index=True),
        sa.Column("form", sa.Text),
        sa.Column("pages", sa.JSON),
        sa.Column("address", sa.Text, index=True),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        _article("article_id", primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def _article(name: str, index: bool, primary_key: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column(name, sa.String, key, nullable=False, index=index, primary_key=primary_key)
