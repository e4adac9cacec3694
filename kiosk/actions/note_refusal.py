"""Note a refusal: what a rule forbade to whom, and from which number, so that “why?” has an answer later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.hiring_ports import DecisionKind
from kiosk.actions.keep_decision import decided, keep_of_person
from kiosk.actions.recognise import Recognition
from kiosk.domain.eligibility import Finding, Judgement
from kiosk.domain.ids import JobId
from kiosk.messages.decisions import RefusalInputs


class RefusedByRule(Refused):
    """A rule of eligibility refused."""

    def __init__(self, judgement: Judgement) -> None:
        """Keep what the rules found; the gravest says why."""
        super().__init__(judgement.findings[0].sentence)
        self.judgement = judgement


def refuse_by_rule(judgement: Judgement) -> None:
    """Raise RefusedByRule where a rule stands in the way."""
    if not judgement.is_allowed:
        raise RefusedByRule(judgement)


@contextmanager
def refusals_noted(hall: Hall, recognition: Recognition, job: JobId) -> Iterator[None]:
    """Note what a rule refuses inside, once its transaction was rolled back; the caller hears it too."""
    try:
        yield
    except RefusedByRule as refused:
        note_refusal(hall, recognition, job, refused.judgement)
        raise


def note_refusal(hall: Hall, recognition: Recognition, job: JobId, judgement: Judgement) -> None:
    """Keep what the gravest rule refused; the same again on one day is kept once."""
    if judgement.is_allowed:
        return
    finding, worker = judgement.findings[0], recognition.worker
    version, rule = judgement.rules_version, finding.rule.value
    decision = decided(hall, DecisionKind.REFUSAL, job, version, _inputs(finding), rule, worker)
    with hall.store.writing() as records:
        keep_of_person(records, decision, worker)


def _inputs(finding: Finding) -> RefusalInputs:
    used = finding.parameter
    return RefusalInputs(
        rule=finding.rule.value,
        level=finding.level.value,
        sentence=finding.sentence.key,
        parameter=used.key if used else "",
        value=used.value if used else "",
        effective_from=used.effective_from if used else None,
    )
