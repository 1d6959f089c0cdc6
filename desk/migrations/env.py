"""Run by alembic on the connection that `desk.records.migrate` opened, inside its transaction."""

from __future__ import annotations

from alembic import context

from desk.records import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
context.run_migrations()
