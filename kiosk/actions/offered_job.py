"""One job of the board as an act finds it: still there, as it was seen, and judged for one person."""

from __future__ import annotations

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.note_refusal import refuse_by_rule
from kiosk.actions.ports import Records
from kiosk.domain.clock import hall_day
from kiosk.domain.eligibility import Judgement, judge
from kiosk.domain.ids import JobId
from kiosk.domain.parameters import Parameters
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import Standing


def published(hall: Hall, records: Records, job_id: JobId) -> JobOnBoard:
    """Return a job that is on the board, also where it is full. Raises Refused where it is gone."""
    line = records.board.published(job_id, hall.now())
    if line is None:
        raise Refused(Sentence("actions.take.gone"))
    return line


def refuse_if_changed(line: JobOnBoard, version: int) -> None:
    """Refuse a version of the job that holds no more."""
    if line.job.version != version:
        raise Refused(Sentence("actions.take.changed"))


def judged(line: JobOnBoard, standing: Standing, parameters: Parameters) -> Judgement:
    """Return what the rules say of somebody for the days of this job."""
    return judge(line.job, line.trip, standing, hall_day(line.job.shift.starts), parameters)


def refuse_if_blocked(hall: Hall, records: Records, line: JobOnBoard, standing: Standing) -> None:
    """Refuse where a rule forbids somebody of this standing the job."""
    judgement = judged(line, standing, records.settings.parameters(hall.today()))
    refuse_by_rule(judgement)
