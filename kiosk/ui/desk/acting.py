"""Doing for somebody what he would do at the screen himself, had he his card: what, his yes, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.actions.act_for import (
    agreed_for,
    erase_for,
    give_back_for,
    jobs_for,
    sign_up_for,
    withdraw_for,
)
from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason
from kiosk.actions.ports import Records
from kiosk.actions.take_place import TakenPlace
from kiosk.domain.clock import hall_day
from kiosk.domain.duties import Act, may
from kiosk.domain.ids import PlacementId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.awaited_place import AwaitedPlace
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Sheet
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import calendar_day, job_title, pay_figure, pay_unit

REASONS_HERE = ("card_lost", "unread", "cannot_touch")
"""Why somebody who is here cannot do it himself: his yes to what is erased is asked face to face."""
REASONS = (*REASONS_HERE, "phoned")
_ACTS = {
    "take": Act.TAKE_FOR,
    "give_back": Act.GIVE_BACK_FOR,
    "withdraw": Act.WITHDRAW_FOR,
    "erase": Act.ERASE_FOR,
}


class ActingFor:
    """Questions about one act for one person; `gone` is told when nothing of him is left here."""

    def __init__(self, scene: DeskScene, gone: Callable[[], None]) -> None:
        """Ask through this scene."""
        self._scene = scene
        self._gone = gone
        self._awaited = AwaitedPlace(scene, self._print)

    def row(self) -> Row:
        """Return the row that begins."""
        say = self._scene.say()
        return Row(
            key="act_for",
            head=say("desk.act_for.open"),
            note=say("desk.act_for.open_how"),
            act=say("desk.act_for.begin"),
            duty=Act.TAKE_FOR,
        )

    def ask(self, worker: WorkerId) -> None:
        """Ask what is to be done, of what whoever is signed in may do."""
        say, role = self._scene.say(), self._scene.staff().role
        asks: Mapping[str, Callable[[WorkerId], None]] = {
            "take": self._ask_job,
            "give_back": self._ask_place,
            "withdraw": lambda of: self._ask_yes("withdraw", of, self._withdraw),
            "erase": lambda of: self._ask_yes("erase", of, self._erase),
        }
        choices = [
            Choice(name, say(f"desk.act_for.{name}"), say(f"desk.act_for.{name}_how"))
            for name in asks
            if may(role, _ACTS[name])
        ]
        self._choose("ask", choices, lambda sheet: asks[sheet.choice](worker))

    @property
    def is_waiting(self) -> bool:
        """Return whether a number is on its way for somebody."""
        return self._awaited.is_waiting

    def watch(self) -> None:
        """Take the place for which a number has come."""
        self._awaited.watch()

    def forget(self) -> None:
        """Wait for no number any more."""
        self._awaited.forget()

    # --- a place ---------------------------------------------------------------------------------

    def _ask_job(self, worker: WorkerId) -> None:
        agreed = {str(job.id): job for job in agreed_for(self._scene.hall, worker)}
        jobs = agreed | {str(job.id): job for job in jobs_for(self._scene.hall, worker)}
        if not jobs:
            raise Refused(Sentence("desk.act_for.no_jobs"))
        say = self._scene.say()
        choices = [
            Choice(
                key, job_title(say, job), say("desk.act_for.his_yes") if key in agreed else self._when(job)
            )
            for key, job in jobs.items()
        ]

        def chosen(sheet: Sheet) -> None:
            self._ask_why_take(worker, jobs[sheet.choice], is_agreed=sheet.choice in agreed)

        self._choose("take", choices, chosen)

    def _ask_why_take(self, worker: WorkerId, job: Job, *, is_agreed: bool) -> None:
        title = job_title(self._scene.say(), job)
        self._ask_why("take", title, lambda why: self._take(worker, job, why, is_agreed=is_agreed))

    def _take(self, worker: WorkerId, job: Job, why: str, *, is_agreed: bool) -> None:
        """Sign up for what is talked over till the employer said yes; then, or for all else, take a place."""
        if job.is_talked_over and not is_agreed:
            sign_up_for(self._scene.hall, worker, job, why, self._scene.staff())
            say = self._scene.say()
            self._scene.tell("ok", say("desk.act_for.signed_up", title=job_title(say, job)))
            return
        self._awaited.take(worker, job, why)

    def _print(self, taken: TakenPlace, job: Job) -> None:
        say = self._scene.say()
        self._scene.printing.submit(taken.slip)
        tail = slip_tail(taken.slip)
        self._scene.tell("ok", say("desk.act_for.taken", title=job_title(say, job), tail=tail))

    def _ask_place(self, worker: WorkerId) -> None:
        with self._scene.hall.store.reading() as records:
            places = {str(item.id): self._place(records, item) for item in records.placements.open_of(worker)}
        if not places:
            raise Refused(Sentence("desk.act_for.no_places"))
        choices = [Choice(key, title, when) for key, (title, when) in places.items()]

        def chosen(sheet: Sheet) -> None:
            self._ask_why_not(worker, PlacementId(sheet.choice), places[sheet.choice][0])

        self._choose("give_back", choices, chosen)

    def _ask_why_not(self, worker: WorkerId, placement: PlacementId, title: str) -> None:
        say = self._scene.say()

        def chosen(sheet: Sheet) -> None:
            why_not = Reason(sheet.choice)
            self._ask_why("give_back", title, lambda why: self._give_back(worker, placement, why_not, why))

        choices = [Choice(each.value, say(f"desk.act_for.why.{each.value}")) for each in Reason]
        self._choose("why", choices, chosen)

    def _give_back(self, worker: WorkerId, placement: PlacementId, why_not: Reason, why: str) -> None:
        give_back_for(self._scene.hall, worker, placement, why_not, why, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("desk.act_for.given_back"))

    # --- what is known of him --------------------------------------------------------------------

    def _ask_yes(self, name: str, worker: WorkerId, then: Callable[[WorkerId, str], None]) -> None:
        """Let the person answer: without his yes there is nothing to touch but the key that puts it away."""
        say = self._scene.say()
        title = say(f"desk.act_for.{name}")
        self._scene.ask(
            Sheet(
                title=title,
                sentence=say(f"desk.act_for.{name}_yes"),
                go_word=say("desk.act_for.agreed"),
                done=lambda sheet: self._ask_why(name, title, lambda why: then(worker, why), REASONS_HERE),
            )
        )

    def _withdraw(self, worker: WorkerId, why: str) -> None:
        is_new = withdraw_for(self._scene.hall, worker, why, self._scene.staff())
        key = "desk.act_for.withdrawn" if is_new else "desk.act_for.asked_before"
        self._scene.tell("ok", self._scene.say()(key))

    def _erase(self, worker: WorkerId, why: str) -> None:
        erase_for(self._scene.hall, worker, why, self._scene.staff())
        self._gone()
        self._scene.tell("ok", self._scene.say()("desk.act_for.erased"))

    # --- all -------------------------------------------------------------------------------------

    def _ask_why(
        self, name: str, what: str, then: Callable[[str], None], reasons: Sequence[str] = REASONS
    ) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say(f"desk.act_for.{name}"),
            consequence=say("desk.act_for.consequence", what=what),
            reasons=[f"desk.act_for.reason.{reason}" for reason in reasons],
            go_word=say("desk.act_for.go"),
            then=then,
        )

    def _choose(self, name: str, choices: Sequence[Choice], done: Callable[[Sheet], None]) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(title=say(f"desk.act_for.{name}"), go_word=say("desk.next"), choices=choices, done=done)
        )

    def _place(self, records: Records, placement: Placement) -> tuple[str, str]:
        say = self._scene.say()
        job = records.board.job(placement.job)
        title = job_title(say, job) if job else say("desk.people.job_gone")
        day = calendar_day(say, hall_day(placement.starts))
        return title, f"{day} {self._scene.at(placement.starts)}"

    def _when(self, job: Job) -> str:
        say = self._scene.say()
        when = f"{calendar_day(say, job.shift.first_day)} {self._scene.at(job.shift.starts)}"
        return f"{pay_figure(job.pay)} {pay_unit(say, job.pay)} · {when}"
