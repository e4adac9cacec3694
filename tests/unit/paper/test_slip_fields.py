"""A slip says everything it must, and never what it must not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from kiosk.catalogue import Catalogue
from kiosk.domain.jobs import EmployerType, Insurance, PayRule
from kiosk.domain.slips import SlipKind
from kiosk.domain.workers import EducationState
from kiosk.paper.blocks import Code, Document, Words
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.paper.slips import ClassLine, CopyMark, SlipDocument


def leaves(value: object) -> list[object]:
    """Return every phrase and code of a document, in order."""
    if isinstance(value, Words | Code):
        return [value]
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part)]
    if is_dataclass(value):
        return [leaf for field in fields(value) for leaf in leaves(getattr(value, field.name))]
    return []


def said(document: Document) -> str:
    phrases = [leaf.text for leaf in leaves(document) if isinstance(leaf, Words)]
    return "\n".join(phrases).replace("\u00a0", " ").replace("\u2002", "\n")


DAY = date(2025, 9, 18)
EVERY_FIELD = """
派工单 | 首打 | PG-NZ-0918-02-0037 | 校验码 7K3F-6Q2M | 甘州汽车南站零工驿站 | 9月18日 05:17
公益免费，不收任何费用 | 张*强 | 身份证尾号 101X | 摘苹果 | 晨禾果蔬专业合作社 | 今天有效
180 | 元/天 | 今天 17:30 给，现金 | 合作社付 | 干完约 180 元
06:20 | 3 | 号位 | 12 座 | 回程 17:40 | NZ03次
9月18日 | 07:00–17:00 | 歇 1.5 小时 | 沙井镇南沟村三社 | 18 公里 | 北门2号桌集合
王*军 | 0936-0000018 | 管饭 | 不管住 | 要上梯子，会摔 | 发安全帽 | 手套
安全已学 | 有意外险 | 老板买 | 谁管安全 | 站里：驿站管 | 来回：车站管 | 干活：老板管
0936-0000012 | 0936-0000015 | 139 0000 0001 | 没拿到钱？ | 回站刷卡，或打 | 12333 | 投诉 12345
请取走身份证 | 值班 李*芳 | B 机 | 规则 2025.09
回执，老板填 | 录用 | 没录用，因为 | 钱 | 时间 | 不合适 | 人满 | 其他
到场 | 实给 | 元 | 签字盖章 | 日期
"""


def test_the_usual_slip_says_every_field(usual_slip: SlipDocument, chinese: Catalogue) -> None:
    phrases = {phrase.strip() for phrase in EVERY_FIELD.strip().replace("\n", "|").split("|")}
    assert phrases - set(said(slip_blocks(usual_slip, chinese)).split("\n")) == set()


def test_the_return_part_names_worker_employer_work_pay_and_station(
    usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    phrases = "张*强到晨禾果蔬专业合作社\n摘苹果，180 元/天\n交回汽车南站，或拍照"
    assert f"\n派{phrases}" in said(slip_blocks(usual_slip, chinese))
    referral = replace(usual_slip, kind=SlipKind.REFERRAL)
    assert f"\n兹推荐{phrases}" in said(slip_blocks(referral, chinese))


def test_both_codes_stand_on_the_slip(usual_slip: SlipDocument, chinese: Catalogue) -> None:
    codes = [leaf.text for leaf in leaves(slip_blocks(usual_slip, chinese)) if isinstance(leaf, Code)]
    assert codes == [usual_slip.code, usual_slip.return_code]


def test_a_slip_of_the_time_before_return_codes_keeps_its_number_there(
    usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    older = slip_blocks(replace(usual_slip, return_code=""), chinese)
    codes = [leaf.text for leaf in leaves(older) if isinstance(leaf, Code)]
    assert codes == [usual_slip.code, usual_slip.number]


def test_a_referral_is_called_a_letter_and_says_how_long_it_is_good(
    usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    slip = replace(usual_slip, kind=SlipKind.REFERRAL, valid_until=date(2025, 9, 30), ride=None)
    text = said(slip_blocks(slip, chinese))
    assert "求职推荐介绍信" in text
    assert "派工单" not in text
    assert "有效到9月30日" in text
    assert "自己去，没有车" in text
    assert "先去谈，录用才算" in text
    assert "录用才算" not in said(slip_blocks(usual_slip, chinese)), "who was dispatched is hired"


def test_a_reprint_is_marked_with_its_reason_and_attendant(
    usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    text = said(slip_blocks(replace(usual_slip, copy=CopyMark(2, "卡纸", "李*芳")), chinese))
    assert "补打2：卡纸" in text
    assert "经手李*芳" in text
    assert "首打" not in text
    with pytest.raises(ValueError, match="reprint"):
        replace(usual_slip, copy=CopyMark(1))


def test_a_household_never_promises_labour_law_benefits(usual_slip: SlipDocument, chinese: Catalogue) -> None:
    household = replace(usual_slip, employer_type=EmployerType.HOUSEHOLD, insurance=Insurance.NONE)
    text = said(slip_blocks(household, chinese))
    assert "没登记保险\n可以买意外险" in text
    assert "工伤" not in text
    with pytest.raises(ValueError, match="household"):
        replace(household, insurance=Insurance.INJURY)


def test_an_employer_who_declared_no_insurance_is_asked_before_work(
    usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    text = said(slip_blocks(replace(usual_slip, insurance=Insurance.NONE), chinese))
    assert "没登记保险\n上工前问清楚" in text


@pytest.mark.parametrize(
    ("education", "zh", "en"),
    [
        (EducationState.NOT_NEEDED, "不用先上安全课", "No safety class needed"),
        (
            EducationState.MISSING,
            "没登记安全课\n上工前先学",
            "No safety class on record\ntake it before work",
        ),
        (None, "没登记安全课", "No safety class on record"),
    ],
)
def test_a_slip_tells_a_class_that_is_not_needed_from_one_that_lacks(
    education: EducationState | None,
    zh: str,
    en: str,
    usual_slip: SlipDocument,
    chinese: Catalogue,
    english: Catalogue,
) -> None:
    slip = replace(usual_slip, educated_on=None, education=education)
    assert zh in said(slip_blocks(slip, chinese))
    assert en in said(slip_blocks(slip, english))


@pytest.mark.parametrize(
    ("days", "zh"),
    [
        ((DAY, DAY), "安全已学\n防暑课、高处安全课\n9月18日"),
        ((DAY, date(2025, 9, 1)), "安全已学\n高处安全课\n9月1日\n防暑课\n9月18日"),
        ((DAY, None), "安全已学\n防暑课\n9月18日\n上工前先学\n高处安全课"),
        ((None, None), "没登记安全课\n防暑课、高处安全课"),
    ],
)
def test_a_slip_names_every_class_of_a_job_that_needs_several(
    days: tuple[date | None, ...], zh: str, usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    """Broken by the line of one class: whoever reads the slip would not know which of them was held."""
    lines = tuple(ClassLine(name, day) for name, day in zip(("heat", "height"), days, strict=True))
    last = max((day for day in days if day), default=None) if all(days) else None
    state = EducationState.HELD if last else EducationState.MISSING
    slip = replace(usual_slip, education=state, educated_on=last, classes=lines)
    assert zh in said(slip_blocks(slip, chinese))


def test_a_class_has_a_day_exactly_when_it_was_held(usual_slip: SlipDocument) -> None:
    for education in (EducationState.NOT_NEEDED, EducationState.MISSING):
        with pytest.raises(ValueError, match="class"):
            replace(usual_slip, education=education)
    with pytest.raises(ValueError, match="class"):
        replace(usual_slip, educated_on=None)


def test_only_the_last_four_signs_of_a_card_number_fit(usual_slip: SlipDocument) -> None:
    with pytest.raises(ValueError, match="last four"):
        replace(usual_slip, card_tail="99999919900101101X")


@pytest.mark.parametrize(
    ("rule", "on_day", "promise"),
    [
        (PayRule.AFTER_WORK, None, "干完就给，现金"),
        (PayRule.MONTHLY, date(2025, 10, 15), "每月15日给，现金"),
        (PayRule.MONTHLY, None, "每月给，现金"),
        (PayRule.WEEKLY, None, "每周给，现金"),
        (PayRule.WEEKLY, date(2025, 9, 25), "每周给，头回9月25日，现金"),
        (PayRule.ON_DATE, date(2025, 9, 20), "9月20日 17:30 给，现金"),
    ],
)
def test_payday_is_told_in_spoken_words(
    rule: PayRule, on_day: date | None, promise: str, usual_slip: SlipDocument, chinese: Catalogue
) -> None:
    slip = replace(usual_slip, pay=replace(usual_slip.pay, rule=rule, on_day=on_day))
    assert promise in said(slip_blocks(slip, chinese))


def test_key_lines_are_doubled_in_english_when_asked(
    usual_slip: SlipDocument, chinese: Catalogue, english: Catalogue
) -> None:
    slip = replace(usual_slip, second_language="en")
    text = said(slip_blocks(slip, chinese, english))
    for line in ("Job slip. Bring this slip", "yuan/day", "Paid today 17:30, in cash", "Apple picking"):
        assert line in text
    for line in ("Departs 06:20", "Bay 3", "Seat 12", "Place of work, 18 km", "派工单", "元/天"):
        assert line in text
    for line in ("18 Sep", "Meeting point", "Ladders: falls", "Given: helmet, gloves", "Not paid? Call"):
        assert line in text
    assert text.count("Ladders: falls") == 1
    assert "Ladders" not in said(slip_blocks(usual_slip, chinese, english))
    with pytest.raises(ValueError, match="no such sentences"):
        slip_blocks(slip, chinese)
