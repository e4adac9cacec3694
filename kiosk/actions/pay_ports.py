"""What asking about pay needs of storage: which places are due, and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.ids import JobId, PlacementId, WorkerId
from kiosk.domain.paydays import PayAnswer


@dataclass(frozen=True, slots=True)
class DuePlace:
    """A place taken here whose payday has come. `title` was kept with it, since the job may be gone."""

    placement: PlacementId
    title: str
    job: JobId
    job_version: int
    starts: datetime
    pay_due_at: datetime


class Pays(Protocol):
    """What one transaction knows of money that is due."""

    def due(self, worker: WorkerId, now: datetime) -> Sequence[DuePlace]: ...
    def is_answered(self, of: PlacementId) -> bool: ...
    def answer(self, of: PlacementId, answer: PayAnswer, at: datetime) -> None: ...
