"""People who go together at a sample kiosk: a job with a coach and room for many, and who lays cards down."""

from __future__ import annotations

from kiosk.actions.recognise import Recognition
from kiosk.actions.take_together import TakenTogether, take_together
from kiosk.domain.ids import JobId, QuotaId, TripId, places_of, seats_of
from kiosk.messages.feed import JobBody
from tests.halls import SampleKiosk
from tests.unit.actions.lines import come
from tests.unit.actions.visits import version_of


def with_coach(kiosk: SampleKiosk, least: int = 6) -> JobBody:
    """Return a job by coach that anybody grown up may take."""
    return next(
        job
        for job in kiosk.sample.jobs
        if job.is_instant
        and job.trip
        and job.headcount >= least
        and not (job.certificates or job.needs_classes or job.is_dangerous or job.is_talked_over)
    )


def quotas_of(job: JobBody) -> tuple[QuotaId, QuotaId]:
    """Return the quotas of a job's places and of its coach's seats."""
    return places_of(JobId(job.id)), seats_of(TripId(str(job.trip)))


def members(kiosk: SampleKiosk, count: int, first: int = 1) -> list[Recognition]:
    """Let so many invented people come in, one after another."""
    return [come(kiosk, number) for number in range(first, first + count)]


def go(kiosk: SampleKiosk, team: list[Recognition], job: JobBody) -> TakenTogether:
    """Take places together as the board shows the job now."""
    return take_together(kiosk.hall, team, JobId(job.id), version_of(kiosk, JobId(job.id)))


def free(kiosk: SampleKiosk, quota: QuotaId) -> list[int]:
    """Return which numbers of a quota are free here."""
    with kiosk.hall.store.reading() as records:
        return list(records.rights.free(quota))
