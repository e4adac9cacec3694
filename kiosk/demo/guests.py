"""Who comes on the demo's morning, in order: half before the bureau goes away, half while it is gone."""

from __future__ import annotations

from pathlib import Path

from kiosk.demo.morning import Guest
from kiosk.sample.loader import sample_rows
from kiosk.sample.people import sample_people
from kiosk.system_clock import SystemClock

_CASTS = (
    ("miao", "su", "huo", "an", "qiu", "abdu", "bai", "zhuan", "pei", "feng"),
    ("tian", "guo", "jia", "ning", "lu", "yang", "hong", "jin", "duan", "wen"),
    ("lin", "dao", "zang", "tao", "gong", "ma", "gao", "kong", "ye", "yugu"),
)
"""Each morning has first visits, rare characters, papers known by capsule, refusals of several rules.

A run that carries on with kept data brings the next cast, because the one before has work already.
"""
_FRIENDS = ("bai", "hong", "gao")
"""Whom the last of each morning takes along: somebody who had found nothing."""
_TEAM_JOB = "j49"
"""By coach, open to whoever is grown up, of any age."""
_RUNS_FILE = "runs"


def guests_of_the_morning(home: Path) -> list[Guest]:
    """Return the guests of this run with the job each goes for, and count the run."""
    counted = home / _RUNS_FILE
    earlier = int(counted.read_text(encoding="ascii")) if counted.exists() else 0
    counted.write_text(str(earlier + 1), encoding="ascii")
    day = sample_rows(SystemClock().now()).day
    people = {person.key: person for person in sample_people(day)}
    (*cast, leader), friend = _CASTS[earlier % len(_CASTS)], _FRIENDS[earlier % len(_FRIENDS)]
    alone = [Guest(people[key], people[key].takes or people[key].tries) for key in cast]
    return [*alone, Guest(people[leader], f"{_TEAM_JOB}-{day:%m%d}", people[friend])]
