"""Nothing on a slip is clipped, overlapped or too small, whatever is printed on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue import Catalogue, load
from kiosk.domain.courses import HAZARD_CLASSES
from kiosk.domain.jobs import EmployerType, Hazard, Insurance, PayRule, PayUnit, PayWay, Ppe
from kiosk.domain.slips import SlipKind
from kiosk.domain.workers import EducationState
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.marks import Box, Layout, Outline, Picture, Run, Slab, Symbol
from kiosk.paper.phrases import yuan_text
from kiosk.paper.raster import raster
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.paper.slips import (
    ClassLine,
    CopyMark,
    Hours,
    Payment,
    Ride,
    SafetyParty,
    SecondLanguage,
    SlipDocument,
)
from tests.stations import STATIONS

WIDTHS = (576, 384)
UNSCHOOLED = (EducationState.NOT_NEEDED, EducationState.MISSING)
LONGEST_USUAL_DOTS = 1_920


def texts(most: int) -> st.SearchStrategy[str]:
    """Draw texts that names, places and employers are made of."""
    alphabet = "甘州区沙井镇晨禾果蔬种植合作社有限公司䶮㛃𬭎·，（）A9b-*"
    return st.text(alphabet=alphabet, min_size=1, max_size=most).map(lambda text: "张" + text)


days = st.dates(date(2025, 9, 18), date(2026, 9, 18))
times = st.times()
payments = st.builds(
    Payment,
    fen=st.integers(1, 9_999_999),
    unit=st.sampled_from(PayUnit),
    rule=st.sampled_from(PayRule),
    way=st.sampled_from(PayWay),
    payer=texts(40),
    most_fen=st.none() | st.integers(1, 9_999_999),
    piece_name=st.just("") | texts(6),
    estimate_fen=st.none() | st.integers(1, 99_999_999),
    on_day=st.none() | days,
    at=st.none() | times,
)
rides = st.builds(
    Ride,
    trip=texts(12),
    departs_at=times,
    bay=texts(12),
    seat=st.integers(1, 99),
    returns_at=st.none() | times,
)
classes = st.lists(
    st.builds(ClassLine, st.sampled_from((*HAZARD_CLASSES, "one of tomorrow")), st.none() | days),
    unique_by=lambda line: line.hazard_class,
).map(tuple)
changes = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(SlipKind),
        "number": STATIONS.map("PG-{}-0918-02-0037".format),
        "copy": st.just(CopyMark()) | st.builds(CopyMark, st.integers(1, 99), texts(40), texts(10)),
        "station": texts(30),
        "worker_name": texts(34),
        "trade_title": texts(20),
        "trade_title_en": texts(40),
        "trade_picture": st.sampled_from(("pick", "no such picture")),
        "employer_name": texts(70),
        "employer_type": st.sampled_from(EmployerType),
        "pay": payments,
        "hours": st.builds(Hours, days, days, times, times, st.integers(0, 600)),
        "place": texts(60),
        "distance_m": st.integers(0, 2_000_000),
        "has_meal": st.booleans(),
        "has_lodging": st.booleans(),
        "ride": st.none() | rides,
        "meeting_point": texts(30),
        "contact_name": texts(34),
        "contact_phone": texts(20),
        "safety": st.tuples(
            *(st.builds(SafetyParty, st.just(stretch), texts(20)) for stretch in ("hall", "coach", "site"))
        ),
        "complaint_phone": texts(20),
        "rules_version": texts(20),
        "hazards": st.lists(st.sampled_from(Hazard), unique=True).map(tuple),
        "ppe": st.lists(st.sampled_from(Ppe), unique=True).map(tuple),
        "schooling": st.fixed_dictionaries(
            {
                "education": st.sampled_from((None, EducationState.HELD)),
                "educated_on": days,
                "classes": classes,
            }
        )
        | st.fixed_dictionaries(
            {
                "education": st.sampled_from((None, *UNSCHOOLED)),
                "educated_on": st.none(),
                "classes": classes,
            },
        ),
        "insurance": st.sampled_from((Insurance.ACCIDENT, Insurance.NONE)),
        "valid_until": st.none() | days,
        "rights_hotline": texts(16),
        "attendant": texts(10),
        "return_station": texts(20),
        "second_language": st.sampled_from((None, "en")),
    }
)


def runs(layout: Layout) -> list[Run]:
    return [mark for mark in layout.marks if isinstance(mark, Run)]


def overlap(one: Box, two: Box) -> bool:
    return one.left < two.right and two.left < one.right and one.top < two.bottom and two.top < one.bottom


def inside(one: Box, two: Box) -> bool:
    return two.left <= one.left and one.right <= two.right and two.top <= one.top and one.bottom <= two.bottom


def assert_sound(layout: Layout) -> None:
    """Everything lies on the paper, no ink lies on other ink, and white ink has black under it."""
    paper = Box(0, 0, layout.width_dots, layout.height_dots)
    for mark in layout.marks:
        assert inside(mark.box, paper), mark
    ink = [mark for mark in layout.marks if isinstance(mark, Run | Picture | Symbol)]
    for one, two in combinations(ink, 2):
        assert not overlap(one.box, two.box), (one, two)
    for slab in (mark for mark in layout.marks if isinstance(mark, Slab)):
        for mark in ink:
            assert inside(mark.box, slab.box) or not overlap(mark.box, slab.box), (mark, slab)
    for frame in (mark for mark in layout.marks if isinstance(mark, Outline)):
        edge, box = frame.thickness_dots, frame.box
        hole = Box(box.left + edge, box.top + edge, box.right - edge, box.bottom - edge)
        for mark in ink:
            assert inside(mark.box, hole) or not overlap(mark.box, box), (mark, frame)
    for white in (mark for mark in ink if isinstance(mark, Run | Picture) and mark.is_white):
        under = [mark for mark in layout.marks if isinstance(mark, Slab) and inside(white.box, mark.box)]
        assert under
        assert not under[-1].is_white


@pytest.mark.parametrize("width_dots", WIDTHS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changed=changes)
def test_no_slip_is_clipped_or_overlaps_or_is_too_small_to_read(
    width_dots: int,
    changed: dict[str, object],
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
    lettering: Lettering,
) -> None:
    slip = replace(usual_slip, **changed.pop("schooling"), **changed)  # type: ignore[arg-type]
    layout = document_layout(slip_blocks(slip, chinese, english), width_dots, lettering)
    assert_sound(layout)
    assert min(run.size_dots for run in runs(layout)) >= 28
    large = "–".join(run.text for run in runs(layout) if run.size_dots >= 56).split("–")
    assert yuan_text(slip.pay.fen) in large, "a number is never broken"
    assert [run.text for run in runs(layout)].count(slip.number) == 2, "nor is that of the slip"
    said = "".join(run.text for run in runs(layout)).replace(" ", "")
    for name in (slip.worker_name, slip.employer_name, slip.place, slip.contact_name, slip.trade_title):
        assert name in said, "no name is cut short"


LONGEST = {
    "copy": CopyMark(99, "卡" * 40, "欧阳" * 5),
    "station": "甘州区" * 10,
    "worker_name": "阿卜杜拉·𬭎㛃䶮热合曼江·努尔",
    "trade_title": "大棚蔬菜采摘分拣装车工辅助工",
    "trade_title_en": "Picking, sorting and loading greenhouse vegetables",
    "employer_name": "甘肃省张掖市甘州区晨禾果蔬种植农民专业合作社联合社有限责任公司第一分公司",
    "employer_type": EmployerType.AGENCY,
    "place": "甘肃省张掖市甘州区沙井镇南沟村三社国道三一二线与乡道交叉口向北八百米处大棚",
    "meeting_point": "客运南站北门停车场东侧二号桌",
    "contact_name": "古丽巴哈尔·买买提艾力·𬭎㛃",
    "contact_phone": "0936-0000018 转 80012",
    "safety": tuple(SafetyParty(stretch, "0936-0000018 转 80012") for stretch in ("hall", "coach", "site")),
    "hazards": tuple(Hazard),
    "ppe": tuple(Ppe),
    "pay": Payment(
        1_234_567,
        PayUnit.PIECE,
        PayRule.WEEKLY,
        PayWay.BANK,
        "甘肃省张掖市晨禾果蔬种植农民专业合作社",
        most_fen=9_999_999,
        piece_name="百公斤筐",
        estimate_fen=99_999_999,
    ),
    "second_language": "en",
    "classes": tuple(ClassLine(name, date(2025, 9, at + 1)) for at, name in enumerate(HAZARD_CLASSES)),
}
"""Every field as long as anybody has seen it, all at once."""


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("kind", SlipKind)
def test_a_slip_with_every_field_at_its_longest_is_whole_and_its_codes_scan(
    width_dots: int,
    kind: SlipKind,
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
    lettering: Lettering,
) -> None:
    slip = replace(usual_slip, kind=kind, **LONGEST)  # type: ignore[arg-type]
    layout = document_layout(slip_blocks(slip, chinese, english), width_dots, lettering)
    assert_sound(layout)
    said = "".join(run.text for run in runs(layout)).replace(" ", "")
    for name in (slip.worker_name, slip.employer_name, slip.place, slip.contact_name, slip.trade_title):
        assert name in said, "no name is cut short"
    for hazard in Hazard:
        assert chinese(f"paper.hazard.{hazard}") in said
    image = raster(layout, lettering).image.convert("L")
    assert {code.text for code in zxingcpp.read_barcodes(image)} == {slip.code, slip.return_code}


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("station", ["NZ", "GYNZ", "WWWW"])
def test_the_number_of_a_slip_is_whole_with_the_longest_and_widest_of_stations(
    width_dots: int, language: str, station: str, usual_slip: SlipDocument, lettering: Lettering
) -> None:
    """Broken by as much black beside the words as ever: on 58 mm four W would tear the number."""
    slip = replace(usual_slip, number=f"PG-{station}-0918-02-0037")
    layout = document_layout(slip_blocks(slip, load(language)), width_dots, lettering)
    assert_sound(layout)
    assert [run.size_dots >= 28 for run in runs(layout) if run.text == slip.number] == [True, True]


def test_the_promise_of_payday_breaks_behind_the_hour_on_narrow_paper(
    usual_slip: SlipDocument, chinese: Catalogue, lettering: Lettering
) -> None:
    """Broken by tearing phrases before stepping down: a line would begin with 给."""
    layout = document_layout(slip_blocks(usual_slip, chinese), 384, lettering)
    said = [run.text.replace("\u00a0", " ") for run in runs(layout)]
    assert "今天 17:30 给，" in said
    assert "现金" in said


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_what_is_handed_out_is_said_again_under_its_words_and_not_under_its_pictures(
    width_dots: int, usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue, lettering: Lettering
) -> None:
    slip = replace(usual_slip, second_language="en", ppe=tuple(Ppe))
    layout = document_layout(slip_blocks(slip, chinese, english), width_dots, lettering)
    begins = {run.text.split()[0]: run.origin[0] for run in runs(layout) if run.text.strip()}
    assert begins["Given:"] == begins[chinese("paper.ppe", things=chinese("paper.ppe.helmet"))]


@pytest.mark.parametrize("width_dots", WIDTHS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changed=changes)
def test_both_codes_scan_whatever_stands_around_them(
    width_dots: int,
    changed: dict[str, object],
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
    lettering: Lettering,
) -> None:
    slip = replace(usual_slip, **changed.pop("schooling"), **changed)  # type: ignore[arg-type]
    layout = document_layout(slip_blocks(slip, chinese, english), width_dots, lettering)
    image = raster(layout, lettering).image.convert("L")
    assert {code.text for code in zxingcpp.read_barcodes(image)} == {slip.code, slip.return_code}


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_an_english_slip_is_sound_too(
    width_dots: int, usual_slip: SlipDocument, english: Catalogue, lettering: Lettering
) -> None:
    assert_sound(document_layout(slip_blocks(usual_slip, english), width_dots, lettering))


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize(
    ("pay", "figure"),
    [
        ({"fen": 18_000}, "180"),
        ({"fen": 2_000, "unit": PayUnit.HOUR}, "20"),
        ({"fen": 120, "unit": PayUnit.PIECE, "piece_name": "斤"}, "1.2"),
        ({"fen": 1_280_000, "unit": PayUnit.MONTH}, "12800"),
        ({"fen": 15_000, "most_fen": 20_000}, "150–200"),
        ({"fen": 1_280_000, "most_fen": 1_500_000, "unit": PayUnit.MONTH}, "12800–15000"),
    ],
)
def test_pay_time_and_payday_are_as_large_as_promised(
    width_dots: int,
    pay: dict[str, object],
    figure: str,
    usual_slip: SlipDocument,
    chinese: Catalogue,
    lettering: Lettering,
) -> None:
    slip = replace(usual_slip, pay=replace(usual_slip.pay, **pay))  # type: ignore[arg-type]
    found = runs(document_layout(slip_blocks(slip, chinese), width_dots, lettering))
    largest = max(run.size_dots for run in found)
    assert figure.split("–") == [
        number for run in found if run.size_dots == largest for number in run.text.split("–")
    ]
    assert largest >= 120
    assert next(run for run in found if run.text == "06:20").size_dots >= 72
    assert next(run for run in found if "17:30" in run.text).size_dots >= 40
    assert next(run for run in found if "12" in run.text and "座" in run.text).size_dots >= 40


def test_the_usual_slip_is_shorter_than_240_mm_on_80_mm_paper(
    usual_slip: SlipDocument, chinese: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(slip_blocks(usual_slip, chinese), 576, lettering)
    assert layout.height_dots < LONGEST_USUAL_DOTS


def test_facts_stand_on_two_left_edges(
    usual_slip: SlipDocument, chinese: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(slip_blocks(usual_slip, chinese), 576, lettering)
    small = [
        mark for mark in layout.marks if isinstance(mark, Picture) and mark.box.right - mark.box.left == 36
    ]
    facts = [mark.box.left for mark in small if mark.name not in {"scissors", "safety", "glove"}]
    assert len(facts) == 9
    assert set(facts) == {8, 296}


def gear_on(layout: Layout) -> list[Picture]:
    """Return the pictures of protective things, in their order."""
    found = [mark for mark in layout.marks if isinstance(mark, Picture)]
    return [mark for mark in found if mark.name in {"hat", "glove"} or mark.name.startswith("gear_")]


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("second", [None, "en"])
def test_every_protective_thing_has_a_drawing_of_its_own_and_its_words_beside_it(
    width_dots: int,
    second: SecondLanguage | None,
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
    lettering: Lettering,
) -> None:
    """Broken by two things that share a drawing."""
    slip = replace(usual_slip, ppe=tuple(Ppe), second_language=second)
    layout = document_layout(slip_blocks(slip, chinese, english), width_dots, lettering)
    pictures = gear_on(layout)
    assert len({mark.name for mark in pictures}) == len(pictures) == len(Ppe)
    for thing, mark in zip(Ppe, pictures, strict=True):
        [beside] = [
            run
            for run in runs(layout)
            if 0 <= run.box.left - mark.box.right < 16 and mark.box.top <= run.box.top < mark.box.bottom
        ]
        assert beside.text.endswith(chinese(f"paper.ppe.{thing}"))


def test_gear_costs_a_row_only_where_a_row_does_not_hold_it(
    usual_slip: SlipDocument, chinese: Catalogue, lettering: Lettering
) -> None:
    tall = [
        document_layout(slip_blocks(replace(usual_slip, ppe=tuple(Ppe)[:things]), chinese), 576, lettering)
        for things in (0, 2, 4, 7)
    ]
    none, two, four, all_of_them = (layout.height_dots for layout in tall)
    assert none == two
    assert four - two <= 44
    assert all_of_them - four <= 44


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("bay", ["3", "12", "东", "东站", "东广场B12", "客运南站东侧第三发车广场"])
def test_a_bay_of_any_name_stands_on_its_plate(
    width_dots: int, bay: str, usual_slip: SlipDocument, chinese: Catalogue, lettering: Lettering
) -> None:
    assert usual_slip.ride is not None
    slip = replace(usual_slip, ride=replace(usual_slip.ride, bay=bay))
    layout = document_layout(slip_blocks(slip, chinese), width_dots, lettering)
    assert_sound(layout)
    on_plate = [run for run in runs(layout) if run.text in bay and run.size_dots >= 44 and not run.is_white]
    assert bay in "".join(run.text for run in on_plate)
