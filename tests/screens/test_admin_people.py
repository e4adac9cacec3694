"""Finding somebody at the desk by touch and by scan, and going on to everything that is his."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.call_next import call_next
from kiosk.actions.compose_slip import read_document
from kiosk.actions.printing import PrintStage
from kiosk.actions.read_scan import read_scan
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_readings import Reading, ReturnReading, SlipReading
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.domain.placements import PlacementState
from kiosk.messages import slip_codes
from kiosk.storage.name_initials import initials_of
from tests.halls import CLERK
from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.lines import in_line, talked_over
from tests.unit.actions.scans import STRANGE_KEY, THEIR_KEY, THEIR_SLIP, told_keys


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An upright kiosk nobody is signed in at."""
    opened = open_desk(tmp_path)
    yield opened
    opened.close()


def test_somebody_is_found_by_the_letters_of_his_name_and_leads_to_his_slip_and_back(desk: Desk) -> None:
    taken = desk.take("miao")
    desk.come("zhuan")
    worker = desk.come("miao")
    desk.enter()
    desk.tap("page.people")
    desk.look("60_ways_to_find")
    desk.tap("row.find_name.act", "letter.M", "letter.Y")
    desk.look("61_initials")
    desk.tap("letter.Y", "sheet.go")
    assert desk.rows_of(0)[0].key == worker
    desk.look("62_one_person")
    desk.tap(f"row.slip:{taken.slip}.touch")
    desk.tap(f"row.people:{worker}.act")
    assert desk.rows_of(0)[0].key == worker


def test_a_slip_that_is_scanned_on_the_page_of_people_finds_its_person(desk: Desk) -> None:
    """One-line break: believe every slip to be from here in `_is_from_here`."""
    taken = desk.take("miao")
    worker = desk.come("miao")
    keys = told_keys(desk.stage.kiosk)
    with desk.hall.store.reading() as records:
        record = records.slips.by_number(taken.slip)
    assert record is not None
    document = read_document(record.document)
    desk.enter()
    desk.tap("page.people")
    for code in (document.code, document.return_code):
        scan(desk, read_scan(desk.hall, keys, code))
        assert desk.rows_of(0)[0].key == worker
        desk.tap("plate.back")
    theirs = slip_codes.encode(THEIR_SLIP, THEIR_KEY)
    scan(desk, read_scan(desk.hall, keys, theirs))
    assert desk.told.startswith("这张单子不是本机出的")
    scan(desk, read_scan(desk.hall, keys, slip_codes.encode(THEIR_SLIP, STRANGE_KEY)))
    assert desk.told
    assert [row.key for row in desk.rows_of(0)] == ["find", "find_name", "find_slip"]


def test_a_slip_that_is_scanned_on_the_page_of_slips_is_taken_in_with_its_place(desk: Desk) -> None:
    """One-line break: forget in `SlipsPage.hear` that the paper is in hand."""
    taken = desk.take("miao")
    keys = told_keys(desk.stage.kiosk)
    with desk.hall.store.reading() as records:
        record = records.slips.by_number(taken.slip)
    assert record is not None
    desk.enter()
    desk.tap("page.slips", f"row.{taken.slip}.touch")
    assert desk.screen.find("row.take_in.act") is None
    scan(desk, read_scan(desk.hall, keys, read_document(record.document).code))
    desk.look("90_slip_in_hand")
    desk.tap("row.take_in.act", "choice.family")
    desk.look("91_take_in")
    desk.tap("sheet.go")
    desk.look("92_taken_in")
    assert desk.screen.find("row.take_in.act") is None
    with desk.hall.store.reading() as records:
        place = records.placements.by_id(taken.placement.id)
    assert place is not None
    assert place.state is PlacementState.CANCELLED


def scan(desk: Desk, reading: Reading) -> None:
    """Hold a paper before the scanner."""
    assert isinstance(reading, SlipReading | ReturnReading)
    desk.screen.ears.hear_scan(reading)
    desk.screen.grab()


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("张三", {"zs"}),
        ("曾小贤", {"zxx", "cxx"}),
        ("单田芳", {"dtf", "stf", "ctf"}),
        ("阿卜杜拉·图尔荪", {"abdltes"}),
        ("TEST, PERSON A", {"tpa"}),
        ("苏㛃", {"sj"}),
    ],
)
def test_a_name_is_written_by_its_first_letters_in_every_way_it_is_read(
    name: str, found_by: set[str]
) -> None:
    assert found_by <= set(initials_of(name))


