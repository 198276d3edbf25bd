"""How a catalog of an older version becomes one of today: Alembic's revisions, each a script in ``versions``.

A new revision is a script there, the same change in ``index.catalog.tables``, and ``SCHEMA_VERSION`` raised. The way
back is the copy that is kept before a migration, so the scripts only go forward.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def migrate(connection: sa.Connection, old: str, new: str) -> None:
    """Bring the catalog from one revision to another, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, old)
    command.upgrade(config, new)
    # The facts of a catalog tell its version, to earlier Dixits too: a second word on it would be one too many.
    connection.exec_driver_sql("DROP TABLE alembic_version")
