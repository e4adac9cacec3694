"""The lint of advertisements: what each class must find, in disguise too, and what it must leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.eligibility import Level
from kiosk.domain.jobs import Certificate, EmployerType, Hazard, PayUnit
from kiosk.domain.posting import Decision, Field, PostingReview, review
from kiosk.domain.posting.wording import CLASSES
from tests.unit.domain.example_jobs import EMPLOYER, JOB, numbers

FORBIDDEN = {
    "sex": (
        "限男",
        "只招男",
        "男性优先",
        "女士勿扰",
        "招女工",
        "急招女服务员两名",
        "招3名女工",
        "只要Nan",
        "限　女",
        "限*男*性",
        "只 要 ｎａｎ",
        "要钕工",
        "性别：女",
        "限男装卸工",
        "女工5名",
        "不要女的",
        "Men only",
    ),
    "marriage": ("已婚已育", "限未婚", "三年不生育", "两年内不要孩", "要做妊娠检测", "孕妇勿扰"),
    "ethnicity": ("限汉族", "不要少数民族", "不招回族", "信教勿扰", "限漢族"),
    "hukou": ("限本地户口", "外地勿扰", "不招河南省人", "农村户口勿扰", "本地户口优先"),
    "disability": ("残疾勿扰", "要求肢体健全", "不要残疾人"),
    "disease": ("乙肝不要", "查大三阳", "HBV阴性", "传染病勿扰"),
    "age": ("35岁以下", "三十五岁以下", "年龄45以下", "18-45岁", "90后优先", "不超过５０岁", "50岁以上勿扰"),
    "appearance": ("身高170以上", "形象好", "属虎的别来", "普通话标准"),
    "criminal_record": ("无案底", "无犯罪记录"),
    "money": (
        "押金200",
        "押 金二百",
        "交服装费",
        "先交钱后上岗",
        "收培训费",
        "报名费50元",
        "鸭金100",
        "押jin",
        "无押金不让上岗的别信，先交100",
        "无押金，不录用",
    ),
    "papers": ("扣身份证", "身份证抵押", "押证件三天", "证件统一保管"),
    "non_cash": ("以货抵工资", "发购物券", "提成券"),
    "hype": ("日薪上千", "高薪轻松", "保录取", "手机刷单", "境外高薪"),
    "vague_pay": ("工钱面议", "看情况给"),
    "unpaid_trial": ("试工三天不给钱", "试岗期免费"),
    "contact": ("加微信报名", "加V信", "VX同号", "站外结给现钱"),
}

HARMLESS = (
    "男装车间缝纫",
    "女鞋厂做鞋底",
    "女士皮鞋打包",
    "搬男士衬衫",
    "打扫男女厕所",
    "擦女浴室",
    "性别不限，年龄不限",
    "男女不限",
    "不限 男女",
    "男女都行，管吃住",
    "男女老少都要",
    "35岁以上也欢迎",
    "六十岁以上也可以",
    "满18岁，不满18岁勿扰",
    "去临夏回族自治州摘果",
    "肃南裕固族自治县放羊",
    "回族乡收菜",
    "外地人也可以，有住处",
    "不收押金",
    "无任何培训费，不扣证件",
    "免交服装费",
    "体检费由公司出",
    "带上身份证，看完当场还",
    "登记身份证号",
    "留身份证复印件",
    "已婚未婚都可以",
    "接女儿放学、做晚饭",
    "收女贞苗的树坑挖深一点",
    "四川菜馆洗碗",
    "干 8 小时，歇 1 小时",
    "身体累了就歇",
    "年纪大的也能干",
    "only mentioned men and women alike",
)


def look(text: str, **changes: object) -> PostingReview:
    job = replace(JOB, content=f"摘果装筐。{text}", **changes)  # type: ignore[arg-type]  # fields of a job
    return review(job, EMPLOYER, numbers())


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in FORBIDDEN.items() for text in texts]
)
def test_forbidden_words_are_found_in_any_dress(rule: str, text: str) -> None:
    assert rule in [hit.rule for hit in look(text).hits]
    assert look(text).decision is not Decision.PUBLISH


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_look_bad_are_left_alone(text: str) -> None:
    assert look(text).hits == ()


def test_every_class_of_words_has_an_example() -> None:
    of_their_own = {"probation", "household_benefits"}
    assert {wording.rule for wording in CLASSES} == set(FORBIDDEN) | of_their_own


@pytest.mark.parametrize("rule", ["age", "appearance", "criminal_record", "hype", "vague_pay", "contact"])
def test_what_no_statute_forbids_outright_is_a_persons_decision(rule: str) -> None:
    assert look(FORBIDDEN[rule][0]).decision is Decision.NEEDS_REVIEW


def test_a_hit_shows_the_employers_own_words_and_where_they_stand() -> None:
    (hit,) = look("限　女 工").hits
    assert (hit.field, hit.words, hit.start) == (Field.CONTENT, "限　女", 5)
    assert hit.sentence.args["words"] == "限　女"


def test_every_text_of_an_advertisement_is_read() -> None:
    notes = ("限男",)
    assert [hit.field for hit in review(JOB, EMPLOYER, numbers(), notes).hits] == [Field.NOTE]
    for field in ("title", "content_en", "meeting_point"):
        job = replace(JOB, **{field: "摘果限男 men only"})  # type: ignore[arg-type]  # a text field
        assert [hit.field.value for hit in review(job, EMPLOYER, numbers()).hits] == [field]


def test_words_are_not_joined_over_the_end_of_a_thought() -> None:
    assert look("人数不限，男装厂").hits == ()


def test_heavy_lifting_makes_a_limit_of_sex_a_persons_decision() -> None:
    assert look("限男").decision is Decision.RETURNED
    lifting = look("限男", hazards=frozenset({Hazard.LIFTING}))
    assert lifting.decision is Decision.NEEDS_REVIEW


def test_fitness_for_dangerous_work_and_health_of_food_handlers_are_a_persons_decision() -> None:
    dangerous = {"is_dangerous": True, "hazards": frozenset({Hazard.HEIGHT}), "ppe": JOB.ppe}
    levels = {hit.rule: hit.level for hit in look("四肢健全", **dangerous).hits}
    assert levels["disability"] is Level.REVIEW
    kitchen = look("查乙肝", certificates=frozenset({Certificate.HEALTH}))
    assert [hit.level for hit in kitchen.hits] == [Level.REVIEW]


def test_pay_may_be_left_open_only_where_the_employer_meets_the_worker_first() -> None:
    assert look("工钱面议", is_instant=False).decision is Decision.PUBLISH


def test_work_by_the_hour_has_no_probation() -> None:
    by_hour = replace(JOB.pay, unit=PayUnit.HOUR, fen=2000)
    assert [hit.rule for hit in look("试用期三天", pay=by_hour).hits] == ["probation"]
    assert look("试用期一个月").hits == ()


def test_a_household_promises_no_benefits_of_labour_law() -> None:
    household = replace(EMPLOYER, type=EmployerType.HOUSEHOLD, uscc=None)
    job = replace(JOB, content="照看老人，交社保")
    assert [hit.rule for hit in review(job, household, numbers()).hits] == ["household_benefits"]
    assert review(job, EMPLOYER, numbers()).hits == ()


def test_only_the_registered_phone_may_stand_in_a_text() -> None:
    assert look("电话 139 0000 0001").hits == ()
    (hit,) = look("电话 139-0000-0002").hits
    assert (hit.rule, hit.words) == ("other_phone", "139-0000-0002")


def test_every_hit_has_words_a_hint_and_a_basis_in_every_language() -> None:
    for language in LANGUAGES:
        words = load(language)
        for rule, texts in FORBIDDEN.items():
            hit = next(hit for hit in look(texts[0]).hits if hit.rule == rule)
            for sentence in (hit.sentence, hit.hint, hit.legal_basis):
                assert words(sentence.key, **sentence.args)
