"""Whatever the network does to requests, each entry is applied once and in order."""

from __future__ import annotations

import shutil
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.bureau.counting import counts
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import office
from kiosk.messages.sync import SyncRequest
from tests.unit.bureau.rehearsal import (
    HandClock,
    Machine,
    checked_in,
    new_machine,
    number_of,
    registered,
    say,
)

STEPS = st.lists(
    st.tuples(st.sampled_from(["happen", "speak", "arrive", "arrive"]), st.integers(0, 1), st.integers(0, 9)),
    min_size=5,
    max_size=25,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_loss_delay_or_doubling_of_requests_leaves_each_entry_applied_once(
    fresh_bureau: Path, steps: list[tuple[str, int, int]]
) -> None:
    """Breaks when `ingesting.judge` returns `Fresh(request.events)` without trimming what is known."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(fresh_bureau, Path(place) / "bureau"))
        with office(folder, HandClock()) as bureau:
            machines = [new_machine(bureau, folder, no=no) for no in (1, 2)]
            on_the_way: list[list[SyncRequest]] = [[], []]
            people = count(1)
            for machine in machines:
                somebody_comes(machine, next(people))
            for what, who, choice in steps:
                machine, sent = machines[who], on_the_way[who]
                if what == "happen":
                    somebody_comes(machine, next(people))
                elif what == "speak":
                    sent.append(machine.request(count=1 + choice % 4))
                elif sent:
                    # The same request may arrive now, later, again, or never.
                    machine.hear(say(bureau, machine, sent[choice % len(sent)]))
            for machine, sent in zip(machines, on_the_way, strict=True):
                machine.hear(say(bureau, machine, machine.request(first=1)))
                assert machine.acked == len(machine.journal)
                for late in sent:
                    assert say(bureau, machine, late).acked == len(machine.journal)
        came = next(people) - 1
        counted = counts(folder)
        assert (counted["events"], counted["check_ins"], counted["workers"]) == (2 * came, came, came)
        assert counted["dead_letters"] == 0
        assert check_invariants(folder) == []


def somebody_comes(machine: Machine, number: int) -> None:
    machine.do(registered(f"w{number}", number_of(number)))
    machine.do(checked_in(f"w{number}", f"c{number}"))


@pytest.mark.parametrize("page", [1, 500])
def test_a_long_backlog_goes_up_page_by_page(fresh_bureau: Path, tmp_path: Path, page: int) -> None:
    folder = Path(shutil.copytree(fresh_bureau, tmp_path / "bureau"))
    with office(folder, HandClock()) as bureau:
        machine = new_machine(bureau, folder)
        for number in range(1, 6):
            machine.do(registered(f"w{number}", number_of(number)))
        while machine.acked < len(machine.journal):
            machine.hear(say(bureau, machine, machine.request(count=page)))
    assert counts(folder)["workers"] == 5
