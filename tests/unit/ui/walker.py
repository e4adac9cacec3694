"""Somebody who does at the screen whatever can be done, for days; cards, paper and power come and go."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from kiosk.actions.ports import BoardQuery
from kiosk.actions.print_paper import recover_papers
from kiosk.actions.print_slip import recover_slips
from kiosk.actions.printing import PrintStage
from kiosk.actions.recognise import recognise
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.jobs import Family
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import OPEN_STATES
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import WorkSpan
from kiosk.storage.tables import placement, slip
from kiosk.ui.journeys import LESSON_STEPS, PERSONAL_STEPS, RULES, UNHURRIED, Step
from kiosk.ui.sessions import open_places
from tests.capsules import owed, tell_capsule
from tests.halls import MORNING, MovableClock, SampleKiosk, open_sample_kiosk
from tests.unit.ui.pupils import TEACHER
from tests.unit.ui.visit_rig import PAPER_ENDS, VisitRig, rig_of
from tests.unit.ui.ways import FOREIGN

STEPS_A_MORNING = 1000
"""So many acts until the hall closes for the night and opens with another day's work."""
LONGEST_S = sum(rule.timeout_s or 0 for rule in RULES.values())
MOST_TOUCHES_HOME = 40
SELDOM = 0.15
"""How often something is done that the page does not offer, as with a second touch of a quick finger."""

Act = Callable[["Walker"], None]

