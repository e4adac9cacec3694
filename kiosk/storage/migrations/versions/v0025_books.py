"""The books of a hall's desk."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_STRING, _WHOLE, _INSTANT = sa.String(), sa.Integer(), sa.BigInteger()


def upgrade() -> None:
    """Make the tables; a kiosk that is no desk keeps none of them, and a desk reads its scope anew."""
    op.create_table(
        "book_mark", _key("stream", _STRING), _needed("upto", _WHOLE), _primary("book_mark", "stream")
    )
    _people()
    _visits()
    _placements()
    _classes()
    _papers()


def _people() -> None:
    nought = sa.text("0")
    op.create_table(
        "book_person",
        _key("worker", _STRING),
        _open("registered_at", _INSTANT),
        _open("method", _STRING),
        _open("kiosk", _STRING),
        sa.Column("identity_epoch", _WHOLE, server_default=nought, nullable=False),
        sa.Column("is_restricted", sa.Boolean(), server_default=nought, nullable=False),
        _open("name", _STRING),
        _open("number", _STRING),
        _open("sex", _STRING),
        _open("birth_date", sa.Date()),
        _open("region", _STRING),
        sa.Column("answers_epoch", _WHOLE, server_default=nought, nullable=False),
        _open("phone", _STRING),
        _open("trades", sa.Text()),
        _primary("book_person", "worker"),
    )
    op.create_index("book_person_by_registered", "book_person", ["registered_at"])
    op.create_table(
        "book_certificate",
        _key("stream", _STRING),
        _key("seq", _WHOLE),
        _needed("worker", _STRING),
        _needed("kind", _STRING),
        _primary("book_certificate", "stream", "seq"),
    )
    op.create_index("book_certificate_by_worker", "book_certificate", ["worker"])


def _visits() -> None:
    op.create_table(
        "book_check_in",
        _key("worker", _STRING),
        _key("day", sa.Date()),
        _needed("queue_number", _STRING),
        _needed("arrived_at", _INSTANT),
        _needed("method", _STRING),
        _needed("kiosk", _STRING),
        _primary("book_check_in", "worker", "day"),
    )
    op.create_index("book_check_in_by_day", "book_check_in", ["day", "arrived_at"])


def _placements() -> None:
    op.create_table(
        "book_placement",
        _key("id", _STRING),
        _open("worker", _STRING),
        _open("taken_at", _INSTANT),
        _open("slip", _STRING),
        _open("kind", _STRING),
        _open("title", _STRING),
        _open("trip", _STRING),
        _open("starts", _INSTANT),
        _open("ends", _INSTANT),
        _open("employer", _STRING),
        _open("pay_fen", _WHOLE),
        _open("pay_unit", _STRING),
        _open("back_reason", _STRING),
        _open("pay_answer", _STRING),
        _open("paper", _STRING),
        _open("paper_at", _INSTANT),
        _primary("book_placement", "id"),
    )
    op.create_index("book_placement_by_taken", "book_placement", ["taken_at"])
    op.create_index("book_placement_by_worker", "book_placement", ["worker"])


def _classes() -> None:
    op.create_table(
        "book_class",
        _key("stream", _STRING),
        _key("seq", _WHOLE),
        _needed("worker", _STRING),
        _needed("held_on", sa.Date()),
        _needed("at", _INSTANT),
        _needed("valid_until", sa.Date()),
        _needed("record", _STRING),
        _needed("hazard_class", _STRING),
        _needed("course_version", _WHOLE),
        _needed("mode", _STRING),
        _open("score_percent", _WHOLE),
        _needed("spent_min", _WHOLE),
        _needed("actor", _STRING),
        _needed("is_signed", sa.Boolean()),
        _primary("book_class", "stream", "seq"),
    )
    op.create_index("book_class_by_day", "book_class", ["held_on"])


def _papers() -> None:
    op.create_table(
        "book_print",
        _key("stream", _STRING),
        _key("seq", _WHOLE),
        _needed("at", _INSTANT),
        _needed("slip", _STRING),
        _needed("copy_no", _WHOLE),
        _needed("state", _STRING),
        _needed("reason", _STRING),
        _needed("actor", _STRING),
        _needed("kiosk", _STRING),
        _primary("book_print", "stream", "seq"),
    )
    op.create_index("book_print_by_at", "book_print", ["at"])


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


_key = _needed


def _open(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"{table}_key"))
