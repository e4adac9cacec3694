"""A place that is taken at the desk when its number has come: a desk asks the bureau for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.act_for import number_for, take_for
from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.take_place import TakenPlace
from kiosk.domain.ids import WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.wants import LOOKED_FOR_S
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import job_title, spoken

_ASKS_EVERY_S = 5.0


@dataclass(frozen=True, slots=True)
class _Awaited:
    """Who waits for which job, why an attendant does it, and since when (monotonic)."""

    worker: WorkerId
    job: Job
    why: str
    since_s: float


class AwaitedPlace:
    """One wish at a time; whoever turns to somebody else gives it up."""

    def __init__(self, scene: DeskScene, taken: Callable[[TakenPlace, Job], None]) -> None:
        """Wait for nothing; `taken` is told when the place is."""
        self._scene = scene
        self._taken = taken
        self._awaited: _Awaited | None = None
        self._asked_s = 0.0

    @property
    def is_waiting(self) -> bool:
        """Return whether somebody stands here for a number."""
        return self._awaited is not None

    def take(self, worker: WorkerId, job: Job, why: str) -> None:
        """Take the place now, or ask for a number and take it when that is here. Raises Refused."""
        hall = self._scene.hall
        if number_for(hall, worker, job).is_here:
            self._taken(take_for(hall, worker, job, why, self._scene.staff()), job)
            return
        self._awaited = _Awaited(worker, job, why, hall.clock.monotonic())
        self._ask_bureau()

    def watch(self) -> None:
        """Look whether the number has come; nobody waits longer than it is asked for."""
        awaited = self._awaited
        if awaited is None:
            return
        now_s = self._scene.hall.clock.monotonic()
        try:
            number = number_for(self._scene.hall, awaited.worker, awaited.job, is_first=False)
            if number.is_here:
                self._awaited = None
                self.take(awaited.worker, awaited.job, awaited.why)
            elif not number.is_anywhere:
                self._end("desk.await.full")
            elif now_s - awaited.since_s >= LOOKED_FOR_S:
                self._end("desk.await.none_came")
            elif now_s - self._asked_s >= _ASKS_EVERY_S:
                self._ask_bureau()
        except (Refused, WorldFault) as fault:
            self._awaited = None
            self._scene.tell("stop", spoken(self._scene.say(), fault.sentence))

    def forget(self) -> None:
        """Give the wish up: nothing was taken."""
        self._awaited = None

    def _ask_bureau(self) -> None:
        """Let a round begin now; it is said again, because a kiosk may have to give a number back first."""
        self._asked_s = self._scene.hall.clock.monotonic()
        self._scene.health.try_sync_now()
        self._tell("now", "desk.await.asked")

    def _end(self, key: str) -> None:
        self._tell("stop", key)
        self._awaited = None

    def _tell(self, lamp: str, key: str) -> None:
        awaited, say = self._awaited, self._scene.say()
        if awaited is not None:
            self._scene.tell(lamp, say(key, title=job_title(say, awaited.job)))