_NOBODYS = {Step.HOME, Step.LAY_CARD, Step.READING, Step.UNREADABLE, Step.SCANNED, Step.TURNED_AWAY}
_SAYS: dict[PrintStage | None, tuple[PrintStage, ...]] = {
    None: (PrintStage.SENDING, PrintStage.NOT_SENT, PrintStage.WAITING_FOR_PAPER),
    PrintStage.SENDING: (
        PrintStage.SENDING,
        PrintStage.PRINTED,
        PrintStage.PRINTED,
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
    """One walk by a seed: `acts` and `steps` count what was done and which pages were shown."""

    folder: Path
    seed: int
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
            ACTS[name](self)
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
            return self.dice.choice([*ACTS, *_RARE])
        return self.dice.choice([*_DEVICES, *OFFERED[self.rig.visit.step] * 3])

    # --- what is done -------------------------------------------------------------------------------

    def lay(self) -> None:
        """Lay down the card of anybody."""
        self.rig.lay(self.dice.choice(sorted(self.rig.kiosk.people)))

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
            Step.OWN_ERASE: dice.choice([visit.own.take_consent_back, visit.own.erase_all]),
            Step.OWN_DATA: dice.choice(
                [visit.own.change_phone, visit.own.change_trades, visit.own.consider_erasing]
            ),
            Step.ASK_PAY: lambda: visit.answer_pay(dice.choice([None, *PayAnswer])),
            Step.COURSE: self._read_on,
            Step.QUIZ: self._answer_all,
            Step.SIGN_CLASS: self._sign,
        }
        answers.get(visit.step, visit.stay)()

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
        for place in open_places(self.rig.kiosk.hall, self.rig.visit.session):
            self.rig.visit.collect_slip(place.slip.number)

    def hear_printer(self) -> None:
        """Let the printer say what it may say next of the last slip it got, or of any other."""
        submitted = self.rig.printer.submitted
        if not submitted:
            return
        number = self.dice.choice([submitted[-1], submitted[-1], self.dice.choice(submitted)])
        with self.rig.kiosk.hall.store.reading() as records:
            kept = records.slips.by_number(number)
        if kept is None or kept.state is not SlipState.SENDING:
            return
        stage = self.dice.choice(_SAYS[self.said.get(number)])
        self.said[number] = stage
        if stage is PrintStage.NOT_SENT:
            del self.said[number]
        self.rig.tell(stage, self.dice.random(), number)

    def want_paper(self) -> None:
        """Ask for any paper that is offered, or look at which there are."""
        offers = self.rig.visit.session.offers
        if self.rig.visit.step is Step.PAPERS and offers:
            self.rig.visit.ask_paper(self.dice.choice(offers).number, str)
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
        """Hold what is shown and held in memory against who is there."""
        session, step = self.rig.visit.session, self.rig.visit.step
        met = session.recognition
        is_group = session.lesson is not None and session.lesson.group is not None
        personal = PERSONAL_STEPS - {Step.GOODBYE} - (LESSON_STEPS if is_group else frozenset())
        if met is None and (step in personal or session.arrival is not None):
            raise self._lost("a page about somebody with nobody there")
        if step in _NOBODYS and met is not None:
            raise self._lost("a page about nobody still knows somebody")
        if step in LESSON_STEPS and session.lesson is None:
            raise self._lost("a page of a class without its class")
        if met and session.placement and session.placement.worker != met.worker:
            raise self._lost("somebody else's place")
        # By name: one of them has an old and a new card.
        held, own = set(_texts(session)), met.card.name if met else None
        for name, secrets in self._secrets.items():
            if name != own and (leaked := secrets & held):
                raise self._lost(f"{len(leaked)} words of somebody else")
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
        opened = self.rig.kiosk.opened
        with opened.database.reading() as connection:
            taken = connection.execute(_PLACES).all()
        opened.close()
        for before, after in pairwise(taken):
            if before.worker == after.worker and after.starts < before.ends:
                raise self._lost("somebody holds two places at one time")
        if any(place.slip_state is None for place in taken):
            raise self._lost("a place has no slip")


_PLACES = (
    select(placement.c.worker, placement.c.starts, placement.c.ends, slip.c.state.label("slip_state"))
    .select_from(placement.outerjoin(slip, slip.c.placement == placement.c.id))
    .where(placement.c.state.in_(sorted(OPEN_STATES)))
    .order_by(placement.c.worker, placement.c.starts)
)


def _texts(held: object) -> Iterator[str]:
    """Return every word that a value holds, however deep."""
    if isinstance(held, str):
        yield held
    elif is_dataclass(held):
        for item in fields(held):
            yield from _texts(getattr(held, item.name))
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(held, Iterable):
        for value in held:
            yield from _texts(value)


def _touch(name: str) -> Act:
    """Return the touch that is a method of the visit without more words."""

    def touched(walker: Walker) -> None:
        getattr(walker.rig.visit, name)()

    return touched


ACTS: dict[str, Act] = {
    **{
        name: _touch(name)
        for name in ("go", "back", "home", "stay", "touched", "call_help", "refuse_notice", "leave", "end")
    },
    **{
        name: _touch(name)
        for name in ("show_all", "open_trades", "open_pinyin", "open_line", "open_days", "look_again")
    },
    "wipe": lambda walker: walker.rig.visit.learning.wipe(),
    "open_class": lambda walker: walker.rig.visit.open_class("lifting", TEACHER),
    "own order": lambda walker: walker.rig.visit.browse(BoardQuery(order="fit")),
    "lay": Walker.lay,
    "sense": lambda walker: walker.rig.visit.card_sensed(),
    "lift": lambda walker: walker.rig.lift(),
    "unreadable": lambda walker: walker.rig.visit.card_unreadable(Sentence("ui.trouble.unknown")),
    "reader out": lambda walker: walker.rig.visit.reader_changed(Sentence("devices.reader.out_of_order")),
    "reader well": lambda walker: walker.rig.visit.reader_changed(None),
    "scan": lambda walker: walker.rig.visit.show_scan(FOREIGN),
    "scan in vain": lambda walker: walker.rig.visit.scan_failed(Sentence("devices.scanner.nearer")),
    "answer": Walker.answer,
    "choose": lambda walker: walker.rig.visit.learning.choose(walker.dice.choice([0, 1])),
    "browse": Walker.browse,
    "job": Walker.open_job,
    "collect": Walker.collect,
    "own": lambda walker: walker.rig.visit.own.look(),
    "printer": Walker.hear_printer,
    "paper": Walker.want_paper,
    "paper printer": Walker.hear_of_paper,
    "wait": lambda walker: walker.rig.wait(walker.dice.choice([1, 5, 25])),
    "owe": Walker.owe,
    "trouble": lambda walker: walker.rig.visit.trouble(Sentence("ui.trouble.unknown")),
    "power": Walker.cut_power,
}
"""Everything that can be done to a visit, by a name for the walk's words."""

_DEVICES = ("lay", "lay", "lift", "wait", "printer")
_RARE = (
    "sense",
    "unreadable",
    "reader out",
    "reader well",
    "scan",
    "scan in vain",
    "owe",
    "trouble",
    "power",
)
"""What happens now and then whatever page is shown; these come once more among the acts that are seldom."""
OFFERED: dict[Step, tuple[str, ...]] = {
    Step.HOME: ("go", "browse", "call_help"),
    Step.LAY_CARD: ("back",),
    Step.READING: ("lay", "unreadable"),
    Step.UNREADABLE: ("go", "back"),
    Step.SCANNED: ("go",),
    Step.TURNED_AWAY: ("go",),
    Step.NOTICE: ("go", "go", "go", "refuse_notice"),
    Step.ASK_PHONE: ("answer",),
    Step.ASK_PAY: ("answer",),
    Step.ASK_TRADES: ("answer", "back"),
    Step.ASK_SPAN: ("answer", "back"),
    Step.GREETING: ("job", "job", "browse", "collect", "paper", "own"),
    Step.PAPERS: ("paper", "paper", "back"),
    Step.PAPER_COMING: ("paper printer",),
    Step.PAPER_END: ("go",),
    Step.OWN_DATA: ("answer", "answer", "go", "back"),
    Step.OWN_PHONE: ("answer", "back"),
    Step.OWN_TRADES: ("answer", "answer", "back"),
    Step.OWN_SPAN: ("answer", "back"),
    Step.OWN_ERASE: ("answer", "back"),
    Step.OWN_ERASED: ("go",),
    Step.BOARD: ("job", "job", "open_trades", "open_pinyin", "open_line", "open_days", "browse", "own order"),
    Step.LINE: ("go", "back"),
    Step.DAYS: ("go", "back"),
    Step.TRADES: ("go", "back"),
    Step.PINYIN: ("go", "back"),
    Step.DETAIL: ("go", "go", "go", "back"),
    Step.BLOCKED: ("go", "back"),
    Step.COURSE: ("go", "go", "answer", "back"),
    Step.QUIZ: ("answer", "choose", "go", "back"),
    Step.QUIZ_FAILED: ("go", "back"),
    Step.SIGN_CLASS: ("answer", "go", "wipe", "back"),
    Step.GROUP_JOIN: ("lay", "lay", "go", "home"),
    Step.GROUP_ROLL: ("lay", "lay", "go", "home"),
    Step.CONFIRM: ("go", "go", "go", "back"),
    Step.PRINTING: ("printer",),
    Step.TAKE_SLIP: ("printer",),
    Step.PAPER_OUT: ("go", "printer"),
    Step.UNCERTAIN: ("go", "printer"),
    Step.GOODBYE: ("go",),
    Step.TROUBLE: ("go",),
}
"""What each page offers to touch; a test holds the two lists of pages together."""
WALKED = {
    *("card_sensed", "card_presented", "card_removed", "card_unreadable", "reader_changed", "hear_printer"),
    *("show_scan", "scan_failed", "tick", "answer_phone", "answer_trades", "answer_span", "answer_pay"),
    *("browse", "browse_family", "narrow", "open_job", "collect_slip", "open_papers", "ask_paper", "speak"),
}
"""What an act of another name does to a visit."""
