"""How a catalog of an older version becomes one of today: Alembic's revisions, each a script in ``versions``.

A new revision is a script there, the same change in ``index.catalog.tables``, and ``SCHEMA_VERSION`` raised. From the
seventh on scripts are of operations that every database knows: a catalog on a server began with the tables of the
sixth. The way back is the copy that is kept before a migration, so the scripts only go forward.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

SCRIPTS = Path(__file__).parent


def migrate(connection: sa.Connection, old: str, new: str, scripts: Path = SCRIPTS) -> None:
    """Bring the catalog from one revision to another, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, old)
    command.upgrade(config, new)
    # The facts of a catalog tell its version, to earlier Dixits too: a second word on it would be one too many.
    connection.exec_driver_sql("DROP TABLE alembic_version")
