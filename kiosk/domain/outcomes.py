"""What became of a place once its worker went: he came, was hired or was not, and how that moves the place.

A word of somebody who was there passes over the stages that nobody noted; a place that was given back, was a
duplicate or is over stays what it is. Who was brought by coach and not hired did go: his place ends, so that
he is still looked for on the way home.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.placements import PlacementState

_S = PlacementState
AWAITED = frozenset(
    {_S.PROPOSED, _S.NEGOTIATING, _S.AGREED, _S.CONFIRMED, _S.EDUCATED, _S.SLIP_ISSUED, _S.BOARDED}
)
"""States of a place of whose worker nobody has said yet whether he came."""
CAME = frozenset({_S.ARRIVED, _S.WORKING, _S.ENDED, _S.SETTLED, _S.CLOSED, _S.INCIDENT, _S.DISPUTED})
"""States of a place whose worker came to it, as somebody said."""


class Outcome(StrEnum):
    """What an employer says on the return part of a slip."""

    HIRED = "hired"
    NOT_HIRED = "not_hired"


class WhyNot(StrEnum):
    """Why somebody was not hired."""

    MONEY = "money"
    TIME = "time"
    NOT_FIT = "not_fit"
    FULL = "full"
    OTHER = "other"


class Witness(StrEnum):
    """By whom the desk knows that somebody came."""

    WORKER = "worker"
    EMPLOYER = "employer"
    STAFF = "staff"


def after_arrival(state: PlacementState) -> PlacementState:
    """Return the state of a place whose worker has come."""
    return _S.ARRIVED if state in AWAITED else state


def after_return(state: PlacementState, outcome: Outcome) -> PlacementState:
    """Return the state of a place whose return part says so."""
    if outcome is Outcome.HIRED:
        return after_arrival(state)
    if state in {_S.BOARDED, _S.ARRIVED}:
        return _S.ENDED
    return _S.CANCELLED if state in AWAITED else state
