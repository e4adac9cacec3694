"""What a kiosk's journal says of a morning, made without acting it: the mix of entries that people cause.

Of ten visits six are somebody's first, if nothing else is asked for: the person is registered and answers the
first questions. Seven take a place and get its slip. Every kiosk has people, slips and numbers of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.messages.capsules import number_hash
from kiosk.messages.events import (
    CheckedIn,
    EventBody,
    FirstAnswersGiven,
    Person,
    PlaceTaken,
    SlipStateChanged,
    Spent,
    WorkerRegistered,
)
from kiosk.sample.loader import SampleHall
from tools.figures.people import citizen_card

_FIRST_BIRTH = date(1950, 1, 1)
_MOST_A_DAY = 999
_TAKE, _OF = 7, 10
_TRADES: tuple[list[str], ...] = (["move"], ["clean", "sort"], [])


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits at one kiosk; `number` tells kiosks apart, and `numbers` of each quota are in its hand."""

    number: int
    city_key: bytes
    sample: SampleHall
    numbers: Mapping[str, Sequence[int]]
    days: int = 100
    """The people of a kiosk were born within so many days, and those of the next one behind them."""
    first_of_ten: int = 6

    def known(self, count: int) -> Iterator[WorkerRegistered]:
        """Yield how people were registered who come again later."""
        return (self._registered(place) for place in range(count))

    def hash_of(self, registered: WorkerRegistered) -> str:
        """Return what finds somebody."""
        assert registered.person is not None, "whoever is registered is somebody"
        return number_hash(self.city_key, registered.person.number)

    def entries(self, known: int) -> Iterator[EventBody]:
        """Yield entries without end; the visitors who were here before are the first `known` people."""
        left = {name: iter(numbers) for name, numbers in self.numbers.items()}
        visit, newcomers, back = 0, known, 0
        while True:
            is_new = (visit + self.number) * self.first_of_ten % _OF < self.first_of_ten or back >= known
            place = newcomers if is_new else back
            newcomers, back = (newcomers + 1, back) if is_new else (newcomers, back + 1)
            if is_new:
                yield self._registered(place)
            yield self._checked_in(place, visit)
            if is_new:
                yield FirstAnswersGiven(
                    worker=self._worker(place), phone=None, trades=_TRADES[visit % 3], span="short"
                )
            if visit * _TAKE % _OF < _TAKE:
                yield from self._take(place, visit, left)
            visit += 1

    def _registered(self, place: int) -> WorkerRegistered:
        card = self._card(place)
        return WorkerRegistered(
            worker=self._worker(place),
            person=Person(
                kind=card.kind,
                name=card.name,
                number=card.number,
                sex=card.sex,
                birth_date=card.birth_date,
                region=card.number[:6],
            ),
            notice_version=1,
            method="card",
        )

    def _checked_in(self, place: int, visit: int) -> CheckedIn:
        return CheckedIn(
            check_in=self._id("visit", visit),
            worker=self._worker(place),
            hall_day=self.sample.day,
            queue_number=f"A{visit + 1}",
            sequence=visit + 1,
            arrived_at=datetime.combine(self.sample.day, time(), UTC) + timedelta(seconds=20 * visit),
            method="card",
        )

    def _take(self, place: int, visit: int, left: dict[str, Iterator[int]]) -> Iterator[EventBody]:
        job = self.sample.jobs[visit % len(self.sample.jobs)]
        quotas = [places_of(JobId(job.id)), *([seats_of(TripId(job.trip))] if job.trip else [])]
        taken, slip = self._id("place", visit), f"PG-NZ-{self.number:02d}-{visit + 1:05d}"
        begins = datetime.combine(job.shift.first_day, job.shift.starts_at, UTC)
        yield PlaceTaken(
            placement=taken,
            worker=self._worker(place),
            job=job.id,
            job_version=job.version,
            trip=job.trip,
            kind="dispatch",
            slip=slip,
            spent=[Spent(quota=quota, number=next(left[quota])) for quota in quotas],
            starts=begins,
            ends=begins + timedelta(hours=8),
            title=job.title,
            promise=self._id("promise", visit)[:10],
            education="not_needed",
        )
        yield SlipStateChanged(
            slip=slip, placement=taken, copy_no=0, state="printed", evidence="reply_behind_cut"
        )

    def _worker(self, place: int) -> str:
        return "w-" + number_hash(self.city_key, self._card(place).number)[:24]

    def _card(self, place: int) -> IdentityCard:
        days, sequence = divmod(place, _MOST_A_DAY)
        return citizen_card(_FIRST_BIRTH + timedelta(days=self.days * self.number + days), sequence + 1)

    def _id(self, kind: str, visit: int) -> str:
        return hashlib.sha256(f"{kind} {self.number} {visit}".encode()).hexdigest()[:32]
