"""Runs migrations on the connection that kiosk.storage.migrating hands over, in its transaction."""

from alembic import context

from kiosk.storage import device_tables, door_tables, feed_tables, pay_tables, tables  # noqa: F401 - they fill METADATA
from kiosk.storage.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
