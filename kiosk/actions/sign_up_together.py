"""Sign up together: a team joins the line of a job as one, where its last member came. One transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.offered_job import published, refuse_if_blocked, refuse_if_changed
from kiosk.actions.ports import Records
from kiosk.actions.recognise import Recognition, standing_of
from kiosk.actions.sign_up import arrival_of, join_line, own_sign_up
from kiosk.actions.take_together import MemberRefused, refusals_of_members_noted, refuse_doubled
from kiosk.domain.ids import JobId, TeamId
from kiosk.domain.orders import OrderKey
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp
from kiosk.domain.teams import TeamPart, turns_together

_APART = timedelta(microseconds=1)
"""A line keeps of a team who signed first, and so who leads, by the instant alone."""


def sign_up_together(
    hall: Hall, members: Sequence[Recognition], job_id: JobId, version: int
) -> Sequence[SignUp]:
    """Put everybody into the line of exactly the version of the job that they saw, or nobody.

    The first of the members leads. They stand next to one another, where the last of them to come to the hall
    would stand alone. Raises MemberRefused where one of them may not, or stands in this line already, and
    Refused where the job is gone or has changed.
    """
    with refusals_of_members_noted(hall, job_id), hall.store.writing() as records:
        line = published(hall, records, job_id)
        refuse_if_changed(line, version)
        refuse_doubled(records, members)
        came = [_arrival(hall, records, line, met) for met in members]
        turns = turns_together([key for key, _ in came])
        team, now, of = TeamId(hall.fresh_id()), hall.now(), len(members)
        return [
            join_line(
                hall, records, line.job, met, number, turn, TeamPart(team, nth, of), now - (of - nth) * _APART
            )
            for nth, (met, (_, number), turn) in enumerate(zip(members, came, turns, strict=True), 1)
        ]


def _arrival(hall: Hall, records: Records, line: JobOnBoard, met: Recognition) -> tuple[OrderKey, str]:
    try:
        _refuse_if_in_line(hall, records, met, line.job.id)
        refuse_if_blocked(hall, records, line, standing_of(records, met.worker, met, hall))
        return arrival_of(hall, records, met)
    except Refused as refused:
        raise MemberRefused(met, refused) from refused


def _refuse_if_in_line(hall: Hall, records: Records, met: Recognition, job: JobId) -> None:
    if own_sign_up(hall, records, met, job) is not None:
        raise Refused(Sentence("team.in_line_already"))
