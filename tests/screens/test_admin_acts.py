"""What an attendant does at the desk by touch alone, and what is true in the store afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.call_help import call_help
from kiosk.actions.device_ports import DeviceLatch
from kiosk.actions.print_test_page import begin_test_page, end_test_page
from kiosk.actions.printing import PrintStage
from kiosk.actions.record_papers import hold_class
from kiosk.catalogue import load
from kiosk.domain.devices import Device, latched
from kiosk.domain.identity import age_on
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.messages.events import JobPosted
from kiosk.messages.feed import JobBody, StrainBody
from kiosk.messages.sync import Refusal
from kiosk.ui.desk.mode import LOCK_AFTER_S
from kiosk.ui.journeys import Step
from tests import answers
from tests.screens.admin_desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk nobody is signed in at."""
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def uncertain_slip(desk: Desk) -> str:
    taken = desk.take("miao")
    desk.stage.printer.submit(taken.slip)
    desk.stage.printer.tell(PrintStage.UNCERTAIN)
    return taken.slip


def state_of(desk: Desk, number: str) -> SlipState:
    with desk.hall.store.reading() as records:
        return next(slip.state for slip in records.slips.all() if slip.number == number)


def acts(desk: Desk) -> list[str]:
    with desk.hall.store.reading() as records:
        return [line.act for line in records.desk.audit_lines(50)]


def test_a_wrong_pin_makes_people_wait_and_the_wait_is_told(desk: Desk) -> None:
    desk.open()
    wrong = "".join(str(9 - int(digit)) for digit in desk.pin)
    for _ in range(4):
        desk.key(wrong)
    assert "秒" in desk.refusal
    desk.key(desk.pin)
    assert desk.screen.find("plate.find") is None
    desk.pass_time(5)
    desk.key(desk.pin)
    desk.tap("page.slips")
    assert "sign_in" in acts(desk)


def test_three_idle_minutes_give_the_screen_back_to_the_workers(desk: Desk) -> None:
    desk.enter()
    desk.pass_time(LOCK_AFTER_S - 1)
    assert desk.screen.find("admin") is not None
    desk.pass_time(1)
    assert desk.screen.find("admin") is None
    desk.open()
    assert desk.screen.find("page.today") is None


def test_a_card_on_the_reader_ends_the_desk(desk: Desk) -> None:
    desk.enter()
    desk.screen.visit.card_presented(desk.stage.kiosk.people["miao"].card)
    assert desk.screen.find("admin") is None


def test_an_uncertain_slip_is_printed_again_with_a_reason(desk: Desk) -> None:
    number = uncertain_slip(desk)
    desk.enter()
    desk.tap(f"row.slips:{number}.act", "plate.reprint")
    desk.tap("choice.desk.reprint.reason.not_out")
    desk.look("20_reprint")
    desk.tap("sheet.go")
    assert desk.stage.printer.submitted[-1] == number
    desk.stage.printer.tell(PrintStage.PRINTED)
    assert "打好了" in desk.told
    assert state_of(desk, number) is SlipState.PRINTED
    with desk.hall.store.reading() as records:
        assert records.desk.audit_lines(1)[0].reason == "纸没出来"


def test_the_paper_in_hand_closes_an_uncertain_slip(desk: Desk) -> None:
    number = uncertain_slip(desk)
    desk.enter()
    desk.tap("page.slips", f"row.{number}.touch")
    desk.look("21_slip")
    desk.tap("plate.paper", "sheet.go")
    assert state_of(desk, number) is SlipState.PRINTED


def test_a_slip_is_found_by_its_tail_and_voided_in_own_words(desk: Desk) -> None:
    number = uncertain_slip(desk)
    desk.enter()
    desk.tap("page.slips", "plate.find")
    desk.key(number[-4:])
    desk.tap("sheet.go", "plate.void", "choice.own_words", "sheet.go")
    desk.spell("bing", "病")
    desk.look("22_own_words")
    desk.tap("sheet.go")
    assert state_of(desk, number) is SlipState.VOID
    with desk.hall.store.reading() as records:
        assert records.desk.audit_lines(1)[0].reason == "病"


def test_a_queued_slip_goes_to_paper_from_the_first_page(desk: Desk) -> None:
    taken = desk.take("miao")
    desk.enter()
    desk.tap(f"row.print:{taken.slip}.act")
    assert desk.stage.printer.submitted == [taken.slip]


