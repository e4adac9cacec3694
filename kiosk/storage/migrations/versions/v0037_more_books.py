"""The books of coaches and of what became of slips; a desk reads its books anew, with what they lacked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0031"

_STRING, _WHOLE, _INSTANT, _DAY, _YES = sa.String(), sa.Integer(), sa.BigInteger(), sa.Date(), sa.Boolean()
_BEFORE = (
    "book_mark",
    "book_person",
    "book_check_in",
    "book_placement",
    "book_class",
    "book_print",
    "book_certificate",
)


def upgrade() -> None:
    """Make room, and forget how far a desk has read: what it had no book for is told again."""
    op.add_column("book_person", _open("actor", _STRING))
    for name, kind in _OF_A_PLACE:
        op.add_column("book_placement", _open(name, kind))
    op.create_index("book_placement_by_slip", "book_placement", ["slip"])
    op.drop_index("book_placement_by_taken", "book_placement")
    op.create_index("book_placement_by_taken", "book_placement", ["taken_at", "back_reason", "slip"])
    _people()
    _fleet()
    _departures()
    _safety()
    for table in _BEFORE:
        op.execute(sa.delete(sa.table(table)))
    cursor = sa.table("cursor", sa.column("scope"))
    op.execute(sa.delete(cursor).where(cursor.c.scope.startswith("desk:")))


_OF_A_PLACE = (
    ("sign_up", _STRING),
    ("education", _STRING),
    ("hazards", sa.Text()),
    ("ppe", sa.Text()),
    ("is_dangerous", _YES),
    ("came_at", _INSTANT),
    ("witness", _STRING),
    ("seat_trip", _STRING),
    ("seat_at", _INSTANT),
)


def _people() -> None:
    _entries("book_hardship", _needed("worker", _STRING), _needed("kind", _STRING), _needed("epoch", _WHOLE))
    op.create_index("book_hardship_by_worker", "book_hardship", ["worker"])
    _table("book_talk", ["sign_up"], _needed("agreed_at", _INSTANT))
    op.create_table(
        "book_part",
        _needed("slip", _STRING),
        _needed("day", _DAY),
        _needed("begins", _INSTANT),
        _needed("read_at", _INSTANT),
        _needed("outcome", _STRING),
        _needed("why", _STRING),
        _primary("book_part", "slip", "day"),
    )


def _fleet() -> None:
    _entries(
        "book_vehicle",
        _needed("at", _INSTANT),
        _needed("plate", _STRING),
        _needed("kind", _STRING),
        _needed("approved", _WHOLE),
        _needed("owner", _STRING),
        _needed("permit_no", _STRING),
        _open("permit_to", _DAY),
        _open("inspection_to", _DAY),
        _open("insurance_to", _DAY),
        _needed("is_active", _YES),
        _needed("actor", _STRING),
    )
    op.create_index("book_vehicle_by_at", "book_vehicle", ["at"])
    _entries(
        "book_driver",
        _needed("at", _INSTANT),
        _needed("recorded_as", _STRING),
        _needed("worker", _STRING),
        _needed("identity_epoch", _WHOLE),
        sa.Column("is_restricted", _YES, server_default=sa.text("0"), nullable=False),
        _needed("name", _STRING),
        _open("birth_date", _DAY),
        _needed("licence_class", _STRING),
        _open("licence_to", _DAY),
        _needed("qualification_no", _STRING),
        _open("qualification_to", _DAY),
        _needed("is_active", _YES),
        _needed("actor", _STRING),
    )
    op.create_index("book_driver_by_at", "book_driver", ["at"])
    op.create_index("book_driver_by_worker", "book_driver", ["worker", "at"])
    op.create_index("book_driver_by_recorded", "book_driver", ["recorded_as", "at"])


def _departures() -> None:
    _table(
        "book_departure",
        ["trip"],
        _needed("departed_at", _INSTANT),
        _needed("label", _STRING),
        _needed("destination", _STRING),
        _needed("seats", _WHOLE),
        _needed("plate", _STRING),
        _needed("driver", _STRING),
        _needed("listed", _WHOLE),
        _needed("boarded", _WHOLE),
        _needed("digest", _STRING),
        _needed("actor", _STRING),
    )
    op.create_index("book_departure_by_at", "book_departure", ["departed_at"])
    _table("book_rider", ["trip", "slip"], _needed("departed_at", _INSTANT))
    op.create_index("book_rider_by_slip", "book_rider", ["slip", "departed_at"])
    _table(
        "book_check",
        ["trip", "check"],
        _needed("at", _INSTANT),
        _needed("is_good", _YES),
        _needed("plate", _STRING),
        _needed("driver", _STRING),
    )


def _safety() -> None:
    _table("book_hand_over", ["trip", "giver", "taker"], _needed("at", _INSTANT), _needed("signer", _STRING))
    _table(
        "book_incident",
        ["incident"],
        _needed("trip", _STRING),
        _needed("at", _INSTANT),
        _needed("kind", _STRING),
        _needed("severity", _STRING),
        _open("closed_at", _INSTANT),
    )
    op.create_index("book_incident_by_trip", "book_incident", ["trip"])
    _table("book_return", ["trip", "slip"], _needed("noted_at", _INSTANT), _needed("whereabouts", _STRING))


def _table(name: str, key: list[str], *columns: sa.Column[Any]) -> None:
    op.create_table(name, *(_needed(each, _STRING) for each in key), *columns, _primary(name, *key))


def _entries(name: str, *columns: sa.Column[Any]) -> None:
    """Make a table with a row an entry."""
    place = (_needed("stream", _STRING), _needed("seq", _WHOLE))
    op.create_table(name, *place, *columns, _primary(name, "stream", "seq"))


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _open(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"{table}_key"))
