"""Several catalogs in one PostgreSQL database: each in a schema of its own, which is all that its connections see."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from index.catalog.database import store_errors
from index.catalog.dialects.postgresql.server import engine_of, parsed

PREFIX: Final = "workspace_"


def schema_url(url: str, name: str) -> str:
    """Return the address of the catalog of a name in the database of another.

    Args:
        url: the address of the database.
        name: of small letters, digits and hyphens.

    Raises:
        SettingsError: the address is none of PostgreSQL's.
    """
    address = parsed(url)
    options = f"{address.query.get('options', '')} -csearch_path={_schema(name)}".strip()
    return address.update_query_dict({"options": options}).render_as_string(hide_password=False)


def make_schema(url: str, name: str) -> None:
    """Make the schema of a catalog, empty, where there is none.

    Raises:
        StoreError: it cannot be made.
    """
    engine = engine_of(url)
    try:
        with store_errors(engine), engine.begin() as connection:
            connection.execute(sa.schema.CreateSchema(_schema(name), if_not_exists=True))
    finally:
        engine.dispose()


def _schema(name: str) -> str:
    return PREFIX + name.replace("-", "_")
