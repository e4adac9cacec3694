"""The tables of devices: what is out of order or on its way there, paper, test pages, and their set-up."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from kiosk.domain.devices import Device
from kiosk.domain.slips import SlipState
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

device_latch = Table(
    "device_latch",
    METADATA,
    Column("device", String, primary_key=True),
    Column("cause", String, nullable=False),
    Column("code", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("cleared_at", Instant),
    Column("cleared_by", String),
    one_of("device", Device),
    sqlite_with_rowid=False,
)
device_tally = Table(
    "device_tally",
    METADATA,
    Column("device", String, primary_key=True),
    Column("faults", Integer, nullable=False),
    Column("uncertain", Integer, nullable=False),
    Column("jams", Integer, nullable=False),
    one_of("device", Device),
    sqlite_with_rowid=False,
)
printer_paper = Table(
    "printer_paper",
    METADATA,
    Column("only", Integer, primary_key=True),
    Column("near_end_since", Instant, nullable=False),
    Column("printed_mm_since", Integer, nullable=False),
    CheckConstraint("only = 1", name="one_row"),
)
test_page = Table(
    "test_page",
    METADATA,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("record", String, nullable=False, server_default=""),
    one_of("state", SlipState),
)
Index("test_page_by_asked_at", test_page.c.asked_at)
device_profile = Table(
    "device_profile",
    METADATA,
    Column("id", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("settings", Text, nullable=False),
    Column("report", String, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", String, nullable=False),
)
Index("device_profile_by_device", device_profile.c.device, device_profile.c.made_at)
