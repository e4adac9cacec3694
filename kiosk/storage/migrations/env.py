"""Runs migrations on the connection that kiosk.storage.migrating hands over, in its transaction."""

from alembic import context

from kiosk.storage import (  # noqa: F401 - they fill METADATA
    device_tables,
    door_tables,
    education_tables,
    feed_tables,
    hiring_tables,
    paper_tables,
    pay_tables,
    proof_tables,
    tables,
)
from kiosk.storage.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
