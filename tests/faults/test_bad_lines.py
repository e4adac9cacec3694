"""The line itself: each of its mishaps happens, and a kiosk that talks on through them loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.bureau.counting import counts
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import office
from kiosk.codes import load_dictionaries
from kiosk.messages.packing import Packing
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, HttpBureau
from tests.faults.bad_lines import BadLine, Mishap, a_bad_line
from tests.unit.bureau.rehearsal import HandClock, Machine, checked_in, new_machine, on_the_wire, registered

MOST_TRIES = 400


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def machine(folder: Path) -> Machine:
    with office(folder, HandClock()) as bureau:
        return new_machine(bureau, folder)


@pytest.fixture
def line(folder: Path) -> Iterator[BadLine]:
    with on_the_wire(folder, HandClock()) as client:
        port = client.base_url.port
        assert port is not None
        with a_bad_line(folder, port, seed=20261122, share=0.7) as made:
            yield made


def speak(bureau: HttpBureau, machine: Machine) -> bool:
    """Do one round; return whether an answer came that a kiosk believes."""
    try:
        reply = bureau.sync(machine.request(), machine.key)
    except (BureauUnreachableError, BureauRefusedError):
        return False
    machine.hello = reply.hello or machine.hello
    machine.hear(reply)
    return not reply.hello


def test_every_mishap_happens_and_each_entry_arrives_once_all_the_same(
    line: BadLine, machine: Machine, folder: Path
) -> None:
    machine.do(registered("w-1"))
    heard = tries = 0
    with HttpBureau(line.url, folder / "ca.pem", Packing(load_dictionaries())) as bureau:
        while (set(line.mishaps) != set(Mishap) or not line.cuts) and tries < MOST_TRIES:
            machine.do(checked_in("w-1", f"c-{tries}"))
            heard += speak(bureau, machine)
            tries += 1
        assert set(line.mishaps) == set(Mishap)
        assert line.cuts
        assert 0 < heard < tries, "some rounds went well, and some did not"
        line.mend()
        assert speak(bureau, machine)
        assert speak(bureau, machine)
    assert machine.acked == len(machine.journal) == counts(folder)["events"]
    assert counts(folder)["dead_letters"] == 0
    assert check_invariants(folder) == []
