"""Ask the rule again from what a decision was made from: whoever checks a morning needs nothing else."""

from __future__ import annotations

from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.domain.fair_order import choose
from kiosk.domain.ids import QuotaId
from kiosk.domain.quotas import NumberSet
from kiosk.domain.teams import Stock, adjacent
from kiosk.messages.decisions import CallInputs, TeamInputs, choice_of


def recomputes(decision: Decision) -> bool:
    """Return whether a call or a team is decided from the stored inputs as it was then."""
    again = {DecisionKind.CALL: _call, DecisionKind.TEAM: _team}
    return again[decision.kind](decision.inputs) == decision.outcome


def _call(inputs: str) -> str:
    chosen = choose(choice_of(CallInputs.model_validate_json(inputs)))
    return chosen.sign_up if chosen else ""


def _team(inputs: str) -> str:
    told = TeamInputs.model_validate_json(inputs)
    stocks = [Stock(QuotaId(item.quota), NumberSet.of_pairs(item.free), item.kept) for item in told.stocks]
    shares = adjacent(stocks, told.people)
    return str(len(shares) if shares else 0)
