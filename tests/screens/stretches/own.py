"""What is asked of somebody and kept of him: pay, own data, a newer notice."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.recognise import recognise
from tests.notices import tell_notice
from tests.screens.tour import Tour


def payday(tour: Tour) -> Iterator[str]:
    """Come back when the money of the first visit's job is due, and say that nothing came."""
    tour.screen.visit.end()
    met = recognise(tour.stage.kiosk.hall, tour.grown_up().card)
    with tour.stage.kiosk.hall.store.reading() as records:
        [taken] = records.placements.open_of(met.worker)
    assert taken.pay_due_at is not None
    tour.stage.kiosk.clock.pass_time((taken.pay_due_at - tour.stage.kiosk.hall.now()).total_seconds())
    tour.wait(1)  # at the first screen, which waits for ever
    tour.lay_card(tour.grown_up())
    yield "ask_pay"
    tour.tap("answer.2")
    yield "ask_pay_chosen"
    tour.tap("go")
    yield "greeting_after_payday"
    tour.lift_card()


def own_data(tour: Tour) -> Iterator[str]:
    """Look at what is known of oneself, change it, restrict its use, and have all of it erased."""
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    tour.tap("own")
    yield "own_data"
    tour.tap("mine.phone")
    yield "own_phone"
    for digit in "13900001235":
        tour.tap(f"key.{digit}")
    tour.tap("go")
    tour.tap("mine.trades")
    tour.tap("answer.1")
    yield "own_trades"
    tour.tap("go")
    yield "own_span"
    tour.tap("secondary")
    yield "own_data_changed"
    tour.tap("mine.use")
    yield "own_restrict"
    tour.tap("go")
    yield "own_data_restricted"
    tour.tap("mine.use")
    tour.tap("mine.erase")
    yield "own_erase"
    tour.tap("answer.0")
    tour.tap("go")
    yield "own_data_without_consent"
    tour.tap("mine.erase")
    tour.tap("answer.1")
    yield "own_erase_all"
    tour.tap("go")
    yield "own_erased"
    tour.tap("go")
    tour.lift_card()


def newer_notice(tour: Tour) -> Iterator[str]:
    """Come back when the bureau has changed the notice and says what is new in it."""
    person = list(tour.people.values())[5]
    tell_notice(tour.stage.kiosk, 2, "新添：发钱日过了，问一句到手没")
    tour.lay_card(person)
    yield "notice_newer"
    tour.tap("secondary")
    yield "notice_newer_refused"
    tour.lift_card()
