"""The lines of the halls: who signed up, was called, talked and agreed; told to every kiosk of the hall.

Who signed up as a team stands where its entries say, next to one another.

Two kiosks that do not hear of one another may call the same person. Every entry is one more step, in the
order in which the bureau accepted them, and the row that goes down says all that came of them. Whoever has
sat down at a table is called away from it by nobody, and what is said of somebody who has left the line
changes nothing any more.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from kiosk.bureau.feeds import hall_scope
from kiosk.bureau.hiring_tables import sign_up, team_place
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import add, change
from kiosk.bureau.same_person import is_same_person
from kiosk.bureau.tables import feed_row
from kiosk.domain.clock import hall_day
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import OPEN
from kiosk.messages.events import (
    PlaceTaken,
    SignedUp,
    SignUpCalled,
    SignUpEnded,
    SignUpMissed,
    SignUpMoved,
    TalkAgreed,
    TalkBegun,
    TurnPoint,
)
from kiosk.messages.feed import SignUpBody
from kiosk.statements import Statement

_TOPIC = "sign_up"
_BY_ID = Statement(select(sign_up).where(sign_up.c.id == bindparam("id")))
_OF_DAYS_OVER = Statement(
    select(feed_row.c.id)
    .join(sign_up, sign_up.c.id == feed_row.c.id)
    .where(feed_row.c.scope == bindparam("scope"), feed_row.c.topic == _TOPIC)
    .where(feed_row.c.is_deleted.is_(False), sign_up.c.hall_day < bindparam("today"))
)
OPEN_FOR = select(sign_up).where(
    is_same_person(sign_up.c.worker),
    sign_up.c.job == bindparam("job"),
    sign_up.c.state.in_([bindparam(None, state.value) for state in sorted(OPEN)]),
)
"""How the person bound to `worker` stands in the line of a `job`, by whichever registration."""
_OPEN_FOR = Statement(OPEN_FOR)
PLACED = "placed"
"""Why somebody left a line who took the place without it."""
_WAITING = {"spot": "", "held_at": "", "called_at": None, "answer_by": None}


def note_sign_up(ground: Ground, body: SignedUp) -> None:
    """Put somebody into the line of a job; the lines of days that are over are taken back from the hall."""
    person, own = ground.person(body.worker), body.own
    add(
        ground.connection,
        sign_up,
        {
            **body.model_dump(include={"job", "job_version", "way", "queue_number"}),
            "id": body.sign_up,
            "worker": person,
            "station": ground.source.station,
            "hall_day": own.day,
            "own_arrived_at": own.arrived_at,
            "own_kiosk": own.kiosk,
            "own_sequence": own.sequence,
            **_turn(body.turn or TurnPoint(at=own, shift=0)),
            "signed_at": ground.source.at,
            "state": PlacementState.PROPOSED,
            "calls": 0,
            **_WAITING,
            "first_called_at": None,
            "talked_at": None,
            "agreed_at": None,
            "ended_at": None,
            "reason": "",
            "placement": None,
            "team": body.team.team if body.team else None,
            "step": 1,
        },
    )
    ground.seen(person)
    _tell(ground, body.sign_up)
    _take_back_days_over(ground)


def note_call(ground: Ground, body: SignUpCalled) -> None:
    """Note that somebody was called, and when for the first time."""
    kept = _kept(ground, body.sign_up)
    at = ground.source.at
    values = {
        "calls": body.nth,
        "spot": body.spot,
        "held_at": body.held_at,
        "called_at": at,
        "first_called_at": kept.first_called_at or at,
        "answer_by": body.answer_by,
    }
    _step_of_waiting(ground, kept, values)


def note_missed(ground: Ground, body: SignUpMissed) -> None:
    """Put who did not come back into the line."""
    values = {**_WAITING, **_turn(body.turn), "calls": body.calls}
    _step_of_waiting(ground, _kept(ground, body.sign_up), values)


def note_move(ground: Ground, body: SignUpMoved) -> None:
    """Let somebody stand where an attendant put him."""
    _step(ground, _kept(ground, body.sign_up), _turn(body.turn))


def note_talk(ground: Ground, body: TalkBegun) -> None:
    """Note that the talk at the table began."""
    values = {"state": PlacementState.NEGOTIATING, "talked_at": ground.source.at}
    _step_of_waiting(ground, _kept(ground, body.sign_up), values)


def note_agreement(ground: Ground, body: TalkAgreed) -> None:
    """Note the employer's yes."""
    values = {"state": PlacementState.AGREED, "agreed_at": ground.source.at}
    _step(ground, _kept(ground, body.sign_up), values)


