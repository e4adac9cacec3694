"""What writers beside one another need: the head of each hall's log, and on PostgreSQL a log in parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0031b"

_HEADS = """
INSERT INTO log_head (station, pos)
SELECT DISTINCT kiosk.station, (SELECT max(event.pos) FROM event) FROM kiosk
WHERE EXISTS (SELECT 1 FROM event)
"""
_PARTED = """
CREATE TABLE event (LIKE event_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
PARTITION BY RANGE (received_at)
"""
_KEY = "ALTER TABLE event ADD CONSTRAINT pk_event PRIMARY KEY (pos, received_at)"
_OF_STREAM = "ALTER TABLE event ADD CONSTRAINT fk_event_stream_stream FOREIGN KEY (stream) REFERENCES stream"


def upgrade() -> None:
    """Note how far desks have read, so that none begins again, and part the log where that can be done."""
    op.create_table(
        "log_head",
        sa.Column("station", sa.String(length=8), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("station", name=op.f("pk_log_head")),
    )
    op.execute(_HEADS)
    if op.get_bind().dialect.name == "postgresql":
        _part_the_log()


def _part_the_log() -> None:
    """Make the log a table of parts by the time of receipt; nobody had entries on PostgreSQL before.

    A key of the whole must hold that time: that a stream has each number once is the watermark's promise.
    """
    op.execute("ALTER TABLE event RENAME TO event_before")
    op.execute(_PARTED)
    op.execute("ALTER SEQUENCE event_pos_seq OWNED BY event.pos")
    op.execute("DROP TABLE event_before")
    op.execute(_KEY)
    op.execute(_OF_STREAM)
    op.execute("CREATE INDEX ix_event_stream_seq ON event (stream, seq)")
    op.execute("CREATE TABLE event_rest PARTITION OF event DEFAULT")
