"""The table of cards that were left behind; what a card's owner is known by goes when he has it back."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, text

from kiosk.domain.found_cards import FoundKind, Lies
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

found_card = Table(
    "found_card",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("lies", String, nullable=False),
    Column("number_hash", String, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("handed_at", Instant),
    one_of("kind", FoundKind),
    one_of("lies", Lies),
)
Index("found_card_waiting", found_card.c.found_at, sqlite_where=text("handed_at IS NULL"))
