"""I8: bodies through the door of a coach <= its seats, over any order of scans, give-backs and late rounds.

Real stores of two kiosks and a real bureau between them. Each may be dark as long as it likes; both sell
seats of one coach, people give them back, take two at once, and come to the door with any paper that was
ever printed, as often as they like. The door goes from one device to the other, a device forgets its life,
and the bureau is put back from a backup.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.actions.come_to_door import close_door, come_with_paper
from kiosk.actions.door_ports import Holding
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.scan_readings import SlipReading, SlipShown
from kiosk.app.signing import SlipKey
from kiosk.bureau.backups import back_up, copy_private
from kiosk.bureau.doors import give_door, holder_of
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import restore
from kiosk.bureau.tables import placement, spent_number
from kiosk.domain.boarding import Answer
from kiosk.domain.ids import JobId, TripId, WorkerId, places_of, seats_of
from kiosk.domain.jobs import PayUnit
from kiosk.domain.placements import Placement, PlacementState
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.events import PlaceGivenBack, SlipScannedIn
from kiosk.storage.feed_tables import rider
from tests import answers
from tests.halls import identity
from tests.unit.bureau.rehearsal import TODAY, HandClock, employer, job, number_of, registered, trip
from tests.unit.storage.samples import take
from tests.unit.sync.errands import Kiosk, enrolled
from tests.unit.sync.test_numbers_come_back import speak

TRIP, JOB = TripId("t1"), JobId("j1")
SEATS, WORKERS = 3, 5
EXAMPLES = int(os.environ.get("KIOSK_EXAMPLES", "8"))
_RIDERS = (
    select(placement.c.slip)
    .join(spent_number, spent_number.c.placement == placement.c.id)
    .where(spent_number.c.quota == seats_of(TRIP), spent_number.c.is_held)
    .where(placement.c.state.not_in(["cancelled", "duplicate"]))
)
STEPS = st.tuples(
    st.sampled_from(
        [
            *["sell"] * 6,
            *["speak"] * 6,
            *["board"] * 6,
            *["give_back"] * 4,
            *["close", "name", "name", "scan_in", "lose", "back_up", "restore"],
        ]
    ),
    st.integers(0, 1),
    st.integers(0, 30),
)


Step = tuple[str, int, int]
# The door is at the second kiosk, which hears of nothing yet, and the first one sells a seat.
_SOLD: list[Step] = [("close", 0, 0), ("speak", 0, 0), ("name", 1, 0), ("speak", 1, 0), ("sell", 0, 0)]
_EVERYBODY: list[Step] = [
    *(("sell", which, worker) for which in (0, 1) for worker in range(1, 5)),
    *(("board", 0, paper) for paper in range(6)),
]
_BACK: Step = ("give_back", 0, 0)
_IN_THE_DARK = [*_SOLD, _BACK, ("speak", 0, 2), ("speak", 0, 2), *_EVERYBODY]
_KEPT_OUT = [*_SOLD, _BACK, ("speak", 0, 2), ("speak", 1, 2), ("speak", 0, 2), ("speak", 0, 2), *_EVERYBODY]
_ABOARD = [*_SOLD, ("board", 0, 0), *_KEPT_OUT[len(_SOLD) :]]


@dataclass(slots=True)
class Morning:
    """One coach, two kiosks that sell its seats, and everybody who is in it."""

    home: Path
    clock: HandClock
    bureau: Office
    kiosks: Sequence[Kiosk]
    desk: ExitStack
    placed: list[tuple[int, Placement]] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)
    scanned_in: set[str] = field(default_factory=set)
    count: int = 0

    def play(self, step: str, which: int, value: int) -> None:
        """Do one thing at one kiosk; what cannot be done now is not done."""
        getattr(self, f"_{step}")(which, value)
        seats = list(self.bodies.values())
        assert len(seats) <= SEATS
        assert len(set(seats)) == len(seats), f"two people sit on one seat: {self.bodies}"

    def _sell(self, which: int, value: int) -> None:
        name, worker = f"p{which}-{self.count}", WorkerId(f"w{value % WORKERS}")
        with self.kiosks[which].opened.store.writing() as records:
            quotas = (places_of(JOB), seats_of(TRIP))
            if any(records.rights.lowest_free(quota) is None for quota in quotas):
                return
            records.journal.append(registered(worker, number_of(value % WORKERS + 1)), self.clock.now())
            now, no = self.clock.now(), which + 1
            taken = take(records, worker, JOB, TRIP, name, now=now, kiosk_no=no)
        self.count += 1
        self.placed.append((which, taken))

    def _give_back(self, _: int, value: int) -> None:
        if not self.placed:
            return
        which, taken = self.placed[value % len(self.placed)]
        with self.kiosks[which].opened.store.writing() as records:
            kept = records.placements.by_id(taken.id)
            if kept is None or kept.state is PlacementState.CANCELLED:
                return
            records.placements.set_state(taken.id, PlacementState.CANCELLED)
            said = PlaceGivenBack(placement=taken.id, slip=taken.slip, spent=[], reason="ill")
            records.journal.append(said, self.clock.now())

    def _scan_in(self, which: int, value: int) -> None:
        papers = [taken.slip for _, taken in self.placed if taken.slip not in self.bodies]
        if papers:
            slip = papers[value % len(papers)]
            self.scanned_in.add(slip)
            with self.kiosks[which].opened.store.writing() as records:
                records.journal.append(SlipScannedIn(slip=slip, actor="s1"), self.clock.now())

    def _board(self, _: int, value: int) -> None:
        """Come to each device that believes to be the door, with any paper that is still about."""
        papers = [taken for _, taken in self.placed if taken.slip not in self.scanned_in]
        if not papers:
            return
        taken = papers[value % len(papers)]
        for kiosk in self.kiosks:
            said = come_with_paper(_hall(kiosk), TRIP, _scanned(taken))
            assert said.word is not Answer.FULL, "numbers alone keep a coach from being overfilled"
            if said.word is Answer.WELCOME:
                assert taken.slip not in self.bodies, "the same paper let two people in"
                assert taken.seat is not None
                self.bodies[taken.slip] = taken.seat

    def _speak(self, which: int, value: int) -> None:
        """Speak some rounds, while people wait here for more seats than there are."""
        kiosk = self.kiosks[which]
        for quota in (places_of(JOB), seats_of(TRIP)):
            kiosk.opened.sync_book.looks.gather(quota, SEATS)
        speak(self.bureau, kiosk, 1 + value % 3)

    def _close(self, which: int, _: int) -> None:
        kiosk = self.kiosks[which]
        with kiosk.opened.store.writing() as records:
            if records.doors.holding(TRIP) is Holding.OPEN:
                close_door(_hall(kiosk), records, TRIP)

    def _name(self, which: int, _: int) -> None:
        """Give the door to a kiosk: as it is, or with the count of heads where its device is lost."""
        with self.bureau.database.reading() as connection:
            holder = holder_of(connection, TRIP)
        is_lost = bool(holder) and holder not in {kiosk.stream for kiosk in self.kiosks}
        counted = len(self.bodies) if is_lost else None
        try:
            give_door(self.home, TRIP, f"NZ-{which + 1:02d}", self.clock.now(), counted, "counted")
        except Refused:
            return

    def _lose(self, which: int, _: int) -> None:
        """Let a kiosk find that it went back in time: another stream, no door, no numbers."""
        kiosk = self.kiosks[which]
        kiosk.opened.sync_book.begin_stream(answers.life(kiosk.opened))

    def _back_up(self, _: int, __: int) -> None:
        self.clock.forward(timedelta(seconds=1))  # a backup is named by its second
        back_up(self.home, self.home.parent / "backups", self.clock.now())

    def _restore(self, _: int, __: int) -> None:
        """Put the last backup back on another machine."""
        backups = self.home.parent / "backups"
        if not backups.exists():
            return
        again = Path(tempfile.mkdtemp(dir=self.home.parent))
        copy_private(BureauFolder(self.home).registry, BureauFolder(again).registry)
        restore(again, backups, self.clock.now())
        self.home = again
        self.bureau = self.desk.enter_context(office(again, self.clock))

    def end(self) -> None:
        """Let everybody tell everything, and compare what each kiosk knows of the riders with the bureau."""
        for _ in range(6):
            for kiosk in self.kiosks:
                speak(self.bureau, kiosk, 2)
        assert check_invariants(self.home) == []
        with self.bureau.database.reading() as connection:
            riders = set(connection.scalars(_RIDERS))
        for kiosk in self.kiosks:
            with kiosk.opened.database.reading() as connection:
                assert set(connection.scalars(select(rider.c.id))) == riders


@dataclass(frozen=True, slots=True)
class Dawn:
    """A folder with a bureau and two kiosks that know it; copied for each schedule, since it takes long."""

    folder: Path
    clock: HandClock
    kiosks: Sequence[Kiosk]

    def copied(self, folder: Path, desk: ExitStack) -> Morning:
        """Return a morning that begins here, open until the desk closes."""
        home, clock = Path(shutil.copytree(self.folder, folder)) / "bureau", replace(self.clock)
        bureau = desk.enter_context(office(home, clock))
        kiosks = []
        for kiosk in self.kiosks:
            opened = Kiosk(folder / kiosk.folder.name, kiosk.author, clock, home, kiosk.card)
            desk.callback(opened.opened.close)
            kiosks.append(opened)
        return Morning(home, clock, bureau, kiosks, desk)


@pytest.fixture(scope="module")
def dawn(fresh_bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Dawn:
    """Two kiosks hold all seats of a coach between them, and the first one is its door."""
    folder, clock = tmp_path_factory.mktemp("dawn") / "all", HandClock()
    home = Path(shutil.copytree(fresh_bureau, folder / "bureau"))
    with office(home, clock) as bureau:
        coach, work = trip(SEATS), job(headcount=9).model_copy(update={"trip": TRIP})
        publish(bureau.database, "city", [employer(), coach, work])
        kiosks = [enrolled(bureau, home, clock, folder / f"k{no}", no) for no in (1, 2)]
        for which in (0, 1, 0):
            speak(bureau, kiosks[which], 2)
        give_door(home, TRIP, "NZ-01", clock.now())
        speak(bureau, kiosks[0], 1)
        for kiosk in kiosks:
            kiosk.opened.close()
    return Dawn(folder, clock, kiosks)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=30))
@example(steps=_IN_THE_DARK)
@example(steps=_KEPT_OUT)
@example(steps=_ABOARD)
def test_no_more_bodies_are_in_the_coach_than_it_has_seats_and_no_two_on_one(
    dawn: Dawn, steps: Sequence[Step]
) -> None:
    """Broken by each of these; the examples are schedules that see them.

    A number is handed out before its paper is kept out, or though somebody is aboard with it; a door forgets
    what it keeps out; the same slip comes in twice; whoever gave his seat back stays a rider.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as desk:
        morning = dawn.copied(Path(folder) / "all", desk)
        for step, which, value in steps:
            morning.play(step, which, value)
        morning.end()


def _hall(kiosk: Kiosk) -> Hall:
    return Hall(
        store=kiosk.opened.store,
        clock=kiosk.clock,
        identity=identity(),
        agreed_now=kiosk.clock.now,
        fresh_id=lambda: "id",
        signer=SlipKey(Ed25519PrivateKey.from_private_bytes(bytes(32)), 1),
        picture_of=lambda _job: "",
    )


def _scanned(taken: Placement) -> SlipReading:
    """Return what a scan of a genuine slip reads at any device that has not made it."""
    shown = SlipShown(taken.slip, SlipKind.DISPATCH, TODAY, 18_000, PayUnit.DAY, TODAY, 1, 3, "", "", None)
    return SlipReading(Verdict.GENUINE, Sentence("actions.scan.slip_never_checked"), shown)
