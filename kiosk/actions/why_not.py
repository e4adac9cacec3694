"""Why not me? The answer for somebody in a line, from what the calls of today were decided from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.ports import Records
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.fair_order import ABSENT, TWICE, Answer, Choice, Why, why
from kiosk.domain.ids import SignUpId
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.decisions import CallInputs, choice_of

_MOST = 8
"""So many calls are told; nobody reads on, and a slip has an end."""

_BLOCKED = {ABSENT: "hiring.why.absent", TWICE: "hiring.why.twice"}
"""What stood against a call without being a rule of the book, in the words for it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One call of the line, and why it was this person's or not; `rule` is what stood in the way.

    `inputs` is all that it was decided from, under the rule of `rule_version`.
    """

    at: datetime
    answer: Answer
    sentence: Sentence
    rule: Sentence | None
    inputs: Choice
    rule_version: int


def why_not(hall: Hall, sign_up: SignUpId) -> Sequence[Explained]:
    """Return why each call of a person's line was his or not, the newest first, from what is kept of it.

    Nobody is named: others are told of by number and by the time they came.
    """
    with hall.store.reading() as records:
        item = records.sign_ups.by_id(sign_up)
        return () if item is None else explained(records, item)


def explained(records: Records, item: SignUp) -> Sequence[Explained]:
    """Return why each call since somebody signed up was his or not, within a transaction."""
    calls = [
        decision
        for decision in records.decisions.of_job(item.job, item.turn.own.day)
        if decision.kind is DecisionKind.CALL and decision.at >= item.signed_at
    ]
    return [_explain(item, decision) for decision in calls[:_MOST]]


def _explain(item: SignUp, decision: Decision) -> Explained:
    choice = choice_of(CallInputs.model_validate_json(decision.inputs))
    answer = why(choice, item.id)
    sentence, rule = _sentence(item, answer), _rule(answer)
    return Explained(decision.at, answer, sentence, rule, choice, decision.rule_version)


def _sentence(item: SignUp, answer: Answer) -> Sentence:
    own_time = _time(item.turn.own.arrived_at)
    if answer.why is Why.CALLED:
        return Sentence("hiring.why.called")
    if answer.why is Why.BLOCKED:
        return Sentence(_BLOCKED.get(answer.rule, "hiring.why.blocked"))
    if answer.called is None:
        return Sentence("hiring.why.no_room")
    first = answer.called
    came = _time(first.turn.own.arrived_at)
    if _waits_for_friends(item) and first.turn.own < item.turn.at:
        last = _time(item.turn.at.arrived_at)
        return Sentence("team.why", {"number": first.queue_number, "came": came, "last": last})
    key = "hiring.why.earlier" if first.turn.own < item.turn.own else "hiring.why.moved"
    return Sentence(key, {"number": first.queue_number, "came": came, "own": own_time})


def _waits_for_friends(item: SignUp) -> bool:
    """Return whether somebody stands where the last of his team came, and not where he came himself."""
    return item.team is not None and item.turn.shift == 0 and item.turn.at != item.turn.own


def _rule(answer: Answer) -> Sentence | None:
    if answer.why is not Why.BLOCKED or answer.rule in _BLOCKED:
        return None
    return Sentence(f"rulebook.kiosk.{answer.rule.lower().replace('-', '_')}")


def _time(instant: datetime) -> str:
    return clock_text(hall_time(instant).time())
