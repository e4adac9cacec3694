"""Somebody who does at the screen whatever can be done, for days; cards, paper and power come and go."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kiosk.actions.ask_paper import answer_for
from kiosk.actions.call_next import call_next
from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.faults import Refused
from kiosk.actions.print_paper import recover_papers
from kiosk.actions.print_slip import recover_slips
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.actions.recognise import Acquaintance, recognise
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.domain.families import Family
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import WorkSpan
from kiosk.messages.sync import Recall
from kiosk.ui.journeys import RULES, UNHURRIED, Step
from kiosk.ui.sessions import open_places, own_lines
from kiosk.ui.teams import ENDS
from tests import answers
from tests.capsules import owed, tell_capsule
from tests.halls import MORNING, MovableClock, SampleKiosk, open_sample_kiosk
from tests.unit.ui.pupils import PUPIL, TEACHER
from tests.unit.ui.soundness import fault_of_classes, fault_of_places, fault_of_visit
from tests.unit.ui.visit_rig import PAPER_ENDS, VisitRig, rig_of
from tools.figures.people import person_card

STEPS_A_MORNING = 1000
"""So many acts until the hall closes for the night and opens with another day's work."""
LONGEST_S = sum(rule.timeout_s or 0 for rule in RULES.values())
MOST_TOUCHES_HOME = 160
"""As many as the slips of the largest team take, when the printer says three words of each."""
SELDOM = 0.15
"""How often something is done that the page does not offer, as with a second touch of a quick finger."""
SEVERAL_CLASSES = 0.3
"""How often it is a job of several classes that somebody wants who comes to learn."""

COMPANIONS = range(200, 230)
"""Invented people who only come along."""

Act = Callable[["Walker"], None]
DEVICES = ("lay", "lay", "lift", "wait", "printer")

_SAYS: dict[PrintStage | None, tuple[PrintStage, ...]] = {
    None: (PrintStage.SENDING, PrintStage.NOT_SENT, PrintStage.WAITING_FOR_PAPER),
    PrintStage.SENDING: (
        PrintStage.PRINTED,
        PrintStage.PRINTED,
        PrintStage.HELD_OUT,
        PrintStage.HELD_OUT,
        PrintStage.UNCERTAIN,
        PrintStage.WAITING_FOR_PAPER,
    ),
    PrintStage.WAITING_FOR_PAPER: (PrintStage.SENDING, PrintStage.UNCERTAIN),
    PrintStage.HELD_OUT: (PrintStage.PRINTED, PrintStage.UNCERTAIN),
}
"""What a printer may say next of a slip; behind the other stages it says no more."""


class LostWayError(AssertionError):
    """The walk came to something that must not be; the last acts stand behind what it was."""


