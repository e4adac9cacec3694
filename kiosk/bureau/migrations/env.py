"""Runs the bureau's migrations on the connection that `databases.migrate` hands over."""

from alembic import context

from kiosk.bureau.databases import VERSION_TABLE
from kiosk.bureau.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