def note_end(ground: Ground, body: SignUpEnded) -> None:
    """Let somebody out of the line without a place."""
    values = {"state": PlacementState.CANCELLED, "ended_at": ground.source.at, "reason": body.reason}
    _step(ground, _kept(ground, body.sign_up), values)


def note_taken(ground: Ground, person: str, body: PlaceTaken, *, is_in_line: bool) -> None:
    """Note with whom a place was taken, and that a sign-up became one, whatever is found of that place.

    The line goes on without him where he `is_in_line`. He may have signed up for that job at a kiosk of which
    this one had not heard, too.
    """
    if body.team is not None:
        part = {"team": body.team.team, "nth": body.team.nth, "size": body.team.of}
        add(ground.connection, team_place, {"placement": body.placement, **part})
    kept = None if body.sign_up is None else _BY_ID.first(ground.connection, {"id": body.sign_up})
    if kept is not None:
        values = {
            "state": PlacementState.CONFIRMED,
            "ended_at": ground.source.at,
            "placement": body.placement,
        }
        _step(ground, kept, values)
    if not is_in_line:
        return
    over = {"state": PlacementState.CANCELLED, "ended_at": ground.source.at, "reason": PLACED}
    for other in _OPEN_FOR.all(ground.connection, {"worker": person, "job": body.job}):
        _step(ground, other, over)


def _kept(ground: Ground, name: str) -> Any:  # noqa: ANN401 - a row of a statement
    kept = _BY_ID.first(ground.connection, {"id": name})
    if kept is None:
        raise NotApplicable("bureau.refused.unknown_sign_up")
    return kept


def _step_of_waiting(ground: Ground, kept: Any, values: dict[str, object]) -> None:  # noqa: ANN401 - as above
    """Count a step; it changes only who waits or is called, and not who sits at a table already."""
    _step(ground, kept, values if kept.state == PlacementState.PROPOSED else {})


def _step(ground: Ground, kept: Any, values: dict[str, object]) -> None:  # noqa: ANN401 - as above
    if kept.state in OPEN:
        change(ground.connection, sign_up, {"id": kept.id}, {**values, "step": kept.step + 1})
        ground.seen(kept.worker)
        _tell(ground, kept.id)


def _turn(turn: TurnPoint) -> dict[str, object]:
    at = turn.at
    return {
        "turn_arrived_at": at.arrived_at,
        "turn_kiosk": at.kiosk,
        "turn_sequence": at.sequence,
        "turn_shift": turn.shift,
    }


def _tell(ground: Ground, name: str) -> None:
    """Say to the hall how somebody stands in the line now, or that he is in it no more.

    A line ends with its day, by the bureau's own clock: no kiosk's clock ends a day. Nor does a kiosk that
    had not heard of it bring back somebody who was erased.
    """
    row = _kept(ground, name)
    scope = hall_scope(row.station)
    is_over = row.state not in OPEN or row.hall_day < hall_day(ground.source.received_at)
    if is_over or ground.reader.is_forgotten(row.worker):
        ground.changes.take_back(scope, _TOPIC, name)
        return
    told = {field: getattr(row, field) for field in SignUpBody.model_fields}
    ground.changes.say(scope, _TOPIC, name, SignUpBody(**told))


def _take_back_days_over(ground: Ground) -> None:
    """Take back who waited on a day that is over."""
    if ground.is_replay:
        return
    scope = hall_scope(ground.source.station)
    today = hall_day(ground.source.received_at)
    for row in _OF_DAYS_OVER.all(ground.connection, {"scope": scope, "today": today}):
        ground.changes.take_back(scope, _TOPIC, row.id)
