"""What all tables share: one collection, one way of naming constraints, and a row's place in the feed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_once_%(column_0_N_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_of_%(referred_table_name)s",
        "pk": "%(table_name)s_key",
    }
)


def fed_columns() -> tuple[Column[object], ...]:
    """Where a row that came down stands: its scope, and its position there."""
    return (Column("scope", String, nullable=False), Column("pos", Integer, nullable=False))
