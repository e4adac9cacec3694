"""What a decision was made from, as it is kept: nobody is named, and reading it back decides the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.domain.fair_order import Candidate, Choice
from kiosk.domain.ids import SignUpId
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.teams import Stock, TeamPart
from kiosk.messages.events import OrderPoint, TeamPoint, TurnPoint
from kiosk.messages.wire import Wire


class CandidateInputs(Wire):
    """Somebody in the line."""

    sign_up: str
    queue_number: str
    own: OrderPoint
    turn: TurnPoint
    blocked_by: str


class CallInputs(Wire):
    """What a call was decided from: numbers that lay here free, those kept already, and the line."""

    free: int
    kept: int
    candidates: list[CandidateInputs]
    behind: int = 0


class MoveInputs(Wire):
    """What a move by hand changed, who did it, and why."""

    sign_up: str
    before: str
    turn: TurnPoint
    reason: str
    actor: str


class StockInputs(Wire):
    """The numbers of one quota that lay here free, as pairs (first, last), and how many were kept of them."""

    quota: str
    free: list[tuple[int, int]]
    kept: int


class TeamInputs(Wire):
    """What a team's numbers were decided from: how many people came, and what lay here."""

    people: int
    stocks: list[StockInputs]


class RefusalInputs(Wire):
    """Why a rule refused: its name, the number it used, and the day the question was about."""

    rule: str
    level: str
    sentence: str
    parameter: str
    value: str
    effective_from: date | None


def order_point(key: OrderKey) -> OrderPoint:
    """Return a place in the order of the day as it travels."""
    return OrderPoint(day=key.day, arrived_at=key.arrived_at, kiosk=key.kiosk, sequence=key.sequence)


def order_key(point: OrderPoint) -> OrderKey:
    """Return a place in the order of the day that was told."""
    return OrderKey(point.day, point.arrived_at, point.kiosk, point.sequence)


def turn_point(turn: Turn) -> TurnPoint:
    """Return whose turn somebody stands at, as it travels."""
    return TurnPoint(at=order_point(turn.at), shift=turn.shift)


def team_point(part: TeamPart) -> TeamPoint:
    """Return what ties somebody's entry to a team."""
    return TeamPoint(team=part.team, nth=part.nth, of=part.of)


def team_inputs(stocks: Sequence[Stock], people: int) -> TeamInputs:
    """Return what a team's numbers are decided from, to be kept."""
    told = [StockInputs(quota=item.quota, free=item.free.pairs, kept=item.kept) for item in stocks]
    return TeamInputs(people=people, stocks=told)


def inputs_of(choice: Choice) -> CallInputs:
    """Return what a call is decided from, to be kept."""
    return CallInputs(
        free=choice.free,
        kept=choice.kept,
        candidates=[
            CandidateInputs(
                sign_up=item.sign_up,
                queue_number=item.queue_number,
                own=order_point(item.turn.own),
                turn=turn_point(item.turn),
                blocked_by=item.blocked_by,
            )
            for item in choice.candidates
        ],
        behind=choice.behind,
    )


def choice_of(inputs: CallInputs) -> Choice:
    """Return what a call was decided from, to decide it again."""
    return Choice(
        inputs.free,
        inputs.kept,
        tuple(
            Candidate(
                SignUpId(item.sign_up),
                item.queue_number,
                Turn(order_key(item.turn.at), item.turn.shift, order_key(item.own)),
                item.blocked_by,
            )
            for item in inputs.candidates
        ),
        inputs.behind,
    )
