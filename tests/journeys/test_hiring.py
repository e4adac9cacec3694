"""One line over two kiosks of a hall, and a place given back at the one that did not make it."""

from __future__ import annotations

from pathlib import Path

from kiosk.actions.call_next import call_next
from kiosk.actions.check_in import check_in
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.recognise import recognise
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import take_place
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.app.building import OpenHall
from kiosk.domain.ids import JobId, PlacementId
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.feed import JobBody
from tests.halls import CLERK, employ
from tests.journeys.actors import beat
from tests.journeys.town import Town, a_town, come_in, plain_job, the_hall_of, worker_card

JOB = JobId("talked-over")
FIRST, SECOND = worker_card(41), worker_card(42)
MOST_BEATS = 40


def in_hall(town: Town) -> tuple[Path, Path, JobBody]:
    """Return two kiosks of one hall and a job of six places that is talked over there."""
    kiosks = town.enrol("A", 1), town.enrol("B", 2)
    job = plain_job(town.sample, JOB, 6).model_copy(update={"is_instant": False, "is_talked_over": True})
    town.publish([job])
    for data_dir in kiosks * 2:
        beat(data_dir)
    return *kiosks, job


def line(kiosk: OpenHall) -> list[SignUp]:
    with kiosk.hall.store.reading() as records:
        return list(records.sign_ups.line_of(JOB, kiosk.hall.today()))


def test_who_came_first_is_called_first_at_whichever_kiosk_he_signed_up(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        here, there, job = in_hall(town)
        with the_hall_of(here) as kiosk:
            first = come_in(kiosk.hall, FIRST)
        with the_hall_of(there) as kiosk:
            second = come_in(kiosk.hall, SECOND)
            sign_up(kiosk.hall, second, JOB, job.version)
        with the_hall_of(here) as kiosk:
            sign_up(kiosk.hall, first, JOB, job.version)
        for data_dir in (here, there) * 2:
            beat(data_dir)
        with the_hall_of(there) as kiosk:
            assert [item.worker for item in line(kiosk)] == [first.worker, second.worker]
            employ(kiosk.hall, CLERK)
            called = call_next(kiosk.hall, JOB, "2", CLERK)
            assert called.worker == first.worker
            begin_talk(kiosk.hall, called.id, CLERK)
            agree(kiosk.hall, called.id, CLERK)
        for data_dir in (there, here):
            beat(data_dir)
        with the_hall_of(here) as kiosk:
            assert next(iter(line(kiosk))).state is PlacementState.AGREED
            met = come_in(kiosk.hall, FIRST)
            taken = take_place(kiosk.hall, met, JOB, job.version)
            assert [item.worker for item in line(kiosk)] == [second.worker]
        for data_dir in (here, there):
            beat(data_dir)
        with the_hall_of(there) as kiosk:
            assert [item.worker for item in line(kiosk)] == [second.worker]
        assert town.placements() == {taken.placement.id: "confirmed"}
        assert town.counts()["dead_letters"] == 0
        town.assert_sound()


def test_a_place_is_given_back_at_another_kiosk_and_its_own_one_hears_of_it(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        here, there = town.enrol("A", 1), town.enrol("B", 2)
        job = plain_job(town.sample, "morning-a", 6)
        town.publish([job])
        for data_dir in (here, there) * 2:
            beat(data_dir)
        with the_hall_of(here) as kiosk:
            met = come_in(kiosk.hall, FIRST)
            place = take_place(kiosk.hall, met, JobId(job.id), job.version).placement.id
        beat(here)
        beat_until_told(there, place)
        with the_hall_of(there) as kiosk:
            met = come_in(kiosk.hall, FIRST)
            give_back(kiosk.hall, met, place, Reason.ILL)
        beat(there)
        assert town.placements() == {place: "cancelled"}
        beat_until_given_back(here, place)
        assert town.counts()["dead_letters"] == 0
        town.assert_sound()


def beat_until_told(data_dir: Path, place: PlacementId) -> None:
    """The bureau seals what it knows after its answer, so the next kiosk may hear it a beat later."""
    for _ in range(MOST_BEATS):
        beat(data_dir)
        with the_hall_of(data_dir) as kiosk:
            capsule = recognise(kiosk.hall, FIRST).capsule
        if capsule is not None and place in [item.placement for item in capsule.placements]:
            return
    raise AssertionError("the capsule never told of the place")


def beat_until_given_back(data_dir: Path, place: PlacementId) -> None:
    """Wait until the kiosk that made the place hears, at its worker's next card, that he gave it back."""
    for _ in range(MOST_BEATS):
        beat(data_dir)
        with the_hall_of(data_dir) as kiosk:
            check_in(kiosk.hall, recognise(kiosk.hall, FIRST))
            with kiosk.hall.store.reading() as records:
                known = records.placements.by_id(place)
        if known is not None and known.state is PlacementState.CANCELLED:
            return
    raise AssertionError("the kiosk that made the place never heard that it was given back")
