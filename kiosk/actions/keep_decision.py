"""Keep a decision: what ordered or refused somebody, from what it was made, and under which version of it."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import Decision, DecisionKind
from kiosk.actions.ports import Records
from kiosk.domain.ids import JobId, WorkerId


def decided(
    hall: Hall,
    kind: DecisionKind,
    job: JobId,
    rule_version: int,
    inputs: BaseModel,
    outcome: str,
    about: WorkerId | None = None,
) -> Decision:
    """Return what is decided now of a job; `about` is the one person whom it concerns."""
    return Decision(
        id=hall.fresh_id(),
        at=hall.now(),
        day=hall.today(),
        kind=kind,
        job=job,
        about=about,
        rule_version=rule_version,
        inputs=inputs.model_dump_json(),
        outcome=outcome,
    )


def keep_of_person(records: Records, decision: Decision, about: WorkerId) -> None:
    """Keep what was decided of one person; the same again on one day is kept once."""
    earlier = records.decisions.about(about, decision.day)
    if all((item.job, item.inputs) != (decision.job, decision.inputs) for item in earlier):
        records.decisions.add(decision)
