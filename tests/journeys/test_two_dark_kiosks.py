"""Two kiosks without a network hand out one job of five places to twenty people: five get one, none twice."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.ids import JobId, places_of
from kiosk.domain.slips import SlipKind
from tests.journeys.actors import barrier, beat, kiosk_actor
from tests.journeys.town import a_town, plain_job, the_hall_of

CAPACITY = 5
JOB = JobId("five-places")


def spent_numbers(data_dir: Path) -> list[int]:
    """Return the numbers of the job's firm slips at a kiosk."""
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        taken = [records.placements.by_id(slip.placement) for slip in records.slips.all()]
    firm = [placement for placement in taken if placement and placement.kind is SlipKind.DISPATCH]
    return [item.number for placement in firm for item in placement.spent if item.quota == places_of(JOB)]


def pending(data_dir: Path) -> int:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        return records.settings.sync_health().pending


def test_two_dark_kiosks_give_out_five_places_to_twenty_people_and_none_twice(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        kiosks = [town.enrol("A", 1), town.enrol("B", 2)]
        town.publish([plain_job(town.sample, JOB, CAPACITY)])
        for _ in range(2):
            for kiosk in kiosks:
                beat(kiosk)
        town.kill_bureau()

        together = barrier(2)
        actors = [
            kiosk_actor(kiosk, JOB, range(at, 21, 2), prints=False, together=together)
            for at, kiosk in enumerate(kiosks, 1)
        ]
        told = [actor.heard() for actor in actors]
        for said in told:
            assert sum(what == "came" for what, _ in said) == 10
            assert {which for what, which in said if what == "refused"} == {"actions.take.full"}
        took = [which for said in told for what, which in said if what == "took"]
        assert len(set(took)) == CAPACITY
        numbers = [number for kiosk in kiosks for number in spent_numbers(kiosk)]
        assert sorted(numbers) == list(range(1, CAPACITY + 1))

        for kiosk in kiosks:
            beat(kiosk)
            assert pending(kiosk) > 0
        town.start_bureau()
        for _ in range(2):
            for kiosk in kiosks:
                beat(kiosk)
                assert pending(kiosk) == 0
        known = town.counts()
        assert (known["placements"], known["check_ins"], known["workers"]) == (CAPACITY, 20, 20)
        assert known["dead_letters"] == 0
        assert set(town.slips()) == set(took)
        town.assert_sound()