def test_somebody_who_called_is_answered(desk: Desk) -> None:
    call = call_help(desk.hall, "board", None)
    desk.enter()
    desk.tap(f"row.help:{call.id}.act")
    with desk.hall.store.reading() as records:
        assert not records.desk.open_calls()


def test_what_the_bureau_refused_is_one_touch_from_the_first_page_with_its_person_and_slip(
    desk: Desk,
) -> None:
    """Broken by looking up no entry: the tray says that something was refused, and not of whom."""
    taken = desk.take("miao")
    opened = desk.stage.kiosk.opened
    head = opened.sync_book.outgoing(1).head
    refused = {
        entry.type: entry.seq
        for entry in opened.sync_book.outgoing(head).events
        if entry.type != "staff_acted"
    }
    for seq in (refused["place_taken"], refused["checked_in"]):
        answers.refuse(opened, Refusal(seq=seq, reason="bureau.refused.time_overlap"), at=desk.hall.now())
    news = Refusal(seq=refused["place_taken"], reason="bureau.notice.placed_twice")
    answers.refuse(opened, news, at=desk.hall.now())
    desk.enter()
    desk.tap(f"row.refused:entry:{refused['place_taken']}.act")
    desk.look("29_refused")
    assert desk.lines[0] == load("zh_CN")(news.reason)
    assert [row.key for row in desk.rows_of(1)] == [
        "",
        f"slips:{taken.slip}",
        f"people:{taken.placement.worker}",
    ]
    desk.tap(f"row.slips:{taken.slip}.act", f"row.people:{taken.placement.worker}.act")
    assert desk.screen.find("plate.papers") is not None
    desk.tap("page.today", f"row.refused:entry:{refused['place_taken']}.act", "plate.settle", "sheet.go")
    assert [row.key for row in desk.rows_of(0)] == [f"entry:{refused['checked_in']}"]
    assert acts(desk)[0] == "settle_refused"


def test_a_refused_entry_leaves_the_tray_with_a_name(desk: Desk) -> None:
    desk.come("miao")
    refusal = Refusal(seq=2, reason="bureau.refused.unknown_job")
    answers.refuse(desk.stage.kiosk.opened, refusal, at=desk.hall.now())
    desk.enter()
    desk.tap("page.devices", "row.settle:2.act", "sheet.go")
    with desk.hall.store.reading() as records:
        assert not records.desk.refused()
    assert acts(desk)[0] == "settle_refused"


def test_a_device_out_of_order_is_used_again_once_staff_say_what_was_done(desk: Desk) -> None:
    why = Sentence("devices.reader.self_test", {"code": "R60"})
    with desk.hall.store.writing() as records:
        records.devices.latch(DeviceLatch(Device.READER, why.key, "R60", desk.hall.now()))
    desk.health.states[Device.READER] = latched(why, "R60")
    desk.enter()
    desk.tap("page.devices", "row.mend:reader.act", "choice.desk.mend.reason.replaced", "sheet.go")
    assert desk.health.states[Device.READER].may_be_used
    with desk.hall.store.reading() as records:
        assert not records.devices.latches()
    assert acts(desk)[0] == "mend_device"


def test_a_test_page_is_asked_for_and_how_it_went_is_told(desk: Desk) -> None:
    desk.enter()
    desk.tap("page.devices", "plate.test_page")
    with desk.hall.store.reading() as records:
        page = records.devices.last_test_page()
    assert page is not None
    assert begin_test_page(desk.hall, page.id) is not None
    end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(6)
    assert desk.told == "测试页出来了"


def test_the_record_of_a_class_is_printed_from_the_row_of_its_class(desk: Desk) -> None:
    met = desk.come("zhuan")
    hold_class(desk.hall, met, "site", desk.staff)
    with desk.hall.store.reading() as records:
        [record] = records.education.records(met)
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(desk.stage.kiosk.people["zhuan"].card.number[-4:])
    desk.tap("sheet.go", f"row.record:{record.number}.act")
    [paper] = desk.health.papers
    assert (paper.number, paper.name) == (record.number, desk.stage.kiosk.people["zhuan"].card.name)
    with desk.hall.store.reading() as records:
        assert records.devices.last_test_page() is None, "a record is no test page"
        [page] = records.devices.test_pages_in(SlipState.QUEUED)
    assert acts(desk)[0] == "print_class_record"
    assert begin_test_page(desk.hall, page.id) is not None
    end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(6)
    assert desk.told == "安全教育记录打出来了"


