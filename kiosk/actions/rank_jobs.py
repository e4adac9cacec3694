"""Rank the board for one person: what fits best first, judged by the rules no further than it is looked at.

Weighing reads one index and no body. What the person may not take by age or papers stays on the board, behind
all that he may; it is judged once for each kind of demand and day, on the way to the page that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.actions.board_ports import BoardQuery, JobOnBoard, Weighable
from kiosk.actions.hall import Hall
from kiosk.actions.offered_job import judged
from kiosk.actions.ports import Records
from kiosk.actions.recognise import Recognition, answers_of, proofs_of, standing_as
from kiosk.domain.clock import hall_day
from kiosk.domain.eligibility import Judgement
from kiosk.domain.fitting import Fit, Scale, Seeker, weights_in
from kiosk.domain.ids import JobId, StationCode
from kiosk.domain.parameters import Parameters
from kiosk.domain.traits import Demands, read_traits, traits_of
from kiosk.domain.workers import FirstAnswers, Standing, Worker

_MINUTES = "station.minutes."
"""`station.minutes.NZ.DZ`: how long the way from one station to another takes."""


@dataclass(frozen=True, slots=True)
class FittingJob:
    """One job as one person sees it: how well it fits, why, and what the rules say."""

    line: JobOnBoard
    fit: Fit
    judgement: Judgement


class Ranking:
    """The board in one person's order; it stands as it was weighed, page after page."""

    def __init__(
        self, weighables: Sequence[Weighable], scale: Scale, standing: Standing, parameters: Parameters
    ) -> None:
        """Weigh what was read. Ties keep their order: the best paid first, then the soonest, then by id."""
        scores = [
            (-scale.score(traits, minutes, day), at)
            for at, (_, traits, minutes, day) in enumerate(weighables)
        ]
        scores.sort()
        self._scale = scale
        self._standing = standing
        self._parameters = parameters
        self._in_order: Iterator[Weighable] = (weighables[at] for _, at in scores)
        self._open: list[JobId] = []
        self._closed: list[JobId] = []
        self._settled = {release.job for release in standing.released}
        self._answers: dict[tuple[Demands, date, int, JobId | None], bool] = {}
        self.count = len(weighables)

    def page(self, records: Records, now: datetime, offset: int, limit: int) -> Sequence[FittingJob]:
        """Return some of the jobs in order; what has left the board since is left out."""
        self._walk(records, now, offset + limit)
        wanted = (self._open + self._closed)[offset : offset + limit]
        return [self._seen(line) for line in records.board.lines(wanted, now)]

    def best(self, records: Records, now: datetime, limit: int) -> Sequence[FittingJob]:
        """Return the first jobs that the person may take now, held places regarded."""
        found: list[FittingJob] = []
        for at in range(0, self.count, limit):
            page = self.page(records, now, at, limit)
            found += [item for item in page if item.judgement.is_allowed]
            if len(found) >= limit or len(self._open) < at + limit:
                break
        return found[:limit]

    def _walk(self, records: Records, now: datetime, rows: int) -> None:
        """Judge on until so many open jobs are known, or all of them."""
        while len(self._open) < rows:
            item = next(self._in_order, None)
            if item is None:
                return
            (self._open if self._is_lawful(records, item, now) else self._closed).append(item[0])

    def _is_lawful(self, records: Records, item: Weighable, now: datetime) -> bool:
        """Ask the rules of age and papers, once for jobs that ask the same of a person on the same days."""
        job_id, text, _, first_day = item
        traits = read_traits(text)
        # What the desk settled it settled for one job, so that one is not asked like its likes.
        of = job_id if job_id in self._settled else None
        key = (traits.demands, first_day, traits.days, of)
        if key not in self._answers:
            lines = records.board.lines([job_id], now)
            if not lines:
                return False
            alone = replace(self._standing, engagements=())
            self._answers[key] = judged(lines[0], alone, self._parameters).is_allowed
        return self._answers[key]

    def _seen(self, line: JobOnBoard) -> FittingJob:
        job = line.job
        fit = self._scale.fit(traits_of(job), job.place.travel_min, job.shift.first_day)
        return FittingJob(line, fit, judged(line, self._standing, self._parameters))


def rank_jobs(hall: Hall, recognition: Recognition, query: BoardQuery) -> Ranking:
    """Weigh all that a query finds for the person whose card lies here."""
    with hall.store.reading() as records:
        return ranked_in(hall, records, recognition, query)


def ranked_in(hall: Hall, records: Records, recognition: Recognition, query: BoardQuery) -> Ranking:
    """The same within a transaction that is open."""
    worker = recognition.worker
    known = records.workers.by_id(worker)
    parameters = records.settings.parameters(hall.today())
    standing = standing_as(records, known, worker, recognition, hall)
    seeker = seeker_of(hall, records, recognition, known, standing, parameters)
    weighables = records.board.weighables(query, hall.now())
    return Ranking(weighables, Scale(seeker, weights_in(parameters)), standing, parameters)


def seeker_of(
    hall: Hall,
    records: Records,
    recognition: Recognition,
    known: Worker | None,
    standing: Standing,
    parameters: Parameters,
) -> Seeker:
    """Return all that fitting may look at: what is kept here, joined with what the card's capsule tells.

    Of somebody who restricted the use of it, it is nothing: only way, day and pay tell jobs apart then.
    """
    today = hall.today()
    station = StationCode(hall.identity.station)
    if records.restrictions.of(recognition.worker).is_restricted:
        return Seeker(station, today, FirstAnswers(), minutes_to=minutes_from(station, parameters))
    proofs = proofs_of(records, recognition)
    return Seeker(
        station=station,
        today=today,
        answers=answers_of(known, recognition.capsule),
        skills=proofs.skills,
        papers=frozenset(item.kind for item in standing.certificates if item.is_valid_on(today)),
        hardships=frozenset(item.kind for item in proofs.hardships if item.is_valid_on(today)),
        waited_min=_waited_min(hall, records, recognition),
        idle_days=_idle_days(hall, records, recognition, known),
        minutes_to=minutes_from(station, parameters),
    )


def minutes_from(station: StationCode, parameters: Parameters) -> dict[StationCode, int]:
    """Return how far each other station is, as far as the bureau has told."""
    own = f"{_MINUTES}{station}."
    return {
        StationCode(key.removeprefix(own)): int(item.value)
        for key, item in parameters.values.items()
        if key.startswith(own) and item.value.isdigit()
    }


def _waited_min(hall: Hall, records: Records, recognition: Recognition) -> int:
    """Return the minutes since today's check-in here; of one elsewhere the minute is not known."""
    visit = records.check_ins.of(recognition.worker, hall.today())
    return 0 if visit is None else max(0, int((hall.now() - visit.key.arrived_at).total_seconds() // 60))


def _idle_days(hall: Hall, records: Records, recognition: Recognition, known: Worker | None) -> int:
    """Return the days since a place was last held, or since the person was first seen."""
    capsule = recognition.capsule
    days = [capsule.last_worked_on] if capsule and capsule.last_worked_on else []
    last = records.workers.last_engaged(recognition.worker)
    if last is not None:
        days.append(hall_day(last))
    if not days and known is not None:
        days.append(hall_day(known.first_seen))
    return max(0, (hall.today() - max(days)).days) if days else 0