def test_a_name_and_a_telephone_number_are_put_right_with_a_reason(desk: Desk) -> None:
    """One-line break: append no `WorkerCorrected` in `correct_person._keep`."""
    worker = desk.come("miao")
    number = desk.stage.kiosk.people["miao"].card.number
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(number[-4:])
    desk.tap("sheet.go", "plate.correct")
    desk.look("64_correct")
    desk.tap("choice.phone", "sheet.go")
    desk.look("65_phone")
    desk.key("13900000002")
    assert desk.keyed == "13900000002"
    desk.tap("sheet.go", "choice.desk.correct.reason.he_says", "sheet.go")
    desk.tap("plate.correct", "choice.name", "sheet.go")
    desk.spell("tian", "田")
    desk.spell("you", "有")
    desk.tap("sheet.go", "choice.desk.correct.reason.misheard")
    desk.look("66_why")
    desk.tap("sheet.go")
    assert desk.told == "改好了"
    desk.look("67_corrected")
    with desk.hall.store.reading() as records:
        known = records.workers.by_id(worker)
        lines = records.desk.audit_lines(2)
    assert known is not None
    assert (known.name, known.answers.phone) == ("田有", "13900000002")
    assert [(line.act, line.reason) for line in lines] == [
        ("correct_person", "登记时听错了"),
        ("correct_person", "本人说的"),
    ]
    desk.tap("plate.back", "row.find_name.act", "letter.T", "letter.Y", "sheet.go")
    assert desk.rows_of(0)[0].key == worker


def test_who_agreed_at_the_table_has_his_place_by_an_attendant(desk: Desk) -> None:
    """One-line break: sign up again whoever the employer said yes to, in `ActingFor._take`."""
    kiosk = desk.stage.kiosk
    desk.come("miao")
    met, job = recognise(desk.hall, kiosk.people["miao"].card), talked_over(kiosk)
    in_line(kiosk, met, job)
    called = call_next(desk.hall, job, "3", CLERK)
    begin_talk(desk.hall, called.id, CLERK)
    agree(desk.hall, called.id, CLERK)
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(met.card.number[-4:])
    desk.tap("sheet.go", "row.act_for.act", "choice.take", "sheet.go")
    desk.look("93_his_yes")
    desk.tap(f"choice.{job}", "sheet.go", "choice.desk.act_for.reason.unread", "sheet.go")
    with desk.hall.store.reading() as records:
        [place] = records.placements.open_of(met.worker)
    assert place.job == job


def test_an_attendant_takes_a_place_for_somebody_gives_it_back_and_has_him_erased(desk: Desk) -> None:
    worker = desk.come("miao")
    number = desk.stage.kiosk.people["miao"].card.number
    desk.enter()
    desk.tap("page.people", "plate.find")
    desk.key(number[-4:])
    desk.tap("sheet.go")
    desk.look("70_person")
    desk.tap("row.act_for.act")
    desk.look("71_act_for")
    desk.tap("choice.take", "sheet.go")
    desk.look("72_jobs")
    job = next(item.key for item in desk._view._mode.sheet.choices)  # type: ignore[union-attr]
    desk.tap(f"choice.{job}", "sheet.go", "choice.desk.act_for.reason.unread")
    desk.look("73_why")
    desk.tap("sheet.go")
    (slip,) = desk.stage.printer.submitted
    with desk.hall.store.reading() as records:
        taken = records.placements.by_slip(slip)
    assert taken is not None
    assert (taken.worker, taken.job) == (worker, job)
    desk.stage.printer.tell(PrintStage.PRINTED)
    desk.tap("row.act_for.act", "choice.give_back", "sheet.go", f"choice.{taken.id}", "sheet.go")
    desk.tap("choice.ill", "sheet.go", "choice.desk.act_for.reason.phoned", "sheet.go")
    assert desk.told == "退好了，请把单子收回来"
    desk.tap("row.act_for.act", "choice.erase", "sheet.go")
    desk.look("74_yes")
    desk.tap("sheet.go")
    desk.look("75_why_erase")
    assert desk.screen.find("choice.desk.act_for.reason.phoned") is None
    desk.tap("choice.desk.act_for.reason.card_lost", "sheet.go")
    assert desk.told == "删好了"
    with desk.hall.store.reading() as records:
        cancelled = records.placements.by_slip(slip)
        acts = [(line.act, line.entity_id, line.reason) for line in records.desk.audit_lines(3)]
        assert records.workers.by_id(worker) is None
    assert cancelled is not None
    assert cancelled.state is PlacementState.CANCELLED
    assert acts == [
        ("erase_for", worker, "本人在，证丢了"),
        ("give_back_for", worker, "本人打电话来"),
        ("take_for", worker, "本人在，证读不出"),
    ]