@dataclass(slots=True)
class Walker:
    """One walk by a seed: `acts` and `steps` count what was done and which pages were shown.

    `doable` are the acts by their names, `offered` those of each page, `seldom` those that come on any page.
    """

    folder: Path
    seed: int
    doable: Mapping[str, Act]
    offered: Mapping[Step, Sequence[str]]
    seldom: Sequence[str]
    acts: Counter[str] = field(default_factory=Counter)
    steps: Counter[Step] = field(default_factory=Counter)
    mornings: int = 0
    dice: random.Random = field(init=False)
    rig: VisitRig = field(init=False)
    said: dict[SlipNumber, PrintStage] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    _secrets: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Open the first morning's hall."""
        self.dice = random.Random(self.seed)
        self._open_morning()

    def walk(self, count: int) -> None:
        """Do so many acts, and look after each. Raises LostWayError with the last acts and the seed."""
        for number in range(1, count + 1):
            name = self._choose()
            self.trail = [*self.trail[-30:], f"{self.rig.visit.step}: {name}"]
            self.acts[name] += 1
            self.doable[name](self)
            self.steps[self.rig.visit.step] += 1
            self._look()
            if number % STEPS_A_MORNING == 0:
                self._close_morning()
                self._open_morning()

    def close(self) -> None:
        """Look once more at everything that was kept, and close."""
        self._close_morning()

    def _choose(self) -> str:
        if self.dice.random() < SELDOM:
            return self.dice.choice([*self.doable, *self.seldom])
        return self.dice.choice([*DEVICES, *(3 * [*self.offered[self.rig.visit.step]])])

    # --- what is done -------------------------------------------------------------------------------

    def lay(self) -> None:
        """Lay down the card of anybody; at the page of a group, of somebody whom the hall knows."""
        people = self.dice.sample(sorted(self.rig.kiosk.people), len(self.rig.kiosk.people))
        if self.rig.visit.step in {Step.GROUP_JOIN, Step.GROUP_ROLL}:
            people = [next((key for key in people if self._is_known(key)), people[0])]
        self.rig.lay(people[0])

    def _is_known(self, key: str) -> bool:
        kiosk = self.rig.kiosk
        return recognise(kiosk.hall, kiosk.people[key].card).acquaintance is Acquaintance.KNOWN

    def answer(self) -> None:
        """Answer whatever the page asks."""
        visit, dice = self.rig.visit, self.dice
        answers: dict[Step, Callable[[], None]] = {
            Step.NOTICE: visit.go,
            Step.ASK_PHONE: lambda: visit.answer_phone(dice.choice([None, "13900000001"])),
            Step.ASK_TRADES: lambda: visit.answer_trades(tuple(dice.sample(["harvest", "mason", "cook"], 2))),
            Step.ASK_SPAN: lambda: visit.answer_span(dice.choice([None, *WorkSpan])),
            Step.OWN_PHONE: lambda: visit.answer_phone(dice.choice([None, "13900000002"])),
            Step.OWN_TRADES: lambda: visit.answer_trades(tuple(dice.sample(["harvest", "mason", "cook"], 2))),
            Step.OWN_SPAN: lambda: visit.answer_span(dice.choice([None, *WorkSpan])),
            Step.OWN_RESTRICT: visit.own.restrict,
            Step.OWN_ERASE: dice.choice([visit.own.take_consent_back, visit.own.erase_all]),
            Step.OWN_DATA: dice.choice(
                [
                    visit.own.change_phone,
                    visit.own.change_trades,
                    visit.own.consider_restricting,
                    visit.own.consider_erasing,
                ]
            ),
            Step.ASK_PAY: lambda: visit.answer_pay(dice.choice([None, *PayAnswer])),
            Step.COURSE: self._read_on,
            Step.QUIZ: self._answer_all,
            Step.SIGN_CLASS: self._sign,
        }
        answers.get(visit.step, visit.stay)()

    def want_class(self) -> None:
        """Touch a job over the class that whoever is there lacks, or one that needs several, or any."""
        people = self.rig.kiosk.people
        if self.dice.random() < SEVERAL_CLASSES:
            open_to_all = [job for job in self.rig.kiosk.sample.jobs if not job.certificates]
            most = max(open_to_all, key=lambda job: len(job.needs_classes))
            self.rig.visit.open_job(JobId(most.id))
            return
        met = self.rig.visit.session.recognition
        lacking = [person.tries for person in people.values() if met and person.card == met.card]
        self.rig.visit.open_job(JobId(str((lacking or [None])[0] or people[PUPIL].tries)))

    def _read_on(self) -> None:
        """Turn page after page of a class, as somebody does who wants to be done with it."""
        while self.rig.visit.step is Step.COURSE:
            self.rig.visit.go()

    def _answer_all(self) -> None:
        """Answer question after question by the picture, rightly more often than not."""
        while self.rig.visit.step is Step.QUIZ and (opened := self.rig.visit.session.lesson):
            rights = [each.is_right for each in opened.answers]
            self.rig.visit.learning.choose(rights.index(self.dice.random() < 0.8))
            self.rig.visit.go()
            self.rig.visit.go()

    def _sign(self) -> None:
        """Draw over the glass, or only rest a finger on it."""
        self.rig.visit.learning.begin_stroke((0.1, 0.1))
        if self.dice.random() < 0.8:
            self.rig.visit.learning.draw((0.9, 0.9))

    def owe(self) -> None:
        """Let the city know that money for a place of another kiosk is due to somebody."""
        kiosk = self.rig.kiosk
        person = kiosk.people[self.dice.choice(sorted(kiosk.people))]
        if recognise(kiosk.hall, person.card).worker:
            pos = 30_000 + self.acts["owe"]
            tell_capsule(kiosk, person.card, pos, [owed(kiosk, f"elsewhere-{pos}")])

    def open_job(self) -> None:
        """Touch any job."""
        self.rig.visit.open_job(JobId(self.dice.choice(self.rig.kiosk.sample.jobs).id))

    def browse(self) -> None:
        """Look at the board, by a family or as it is."""
        if self.dice.random() < 0.5:
            self.rig.visit.show_all()
        else:
            self.rig.visit.browse_family(self.dice.choice(list(Family)))

    def collect(self) -> None:
        """Touch the plate of a slip that waits."""
        for place in open_places(self.rig.visit.practising.hall, self.rig.visit.session):
            self.rig.visit.collect_slip(place.slip.number)

    def want_talk(self) -> None:
        """Touch a job that is signed up for."""
        self.rig.visit.open_job(self.rig.talk)

    def open_queue(self) -> None:
        """Touch the strip of a line one stands in."""
        for line in own_lines(self.rig.visit.practising.hall, self.rig.visit.session):
            self.rig.visit.waiting.open(line.sign_up.id)

    def open_place(self) -> None:
        """Touch the strip of a place one holds."""
        for place in open_places(self.rig.visit.practising.hall, self.rig.visit.session):
            self.rig.visit.waiting.open_place(place.placement.id)

    def call(self) -> None:
        """Let the desk call the next of a line, and agree with whoever sits there."""
        hall = self.rig.kiosk.hall
        with suppress(Refused):
            called = call_next(hall, self.rig.talk, "1", TEACHER)
            begin_talk(hall, called.id, TEACHER)
            agree(hall, called.id, TEACHER)
        self.rig.visit.look_again()

    def hear_printer(self) -> None:
        """Let the printer say what it may say next of the last slip it got, or of any other."""
        submitted = self.rig.printer.submitted
        if not submitted:
            return
        number = self.dice.choice(
            [submitted[-1], submitted[-1], self.dice.choice(submitted), *self._awaited()]
        )
        with self.rig.kiosk.hall.store.reading() as records:
            kept = records.slips.by_number(number)
        if kept is None or kept.state is not SlipState.SENDING:
            return
        stage = self.dice.choice(_SAYS[self.said.get(number)])
        self.said[number] = stage
        if stage is PrintStage.NOT_SENT:
            del self.said[number]
        self.rig.tell(stage, self.dice.random(), number)

    def hear_of_practice(self) -> None:
        """Let the printer say anything of the last paper of practice."""
        self.rig.tray.state = self.dice.choice([PaperState.READY, PaperState.READY, PaperState.LOW])
        self.rig.tell_of_practice(self.dice.choice(list(PrintStage)), self.dice.random())

    def _awaited(self) -> list[SlipNumber]:
        """Return the slips of a team of which the printer has not said its last word."""
        team = self.rig.visit.session.team
        if team is None or team.taken is None:
            return []
        slips = [item.slip for item in team.taken.placements if team.stages.get(item.slip) not in ENDS]
        return 4 * slips

    def lead(self) -> None:
        """Touch the plate that takes others along, now and then where few numbers are left."""
        looked = self.rig.visit.session.job
        if looked is not None and self.dice.random() < 0.3:
            recall = [Recall(quota=looked.line.job.quota, keep=self.dice.choice([1, 2]))]
            opened = self.rig.kiosk.opened
            opened.sync_book.return_surplus(answers.life(opened), recall)
        self.rig.visit.teaming.open()

    def gather(self) -> None:
        """Let two people who have been here before lay their cards down, one after the other."""
        hall = self.rig.kiosk.hall
        for number in self.dice.sample(COMPANIONS, 2):
            met = recognise(hall, person_card(number))
            if met.acquaintance is not Acquaintance.KNOWN:
                register_and_check_in(hall, met)
            self.rig.visit.card_presented(person_card(number))

    def want_paper(self) -> None:
        """Ask for any paper that is offered, an answer too, or look at which there are."""
        offers = self.rig.visit.session.offers
        if self.rig.visit.step is Step.PAPERS and offers:
            self.rig.visit.ask_paper(self.dice.choice(offers).number, str)
        elif self.rig.visit.step is Step.WHY_NOT and (line := self.rig.visit.session.sign_up):
            if (answer := answer_for(self.rig.kiosk.hall, line)) is not None:
                self.rig.visit.ask_paper(answer.number, str)
        else:
            self.rig.visit.open_papers()

    def hear_of_paper(self) -> None:
        """Let the printer say what it may say next of the last ticket, receipt or pass it got."""
        papers = self.rig.printer.papers
        with self.rig.kiosk.hall.store.reading() as records:
            kept = records.papers.by_number(papers[-1]) if papers else None
        if kept is not None and kept.state is SlipState.SENDING:
            self.rig.tell_of_paper(self.dice.choice([PrintStage.SENDING, *PAPER_ENDS]), kept.number)

    def cut_power(self) -> None:
        """Let the light go out and come back: what was kept is there, who was there is not."""
        before = self.rig.kiosk
        before.opened.close()
        kiosk = open_sample_kiosk(
            self.folder / "hall", before.clock, is_new=False, first_id=1000 * sum(self.acts.values())
        )
        recover_slips(kiosk.hall)
        recover_papers(kiosk.hall)
        self._begin(kiosk)

    # --- what is looked at ----------------------------------------------------------------------------

    def _look(self) -> None:
        """Look at what is shown and held; now and then, also at whether the way home is open."""
        fault = fault_of_visit(self.rig.visit, self._secrets) or fault_of_classes(self.rig.visit)
        if fault is not None:
            raise self._lost(fault)
        if self.dice.random() < 0.01:
            self._leave_alone()
        elif self.dice.random() < 0.01:
            self._walk_home()

    def _leave_alone(self) -> None:
        """Let time pass with nobody there: the first page comes by itself."""
        self.rig.lift()
        for _ in range(LONGEST_S):
            if self.rig.visit.step is Step.HOME:
                return
            self.rig.wait(1)
        raise self._lost("time ends nothing")

    def _walk_home(self) -> None:
        """Touch what leads on, on every page: the first page comes by touches alone."""
        self.rig.lift()
        for _ in range(MOST_TOUCHES_HOME):
            step = self.rig.visit.step
            if step is Step.HOME:
                return
            if step in UNHURRIED:
                self.hear_printer()
                self.hear_of_paper()
                self.hear_of_practice()
            elif RULES[step].has_home:
                self.rig.visit.home()
            else:
                self.rig.visit.go()
                self.answer()
        raise self._lost("no touch leads home")

    def _lost(self, what: str) -> LostWayError:
        walked = "\n".join(self.trail)
        return LostWayError(f"{what} at {self.rig.visit.step}, seed {self.seed}:\n{walked}")

    # --- mornings --------------------------------------------------------------------------------------

    def _open_morning(self) -> None:
        folder = self.folder / "hall"
        if folder.exists():
            shutil.rmtree(folder)
        kiosk = open_sample_kiosk(folder, MovableClock(MORNING + timedelta(days=self.dice.randrange(20))))
        self._secrets = {
            person.card.name: frozenset({person.card.number, person.card.name})
            for person in kiosk.people.values()
        }
        self._begin(kiosk)

    def _begin(self, kiosk: SampleKiosk) -> None:
        self.said.clear()
        self.rig = rig_of(kiosk)
        if self.rig.visit.step is not Step.HOME:
            raise self._lost("a start shows another page than the first")

    def _close_morning(self) -> None:
        """Look at what the morning left: nobody is at two places at once, and every place has its slip."""
        self.mornings += 1
        fault = fault_of_places(self.rig.kiosk.opened)
        self.rig.kiosk.opened.close()
        if fault is not None:
            raise self._lost(fault)
