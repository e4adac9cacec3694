"""Finding work by real touches: by day, by stop, in one's own order, and with nothing left for the next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from kiosk.actions.board_ports import BoardQuery, JobOnBoard, Stop
from kiosk.catalogue import load
from kiosk.domain.ids import StationCode
from kiosk.ui.faces import CardFace
from kiosk.ui.journeys import Step
from kiosk.ui.views.board_model import BoardModel
from kiosk.ui.views.board_view import BoardView
from tests.screens.tour import Tour, settle
from tests.unit.actions.lines import full_job


def views(tour: Tour) -> Any:  # noqa: ANN401 (rows are Qt's, and have no type of their faces)
    return tour.screen._views


def view(tour: Tour) -> BoardView:
    return cast("BoardView", views(tour).board)


def cards(tour: Tour) -> list[CardFace]:
    model = cast("BoardModel", view(tour).jobs)
    found = [model.card(row) for row in range(model.rowCount())]
    return [card for card in found if card is not None]


def lines(tour: Tour) -> list[JobOnBoard]:
    hall = tour.stage.kiosk.hall
    with hall.store.reading() as records:
        return list(records.board.page(BoardQuery(), hall.now(), 0, 200))


def come_in(tour: Tour) -> None:
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    assert tour.screen.visit.step is Step.GREETING


def test_all_jobs_are_one_touch_from_ones_own_order_and_both_hold_every_job(tour: Tour) -> None:
    come_in(tour)
    tour.tap("secondary")
    assert not views(tour).board.isRanked
    unranked = [card.job for card in cards(tour)]
    starts = {str(line.job.id): line.job.shift.starts for line in lines(tour)}
    assert [starts[job] for job in unranked] == sorted(starts.values())
    tour.tap("chip.order")
    assert views(tour).board.isRanked
    own = cards(tour)
    assert sorted(card.job for card in own) == sorted(unranked)
    assert all(2 <= len(card.reasons) == len(card.reason_icons) <= 3 for card in own)
    tour.tap("chip.order")
    assert not views(tour).board.isRanked
    assert not any(card.reasons for card in cards(tour))


def test_a_job_that_is_refused_stays_on_the_board_and_says_so_on_its_card(tour: Tour) -> None:
    person = next(each for each in tour.people.values() if each.refused_by == "CERT-01")
    tour.lay_card(person)
    tour.answer_questions()
    tour.screen.visit.browse(BoardQuery(order="fit"))
    settle()
    (refused,) = [card for card in cards(tour) if card.job == person.tries]
    assert refused.reason_icons[0] == "ui/forbidden"
    assert refused.reasons[0] == load("zh_CN")("finding.refused.cert_01")


def test_nothing_of_somebodys_own_order_is_left_for_the_next(tour: Tour) -> None:
    """Broken by keeping the ranking when its person has gone."""
    come_in(tour)
    tour.screen.visit.browse(BoardQuery(order="fit"))
    settle()
    assert any(card.reasons for card in cards(tour))
    tour.lift_card()
    settle()
    assert cards(tour) == []
    tour.screen.visit.browse(BoardQuery(order="fit"))
    settle()
    assert not views(tour).board.isRanked
    assert not any(card.reasons for card in cards(tour))


def test_a_stop_of_the_line_leaves_the_work_of_that_place(tour: Tour) -> None:
    tour.screen.visit.show_all()
    settle()
    tour.tap("chip.line")
    assert tour.screen.visit.step is Step.LINE
    tour.tap("stop.1")
    tour.tap("go")
    stop = tour.screen.visit.session.query.stop
    assert stop is not None
    assert stop.station == StationCode("NZ")
    expected = [
        line.job.id
        for line in lines(tour)
        if (line.job.station, line.job.place.town) == (stop.station, stop.town)
    ]
    assert sorted(card.job for card in cards(tour)) == sorted(expected) != []
    tour.tap("chip.line")
    tour.tap("stop.1")
    tour.tap("go")
    assert tour.screen.visit.session.query.stop is None, "a second touch lets go of the stop"


def test_the_line_begins_nearest_and_the_next_station_counts_the_way_there(tour: Tour) -> None:
    tour.screen.visit.show_all()
    settle()
    tour.tap("chip.line")
    line = views(tour).line
    minutes = [int(face.minutes) for face in line.stops.faces]
    assert minutes == sorted(minutes)
    assert [face.station for face in line.stations.faces] == ["NZ", "YK", "DZ", "XZ"]
    tour.tap("station.2")
    nearest = min(line.job.place.travel_min for line in lines(tour) if line.job.station == StationCode("DZ"))
    assert int(line.stops.faces[0].minutes) == nearest + 20
    tour.tap("page.down")
    assert not line.begins
    tour.tap("page.up")
    assert line.begins


def test_a_day_is_chosen_by_its_number_and_a_day_without_work_cannot_be(tour: Tour) -> None:
    today = tour.stage.kiosk.hall.today()
    tour.screen.visit.browse(BoardQuery(stop=Stop(StationCode("NZ"), "南大街")))
    settle()
    tour.tap("chip.day")
    assert tour.screen.visit.step is Step.DAYS
    days = views(tour).days.days.faces
    assert [face.number for face in days] == [str((today + timedelta(days=ahead)).day) for ahead in range(6)]
    empty = next(at for at, face in enumerate(days) if not face.has_work)
    assert not tour.hands.tap(f"day.{empty}")
    full = next(at for at, face in enumerate(days) if face.has_work)
    tour.tap(f"day.{full}")
    tour.tap("go")
    assert tour.screen.visit.session.query.starting_on == today + timedelta(days=full)
    assert len(cards(tour)) == int(days[full].count)
    tour.tap("chip.day")
    tour.tap("secondary")
    assert tour.screen.visit.session.query.starting_on is None


def test_letters_are_found_from_the_trades(tour: Tour) -> None:
    tour.screen.visit.show_all()
    settle()
    tour.tap("chip.trades")
    tour.tap("picture")
    assert tour.screen.visit.step is Step.PINYIN
    for letter in "NWG":
        tour.tap(f"letter.{letter}")
    assert [face.trade for face in views(tour).pinyin.hits.faces] == ["masonry"]


def test_the_key_of_orders_leads_to_what_is_full_while_anything_is(tour: Tour) -> None:
    tour.screen.visit.show_all()
    settle()
    seen = []
    for _ in range(3):
        tour.tap("chip.order")
        seen.append(views(tour).board.order)
    assert seen == ["pay", "start", "pay"]
    full = full_job(tour.stage.kiosk)
    for _ in range(2):
        tour.tap("chip.order")
    assert (views(tour).board.order, views(tour).board.isFull) == ("full", True)
    (card,) = cards(tour)
    assert card.job == full
    tour.tap("chip.order")
    assert (views(tour).board.order, views(tour).board.isFull) == ("pay", False)


def test_from_a_full_job_one_touch_leads_to_one_of_its_trade_and_back_leads_to_the_list(tour: Tour) -> None:
    job = full_job(tour.stage.kiosk)
    tour.screen.visit.browse(BoardQuery(is_full=True, order="start"))
    settle()
    tour.tap("go")
    looked = tour.screen.visit.session.job
    assert looked is not None
    assert looked.line.job.id == job
    tour.tap("secondary")
    other = tour.screen.visit.session.job
    assert other is not None
    assert other.line.open_places > 0
    assert other.line.job.trade == looked.line.job.trade
    tour.tap("bar.back")
    assert tour.screen.visit.step is Step.BOARD
    assert views(tour).board.isFull
