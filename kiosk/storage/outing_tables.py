"""The tables of trips on their way: who answered when, what befell people, and who is back.

`signature` is the text of the strokes; it and the signer's name stay at this kiosk, and go with the trip.
An outing begins when the first one comes aboard, with the coach's own words, because the bureau takes those
back once the day and the door are over; it is settled when everybody is back, and nobody looks at it again.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, text

from kiosk.domain.incidents import IncidentKind, Severity
from kiosk.domain.returns import Whereabouts
from kiosk.domain.segments import Boundary, Party, Proof
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

outing = Table(
    "outing",
    METADATA,
    Column("trip", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("is_settled", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("outing_unsettled", outing.c.day, sqlite_where=text("is_settled = 0"))
hand_over = Table(
    "hand_over",
    METADATA,
    Column("id", String, primary_key=True),
    Column("trip", String, nullable=False, index=True),
    Column("boundary", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("place", Text, nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("signer", String, nullable=False),
    Column("proof", String, nullable=False),
    Column("signature", Text, nullable=False),
    Column("exceptions", Text, nullable=False),
    one_of("boundary", Boundary),
    one_of("proof", Proof),
)
incident = Table(
    "incident",
    METADATA,
    Column("id", String, primary_key=True),
    Column("trip", String, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("kind", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("party", String, nullable=False),
    Column("people", Integer, nullable=False),
    Column("done", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("noted_by", String, nullable=False),
    Column("closed_at", Instant),
    Column("outcome", Text, nullable=False),
    one_of("kind", IncidentKind),
    one_of("severity", Severity),
    one_of("party", Party),
)
Index("incident_open", incident.c.at, sqlite_where=text("closed_at IS NULL"))
return_mark = Table(
    "return_mark",
    METADATA,
    Column("slip", String, primary_key=True),
    Column("trip", String, nullable=False, index=True),
    Column("whereabouts", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date),
    one_of("whereabouts", Whereabouts),
    sqlite_with_rowid=False,
)
