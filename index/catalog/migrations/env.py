"""Run by Alembic: the revisions go over the connection that ``migrate`` was given, within its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
