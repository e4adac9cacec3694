"""A round of sync costs tomorrow what it costs today, and so does a kiosk's first one, on any day."""

from __future__ import annotations

from pathlib import Path

from tests.faults.weeks import IDLE_ROUND, VISIT_ROUND, a_city

DAYS = 4


def test_what_is_over_is_told_neither_in_every_round_nor_to_a_new_kiosk(tmp_path: Path) -> None:
    with a_city(tmp_path, kiosks=2) as city:
        for day in range(DAYS):
            city.play(day, visits=1)
        assert city.taken > 0
        for kind in (VISIT_ROUND, IDLE_ROUND):
            first, before, after = (city.medians(kind)[day] for day in range(DAYS - 3, DAYS))
            assert 0 < after.rights_told <= before.rights_told * 1.05
            assert after.bytes_up <= before.bytes_up * 1.1
            # Over two days: in one round of many a page of an index is split, which costs some 4 % for once.
            assert after.bureau_steps <= first.bureau_steps * 1.06
            assert after.kiosk_steps <= before.kiosk_steps * 1.04
        assert city.snapshots[DAYS - 1] <= city.snapshots[DAYS - 2] * 1.05
