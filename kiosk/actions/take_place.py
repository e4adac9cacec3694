"""Take a place: spend one number of every quota it needs, and commit to it before any paper moves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.call_next import call_waiting, room_here
from kiosk.actions.compose_slip import SlipParts, compose, education_of, promise_of
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.note_refusal import refusals_noted
from kiosk.actions.offered_job import published, refuse_if_blocked, refuse_if_changed
from kiosk.actions.ports import Records, SlipRecord
from kiosk.actions.recognise import Recognition, standing_as
from kiosk.actions.sign_up import own_sign_up
from kiosk.domain.clock import hall_day
from kiosk.domain.eligibility import engagement_span
from kiosk.domain.ids import JobId, PlacementId, SlipNumber
from kiosk.domain.jobs import Job
from kiosk.domain.paydays import pay_due_after_h
from kiosk.domain.placements import Placement, PlacementState, SpentNumber
from kiosk.domain.rest_days import rest_days
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp, Way
from kiosk.domain.slips import SlipKind, SlipSerial, SlipState
from kiosk.domain.teams import TeamPart
from kiosk.domain.trips import TripState
from kiosk.domain.workers import Standing, Worker
from kiosk.messages.decisions import team_point
from kiosk.messages.events import PlaceTaken, Spent
from kiosk.paper.slips import SecondLanguage


@dataclass(frozen=True, slots=True)
class TakenPlace:
    """A place that is committed; its slip waits to be printed."""

    placement: Placement
    slip: SlipNumber


def take_place(
    hall: Hall,
    recognition: Recognition,
    job_id: JobId,
    version: int,
    second_language: SecondLanguage | None = None,
) -> TakenPlace:
    """Take a place of exactly the version of the job that the person saw. One transaction.

    The slip's key lines are doubled in `second_language`.

    Raises Refused with a sentence when the job changed or is full, when what is left is kept for people who
    were called, or when a rule blocks: nothing is kept then but why a rule refused. A place is spent lowest
    number first; seats likewise. Whoever signed up for it leaves the line.
    """
    with refusals_noted(hall, recognition, job_id), line_called(hall, (recognition,), job_id) as called:
        records = called.records
        line = takeable(hall, records, job_id, version)
        taker = admitted(hall, called, line, recognition)
        _refuse_what_is_kept(hall, records, line, taker.signed)
        placement = hold(hall, records, line, taker, _lowest_numbers(records, line), second_language)
    return TakenPlace(placement, placement.slip)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who may have a place, with all that the transaction has read of him.

    `worker` None is somebody who is not kept here; `signed` is what he signed up for, None where he did not.
    """

    recognition: Recognition
    worker: Worker | None
    standing: Standing
    signed: SignUp | None


@dataclass(frozen=True, slots=True)
class Called:
    """The transaction of a take; without `has_line` nobody stands in the line of its job, no taker either."""

    records: Records
    has_line: bool


@contextmanager
def line_called(hall: Hall, takers: Sequence[Recognition], job_id: JobId) -> Iterator[Called]:
    """Open the transaction of a take, in which whoever waited longer for the job than the takers was called.

    Almost always nobody waits. The transaction itself sees that, and no other one has to be opened for it.
    """
    with hall.store.writing() as records:
        waited_for = records.sign_ups.ways_of(job_id, hall.today())
        if Way.PLACE not in waited_for:
            yield Called(records, has_line=bool(waited_for))
            return
    # Who waited longer comes first, also before somebody who just came by; and the takers are here.
    call_waiting(hall, job_id, [met.worker for met in takers])
    with hall.store.writing() as records:
        yield Called(records, has_line=True)


def takeable(hall: Hall, records: Records, job_id: JobId, version: int) -> JobOnBoard:
    """Return a job as the person saw it. Raises Refused where it is gone or says something else by now."""
    line = published(hall, records, job_id)
    refuse_if_changed(line, version)
    if line.job.trip is not None and (line.trip is None or line.trip.state is not TripState.PLANNED):
        raise Refused(Sentence("actions.take.coach_gone"))
    return line


def admitted(hall: Hall, called: Called, line: JobOnBoard, recognition: Recognition) -> Taker:
    """Return whoever may have a place of this job. Raises Refused before the talk, or where a rule blocks."""
    records = called.records
    signed = own_sign_up(hall, records, recognition, line.job.id) if called.has_line else None
    _refuse_before_talk(line.job, signed)
    worker = records.workers.by_id(recognition.worker)
    standing = standing_as(records, worker, recognition.worker, recognition, hall)
    refuse_if_blocked(hall, records, line, standing)
    return Taker(recognition, worker, standing, signed)


def hold(
    hall: Hall,
    records: Records,
    line: JobOnBoard,
    taker: Taker,
    numbers: tuple[SpentNumber, ...],
    second_language: SecondLanguage | None,
    part: TeamPart | None = None,
) -> Placement:
    """Write down a place on these numbers with its slip and its entry; `part` ties it to a team."""
    placement = _placement(hall, records, line, taker.recognition, numbers)
    records.placements.add(placement)
    for number in numbers:
        records.rights.spend(number, placement.id)
    parts = _slip_parts(hall, records, line, placement, taker)
    promise = promise_of(parts)
    records.slips.add(_queued_slip(placement, compose(hall, parts, promise, second_language)))
    if taker.signed is not None:
        records.sign_ups.keep(taker.signed.confirmed(placement.taken_at))
    if part is not None:
        records.teams.add(placement.id, part)
    records.journal.append(_taken(placement, parts, promise, taker.signed, part), placement.taken_at)
    return placement


