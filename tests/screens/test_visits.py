"""What a person does at the screen, told as short stories and played by pointer events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF

from kiosk.actions.printing import PrintStage
from kiosk.domain.ids import JobId
from kiosk.domain.slips import SlipState
from kiosk.messages.feed import FeedRow
from kiosk.sample.people import SamplePerson
from kiosk.ui.choosing import ASKING_S
from kiosk.ui.journeys import Step
from kiosk.ui.windows import visible_items
from tests import answers
from tests.screens.conftest import SetStage
from tests.screens.staging import PORTRAIT
from tests.screens.tour import Tour, check_in, settle, shown, words_on


def test_card_to_slip_is_three_touches_of_the_yellow_plate(tour: Tour) -> None:
    check_in(tour)
    tour.lift_card()
    tour.lay_card(tour.grown_up())
    for _ in range(3):
        tour.tap("go")
    assert shown(tour) is Step.PRINTING
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    assert shown(tour) is Step.GOODBYE
    with tour.stage.kiosk.hall.store.reading() as records:
        assert [slip.state for slip in records.slips.all()] == [SlipState.PRINTED]


def test_looking_first_and_laying_the_card_later_comes_back_to_the_same_job(tour: Tour) -> None:
    settle()
    tour.tap("family.0")
    tour.tap("card.1")
    tour.tap("go")
    wanted = tour.screen.visit.session.job
    assert wanted is not None
    tour.tap("go")
    assert shown(tour) is Step.LAY_CARD
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    found = tour.screen.visit.session.job
    assert shown(tour) is Step.DETAIL
    assert found is not None
    assert found.line.job.id == wanted.line.job.id


def test_success_is_shown_only_when_the_printer_said_so(tour: Tour) -> None:
    check_in(tour)
    for _ in range(3):
        tour.tap("go")
    tour.hear_printer(PrintStage.SENDING, 0.99)
    assert shown(tour) is Step.PRINTING
    assert not tour.hands.tap("go")
    tour.hear_printer(PrintStage.UNCERTAIN)
    assert shown(tour) is Step.UNCERTAIN


def test_good_bye_sends_to_the_desk_whoever_has_no_slip(tour: Tour) -> None:
    check_in(tour)
    for _ in range(3):
        tour.tap("go")
    tour.hear_printer(PrintStage.UNCERTAIN)
    tour.tap("go")
    assert shown(tour) is Step.GOODBYE
    assert "单子到窗口拿" in words_on(tour.screen)
    tour.tap("go")
    tour.lay_card(list(tour.people.values())[5])
    tour.answer_questions()
    for _ in range(3):
        tour.tap("go")
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    assert shown(tour) is Step.GOODBYE
    assert "单子到窗口拿" not in words_on(tour.screen)


def test_nothing_of_one_person_is_shown_to_the_next(tour: Tour) -> None:
    people = [person for person in tour.people.values() if person.takes][:2]
    first, second = people
    tour.lay_card(first)
    tour.answer_questions()
    name = tour.screen.visit.session.recognition
    assert name is not None
    first_sign = words_on(tour.screen).splitlines()[1]
    for _ in range(3):
        tour.tap("go")
    number = tour.stage.printer.submitted[-1]
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    tour.tap("go")
    assert number not in words_on(tour.screen)
    tour.lay_card(second)
    glass = words_on(tour.screen)
    assert first.card.number[-4:] not in glass
    assert first_sign not in glass
    assert number.rsplit("-", 1)[1] not in glass


def test_the_idle_overlay_hides_the_page_and_stays_until_it_is_answered(tour: Tour) -> None:
    check_in(tour)
    masked = words_on(tour.screen)
    tour.wait(45)
    assert tour.screen.find("overlay") is not None
    assert not any(line in words_on(tour.screen) for line in masked.splitlines() if "*" in line)
    assert not tour.hands.tap("go")
    tour.tap("stay")
    assert tour.screen.find("overlay") is None
    assert shown(tour) is Step.GREETING


def test_a_visit_nobody_answers_ends_with_the_reminder_of_the_card(tour: Tour) -> None:
    check_in(tour)
    tour.wait(61)
    assert shown(tour) is Step.GOODBYE
    assert tour.screen.visit.session.recognition is None
    tour.wait(21)
    assert shown(tour) is Step.HOME


def test_a_ticket_is_two_touches_from_the_greeting_and_shows_the_bitmap_of_the_paper(tour: Tour) -> None:
    check_in(tour)
    tour.tap("papers")
    assert shown(tour) is Step.PAPERS
    tour.tap("go")
    assert shown(tour) is Step.PAPER_COMING
    number = tour.stage.printer.papers[-1]
    with tour.stage.kiosk.hall.store.reading() as records:
        paper = records.papers.by_number(number)
    assert paper is not None
    pictures = [
        item.property("source").toString()
        for item in visible_items(tour.screen.window.contentItem())
        if item.inherits("QQuickImage") and item.property("source") is not None
    ]
    assert f"image://slip/{number}/{paper.copy_no}" in pictures
    tour.hear_of_paper(PrintStage.PRINTED, 1.0)
    assert "拿好纸条" in words_on(tour.screen)
    tour.tap("go")
    assert shown(tour) is Step.GREETING


def test_a_swipe_over_the_board_is_not_a_tap(tour: Tour) -> None:
    settle()
    tour.tap("family.0")
    card = tour.screen.find("card.2")
    assert card is not None
    at = tour.hands.middle(card)
    tour.hands.press(at)
    for step in range(1, 9):
        tour.hands.drag(at - QPoint(0, 60 * step))
        settle()
    tour.hands.release(at - QPoint(0, 480))
    settle()
    first = tour.screen.find("card.0")
    assert first is None or first.mapToScene(QPointF(0, first.height())).y() < 0.3 * PORTRAIT[1]
    assert shown(tour) is Step.BOARD
    tour.tap("go")
    assert shown(tour) is Step.DETAIL


def test_a_trembling_double_tap_goes_one_page_and_promises_nothing(tour: Tour) -> None:
    check_in(tour)
    tour.tap("go")
    plate = tour.screen.find("go")
    assert plate is not None
    at = tour.hands.middle(plate)
    tour.tap("go")
    for _ in range(2):
        tour.hands.press(at, pause_ms=90)
        tour.hands.release(at)
        settle()
    assert shown(tour) is Step.CONFIRM
    tour.tap("go")
    assert shown(tour) is Step.PRINTING


def test_what_the_yellow_plate_opens_is_always_in_sight(tour: Tour) -> None:
    settle()
    tour.tap("family.0")
    tour.tap("page.down")
    card = tour.screen.find("card.4")
    assert card is not None
    assert card.property("chosen")
    title = card.property("label")
    tour.tap("go")
    job = tour.screen.visit.session.job
    assert job is not None
    assert job.line.job.title == title


def test_the_page_arrows_stop_at_both_ends(tour: Tour) -> None:
    settle()
    tour.tap("family.0")
    assert not tour.hands.tap("page.up")
    while tour.hands.tap("page.down"):
        settle()
    assert tour.hands.tap("page.up")


def test_no_is_taken_for_an_answer_and_leaves_only_a_count(tour: Tour) -> None:
    person = tour.grown_up()
    tour.lay_card(person)
    tour.tap("secondary")
    assert shown(tour) is Step.TURNED_AWAY
    with tour.stage.kiosk.hall.store.reading() as records:
        assert records.workers.by_tail(person.card.number[-4:]) == []
        assert records.days.counts(tour.stage.kiosk.hall.today()).checked_in == 0


def test_help_is_called_once_and_the_key_says_so(tour: Tour) -> None:
    settle()
    tour.tap("bar.help")
    tour.tap("bar.help")
    assert "叫过了" in words_on(tour.screen)
    with tour.stage.kiosk.hall.store.reading() as records:
        assert len(records.desk.open_calls()) == 1


def test_a_bar_key_that_cannot_be_used_keeps_its_place_and_does_nothing(tour: Tour) -> None:
    settle()
    back = tour.screen.find("bar.back")
    assert back is not None
    place = back.x()
    assert not tour.hands.tap("bar.back")
    tour.tap("family.0")
    assert back.x() == place
    tour.tap("bar.back")
    assert shown(tour) is Step.HOME


def test_a_job_whose_places_lie_elsewhere_is_asked_for_and_then_can_be_waited_for(
    stages: SetStage,
) -> None:
    tour = stages(has_rights=False)
    settle()
    tour.tap("family.0")
    tour.tap("go")
    assert "正在问局里" in words_on(tour.screen)
    assert not tour.hands.tap("go")
    tour.wait(ASKING_S + 1)
    assert "排队等" in words_on(tour.screen)
    tour.tap("go")
    assert shown(tour) is Step.LAY_CARD


def test_the_printer_news_of_another_slip_is_not_this_persons(tour: Tour) -> None:
    check_in(tour)
    for _ in range(3):
        tour.tap("go")
    own = tour.stage.printer.submitted[-1]
    tour.stage.printer.submitted.append(type(own)("PG-NZ-0918-01-9999"))
    tour.hear_printer(PrintStage.WAITING_FOR_PAPER)
    assert shown(tour) is Step.PRINTING


def refuse(tour: Tour, person: SamplePerson) -> str:
    """Let a person try what is refused, and return what is on the glass then."""
    assert person.tries is not None
    tour.lay_card(person)
    tour.answer_questions()
    tour.open_job(person.tries)
    tour.tap("go")
    assert shown(tour) is Step.BLOCKED
    return words_on(tour.screen)


def test_two_times_that_overlap_stand_beside_each_other(stages: SetStage) -> None:
    tour = stages(language="en")
    person = tour.people["feng"]
    assert person.takes is not None
    tour.lay_card(person)
    tour.answer_questions()
    tour.take(person.takes)
    tour.screen.visit.end()
    glass = refuse(tour, person)
    with tour.stage.kiosk.hall.store.reading() as records:
        held = records.board.job(JobId(person.takes))
    assert held is not None
    assert f"You have: {held.title_en}" in glass
    assert held.title not in glass, "no Chinese in the middle of an English sentence"
    assert glass.count("18 Sep") == 2


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("expired_certificate", "2026年8月19日到期"),
        ("unreviewed_certificate", "2026年9月8日前没复审"),
        ("expired_class", "到期"),
    ],
)
def test_a_paper_that_has_run_out_is_not_called_missing(tour: Tour, story: str, told: str) -> None:
    person = next(person for person in tour.people.values() if person.story == story)
    tour.lay_card(person)
    tour.answer_questions()
    met = tour.screen.visit.session.recognition
    assert met is not None
    with tour.stage.kiosk.hall.store.writing() as records:
        for paper in person.certificates:
            records.workers.add_certificate(met.worker, paper)
        for held in person.classes:
            records.workers.add_education(met.worker, held)
    no_course = FeedRow(topic="course", id="site", pos=9999, is_deleted=True)
    answers.tell(tour.stage.kiosk.opened, [no_course], 9999, feed_gen="g")
    glass = refuse(tour, person)
    assert told in glass
    assert "没有" not in glass.splitlines()