def test_a_class_for_a_group_gives_the_screen_to_whoever_lays_a_card_down(desk: Desk) -> None:
    worker = desk.come("miao")
    desk.enter()
    desk.tap("page.people", "plate.group", "choice.site", "sheet.go")
    assert desk.screen.find("plate.group") is None, "the desk is locked as soon as the screen is theirs"
    visit = desk.screen.visit
    assert visit.step is Step.GROUP_JOIN
    visit.card_presented(desk.stage.kiosk.people["miao"].card)
    group = visit.session.lesson.group if visit.session.lesson else None
    assert group is not None
    assert (list(group.members), group.attendant.id) == ([worker], desk.staff.id)


def test_no_test_page_is_offered_while_the_printer_is_out_of_order(desk: Desk) -> None:
    why = Sentence("devices.latch.jams", {"code": "P91"})
    desk.health.states[Device.PRINTER] = latched(why, "P91")
    desk.enter()
    desk.tap("page.devices")
    assert not desk.item("plate.test_page").property("ready")


def test_try_now_asks_for_a_round_and_says_how_it_went(desk: Desk) -> None:
    desk.enter()
    desk.tap("page.devices", "plate.try")
    assert desk.health.tries == 1
    desk.try_sync()
    desk.pass_time(6)
    assert "传成了" in desk.told


def test_a_person_is_checked_in_by_hand_after_the_number_was_keyed_twice(desk: Desk) -> None:
    card = desk.stage.kiosk.people["miao"].card
    desk.enter()
    desk.tap("page.people", "plate.by_hand", "sheet.go")
    desk.key(card.number)
    desk.tap("sheet.go")
    desk.key(card.number)
    desk.tap("sheet.go")
    desk.spell("miao", "苗")
    desk.tap("letter.Y", "letter.U")
    desk.look("23_name")
    desk.tap("letter.erase", "letter.erase")
    desk.spell("yu", "余")
    desk.tap("sheet.go")
    desk.look("24_notice")
    desk.tap("sheet.go")
    with desk.hall.store.reading() as records:
        (person,) = records.workers.by_tail(card.number[-4:])
        visit = records.check_ins.of(person.id, desk.hall.today())
    assert visit is not None
    assert visit.method == "by_hand"
    assert person.birth_date == card.birth_date
    assert person.name == "苗余"
    desk.look("25_checked_in")


def test_two_different_numbers_keep_nothing(desk: Desk) -> None:
    people = desk.stage.kiosk.people
    desk.enter()
    desk.tap("page.people", "plate.by_hand", "sheet.go")
    desk.key(people["miao"].card.number)
    desk.tap("sheet.go")
    desk.key(people["tian"].card.number)
    desk.tap("sheet.go")
    assert "不一样" in desk.told
    assert "check_in_by_hand" not in acts(desk)


def test_somebody_under_sixteen_leaves_only_a_count_at_the_desk(desk: Desk) -> None:
    card = desk.stage.kiosk.people["an"].card
    assert card.birth_date is not None
    assert age_on(card.birth_date, desk.hall.today()) < 16
    desk.enter()
    desk.tap("page.people", "plate.by_hand", "sheet.go")
    for _ in range(2):
        desk.key(card.number)
        desk.tap("sheet.go")
    assert "什么都没存" in desk.told
    with desk.hall.store.reading() as records:
        assert not records.workers.by_tail(card.number[-4:])


def test_a_certificate_and_a_class_are_recorded(desk: Desk) -> None:
    card = desk.stage.kiosk.people["miao"].card
    worker = desk.come("miao")
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(card.number[-4:])
    desk.tap("sheet.go", "plate.papers")
    desk.look("26_which_paper")
    desk.tap("choice.certificate", "sheet.go", "choice.welder")
    desk.look("26_certificate")
    desk.tap("sheet.go")
    desk.key("0012")
    desk.tap("sheet.go")
    desk.key("20270918")
    desk.look("27_valid_until")
    desk.tap("sheet.go", "choice.no_day", "sheet.go")
    desk.tap("plate.papers", "choice.class", "sheet.go", "choice.site", "sheet.go")
    desk.look("28_papers")
    with desk.hall.store.reading() as records:
        (certificate,) = records.workers.certificates(worker)
        (held,) = records.workers.education(worker)
    assert (certificate.number_tail, certificate.review_by) == ("0012", None)
    assert held.hazard_class == "site"


