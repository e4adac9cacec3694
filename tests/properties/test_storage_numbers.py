"""A number is never spent twice, whatever is granted, taken, given back, restarted or put back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.actions.faults import IntegrityFault
from kiosk.domain.ids import JobId
from kiosk.domain.placements import SpentNumber
from kiosk.messages.sync import Recall
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from tests import answers
from tests.unit.storage.samples import NOW, PLACES, feed, grant, job_body, opened, person, take

CAPACITY = 12


class Numbers(RuleBasedStateMachine):
    """One job's places at one kiosk; the bureau here only ever grants what it never granted before.

    One-line break: in `kiosk/storage/rights.py`, take nothing that is spent into `holding_of`; or keep all
    that was granted as in hand in `_keep`; or in `kiosk/storage/streams.py`, leave `right` out of what
    `_orphan` empties.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.kept: OpenedStore = opened(self.folder / "data")
        self.next_number = 1
        self.handed_out: list[int] = []
        self.returned: set[int] = set()
        self.placements = 0

    @initialize()
    def publish(self) -> None:
        feed(self.kept, job_body(headcount=CAPACITY, open_places=CAPACITY))

    @rule(count=st.integers(1, 3))
    def grant_more(self, count: int) -> None:
        last = min(self.next_number + count - 1, CAPACITY)
        if self.next_number <= last:
            grant(self.kept, PLACES, self.next_number, last)
            self.next_number = last + 1

    @rule(number=st.integers(1, CAPACITY))
    def grant_again_what_was_granted(self, number: int) -> None:
        stream = self.kept.health().stream
        with self.kept.store.reading() as records:
            is_free = number in records.rights.free(PLACES)
        if is_free:
            grant(self.kept, PLACES, number, number)
        assert self.kept.health().stream == stream

    @rule()
    def take_a_place(self) -> None:
        with self.kept.store.reading() as records:
            if len(records.rights.free(PLACES)) == 0:
                return
        self.placements += 1
        with self.kept.store.writing() as records:
            taken = take(records, person().id, JobId("J1"), name=f"P{self.placements}")
        self.handed_out += [item.number for item in taken.spent]

    @rule(number=st.integers(1, CAPACITY))
    def spend_what_cannot_be_spent(self, number: int) -> None:
        with self.kept.store.writing() as records:
            placements = records.placements.on_day(NOW.date().replace(day=18))
            if number in records.rights.free(PLACES) or not placements:
                return
            try:
                records.rights.spend(SpentNumber(PLACES, number), placements[0].id)
            except IntegrityFault:
                return
        raise AssertionError("a number was spent that is not free")

    @rule(number=st.integers(1, CAPACITY))
    def spend_out_of_order(self, number: int) -> None:
        with self.kept.store.writing() as records:
            placements = records.placements.on_day(NOW.date().replace(day=18))
            if number in records.rights.free(PLACES) and placements:
                records.rights.spend(SpentNumber(PLACES, number), placements[0].id)
                self.handed_out.append(number)

    @rule()
    def give_back(self) -> None:
        with self.kept.store.writing() as records:
            for taken in records.placements.on_day(NOW.date().replace(day=18))[:1]:
                try:
                    records.rights.give_back(taken.spent[0])
                except IntegrityFault:
                    return

    @rule(keep=st.integers(0, 3))
    def the_bureau_asks_for_numbers_back(self, keep: int) -> None:
        with self.kept.store.reading() as records:
            before = records.rights.free(PLACES)
        self.kept.sync_book.return_surplus(answers.life(self.kept), [Recall(quota=PLACES, keep=keep)])
        with self.kept.store.reading() as records:
            after = records.rights.free(PLACES)
        assert after == before.lowest(keep)
        self.returned |= set(before - after)

    @rule()
    def restart(self) -> None:
        self.kept.close()
        self.kept = opened(self.folder / "data")

    @rule()
    def go_back_in_time(self) -> None:
        """Copy the file, take a place, and put the copy back as if nothing had happened."""
        database, copy = self.folder / "data" / DATABASE_FILE, self.folder / "copy"
        self.kept.close()
        shutil.copy(database, copy)
        self.kept = opened(self.folder / "data")
        self.take_a_place()
        self.kept.close()
        shutil.copy(copy, database)
        self.kept = opened(self.folder / "data")

    @invariant()
    def no_number_was_handed_out_twice(self) -> None:
        assert len(set(self.handed_out)) == len(self.handed_out)

    @invariant()
    def no_number_that_went_back_is_handed_out(self) -> None:
        assert not self.returned & set(self.handed_out)

    @invariant()
    def the_board_offers_what_is_free(self) -> None:
        with self.kept.store.reading() as records:
            line = records.board.line(JobId("J1"), NOW)
            free = len(records.rights.free(PLACES))
        assert (line.open_here if line else 0) == free

    @invariant()
    def the_lowest_free_number_is_the_first_of_the_free_ones(self) -> None:
        with self.kept.store.reading() as records:
            assert records.rights.lowest_free(PLACES) == next(iter(records.rights.free(PLACES)), None)

    def teardown(self) -> None:
        self.kept.close()
        shutil.rmtree(self.folder)


TestNumbers = Numbers.TestCase
TestNumbers.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
