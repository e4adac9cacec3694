"""One life of a kiosk's database is one stream: a copy of it, or one that went back in time, begins another.

A new stream carries no rights. Nothing of the old one is lost: its entries are still told, its numbers stay
spent, and what it was given stays committed at the bureau.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.protocol.marks import Mark


class Cause(StrEnum):
    """Why a new stream began."""

    FIRST_START = "first_start"
    DATABASE_LOST = "database_lost"
    MARKER_MISSING = "marker_missing"
    OTHER_MACHINE = "other_machine"
    OTHER_STREAM = "other_stream"
    WENT_BACK = "went_back"
    BUREAU_KNOWS_MORE = "bureau_knows_more"


@dataclass(frozen=True, slots=True)
class Life:
    """The stream as the database has it; `hash_at_mark` is its entry's where the marker saw the last one."""

    stream: str
    fingerprint: str
    head: int
    hash_at_mark: str | None


def disagreement(life: Life | None, mark: Mark | None, fingerprint: str) -> Cause | None:
    """Return why database and marker do not belong together at a start, None when they do.

    `fingerprint` is of the machine it starts on.
    """
    if life is None:
        return Cause.FIRST_START if mark is None else Cause.DATABASE_LOST
    if mark is None:
        return Cause.MARKER_MISSING
    if mark.stream != life.stream:
        return Cause.OTHER_STREAM
    if fingerprint != life.fingerprint or fingerprint != mark.fingerprint:
        return Cause.OTHER_MACHINE
    return None if _contains(life, mark) else Cause.WENT_BACK


def bureau_knows_more(acked: int, head: int) -> bool:
    """Return whether the bureau has more of the present stream than was ever written here."""
    return acked > head


def _contains(life: Life, mark: Mark) -> bool:
    """Return whether the database's history goes through the commit that the marker saw last."""
    if mark.head > life.head:
        return False
    return mark.head == 0 or life.hash_at_mark == mark.head_hash
