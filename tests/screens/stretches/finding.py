"""Looking at work without a card: the board, its keys, the line, the days, the letters; and codes."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.printing import PaperState
from kiosk.domain.sentences import Sentence
from kiosk.ui.views.card_troubles import TROUBLES
from tests.screens.scanned_codes import scanned_codes
from tests.screens.tour import Tour, settle
from tests.unit.actions.lines import full_job


def browsing(tour: Tour) -> Iterator[str]:
    """Look at work without a card."""
    settle()
    yield "home"
    tour.stage.printer.state = PaperState.OUT
    tour.screen.look_again()
    settle()
    yield "home_no_paper"
    tour.stage.printer.state = PaperState.READY
    tour.tap("go")
    yield "lay_card"
    tour.screen.visit.card_sensed()
    settle()
    yield "reading"
    for key in TROUBLES:
        tour.screen.visit.card_unreadable(Sentence(key))
        settle()
        yield f"unreadable_{key.rsplit('.', 1)[1]}"
    tour.tap("go")
    tour.tap("family.0")
    yield "board_family"
    tour.tap("page.down")
    yield "board_second_page"
    tour.tap("chip.same_day")
    tour.tap("chip.coach")
    tour.tap("chip.day")
    yield "days"
    tour.tap("day.0")
    yield "days_chosen"
    tour.tap("go")
    yield "board_filtered"
    tour.tap("chip.line")
    yield "line_filtered"
    tour.tap("secondary")
    tour.tap("bar.home")


def places_and_trades(tour: Tour) -> Iterator[str]:
    """Look for work on the line, by trades, and by letters."""
    tour.screen.visit.show_all()
    settle()
    yield "board_all"
    tour.tap("chip.line")
    yield "line"
    tour.tap("stop.1")
    yield "line_chosen"
    tour.tap("station.1")
    yield "line_of_another_station"
    tour.tap("stop.0")
    tour.tap("go")
    yield "board_stop"
    tour.tap("bar.home")
    tour.tap("family.0")
    tour.tap("chip.trades")
    tour.tap("answer.0")
    tour.tap("answer.2")
    yield "trades"
    for family in range(1, 6):
        tour.tap(f"family.{family}")
        yield f"trades_{family}"
    tour.tap("picture")
    yield "pinyin"
    tour.tap("letter.Z")
    tour.tap("hit.1")
    yield "pinyin_found"
    tour.tap("go")
    yield "board_trade"
    tour.tap("bar.home")


def full_jobs(tour: Tour) -> Iterator[str]:
    """Turn the key of orders to what is full, look at such a job, and at the one that stands for it."""
    full_job(tour.stage.kiosk)
    tour.screen.visit.show_all()
    tour.tap("chip.order")
    while not tour.screen.visit.session.query.is_full:
        tour.tap("chip.order")
    yield "board_full"
    tour.tap("go")
    yield "detail_full"
    tour.tap("secondary")
    yield "detail_instead"
    tour.tap("bar.home")


def scans(tour: Tour) -> Iterator[str]:
    """Hold codes before the scanner: ours of every kind, and other people's."""
    for name, reading in scanned_codes(tour.stage.kiosk.hall.today()).items():
        tour.screen.visit.show_scan(reading)
        settle()
        yield f"scanned_{name}"
    tour.screen.visit.scan_failed(Sentence("devices.scanner.nearer"))
    settle()
    yield "scanned_nothing"
    tour.tap("go")
