"""The books of a hall's coaches: vehicles and drivers as they were seen, departures, who rode, who answered.

Nobody is named here but drivers; riders are slips.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, text

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA

book_vehicle = Table(
    "book_vehicle",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("plate", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("approved", Integer, nullable=False),
    Column("owner", String, nullable=False),
    Column("permit_no", String, nullable=False),
    Column("permit_to", Date),
    Column("inspection_to", Date),
    Column("insurance_to", Date),
    Column("is_active", Boolean, nullable=False),
    Column("actor", String, nullable=False),
)
Index("book_vehicle_by_at", book_vehicle.c.at)
book_driver = Table(
    "book_driver",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("recorded_as", String, nullable=False),
    Column("worker", String, nullable=False),
    Column("identity_epoch", Integer, nullable=False),
    Column("is_restricted", Boolean, nullable=False, server_default=text("0")),
    Column("name", String, nullable=False),
    Column("birth_date", Date),
    Column("licence_class", String, nullable=False),
    Column("licence_to", Date),
    Column("qualification_no", String, nullable=False),
    Column("qualification_to", Date),
    Column("is_active", Boolean, nullable=False),
    Column("actor", String, nullable=False),
)
Index("book_driver_by_at", book_driver.c.at)
Index("book_driver_by_worker", book_driver.c.worker, book_driver.c.at)
Index("book_driver_by_recorded", book_driver.c.recorded_as, book_driver.c.at)
"""A departure names its driver as he was recorded, or as the bureau knows him."""
book_departure = Table(
    "book_departure",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("departed_at", Instant, nullable=False),
    Column("label", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("plate", String, nullable=False),
    Column("driver", String, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("boarded", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("actor", String, nullable=False),
)
Index("book_departure_by_at", book_departure.c.departed_at)
book_rider = Table(
    "book_rider",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("slip", String, primary_key=True),
    Column("departed_at", Instant, nullable=False),
)
Index("book_rider_by_slip", book_rider.c.slip, book_rider.c.departed_at)
book_check = Table(
    "book_check",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("check", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("is_good", Boolean, nullable=False),
    Column("plate", String, nullable=False),
    Column("driver", String, nullable=False),
)
book_hand_over = Table(
    "book_hand_over",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("giver", String, primary_key=True),
    Column("taker", String, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("signer", String, nullable=False),
)
"""Of two kiosks that tell of one boundary the earlier instant counts."""
book_incident = Table(
    "book_incident",
    METADATA,
    Column("incident", String, primary_key=True),
    Column("trip", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("closed_at", Instant),
)
Index("book_incident_by_trip", book_incident.c.trip)
book_return = Table(
    "book_return",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("slip", String, primary_key=True),
    Column("noted_at", Instant, nullable=False),
    Column("whereabouts", String, nullable=False),
)
