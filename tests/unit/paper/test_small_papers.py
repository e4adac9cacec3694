"""Tickets, receipts, passes and lists say what they must, at any length, and their codes scan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue import Catalogue
from kiosk.domain.papers import PaperKind, paper_number
from kiosk.domain.slips import SlipKind
from kiosk.domain.teams import MOST_MEMBERS
from kiosk.domain.workers import WorkSpan
from kiosk.messages import boarding_codes
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.paper.boarding_passes import BoardingPass
from kiosk.paper.headings import Heading
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.number_tickets import NumberTicket
from kiosk.paper.papers import FORMS, Paper, paper_blocks
from kiosk.paper.raster import raster
from kiosk.paper.registration_receipts import RegistrationReceipt
from kiosk.paper.slips import Hours, Ride
from kiosk.paper.team_lists import ListedMember, TeamList
from kiosk.paper.text_form import TextLine, cells, text_form
from kiosk.paper.why_papers import CallTold, WhyPaper
from tests.stations import STATIONS
from tests.unit.paper.test_slip_fields import said
from tests.unit.paper.test_slip_layout import WIDTHS, assert_sound, runs, texts

DAY = date(2025, 9, 18)
HEADING = Heading("甘州汽车南站零工驿站", "A", "李*芳", datetime(2025, 9, 18, 5, 17))  # noqa: DTZ001 - local
CODE = boarding_codes.encode(
    BoardingCode(7, 7, DAY, 37, SlipKind.DISPATCH, DAY, 3, 12),
    Ed25519PrivateKey.from_private_bytes(bytes(32)),
)
TICKET = NumberTicket("PD-NZ-0918-A12", HEADING, "A12", "张*强", time(5, 10), 3, "12345")
RECEIPT = RegistrationReceipt(
    number="QZ-NZ-0918-A12",
    heading=HEADING,
    worker_name="张*强",
    card_tail="101X",
    phone="139****0001",
    trades=("摘苹果", "搬运", "保洁"),
    span=WorkSpan.DAY,
    notice_version=3,
    valid_until=date(2025, 10, 18),
    ledger_years=2,
    hall_phone="0936-0000012",
    complaint_phone="12345",
)
PASS = BoardingPass(
    number="CC-NZ-0918-NZ03-12",
    heading=HEADING,
    slip="PG-NZ-0918-02-0037",
    worker_name="张*强",
    card_tail="101X",
    day=DAY,
    ride=Ride("NZ03", time(6, 20), "3", 12, time(17, 40)),
    plate="甘G·12345",
    destination="沙井镇",
    coach_phone="0936-0000015",
    complaint_phone="12345",
    code=CODE,
)
EARLIER = CallTold(
    at=time(5, 31),
    said="hiring.why.earlier",
    values={"number": "A3", "came": "05:02", "own": "05:10"},
    rule="",
    waited=9,
    before=4,
    is_exact=True,
    free=2,
    kept=1,
)
BLOCKED = replace(EARLIER, said="hiring.why.blocked", values={}, rule="rulebook.kiosk.time_01")
ANSWER = WhyPaper(
    number="JH-NZ-0918-A12-3F09",
    heading=HEADING,
    queue_number="A12",
    worker_name="张*强",
    arrived_at=time(5, 10),
    signed_at=time(5, 14),
    job_title="搬家具",
    employer_name="晨禾果蔬专业合作社",
    rule_version=1,
    calls=(EARLIER, BLOCKED),
    complaint_phone="12345",
)
TEAM = TeamList(
    number="MD-NZ-0918-02-0037",
    heading=HEADING,
    members=(
        ListedMember("张*强", "PG-NZ-0918-02-0037", 3),
        ListedMember("测*甲", "PG-NZ-0918-02-0038", 4),
        ListedMember("测*乙", "PG-NZ-0918-02-0039", 5),
    ),
    trade_title="摘辣椒",
    trade_title_en="Pick peppers",
    employer_name="测试家庭农场",
    hours=Hours(DAY, DAY, time(7), time(17), 60),
    place="沙井镇 村口",
    meeting_point="1 号口",
    ride=Ride("NZ03", time(6, 20), "3", 3, time(17, 40)),
    complaint_phone="12345",
)
PAPERS = (TICKET, RECEIPT, PASS, ANSWER, TEAM)

headings = st.builds(
    Heading, texts(30), st.sampled_from(("A", "Z")), texts(10), st.datetimes(), st.integers(0, 99)
)
shared = {
    "heading": headings,
    "worker_name": texts(34),
    "complaint_phone": texts(20),
    "second_language": st.sampled_from((None, "en")),
}
of_any_hall = st.one_of(
    st.builds(
        lambda **changed: replace(TICKET, **changed),
        queue_number=st.integers(1, 9999).map("B{}".format),
        ahead=st.integers(0, 9999),
        **shared,
    ),
    st.builds(
        lambda **changed: replace(RECEIPT, **changed),
        phone=st.none() | texts(20),
        trades=st.lists(texts(20), max_size=3).map(tuple),
        span=st.none() | st.sampled_from(WorkSpan),
        ledger_years=st.integers(1, 99),
        hall_phone=texts(20),
        **shared,
    ),
    st.builds(
        lambda **changed: replace(PASS, **changed),
        day=st.dates(date(2025, 1, 1), date(2030, 1, 1)),
        ride=st.builds(Ride, texts(12), st.times(), texts(12), st.integers(1, 99), st.none() | st.times()),
        plate=texts(12),
        destination=texts(40),
        coach_phone=texts(20),
        **shared,
    ),
    st.builds(
        lambda **changed: replace(ANSWER, **changed),
        queue_number=st.integers(1, 9999).map("B{}".format),
        job_title=texts(24),
        employer_name=texts(40),
        rule_version=st.integers(1, 99),
        calls=st.lists(
            st.builds(
                replace,
                st.sampled_from((EARLIER, BLOCKED)),
                waited=st.integers(1, 9999),
                before=st.integers(0, 9999),
                is_exact=st.booleans(),
                free=st.integers(0, 999),
                kept=st.integers(0, 999),
            ),
            min_size=1,
            max_size=8,
        ).map(tuple),
        **shared,
    ),
    st.builds(
        lambda **changed: replace(TEAM, **changed),
        members=st.lists(
            st.builds(ListedMember, texts(34), st.just(PASS.slip), st.none() | st.integers(1, 99)),
            min_size=2,
            max_size=MOST_MEMBERS,
        ).map(tuple),
        trade_title=texts(20),
        employer_name=texts(40),
        place=texts(40),
        meeting_point=texts(20),
        ride=st.none() | st.just(TEAM.ride),
        **{name: made for name, made in shared.items() if name != "worker_name"},
    ),
)

papers = st.builds(
    lambda paper, station: replace(paper, number=paper.number.replace("NZ", station, 1)),
    of_any_hall,
    STATIONS,
)


def name_on(paper: Paper) -> str:
    """Return a masked name that a paper must say: whose it is, or who stands last on it."""
    return paper.members[-1].worker_name if isinstance(paper, TeamList) else paper.worker_name


@pytest.mark.parametrize("width_dots", WIDTHS)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(paper=papers)
def test_no_small_paper_is_clipped_or_overlaps_or_is_too_small_to_read(
    width_dots: int, paper: Paper, chinese: Catalogue, english: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(paper_blocks(paper, chinese, english), width_dots, lettering)
    assert_sound(layout)
    assert min(run.size_dots for run in runs(layout)) >= 28
    first = next(run.text for run in runs(layout) if paper.number.startswith(run.text))
    assert first == paper.number or first.endswith("-"), "a number breaks behind a dash"
    assert name_on(paper) in "".join(run.text for run in runs(layout)).replace(" ", "")


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("station", ["NZ", "GYNZ", "WWWW"])
def test_no_word_of_a_title_is_torn_by_a_number_beside_it(
    width_dots: int, station: str, english: Catalogue, lettering: Lettering
) -> None:
    """Broken by a title beside its notes wherever two lines hold it: “Tea” above “m list”."""
    for usual in PAPERS:
        paper = replace(usual, number=usual.number.replace("NZ", station))
        layout = document_layout(paper_blocks(paper, english, english), width_dots, lettering)
        words = {word for run in runs(layout) if run.is_white for word in run.text.split()}
        assert words.issuperset(english(f"paper.title.{paper.paper}").split())


@pytest.mark.parametrize("columns", [32, 48])
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paper=papers)
def test_a_small_paper_as_text_stays_on_the_paper(
    columns: int, paper: Paper, chinese: Catalogue, english: Catalogue
) -> None:
    lines = text_form(paper_blocks(paper, chinese, english), columns)
    told = [line for line in lines if isinstance(line, TextLine)]
    assert all(cells(line.text) * line.scale <= columns for line in told)
    assert name_on(paper) in "".join(line.text for line in told)


def test_a_ticket_says_number_who_is_before_and_what_to_do(chinese: Catalogue, english: Catalogue) -> None:
    text = said(paper_blocks(TICKET, chinese, english))
    for words in (
        "A12",
        "张*强",
        "05:10 到",
        "本机前面 3 人等活",
        "叫到号，拿身份证来",
        "找值班 李*芳",
        "首打",
    ):
        assert words in text
    assert "本机前面没有人等" in said(paper_blocks(replace(TICKET, ahead=0), chinese, english))


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_the_number_is_by_far_the_largest_thing_on_a_ticket(
    width_dots: int, chinese: Catalogue, english: Catalogue, lettering: Lettering
) -> None:
    found = runs(document_layout(paper_blocks(TICKET, chinese, english), width_dots, lettering))
    number, *others = sorted(found, key=lambda run: -run.size_dots)
    assert number.text == "A12"
    assert number.size_dots >= 2 * others[0].size_dots


def test_a_receipt_says_what_is_kept_why_how_long_and_what_one_may_ask(
    chinese: Catalogue, english: Catalogue
) -> None:
    text = said(paper_blocks(RECEIPT, chinese, english))
    for words in (
        "139****0001",
        "摘苹果、搬运、保洁",
        "干一天算一天",
        "就业促进法",
        "按规定留 2 年",
        "0936-0000012",
    ):
        assert words in text
    for words in ("照片、指纹、住址都不存", "最多再留 30 天", "告知书第 3 版", "有效到10月18日", "101X"):
        assert words in text
    bare = replace(RECEIPT, phone=None, trades=(), span=None)
    text = said(paper_blocks(bare, chinese, english))
    assert all(words in text for words in ("没留手机号", "啥活都行", "干多久都行"))


def test_a_pass_says_coach_bay_seat_plate_and_slip(chinese: Catalogue, english: Catalogue) -> None:
    text = said(paper_blocks(PASS, chinese, english))
    for words in ("9月18日", "06:20", "3", "12 座", "回程 17:40", "NZ03次", "车牌 甘G·12345", PASS.slip):
        assert words in text


def test_an_answer_says_who_was_called_and_every_number_it_was_decided_from(
    chinese: Catalogue, english: Catalogue
) -> None:
    text = said(paper_blocks(ANSWER, chinese, english))
    for words in (
        "为啥不是我",
        "A12",
        "05:10 到厅",
        "05:14 报名",
        "05:31 叫的号",
        "叫了 A3：05:02 到，您 05:10 到",
    ):
        assert words in text
    for words in (
        "当时 9 人在排",
        "您前面 4 人",
        "空名额 2 个",
        "给叫过的人留着 1 个",
        chinese(BLOCKED.rule),
        "规矩第 1 版",
    ):
        assert words in text
    doubled = said(paper_blocks(replace(ANSWER, second_language="en"), chinese, english))
    assert english(BLOCKED.said) in doubled
    assert english(BLOCKED.rule) in doubled
    far_behind = replace(ANSWER, calls=(replace(EARLIER, is_exact=False),))
    assert "您前面至少 4 人" in said(paper_blocks(far_behind, chinese, english))


def test_a_list_says_who_goes_led_by_whom_on_which_seat_with_which_slip(
    chinese: Catalogue, english: Catalogue
) -> None:
    text = said(paper_blocks(TEAM, chinese, english))
    for words in (
        "带队：张*强",
        "3–5 座",
        "06:20",
        "摘辣椒",
        "07:00–17:00",
        "沙井镇 村口",
        "每人有自己的单子",
    ):
        assert words in text
    for member in TEAM.members:
        assert member.worker_name in text
        assert member.slip in text
        assert f"{member.seat} 座" in text
    left = replace(TEAM, members=(TEAM.members[0], TEAM.members[2]))
    assert "3、5 座" in said(paper_blocks(left, chinese, english)), "a seat that was given back is not theirs"


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_the_code_of_a_pass_scans(
    width_dots: int, chinese: Catalogue, english: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(paper_blocks(PASS, chinese, english), width_dots, lettering)
    image = raster(layout, lettering).image.convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [CODE]


@pytest.mark.parametrize("paper", PAPERS)
def test_another_copy_is_marked_and_another_language_doubles_key_lines(
    paper: Paper, chinese: Catalogue, english: Catalogue
) -> None:
    again = replace(paper, heading=replace(HEADING, copy_no=2), second_language="en")
    plain, doubled = said(paper_blocks(paper, chinese, english)), said(paper_blocks(again, chinese, english))
    assert "补打2" in doubled
    assert "首打" not in doubled
    assert len(doubled) > len(plain) + 15


def test_every_kind_of_paper_has_a_form_and_a_series_of_its_own() -> None:
    assert set(FORMS) == set(PaperKind)
    assert {paper.paper for paper in PAPERS} == set(PaperKind)
    assert len({kind.series for kind in PaperKind}) == len(PaperKind)
    assert paper_number(PaperKind.REGISTRATION, "NZ", DAY, "A12") == RECEIPT.number
