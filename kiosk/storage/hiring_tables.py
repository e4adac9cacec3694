"""The tables of hiring: who signed up for what, and what was decided of whom from which inputs.

The line of a job is of one hall and one day. `own_…` is a person's place in the order of the day, `turn_…`
the place he stands at in the line, `turn_shift` steps behind it. `left_place` are places of other kiosks that
were given back here; the capsule of their worker may still tell of them. `team_place` ties the places of
people who went together.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from kiosk.actions.hiring_ports import DecisionKind
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import Way
from kiosk.storage.columns import Instant, one_of
from kiosk.storage.metadata import METADATA

sign_up = Table(
    "sign_up",
    METADATA,
    Column("id", String, primary_key=True),
    Column("worker", String, nullable=False),
    Column("job", String, nullable=False),
    Column("job_version", Integer, nullable=False),
    Column("way", String, nullable=False),
    Column("queue_number", String, nullable=False),
    Column("hall_day", Date, nullable=False),
    Column("own_arrived_at", Instant, nullable=False),
    Column("own_kiosk", String, nullable=False),
    Column("own_sequence", Integer, nullable=False),
    Column("turn_arrived_at", Instant, nullable=False),
    Column("turn_kiosk", String, nullable=False),
    Column("turn_sequence", Integer, nullable=False),
    Column("turn_shift", Integer, nullable=False),
    Column("signed_at", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("spot", String, nullable=False),
    Column("held_at", String, nullable=False),
    Column("called_at", Instant),
    Column("answer_by", Instant),
    Column("talked_at", Instant),
    Column("agreed_at", Instant),
    Column("ended_at", Instant),
    Column("reason", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("team", String),
    one_of("way", Way),
    one_of("state", PlacementState),
)
Index("sign_up_by_line", sign_up.c.hall_day, sign_up.c.job)
Index("sign_up_by_worker", sign_up.c.worker, sign_up.c.hall_day)
Index("sign_up_by_keeper", sign_up.c.held_at, sign_up.c.state)
left_place = Table(
    "left_place",
    METADATA,
    Column("placement", String, primary_key=True),
    Column("worker", String, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
decision = Table(
    "decision",
    METADATA,
    Column("id", String, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("kind", String, nullable=False),
    Column("job", String, nullable=False),
    Column("about", String),
    Column("rule_version", Integer, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("outcome", String, nullable=False),
    one_of("kind", DecisionKind),
)
Index("decision_by_job", decision.c.job, decision.c.day, decision.c.at)
Index("decision_by_about", decision.c.about, decision.c.day, decision.c.at)
team_place = Table(
    "team_place",
    METADATA,
    Column("placement", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("team_place_by_team", team_place.c.team, team_place.c.nth, unique=True)
