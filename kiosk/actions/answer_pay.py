"""Ask a worker, at the first tap after payday, whether the money came, and keep what he says.

A kiosk knows of the places that were taken at it by its own rows, and of those of other kiosks by the capsule
that the card opens. What was answered anywhere is asked nowhere again as soon as it is known there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.actions.hall import Hall
from kiosk.actions.pay_ports import DuePlace
from kiosk.actions.ports import Records
from kiosk.actions.recognise import Recognition
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import PlacementId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.paydays import PayAnswer, PayQuestion, state_after
from kiosk.messages.events import PayAnswered
from kiosk.messages.feed import CapsulePay


def due_questions(hall: Hall, met: Recognition) -> Sequence[PayQuestion]:
    """Return the places of which this person is asked now, the oldest payday first. Reads only."""
    now = hall.now()
    answered = set(met.capsule.pay_answered) if met.capsule else set()
    with hall.store.reading() as records:
        own = [_taken_here(records, due) for due in records.pays.due(met.worker, now)]
        asked = [*own, *_told(records, met)]
    due = [item for item in asked if item.is_due(now) and item.placement not in answered]
    return sorted(due, key=lambda item: (item.due_at, item.placement))


def answer_pay(hall: Hall, met: Recognition, of: PlacementId, answer: PayAnswer) -> None:
    """Keep what a worker says about the money of one place. One transaction."""
    now = hall.now()
    with hall.store.writing() as records:
        records.pays.answer(of, answer, now)
        taken = records.placements.by_id(of)
        if taken is not None:
            records.placements.set_state(of, state_after(taken.state, answer))
        records.journal.append(PayAnswered(placement=of, worker=met.worker, answer=answer.value), now)


def _taken_here(records: Records, due: DuePlace) -> PayQuestion:
    """Return the question about a place taken here; what was promised is still known by its version alone."""
    asked = PayQuestion(due.placement, due.title, hall_day(due.starts), due.pay_due_at)
    job = records.board.job(due.job)
    if job is None:
        return asked
    if job.version != due.job_version:
        return replace(asked, trade=job.trade)
    pay = job.pay
    return replace(asked, trade=job.trade, fen=pay.fen, unit=pay.unit, piece_name=pay.piece_name)


def _told(records: Records, met: Recognition) -> Iterator[PayQuestion]:
    """Yield what the capsule tells of places taken elsewhere, but for those settled here since.

    Those are answered, or given back: the capsule may be older than that.
    """
    for item in met.capsule.pay_due if met.capsule else ():
        of = PlacementId(item.placement)
        # A place this kiosk made itself is told by its own row.
        is_own = records.placements.by_id(of) is not None
        if not (is_own or records.pays.is_answered(of) or records.placements.is_left(of)):
            yield _as_told(item)


def _as_told(item: CapsulePay) -> PayQuestion:
    is_known_unit = item.unit in set(PayUnit)
    return PayQuestion(
        PlacementId(item.placement),
        item.title,
        item.worked_on,
        item.due_at,
        trade=item.trade,
        fen=item.fen if is_known_unit else None,
        unit=PayUnit(item.unit) if is_known_unit else PayUnit.DAY,
        piece_name=item.piece_name,
    )