def test_a_job_is_posted_by_touch_and_waits_at_the_bureau(desk: Desk) -> None:
    employer = desk.stage.kiosk.sample.employers[0]
    desk.enter()
    desk.tap("page.jobs", "plate.post")
    desk.tap("row.field:employer.touch", f"choice.{employer.id}", "sheet.go")
    desk.tap("row.field:trade.touch", "choice.farm", "sheet.go")
    desk.look("30_trades")
    desk.tap("choice.pick_fruit", "sheet.go")
    desk.tap("row.field:people.touch")
    desk.key("12")
    desk.tap("sheet.go", "row.field:pay.touch")
    desk.key("18")
    desk.look("31_pay")
    desk.tap("sheet.go", "choice.same_day", "sheet.go", "choice.cash", "sheet.go")
    desk.tap("row.field:when.touch")
    desk.look("32_day")
    tomorrow = desk.hall.today() + timedelta(days=1)
    desk.tap(f"choice.{tomorrow}", "sheet.go")
    desk.key("0700")
    desk.tap("sheet.go")
    desk.key("1700")
    desk.tap("sheet.go", "choice.60", "sheet.go")
    desk.tap("row.field:place.touch", "choice.other", "sheet.go")
    desk.spell("dang", "党")
    desk.tap("sheet.go")
    desk.spell("guo", "果")
    desk.spell("yuan", "园")
    desk.tap("sheet.go", "row.field:coach.touch", "choice.none", "sheet.go")
    desk.tap("row.field:safety.touch")
    desk.look("33_hazards")
    desk.tap("choice.lifting", "sheet.go")
    desk.look("33_load")
    desk.key("30")
    desk.tap("sheet.go")
    desk.key("10")
    desk.tap("sheet.go", "sheet.go")
    desk.look("33_classes")
    desk.tap("sheet.go")
    desk.tap("row.field:terms.touch", "choice.yes")
    desk.look("34_instant")
    desk.tap("sheet.go", "choice.accident", "sheet.go", "choice.yes", "sheet.go")
    desk.look("35_below_minimum")
    assert desk.item("plate.send").property("ready") is False
    desk.tap("row.field:pay.touch")
    desk.key("180")
    desk.tap("sheet.go", "choice.same_day", "sheet.go", "choice.cash", "sheet.go", "plate.send")
    desk.look("36_sent")
    with desk.hall.store.reading() as records:
        assert [title for _, title in records.desk.pending_jobs()] == ["摘果子"]
    told = (event.parsed() for event in desk.stage.kiosk.opened.sync_book.outgoing(500).events)
    (posted,) = (body for body in told if isinstance(body, JobPosted))
    job = JobBody.model_validate(posted.job)
    assert job.strain == StrainBody(lift_kg=30, lifts_an_hour=10)
    assert job.needs_classes == ["lifting"], "a danger that is ticked proposes its class"


def test_a_published_job_is_withdrawn_with_a_reason(desk: Desk) -> None:
    desk.enter()
    desk.tap("page.jobs")
    job = JobId(next(body.id for body in desk.stage.kiosk.sample.jobs if body.station == "NZ"))
    desk.tap(f"row.withdraw:{job}.act", "choice.desk.withdraw.reason.weather")
    desk.look("37_withdraw")
    desk.tap("sheet.go")
    with desk.hall.store.reading() as records:
        assert records.board.line(job, desk.hall.now()) is None
    assert acts(desk)[0] == "withdraw_job"


def test_the_log_shows_what_was_done(desk: Desk) -> None:
    uncertain_slip(desk)
    desk.enter()
    desk.tap("page.slips", "page.audit")
    desk.look("38_audit")
    assert desk.lines == ["进管理", "建第一个管理员"]


def test_an_attendant_gives_the_screen_to_somebody_who_practises(desk: Desk) -> None:
    desk.enter()
    desk.tap("page.people", "plate.practice", "choice.here", "sheet.go")
    assert desk.screen.find("plate.practice") is None, "the desk is locked as soon as the screen is his"
    assert desk.screen.visit.is_practice
    assert acts(desk)[0] == "begin_practice"


def test_a_training_card_is_no_test_page_and_told_when_it_is_out(desk: Desk) -> None:
    desk.enter()
    desk.tap("page.people", "plate.practice", "choice.card", "sheet.go")
    with desk.hall.store.reading() as records:
        assert records.devices.last_test_page() is None
        [page] = records.devices.test_pages_in(SlipState.QUEUED)
    assert acts(desk)[0] == "print_training_card"
    assert begin_test_page(desk.hall, page.id) is not None
    end_test_page(desk.hall, page.id, SlipState.PRINTED, "token")
    desk.pass_time(6)
    assert desk.told == "练习卡打好了"
