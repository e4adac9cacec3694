"""Whatever people do in whatever order: no place or seat is sold twice, no slip claims too much."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.actions.act_for import take_for
from kiosk.actions.check_in import check_in, register_and_check_in
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import SlipRecord
from kiosk.actions.print_slip import (
    begin_printing,
    record_not_sent,
    record_printed,
    record_uncertain,
    recover_slips,
)
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.settle_slip import confirm_paper, reprint_slip, void_slip
from kiosk.actions.take_place import take_place
from kiosk.actions.take_together import NotTogether, take_together
from kiosk.domain.eligibility import Rule
from kiosk.domain.ids import JobId, QuotaId, SlipNumber, TripId, places_of, seats_of
from kiosk.domain.placements import OPEN_STATES
from kiosk.domain.workers import Release
from kiosk.messages.feed import JobBody
from kiosk.sample.loader import sample_rows
from tests import answers
from tests.halls import CLERK, MORNING, SampleKiosk, open_sample_kiosk
from tests.journeys.town import worker_card

EXAMPLES = int(os.environ.get("KIOSK_EXAMPLES", "12"))
PEOPLE = st.integers(1, 5)
ENDS = ["printed", "printed", "uncertain", "not sent", "killed"]
PICKS = st.integers(0, 1)
LEGAL = {
    ("queued", "sending"),
    ("queued", "void"),
    ("sending", "printed"),
    ("sending", "uncertain"),
    ("sending", "queued"),
    ("uncertain", "printed"),
    ("uncertain", "queued"),
    ("uncertain", "void"),
    ("printed", "queued"),
    ("printed", "void"),
}
"""What may follow what, written down a second time on purpose."""


def plain(job: JobBody) -> bool:
    is_free = not job.certificates and not job.needs_classes and not job.is_dangerous
    return is_free and job.open_places == job.headcount


@cache
def chosen_jobs() -> tuple[JobBody, ...]:
    """Return two jobs that share a coach, and one without."""
    jobs = [job for job in sample_rows(MORNING).jobs if plain(job)]
    riders = Counter(job.trip for job in jobs if job.trip)
    shared = next(trip for trip, count in riders.items() if count > 1)
    return (*[job for job in jobs if job.trip == shared][:2], next(job for job in jobs if job.trip is None))


def quotas() -> list[QuotaId]:
    jobs = chosen_jobs()
    return [places_of(JobId(job.id)) for job in jobs] + [seats_of(TripId(str(jobs[0].trip)))]


class Morning(RuleBasedStateMachine):
    """One kiosk, five people, three jobs; the bureau here only grants what it never granted before.

    Breaks when `reprint_slip` keeps the copy number; when `begin_printing` takes a slip in any state; when
    `recover_slips` puts torn slips back into the queue; when `take_place` does not ask the rules; when a team
    gets the lowest numbers, whether or not they are next to one another.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hall-"))
        self.granted = dict.fromkeys(quotas(), 0)
        self.states: dict[SlipNumber, str] = {}
        self.papers: Counter[tuple[SlipNumber, int]] = Counter()
        self.kiosk: SampleKiosk
        self.hall: Hall
        self.open()

    def open(self) -> None:
        folder = self.folder / "data"
        self.kiosk = open_sample_kiosk(folder, is_new=not folder.exists(), has_rights=False)
        self.hall = replace(self.kiosk.hall, fresh_id=lambda: uuid.uuid4().hex)

    @initialize()
    def the_morning_begins(self) -> None:
        for quota in range(len(quotas())):
            self.the_bureau_grants(quota, 2)

    @rule(quota=st.integers(0, 3), count=st.integers(1, 2))
    def the_bureau_grants(self, quota: int, count: int) -> None:
        name = quotas()[quota]
        last = min(self.granted[name] + count, 4)
        if last > self.granted[name]:
            answers.grant(self.kiosk.opened, {name: [(self.granted[name] + 1, last)]})
            self.granted[name] = last

    @rule(person=PEOPLE, job=st.integers(0, 2))
    def somebody_takes(self, person: int, job: int) -> None:
        body = chosen_jobs()[job]
        with suppress(Refused):
            taken = take_place(self.hall, self.come(person), JobId(body.id), body.version)
            self.states[taken.slip] = "queued"

    @rule(people=st.lists(PEOPLE, min_size=2, max_size=3, unique=True), job=st.integers(0, 2))
    def a_team_takes(self, people: list[int], job: int) -> None:
        body = chosen_jobs()[job]
        team = [self.come(person) for person in people]
        before = len(self.slips())
        try:
            taken = take_together(self.hall, team, JobId(body.id), body.version)
        except Refused as refused:
            assert len(self.slips()) == before, "nobody has a place of a team that was refused"
            if isinstance(refused, NotTogether) and refused.most >= len(people):
                raise AssertionError("a team was refused what lay here") from refused
            return
        assert len(self.slips()) == before + len(people)
        for numbers in zip(*(item.spent for item in taken.placements), strict=True):
            first = numbers[0].number
            assert [item.number for item in numbers] == list(range(first, first + len(people)))
        self.states |= {item.slip: "queued" for item in taken.placements}

    @rule(person=PEOPLE, job=st.integers(0, 2))
    def the_desk_settles_every_doubt(self, person: int, job: int) -> None:
        """Whatever is written as settled, no rule that forbids, no place and no seat is opened by it."""
        body = chosen_jobs()[job]
        met = recognise(self.hall, worker_card(person))
        if met.acquaintance is Acquaintance.KNOWN:
            with self.hall.store.writing() as records:
                records.proofs.release(
                    met.worker, [Release(JobId(body.id), body.version, each.value) for each in Rule]
                )

    @rule(person=PEOPLE, job=st.integers(0, 2))
    def the_desk_takes_in_somebodys_name(self, person: int, job: int) -> None:
        """Who acts for somebody opens no more by it than that person could: places and seats are counted."""
        met = recognise(self.hall, worker_card(person))
        with self.hall.store.reading() as records:
            found = records.board.jobs([JobId(chosen_jobs()[job].id)])
        for shown in found.values():
            with suppress(Refused):
                taken = take_for(self.hall, met.worker, shown, "忘带身份证", CLERK)
                self.states[taken.slip] = "queued"

    @rule(pick=PICKS, end=st.sampled_from(ENDS))
    def the_printer_gets_one(self, pick: int, end: str) -> None:
        """Any slip may be handed to the printer, also one that is not waiting for it."""
        slip = self.picked(pick)
        sent = begin_printing(self.hall, slip.number) if slip else None
        if sent is None:
            return
        self.papers[sent.number, sent.copy_no] += 1
        self.see()
        if end == "printed":
            record_printed(self.hall, sent.number, "token")
        elif end == "uncertain":
            record_uncertain(self.hall, sent.number, "devices.printer.no_reply")
        elif end == "not sent":
            self.papers[sent.number, sent.copy_no] -= 1
            record_not_sent(self.hall, sent.number)
        else:
            self.start_again()

    @rule(pick=PICKS, act=st.sampled_from(["reprint", "reprint", "void", "confirm"]))
    def the_clerk_settles(self, pick: int, act: str) -> None:
        slip = self.picked(pick)
        with suppress(Refused):
            if slip and act == "reprint":
                reprint_slip(self.hall, slip.number, "理由", CLERK)
            elif slip and act == "void":
                void_slip(self.hall, slip.number, "理由", CLERK)
            elif slip:
                confirm_paper(self.hall, slip.number, CLERK)

    @precondition(lambda self: bool(self.states))
    @rule(is_restart=st.booleans())
    def the_kiosk_syncs_or_starts_again(self, is_restart: bool) -> None:
        if is_restart:
            self.start_again()
            return
        book = self.kiosk.opened.sync_book
        said = book.outgoing(500)
        assert [entry.seq for entry in said.events] == list(range(said.first, said.head + 1))
        answers.acknowledge(self.kiosk.opened, said.head)
        assert book.outgoing(500).events == ()

    def come(self, person: int) -> Recognition:
        met = recognise(self.hall, worker_card(person))
        if met.acquaintance is Acquaintance.KNOWN:
            check_in(self.hall, met)
        else:
            register_and_check_in(self.hall, met)
        return met

    def start_again(self) -> None:
        self.kiosk.opened.close()
        self.open()
        recover_slips(self.hall)

    @invariant()
    def no_number_is_held_twice_or_was_never_granted(self) -> None:
        with self.hall.store.reading() as records:
            taken = records.placements.on_day(self.hall.today())
            spent = [item for placement in taken for item in placement.spent]
            free = {quota: set(records.rights.free(quota)) for quota in quotas()}
        assert len(set(spent)) == len(spent)
        for quota in quotas():
            numbers = {item.number for item in spent if item.quota == quota}
            assert numbers | free[quota] == set(range(1, self.granted[quota] + 1))
            assert not numbers & free[quota]

    @invariant()
    def nobody_is_in_two_places_at_once(self) -> None:
        with self.hall.store.reading() as records:
            held = [
                item for item in records.placements.on_day(self.hall.today()) if item.state in OPEN_STATES
            ]
        for one in held:
            for other in held:
                is_same = one.id == other.id or one.worker != other.worker
                assert is_same or one.ends <= other.starts or other.ends <= one.starts

    @invariant()
    def each_slip_moved_as_it_may_and_no_paper_came_out_twice(self) -> None:
        self.see()
        assert not self.papers or max(self.papers.values()) <= 1

    def see(self) -> None:
        for slip in self.slips():
            before = self.states.get(slip.number, "queued")
            assert before == slip.state or (before, slip.state.value) in LEGAL
            self.states[slip.number] = slip.state.value

    def slips(self) -> list[SlipRecord]:
        with self.hall.store.reading() as records:
            return list(records.slips.all())

    def picked(self, pick: int) -> SlipRecord | None:
        slips = self.slips()
        return slips[pick % len(slips)] if slips else None

    def teardown(self) -> None:
        self.kiosk.opened.close()
        shutil.rmtree(self.folder)


TestMorning = Morning.TestCase
# Not shrunk: on a real database that takes minutes, and the steps as they were found replay just as well.
TestMorning.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=30, deadline=None, phases=[Phase.reuse, Phase.generate]
)
