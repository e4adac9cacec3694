"""A notice that changed is read again before anything goes on, by whoever said yes to the one before."""

from __future__ import annotations

import pytest

from kiosk.actions.recognise import Acquaintance
from kiosk.ui.journeys import Step
from tests.capsules import tell_capsule
from tests.notices import tell_notice
from tests.unit.ui.visit_rig import VisitRig

SOMEBODY, STRANGER = "miao", "tian"


@pytest.fixture
def changed(rig: VisitRig) -> VisitRig:
    """Somebody came yesterday; today another notice is in force."""
    rig.come(SOMEBODY)
    rig.lift()
    rig.visit.end()
    rig.kiosk.clock.pass_time(24 * 3600)
    rig.wait(1)
    tell_notice(rig.kiosk, 2)
    return rig


def entries(rig: VisitRig) -> list[str]:
    """Return the types of all entries of the journal."""
    return [entry.type for entry in rig.kiosk.opened.sync_book.outgoing(100).events]


def test_a_yes_to_the_newer_notice_is_kept_and_asks_no_first_questions(changed: VisitRig) -> None:
    changed.lay(SOMEBODY)
    met = changed.visit.session.recognition
    assert (changed.visit.step, met and met.acquaintance) == (Step.NOTICE, Acquaintance.NEWER_NOTICE)
    assert changed.visit.session.arrival is None, "nobody is checked in before the yes"
    changed.visit.go()
    assert changed.visit.step is Step.GREETING
    assert entries(changed)[-2:] == ["worker_registered", "checked_in"]
    changed.lift()
    changed.visit.end()
    changed.lay(SOMEBODY)
    assert changed.visit.step is Step.GREETING


def test_a_no_to_the_newer_notice_wipes_the_visit_and_leaves_a_count(changed: VisitRig) -> None:
    before = entries(changed)
    changed.lay(SOMEBODY)
    changed.visit.refuse_notice()
    assert (changed.visit.step, changed.holder) == (Step.TURNED_AWAY, None)
    assert entries(changed) == [*before, "counts_changed"]
    changed.lift()
    changed.lay(SOMEBODY)
    assert changed.visit.step is Step.NOTICE, "a no is not held against anybody, and is asked again"


def test_whoever_said_yes_to_it_at_another_kiosk_is_not_asked_again(changed: VisitRig) -> None:
    tell_capsule(changed.kiosk, changed.kiosk.people[STRANGER].card, 50_000, notice_version=2)
    changed.lay(STRANGER)
    assert changed.visit.step is Step.GREETING


def test_whoever_said_yes_to_an_earlier_one_elsewhere_is_asked_here(changed: VisitRig) -> None:
    tell_capsule(changed.kiosk, changed.kiosk.people[STRANGER].card, 50_000, notice_version=1)
    changed.lay(STRANGER)
    assert changed.visit.step is Step.NOTICE
