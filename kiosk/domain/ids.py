"""Identifiers, one type for each thing, so that a job can never be passed where a trip is meant."""

from __future__ import annotations

from typing import NewType

WorkerId = NewType("WorkerId", str)
EmployerId = NewType("EmployerId", str)
JobId = NewType("JobId", str)
TripId = NewType("TripId", str)
PlacementId = NewType("PlacementId", str)
QuotaId = NewType("QuotaId", str)
StreamId = NewType("StreamId", str)
KioskId = NewType("KioskId", str)
StaffId = NewType("StaffId", str)
StationCode = NewType("StationCode", str)
SlipNumber = NewType("SlipNumber", str)
PaperNumber = NewType("PaperNumber", str)
NumberHash = NewType("NumberHash", str)
SignUpId = NewType("SignUpId", str)
TeamId = NewType("TeamId", str)
MergeId = NewType("MergeId", str)

STATION_SHAPE = "[A-Z]{2,4}"
"""What a StationCode looks like, as a part of a pattern: the letters stand within numbers, ids and names."""


def places_of(job: JobId) -> QuotaId:
    """Return the quota that counts a job's places."""
    return QuotaId(f"places:{job}")


def seats_of(trip: TripId) -> QuotaId:
    """Return the quota that counts a trip's seats."""
    return QuotaId(f"seats:{trip}")
