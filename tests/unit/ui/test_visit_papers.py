"""Whoever holds a card of any kind goes the whole way; whoever has none is looked after all the same."""

from __future__ import annotations

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.call_help import answer_help
from kiosk.domain.cards import CardKind
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import HelpAnswered
from kiosk.ui.journeys import Step
from kiosk.ui.views.card_troubles import TROUBLES, USUAL
from tests.halls import CLERK
from tests.unit.ui.visit_rig import VisitRig

CHILD = "an"


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def of_kind(rig: VisitRig, kind: CardKind) -> str:
    """Return a grown-up of the sample who holds such a card."""
    return next(
        key for key, person in rig.kiosk.people.items() if person.card.kind is kind and not person.refused_by
    )


@pytest.mark.parametrize("kind", list(CardKind))
def test_a_card_of_any_kind_leads_to_a_slip_and_is_known_the_next_time(rig: VisitRig, kind: CardKind) -> None:
    key = of_kind(rig, kind)
    rig.come(key)
    assert at(rig) is Step.GREETING
    rig.visit.open_job(rig.visit.session.fitting[0].line.job.id)
    for _ in range(2):
        rig.visit.go()
    assert at(rig) is Step.PRINTING
    rig.lift()
    rig.visit.end()
    rig.lay(key)
    assert at(rig) is Step.GREETING, "known, and asked nothing again"


def test_a_child_is_sent_home_kindly_and_named_nowhere(rig: VisitRig) -> None:
    rig.lay(CHILD)
    assert (rig.visit.step, rig.holder) == (Step.TURNED_AWAY, None)
    assert rig.visit.session.sentence == Sentence("ui.turned_away.too_young")
    rig.lift()
    assert at(rig) is Step.HOME


def test_work_can_be_looked_at_without_a_card_and_nothing_is_written(rig: VisitRig) -> None:
    rig.visit.show_all()
    rig.visit.browse(BoardQuery(with_coach_only=True))
    rig.open("miao")
    assert at(rig) is Step.DETAIL
    rig.visit.back()
    rig.visit.back()
    assert at(rig) is Step.HOME
    assert rig.kiosk.opened.sync_book.outgoing(10).head == 0


@pytest.mark.parametrize("key", [*TROUBLES, "devices.reader.of_tomorrow"])
def test_whoevers_card_is_not_read_is_shown_a_picture_and_a_way_out(rig: VisitRig, key: str) -> None:
    rig.visit.card_sensed()
    rig.visit.card_unreadable(Sentence(key))
    assert at(rig) is Step.UNREADABLE
    trouble = TROUBLES.get(key, USUAL)
    assert trouble.picture
    rig.visit.call_help()
    assert rig.visit.session.help_called_at is not None
    rig.visit.go()
    assert at(rig) is Step.HOME


@pytest.mark.parametrize("waits_s", [0, 95, 4000])
def test_how_long_somebody_waited_for_help_is_kept(rig: VisitRig, waits_s: int) -> None:
    rig.come("miao")
    rig.visit.call_help()
    with rig.kiosk.hall.store.reading() as records:
        [call] = records.desk.open_calls()
    rig.kiosk.clock.pass_time(waits_s)
    answer_help(rig.kiosk.hall, call.id, CLERK)
    entries = [entry.parsed() for entry in rig.kiosk.opened.sync_book.outgoing(100).events]
    [answered] = [body for body in entries if isinstance(body, HelpAnswered)]
    assert (answered.call, answered.waited_s) == (call.id, waits_s)