def kind_for(job: Job) -> SlipKind:
    """Return 派工单 only where both sides said yes, else 推荐单.

    The employer does so for a whole version of the job, opened for instant taking, or to each worker at the
    table; nobody takes a place of a job that is talked over before that.
    """
    return SlipKind.DISPATCH if job.is_instant or job.is_talked_over else SlipKind.REFERRAL


def _refuse_before_talk(job: Job, signed: SignUp | None) -> None:
    """Refuse a place of a job that is talked over, unless the employer said yes to this very version."""
    if not job.is_talked_over:
        return
    if signed is None or signed.state is not PlacementState.AGREED:
        raise Refused(Sentence("hiring.talk_first"))
    if signed.job_version != job.version:
        raise Refused(Sentence("actions.take.changed"))


def _refuse_what_is_kept(hall: Hall, records: Records, line: JobOnBoard, signed: SignUp | None) -> None:
    """Refuse a number that is kept for somebody who was called; that none lies here is said elsewhere."""
    if line.open_here > 0 and room_here(hall, records, line, signed) <= 0:
        raise Refused(Sentence("hiring.kept_for_others"))


def _lowest_numbers(records: Records, line: JobOnBoard) -> tuple[SpentNumber, ...]:
    numbers = []
    for quota in line.quotas:
        lowest = records.rights.lowest_free(quota)
        if lowest is None:
            full = "actions.take.coach_full" if quota.startswith("seats:") else "actions.take.full"
            raise Refused(Sentence(full))
        numbers.append(SpentNumber(quota, lowest))
    return tuple(numbers)


def _placement(
    hall: Hall, records: Records, line: JobOnBoard, recognition: Recognition, numbers: tuple[SpentNumber, ...]
) -> Placement:
    job, trip = line.job, line.trip
    kind = kind_for(job)
    # One instant says when: read twice, midnight could come between a slip's day and its counter.
    taken_at = hall.now()
    today = hall_day(taken_at)
    counter = records.slips.next_counter(today)
    identity = hall.identity
    serial = SlipSerial(kind, identity.station, today, identity.kiosk_no, counter)
    starts, ends = engagement_span(job, trip)
    rest = rest_days(records.settings.parameters(today))
    pay_due_at = ends + timedelta(hours=pay_due_after_h(job.pay, job.shift, ends, rest))
    return Placement(
        id=PlacementId(hall.fresh_id()),
        worker=recognition.worker,
        job=job.id,
        job_version=job.version,
        trip=trip.id if trip else None,
        kind=kind,
        slip=serial.number(),
        spent=numbers,
        starts=starts,
        ends=ends,
        taken_at=taken_at,
        state=PlacementState.CONFIRMED if kind is SlipKind.DISPATCH else PlacementState.PROPOSED,
        pay_due_at=pay_due_at,
    )


def _slip_parts(
    hall: Hall, records: Records, line: JobOnBoard, placement: Placement, taker: Taker
) -> SlipParts:
    employer = records.board.employer(line.job.employer)
    if taker.worker is None or employer is None:
        raise Refused(Sentence("actions.take.gone"))
    return SlipParts(
        placement=placement,
        worker=taker.worker,
        job=line.job,
        employer=employer,
        trip=line.trip,
        trade_picture=hall.picture_of(line.job),
        education=taker.standing.education,
        parameters=records.settings.parameters(hall.today()),
    )


def _queued_slip(placement: Placement, document: str) -> SlipRecord:
    token = hashlib.sha256(f"{placement.id}:0".encode()).hexdigest()[:8]
    return SlipRecord(
        number=placement.slip,
        placement=placement.id,
        state=SlipState.QUEUED,
        copy_no=0,
        document=document,
        token=token,
        evidence="",
        changed_at=placement.taken_at,
    )


def _taken(
    placement: Placement, parts: SlipParts, promise: bytes, signed: SignUp | None, part: TeamPart | None
) -> PlaceTaken:
    education, educated_on = education_of(parts)
    return PlaceTaken(
        placement=placement.id,
        worker=placement.worker,
        job=placement.job,
        job_version=placement.job_version,
        trip=placement.trip,
        kind="dispatch" if placement.kind is SlipKind.DISPATCH else "referral",
        slip=placement.slip,
        spent=[Spent(quota=item.quota, number=item.number) for item in placement.spent],
        starts=placement.starts,
        ends=placement.ends,
        title=parts.job.title,
        promise=promise.hex(),
        education=education.value,
        educated_on=educated_on,
        due_h=((placement.pay_due_at or placement.ends) - placement.ends) // timedelta(hours=1),
        sign_up=signed.id if signed else None,
        team=team_point(part) if part else None,
    )
