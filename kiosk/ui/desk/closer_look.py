"""What only two people of the desk do with one person: see the whole number, settle what the rules doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.actions.override_review import Doubt, doubts_about, override_review
from kiosk.actions.two_persons import Pair
from kiosk.actions.unmask_number import SHOWN_S, unmask_number
from kiosk.domain.duties import Act
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.ui.desk.asking import ask_two_persons
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import job_title, spoken

UNMASK_REASONS = ("card_lost", "police", "insurance")
RELEASE_REASONS = ("paper_seen", "asked_bureau", "employer_agrees")


class CloserLook:
    """Holds the doubts about the person looked at, and a number for as long as it may be seen."""

    def __init__(self, scene: DeskScene) -> None:
        """Ask through this scene."""
        self._scene = scene
        self.doubts: Sequence[Doubt] = ()
        self._number, self._of = "", WorkerId("")
        self._seen_until_s = 0.0

    def look_at(self, worker: WorkerId) -> None:
        """Ask the rules once what the desk might settle for this person."""
        self.forget()
        self.doubts = doubts_about(self._scene.hall, worker)

    def forget(self) -> None:
        """Forget the number and the doubts."""
        self.doubts, self._number, self._of = (), "", WorkerId("")

    @property
    def is_showing(self) -> bool:
        """Return whether a whole number may still stand on the screen."""
        return bool(self._number)

    def number_of(self, worker: WorkerId) -> str:
        """Return the whole number while it may be seen, else an empty text."""
        if worker != self._of or self._scene.hall.clock.monotonic() >= self._seen_until_s:
            self._number = ""
        return self._number

    def row(self, doubt: Doubt, key: str) -> Row:
        """Return a doubt as a row with the key that settles it."""
        say = self._scene.say()
        return Row(
            key=f"{key}{doubt.job.id}",
            lamp="warn",
            head=job_title(say, doubt.job),
            note=" · ".join(spoken(say, finding.sentence) for finding in doubt.findings),
            act=say("desk.release.ask"),
            duty=Act.OVERRIDE_REVIEW,
        )

    def ask_unmask(self, worker: WorkerId) -> None:
        """Ask why, and for a second person."""
        say = self._scene.say()
        self._ask(
            "unmask",
            UNMASK_REASONS,
            say("desk.unmask.consequence", seconds=SHOWN_S),
            Act.UNMASK_NUMBER,
            lambda reason, pair: self._unmask(worker, reason, pair),
        )

    def ask_release(self, worker: WorkerId, job: JobId) -> None:
        """Ask why, and for a second person."""
        doubt = next((item for item in self.doubts if item.job.id == job), None)
        if doubt is None:
            return
        say = self._scene.say()
        self._ask(
            "release",
            RELEASE_REASONS,
            say("desk.release.consequence", title=job_title(say, doubt.job)),
            Act.OVERRIDE_REVIEW,
            lambda reason, pair: self._release(worker, doubt.job, reason, pair),
        )

    def _ask(
        self, what: str, reasons: Sequence[str], consequence: str, act: Act, then: Callable[[str, Pair], None]
    ) -> None:
        ask_two_persons(
            self._scene,
            title=self._scene.say()(f"desk.{what}.title"),
            consequence=consequence,
            reasons=[f"desk.{what}.reason.{reason}" for reason in reasons],
            act=act,
            then=then,
        )

    def _unmask(self, worker: WorkerId, reason: str, pair: Pair) -> None:
        self._number = unmask_number(self._scene.hall, worker, reason, pair)
        self._of = worker
        self._seen_until_s = self._scene.hall.clock.monotonic() + SHOWN_S
        self._scene.tell("ok", self._scene.say()("desk.unmask.done", seconds=SHOWN_S))

    def _release(self, worker: WorkerId, job: Job, reason: str, pair: Pair) -> None:
        override_review(self._scene.hall, worker, job.id, job.version, reason, pair)
        self.look_at(worker)
        say = self._scene.say()
        self._scene.tell("ok", say("desk.release.done", title=job_title(say, job)))
