"""My data at the kiosk: looked at, corrected, taken back, erased; and nothing of it left for the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.actions.printing import PrintStage
from kiosk.actions.verify_hardship import verify_hardship
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.ui import reception
from kiosk.ui.journeys import Step
from tests.unit.actions.lines import STAFF
from tests.unit.ui.visit_rig import VisitRig

FIRST, SECOND = "miao", "tian"
HARDSHIP = HeldHardship(Hardship.LOW_INCOME, None)
ANSWERS = FirstAnswers("13900000001", ("pick_fruit", "masonry"), WorkSpan.DAY)


@pytest.fixture
def at_home(rig: VisitRig) -> VisitRig:
    """Somebody who has answered every question looks at what is known of him."""
    rig.lay(FIRST)
    rig.visit.go()
    rig.visit.answer_phone(ANSWERS.phone)
    rig.visit.answer_trades(ANSWERS.trades)
    rig.visit.answer_span(ANSWERS.span)
    rig.visit.own.look()
    return rig


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def known(rig: VisitRig) -> FirstAnswers:
    """Return the answers that the page shows."""
    own = rig.visit.session.own
    assert own is not None
    return own.answers


def entries(rig: VisitRig) -> list[str]:
    """Return the types of all entries of the journal."""
    return [entry.type for entry in rig.kiosk.opened.sync_book.outgoing(100).events]


def test_what_is_known_is_shown_and_leads_back_to_the_greeting(at_home: VisitRig) -> None:
    assert (at(at_home), known(at_home)) == (Step.OWN_DATA, ANSWERS)
    at_home.visit.back()
    assert at(at_home) is Step.GREETING
    at_home.visit.own.look()
    at_home.visit.go()
    assert at(at_home) is Step.GREETING


def test_another_number_is_kept_and_shown(at_home: VisitRig) -> None:
    at_home.visit.own.change_phone()
    assert at(at_home) is Step.OWN_PHONE
    at_home.visit.answer_phone("13900000002")
    assert at(at_home) is Step.OWN_DATA
    assert known(at_home) == FirstAnswers("13900000002", ANSWERS.trades, ANSWERS.span)


def test_a_number_that_is_removed_is_erased_and_the_rest_given_anew(at_home: VisitRig) -> None:
    at_home.visit.own.change_phone()
    at_home.visit.answer_phone(None)
    assert known(at_home) == FirstAnswers(None, ANSWERS.trades, ANSWERS.span)
    assert entries(at_home)[-2:] == ["erasure_asked", "first_answers_given"]


def test_a_number_that_is_removed_takes_no_hardship_with_it(at_home: VisitRig) -> None:
    """Broken by giving anew nothing but answers: one key seals both, and nobody took the hardship back."""
    hall, met = at_home.kiosk.hall, reception.person_of(at_home.visit.session)
    gone = HeldHardship(Hardship.LONG_WAIT, hall.today() - timedelta(days=1))
    for held in (HARDSHIP, gone):
        verify_hardship(hall, met.worker, held, STAFF)
    at_home.visit.own.change_phone()
    at_home.visit.answer_phone(None)
    with hall.store.reading() as records:
        assert records.proofs.hardships(met.worker) == (HARDSHIP,)
    assert entries(at_home)[-3:] == ["erasure_asked", "first_answers_given", "hardship_verified"]


def test_a_number_that_was_never_given_takes_nothing_with_it(at_home: VisitRig) -> None:
    for _ in range(2):
        at_home.visit.own.change_phone()
        at_home.visit.answer_phone(None)
    assert known(at_home) == FirstAnswers(None, ANSWERS.trades, ANSWERS.span)
    assert entries(at_home).count("erasure_asked") == 1


@pytest.mark.parametrize(("span", "kept"), [(None, WorkSpan.DAY), (WorkSpan.LONG, WorkSpan.LONG)])
def test_other_trades_are_kept_and_the_kind_of_work_too_if_it_is_not_said_again(
    at_home: VisitRig, span: WorkSpan | None, kept: WorkSpan
) -> None:
    at_home.visit.own.change_trades()
    at_home.visit.answer_trades(("cook",))
    assert at(at_home) is Step.OWN_SPAN
    at_home.visit.answer_span(span)
    assert known(at_home) == FirstAnswers(ANSWERS.phone, ("cook",), kept)


def test_trades_that_are_taken_back_are_erased_and_the_number_given_anew(at_home: VisitRig) -> None:
    at_home.visit.own.change_trades()
    at_home.visit.answer_trades(())
    at_home.visit.answer_span(None)
    assert known(at_home) == FirstAnswers(ANSWERS.phone, (), ANSWERS.span)
    assert entries(at_home)[-2:] == ["erasure_asked", "first_answers_given"]


def test_use_is_restricted_behind_a_page_that_tells_what_stops_and_allowed_again_by_one_touch(
    at_home: VisitRig,
) -> None:
    own = at_home.visit.own
    own.consider_restricting()
    assert at(at_home) is Step.OWN_RESTRICT
    assert not is_set_aside(at_home), "nothing before the yellow plate"
    own.restrict()
    assert (at(at_home), is_set_aside(at_home), known(at_home)) == (Step.OWN_DATA, True, ANSWERS)
    own.consider_restricting()
    assert (at(at_home), is_set_aside(at_home), known(at_home)) == (Step.OWN_DATA, False, ANSWERS)
    assert entries(at_home)[-2:] == ["use_restricted", "use_restricted"]


def is_set_aside(rig: VisitRig) -> bool:
    """Return whether the page says that what is known is not used."""
    own = rig.visit.session.own
    assert own is not None
    return own.is_restricted


def test_going_back_changes_nothing(at_home: VisitRig) -> None:
    before = entries(at_home)
    at_home.visit.own.change_trades()
    at_home.visit.answer_trades(("cook",))
    at_home.visit.back()
    at_home.visit.back()
    assert (at(at_home), known(at_home)) == (Step.OWN_DATA, ANSWERS)
    at_home.visit.own.consider_erasing()
    at_home.visit.back()
    assert (at(at_home), entries(at_home)) == (Step.OWN_DATA, before)


def test_consent_that_is_taken_back_leaves_nothing_of_what_it_allowed(at_home: VisitRig) -> None:
    at_home.visit.own.consider_erasing()
    at_home.visit.own.take_consent_back()
    assert (at(at_home), known(at_home)) == (Step.OWN_DATA, FirstAnswers())
    at_home.visit.go()
    assert at(at_home) is Step.GREETING, "work is found without it"


def test_whoever_has_all_erased_is_met_as_somebody_new_and_keeps_the_place(rig: VisitRig) -> None:
    slip = rig.take(FIRST)
    rig.tell(PrintStage.PRINTED)
    rig.visit.end()
    rig.lay(FIRST)
    rig.visit.own.look()
    rig.visit.own.consider_erasing()
    rig.visit.own.erase_all()
    assert (at(rig), rig.holder, rig.visit.session.own) == (Step.OWN_ERASED, None, None)
    rig.visit.go()
    assert at(rig) is Step.HOME
    rig.lay(FIRST)
    assert at(rig) is Step.NOTICE
    with rig.kiosk.hall.store.reading() as records:
        assert records.placements.by_slip(slip) is not None


def test_nothing_is_erased_from_any_other_page(at_home: VisitRig) -> None:
    before = entries(at_home)
    at_home.visit.own.erase_all()
    at_home.visit.own.take_consent_back()
    at_home.visit.go()
    at_home.visit.own.change_phone()
    at_home.visit.answer_phone(None)
    at_home.visit.own.erase_all()
    assert (at(at_home), entries(at_home)) == (Step.GREETING, before)


def test_the_next_card_sees_nothing_of_it(at_home: VisitRig) -> None:
    at_home.visit.own.change_phone()
    at_home.lift()
    at_home.lay(SECOND)
    assert (at(at_home), at_home.visit.session.own) == (Step.NOTICE, None)
    at_home.visit.answer_phone("13900000003")
    assert at(at_home) is Step.NOTICE
