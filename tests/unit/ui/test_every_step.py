"""What can come between at every page: time, back, home, help, a lifted card, paper that ends, the light."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.print_slip import recover_slips
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.domain.ids import SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.ui.journeys import AFTER_NEWS, LESSON_STEPS, RULES, Step
from kiosk.ui.sessions import open_places
from tests.halls import open_sample_kiosk
from tests.unit.ui.pupils import PUPIL
from tests.unit.ui.visit_rig import VisitRig, rig_of, set_up
from tests.unit.ui.ways import WAYS

SOMEBODY = "miao"


def person_at(step: Step) -> str:
    """Return who may come to a page: one who lacks a class, or anybody."""
    return PUPIL if step in LESSON_STEPS else SOMEBODY


TAUGHT_TOGETHER = {Step.GROUP_JOIN, Step.GROUP_ROLL}
"""Pages that belong to nobody; who comes to them is known to the hall."""

OVER = {Step.ASK_PAY, Step.GIVEN_BACK}
"""Pages behind which the place that was taken is held no more."""

every_step = pytest.mark.parametrize("step", list(Step))


def test_every_page_has_a_way() -> None:
    assert set(WAYS) == set(Step)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    rig = set_up(tmp_path / "hall")
    yield rig
    rig.close()


def stand_at(rig: VisitRig, step: Step) -> None:
    WAYS[step](rig, person_at(step))
    assert rig.visit.step is step


def ends_of(rig: VisitRig, step: Step) -> set[Step]:
    """Return where leaving a page may lead: to the reminder of a card that lies there, or home."""
    is_reminded = rig.holder is not None and rig.visit.is_card_on_reader and step is not Step.GOODBYE
    return {Step.GOODBYE} if is_reminded else {Step.HOME}


@every_step
def test_time_and_home_end_a_page_as_its_rule_says(rig: VisitRig, step: Step) -> None:
    rule = RULES[step]
    stand_at(rig, step)
    ends = ends_of(rig, step)
    rig.visit.home()
    assert {rig.visit.step} == (ends if rule.has_home else {step})
    if not rule.has_home:
        if rule.timeout_s is None:
            return
        rig.wait(rule.timeout_s)
        assert {rig.visit.step} == (ends if rule.after is Step.HOME else {rule.after})
    rig.lift()
    rig.visit.end()
    assert rig.holder is None
    assert rig.visit.step is Step.HOME


@every_step
def test_back_leads_back_where_the_bar_offers_it_and_help_nowhere(rig: VisitRig, step: Step) -> None:
    stand_at(rig, step)
    who = rig.holder
    rig.visit.call_help()
    assert rig.visit.step is step
    assert rig.visit.session.help_called_at is not None
    with rig.kiosk.hall.store.reading() as records:
        [call] = records.desk.open_calls()
    assert call.screen == step
    rig.visit.back()
    assert (rig.visit.step is step) is not RULES[step].has_back
    assert rig.holder == who


@every_step
def test_a_lifted_card_takes_no_page_away_and_time_does(rig: VisitRig, step: Step) -> None:
    """Broken by time that ends only pages without a way home; good-bye alone ends sooner without its card."""
    stand_at(rig, step)
    who, given = rig.holder, RULES[step].timeout_s
    rig.lift()
    stays = Step.HOME if step in {Step.READING, Step.TURNED_AWAY} else step
    assert rig.visit.step is stays
    assert rig.holder == who
    if stays is step and given is not None:
        rig.wait(given - 1)
        assert rig.visit.step is (Step.HOME if step is Step.GOODBYE else step)
        rig.wait(1)
        assert rig.visit.step is RULES[step].after
    assert rig.visit.step is not Step.HOME or rig.holder is None


@every_step
def test_paper_that_ends_is_told_to_whom_it_is_for(rig: VisitRig, step: Step) -> None:
    stand_at(rig, step)
    taken = rig.visit.session.placement
    slip = taken.slip if taken else SlipNumber("PG-NZ-0918-01-0999")
    rig.visit.hear_printer(PrintNews(slip, PrintStage.WAITING_FOR_PAPER, 0.4))
    leads = AFTER_NEWS.get((step, PrintStage.WAITING_FOR_PAPER), step)
    assert rig.visit.step is (leads if taken else step)


def is_of(rig: VisitRig, slip: SlipNumber) -> bool:
    """Return whether a slip is of whoever the visit knows; of a team each has his own."""
    met = rig.visit.session.recognition
    with rig.kiosk.hall.store.reading() as records:
        taken = records.placements.by_slip(slip)
    assert taken is not None
    return met is None or taken.worker == met.worker


@every_step
def test_behind_a_power_cut_nobody_is_there_and_every_place_is(
    rig: VisitRig, tmp_path: Path, step: Step
) -> None:
    stand_at(rig, step)
    is_known = rig.visit.session.arrival is not None or step in TAUGHT_TOGETHER
    sent = rig.printer.submitted[:]
    taken = [slip for slip in sent if is_of(rig, slip)]
    kiosk = rig.kiosk
    kiosk.opened.close()
    again = rig_of(open_sample_kiosk(tmp_path / "hall", kiosk.clock, is_new=False, first_id=1000))
    rig.kiosk = again.kiosk
    torn = recover_slips(again.kiosk.hall)
    assert (again.visit.step, again.holder) == (Step.HOME, None)
    again.lay(person_at(step))
    arrived = Step.ASK_PAY if step is Step.ASK_PAY else Step.GREETING
    assert (again.visit.step is arrived) is (is_known or bool(taken))
    places = open_places(again.kiosk.hall, again.visit.session)
    assert [place.slip.number for place in places] == ([] if step in OVER else taken)
    with again.kiosk.hall.store.reading() as records:
        states = {number: slip.state for number in sent if (slip := records.slips.by_number(number))}
    assert all(states[number] is SlipState.UNCERTAIN for number in torn)
    assert SlipState.SENDING not in states.values()
