"""What people say about the use of what they allowed: the later word holds, and every kiosk hears it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.bureau.offices import Office
from kiosk.bureau.rebuilding import rebuild
from kiosk.messages.events import UseRestricted
from kiosk.messages.feed import CapsuleContent
from kiosk.messages.personal import Kind
from tests.unit.bureau.rehearsal import HandClock, Machine, new_machine, number_of, pulse, registered
from tests.unit.bureau.test_erasing import BOTH, ask, capsule, hear, machine
from tests.unit.bureau.test_sealed_log import ANNA
from tests.unit.bureau.test_wishes import wish

__all__ = ["machine"]


def word(step: int, *, is_restricted: bool, worker: str = "w1", epoch: int = 0) -> UseRestricted:
    return UseRestricted(worker=worker, is_restricted=is_restricted, step=step, epoch=epoch, method="card")


def known(bureau: Office) -> CapsuleContent:
    found = capsule(bureau)
    assert found is not None
    return found


def test_every_kiosk_hears_that_use_is_restricted_and_what_was_said_is_kept(
    bureau: Office, machine: Machine
) -> None:
    before = known(bureau)
    assert (before.is_restricted, before.restriction_step) == (False, 0)
    machine.do(word(1, is_restricted=True))
    pulse(bureau, machine)
    told = known(bureau)
    assert (told.is_restricted, told.restriction_step) == (True, 1)
    assert (told.phone, told.trades) == (before.phone, before.trades)
    machine.do(word(2, is_restricted=False))
    pulse(bureau, machine)
    assert (known(bureau).is_restricted, known(bureau).restriction_step) == (False, 2)


@pytest.mark.parametrize("first_is_late", [False, True])
def test_of_two_words_said_in_the_dark_the_one_that_restricts_holds(
    bureau: Office, folder: Path, machine: Machine, *, first_is_late: bool
) -> None:
    """Broken by believing whichever comes last."""
    machine.do(word(1, is_restricted=True))
    pulse(bureau, machine)
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w1", ANNA))
    machine.do(word(2, is_restricted=False))
    other.do(word(2, is_restricted=True))
    for each in (other, machine) if first_is_late else (machine, other):
        pulse(bureau, each)
    assert known(bureau).is_restricted
    rebuild(folder)
    assert known(bureau).is_restricted


def test_a_word_that_comes_late_changes_nothing(bureau: Office, folder: Path, machine: Machine) -> None:
    other = new_machine(bureau, folder, no=2)
    other.do(registered("w1", ANNA))
    other.do(word(1, is_restricted=True))
    machine.do(word(2, is_restricted=False))
    for each in (machine, other):
        pulse(bureau, each)
    assert not known(bureau).is_restricted


@pytest.mark.parametrize("is_asked_at_the_bureau", [False, True])
def test_whoever_had_everything_erased_is_not_restricted_when_he_comes_again(
    bureau: Office, folder: Path, machine: Machine, *, is_asked_at_the_bureau: bool
) -> None:
    """Broken by ending it only where a kiosk tells the wish, and not in a rebuild either."""
    machine.do(word(1, is_restricted=True))
    if not is_asked_at_the_bureau:
        machine.do(wish("statutory"))
    pulse(bureau, machine)
    if is_asked_at_the_bureau:
        ask(bureau, BOTH)
    hear(machine, bureau)
    machine.do(registered("w1", ANNA))
    pulse(bureau, machine)
    assert (known(bureau).is_restricted, known(bureau).restriction_step) == (False, 0)
    rebuild(folder)
    assert not known(bureau).is_restricted


def test_what_was_said_since_an_erasure_holds_whatever_is_heard_or_done_of_before(
    bureau: Office, folder: Path, machine: Machine, clock: HandClock
) -> None:
    """Broken by a dark kiosk's wish that comes late, and by law's day: both are about what was before."""
    dark = new_machine(bureau, folder, no=2)
    dark.do(registered("w1", ANNA))
    pulse(bureau, dark)
    for body in (word(1, is_restricted=True), word(2, is_restricted=False), wish("statutory")):
        dark.do(body)
    machine.do(wish("statutory"))
    machine.epochs.update({("w1", kind): 1 for kind in Kind})
    machine.do(registered("w1", ANNA))
    machine.do(word(1, is_restricted=True, epoch=1))
    pulse(bureau, machine)
    assert known(bureau).is_restricted
    pulse(bureau, dark)
    assert known(bureau).is_restricted
    clock.instant += timedelta(days=15)
    assert known(bureau).is_restricted
    rebuild(folder)
    assert known(bureau).is_restricted


def test_a_word_of_somebody_unknown_is_put_aside(bureau: Office, machine: Machine) -> None:
    machine.do(registered("w2", number_of(2)))
    machine.do(word(1, is_restricted=True, worker="nobody"))
    assert [item.reason for item in pulse(bureau, machine).refusals] == ["bureau.refused.unknown_worker"]
