"""Settle what the rules doubt: two people of the desk let somebody take one job that a rule asks them about.

A rule that forbids is not asked again by this, and the least age nobody settles; places and seats are counted
as ever when the place is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.offered_job import judged, published, refuse_if_changed
from kiosk.actions.recognise import standing_of
from kiosk.actions.two_persons import Pair, record_pair_act
from kiosk.domain.duties import Act
from kiosk.domain.eligibility import Finding, Judgement, Level, is_for_the_desk
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import Release

_READ = 300


@dataclass(frozen=True, slots=True)
class Doubt:
    """A job that nothing but a decision of the desk keeps from somebody, and what the rules ask."""

    job: Job
    findings: tuple[Finding, ...]


def doubts_about(hall: Hall, worker: WorkerId) -> Sequence[Doubt]:
    """Return which of the soonest jobs of the board this person might take if the desk says so."""
    with hall.store.reading() as records:
        standing = standing_of(records, worker, None, hall)
        parameters = records.settings.parameters(hall.today())
        lines = records.board.page(BoardQuery(order="start"), hall.now(), 0, _READ)
    found = [(line.job, _asked(judged(line, standing, parameters))) for line in lines]
    return [Doubt(job, findings) for job, findings in found if findings]


def override_review(hall: Hall, worker: WorkerId, job: JobId, version: int, reason: str, pair: Pair) -> None:
    """Settle every doubt about this version of the job for this person, with both names in the log.

    Raises Refused without a reason, and where a rule forbids or nothing is left to settle.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        line = published(hall, records, job)
        refuse_if_changed(line, version)
        parameters = records.settings.parameters(hall.today())
        findings = _asked(judged(line, standing_of(records, worker, None, hall), parameters))
        if not findings:
            raise Refused(Sentence("actions.review.not_possible"))
        rules = sorted({finding.rule.value for finding in findings})
        records.proofs.release(worker, [Release(job, version, rule) for rule in rules])
        said = f"{job} {', '.join(rules)}: {reason}"
        record_pair_act(hall, records, pair, Act.OVERRIDE_REVIEW, "worker", worker, said)


def _asked(judgement: Judgement) -> tuple[Finding, ...]:
    """Return what the desk is asked about a job, nothing where anything else stands in the way."""
    grave = [finding for finding in judgement.findings if finding.level is not Level.WARN]
    return tuple(grave) if all(is_for_the_desk(finding) for finding in grave) else ()
