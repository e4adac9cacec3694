"""The books of a hall's desk: what its ledgers are made of, whichever kiosk wrote it down.

A row is put together from several entries that may be heard in any order, so most columns wait empty for
theirs. `book_mark` tells up to which entry of a stream everything is written here.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, text

from kiosk.storage.columns import Instant
from kiosk.storage.metadata import METADATA

book_mark = Table(
    "book_mark",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("upto", Integer, nullable=False),
)
book_person = Table(
    "book_person",
    METADATA,
    Column("worker", String, primary_key=True),
    Column("registered_at", Instant),
    Column("method", String),
    Column("kiosk", String),
    Column("actor", String),
    Column("identity_epoch", Integer, nullable=False, server_default=text("0")),
    Column("named_at", Instant),
    Column("is_restricted", Boolean, nullable=False, server_default=text("0")),
    Column("name", String),
    Column("number", String),
    Column("sex", String),
    Column("birth_date", Date),
    Column("region", String),
    Column("answers_epoch", Integer, nullable=False, server_default=text("0")),
    Column("phone", String),
    Column("trades", Text),
)
Index("book_person_by_registered", book_person.c.registered_at, book_person.c.worker)
book_check_in = Table(
    "book_check_in",
    METADATA,
    Column("worker", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("queue_number", String, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("method", String, nullable=False),
    Column("kiosk", String, nullable=False),
)
Index("book_check_in_by_day", book_check_in.c.day, book_check_in.c.arrived_at)
book_placement = Table(
    "book_placement",
    METADATA,
    Column("id", String, primary_key=True),
    Column("worker", String),
    Column("taken_at", Instant),
    Column("slip", String),
    Column("kind", String),
    Column("title", String),
    Column("trip", String),
    Column("starts", Instant),
    Column("ends", Instant),
    Column("employer", String),
    Column("pay_fen", Integer),
    Column("pay_unit", String),
    Column("back_reason", String),
    Column("pay_answer", String),
    Column("paper", String),
    Column("paper_at", Instant),
    Column("sign_up", String),
    Column("education", String),
    Column("hazards", Text),
    Column("ppe", Text),
    Column("is_dangerous", Boolean),
    Column("came_at", Instant),
    Column("witness", String),
    Column("seat_trip", String),
    Column("seat_at", Instant),
)
Index(
    "book_placement_by_taken",
    book_placement.c.taken_at,
    book_placement.c.back_reason,
    book_placement.c.slip,
)
Index("book_placement_by_slip", book_placement.c.slip)
Index("book_placement_by_worker", book_placement.c.worker)
book_class = Table(
    "book_class",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", String, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("record", String, nullable=False),
    Column("hazard_class", String, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("mode", String, nullable=False),
    Column("score_percent", Integer),
    Column("spent_min", Integer, nullable=False),
    Column("actor", String, nullable=False),
    Column("is_signed", Boolean, nullable=False),
)
Index("book_class_by_day", book_class.c.held_on)
book_print = Table(
    "book_print",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("slip", String, nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("kiosk", String, nullable=False),
)
Index("book_print_by_at", book_print.c.at, book_print.c.state)
book_certificate = Table(
    "book_certificate",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", String, nullable=False),
    Column("kind", String, nullable=False),
)
Index("book_certificate_by_worker", book_certificate.c.worker)
book_hardship = Table(
    "book_hardship",
    METADATA,
    Column("stream", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("worker", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("epoch", Integer, nullable=False),
)
Index("book_hardship_by_worker", book_hardship.c.worker)
book_talk = Table(
    "book_talk",
    METADATA,
    Column("sign_up", String, primary_key=True),
    Column("agreed_at", Instant, nullable=False),
)
book_part = Table(
    "book_part",
    METADATA,
    Column("slip", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("begins", Instant, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("outcome", String, nullable=False),
    Column("why", String, nullable=False),
)
"""Employers' parts; `begins` is the first instant of `day`, near which the place of the slip was taken."""
