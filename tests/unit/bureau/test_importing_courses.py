"""Courses come into a real bureau, each of many rows: whole or not at all, every mistake told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from kiosk.bureau.feeds import CITY, bodies
from kiosk.bureau.importing import take_in, wrong_rows
from kiosk.bureau.offices import Office
from kiosk.cli import app
from kiosk.intake.blanks import blank
from kiosk.intake.courses import COURSES, FIRST_COURSES, first_courses
from kiosk.ledgers.comma_text import comma_rows
from kiosk.messages.course_bodies import CourseBody, course_of
from tests.unit.bureau.filled_tables import GAS, Rows, Table, faults, planned, verdicts
from tests.unit.bureau.rehearsal import DAWN, new_machine, pulse


def changed(changes: Mapping[int, Mapping[str, object]]) -> Rows:
    """Return the course with cells changed, by the number a table program shows beside the row."""
    return [{**cells, **changes.get(number, {})} for number, cells in enumerate(GAS, 2)]


def without(*numbers: int) -> Rows:
    return [cells for number, cells in enumerate(GAS, 2) if number not in numbers]


def told(bureau: Office) -> dict[str, CourseBody]:
    with bureau.database.reading() as connection:
        said = [CourseBody.model_validate_json(text) for text in bodies(connection, CITY, "course")]
    return {body.hazard_class: body for body in said}


@pytest.mark.both_databases
def test_courses_come_in_once_and_a_changed_one_is_a_new_version(
    bureau: Office, folder: Path, tmp_path: Path
) -> None:
    """One-line break: in `_compared`, keep the version of a course that was changed."""
    path = tmp_path / "courses.xlsx"
    path.write_bytes(blank(COURSES, "zh_CN"))
    plan = planned(bureau, "courses", path)
    assert (verdicts(plan), faults(plan)) == ({"new": 6}, [])
    take_in(bureau.database, plan, "importer", DAWN)
    assert tuple(told(bureau).values()) == first_courses()
    machine = new_machine(bureau, folder)
    seen = [item.id for page in pulse(bureau, machine).pages for item in page.rows if item.topic == "course"]
    assert sorted(seen) == [body.hazard_class for body in first_courses()]
    assert verdicts(planned(bureau, "courses", path)) == {"same": 6}
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, 3).value = "农忙安全"
    book.save(path)
    plan = planned(bureau, "courses", path)
    assert verdicts(plan) == {"changed": 1, "same": 5}
    take_in(bureau.database, plan, "importer", DAWN)
    versions = {name: body.version for name, body in told(bureau).items()}
    assert versions == dict.fromkeys(versions, 1) | {"farm": 2}
    assert told(bureau)["farm"].title == "农忙安全"
    [again] = [item for page in pulse(bureau, machine).pages for item in page.rows if item.topic == "course"]
    assert again.id == "farm"


def test_a_course_is_gathered_of_its_rows_as_a_clerk_writes_them(bureau: Office, tmp_path: Path) -> None:
    """One-line break: let a row without a class be of a class of its own."""
    plan = Table(bureau, tmp_path, "courses", GAS).take()
    assert (verdicts(plan), faults(plan)) == ({"new": 1}, [])
    gas = course_of(told(bureau)["gas"])
    assert (gas.title.zh, gas.valid_days, gas.pass_percent, gas.version) == ("煤气安全", 180, 80, 1)
    assert [[picture.is_right for picture in page.pictures] for page in gas.pages] == [[True, False], [True]]
    assert [[answer.is_right for answer in question.answers] for question in gas.questions] == [
        [True, False],
        [False, True],
    ]
    assert gas.questions[1].answers[0].picture == "kick_machine"
    assert gas.questions[1].why.en == "Then it leaks no more"


def test_cells_of_a_class_that_were_merged_are_one_course(bureau: Office, tmp_path: Path) -> None:
    path = tmp_path / "courses.xlsx"
    path.write_bytes(blank(COURSES, "en"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    last = max(number for number in range(2, sheet.max_row) if sheet.cell(number, 1).value == "农活安全课")
    sheet.merge_cells(start_row=2, end_row=last, start_column=1, end_column=1)
    book.save(path)
    assert load_workbook(path).worksheets[0].cell(3, 1).value is None
    take_in(bureau.database, planned(bureau, "courses", path), "importer", DAWN)
    assert tuple(told(bureau).values()) == first_courses()


WRONG: Sequence[tuple[Rows, tuple[int, str, str]]] = [
    (changed({4: {"zh": "闻到一点点气味的时候马上停下叫人"}}), (4, "zh", "cell.too_long")),
    (changed({9: {"zh": "长" * 25}}), (9, "zh", "cell.too_long")),
    (changed({4: {"en": ""}}), (4, "en", "course.no_english")),
    (changed({4: {"en": "停下叫人"}}), (4, "en", "course.is_chinese")),
    (changed({4: {"right_picture": "宇宙飞船"}}), (4, "right_picture", "cell.no_picture")),
    (changed({5: {"right_picture": ""}}), (5, "right_picture", "course.no_picture")),
    (changed({7: {"right_picture": ""}}), (7, "right_picture", "cell.empty")),
    (changed({7: {"wrong_picture": "抽烟"}}), (7, "wrong_picture", "course.not_here")),
    (changed({4: {"valid_days": 30}}), (4, "valid_days", "course.not_here")),
    (changed({2: {"valid_days": ""}}), (2, "valid_days", "cell.empty")),
    (changed({2: {"pass_percent": 60}}), (2, "pass_percent", "cell.no_whole")),
    (changed({2: {"course": "没这课"}}), (2, "course", "cell.no_class")),
    (changed({2: {"course": ""}}), (2, "course", "cell.empty")),
    (changed({6: {"part": "提问"}}), (6, "part", "cell.no_choice")),
    (without(2), (2, "course", "cell.empty")),
    (changed({2: {"part": "依据", "en": "", "valid_days": ""}}), (2, "part", "course.lacks.title")),
    (without(3), (2, "part", "course.lacks.source")),
    (without(4, 5), (2, "part", "course.lacks.page")),
    (without(*range(6, 14)), (2, "part", "course.lacks.question")),
    ([*GAS, GAS[0]], (14, "part", "course.two_titles")),
    ([*GAS, *[GAS[3]] * 8], (21, "part", "course.too_many.page")),
    ([*GAS, *GAS[4:8] * 7], (38, "part", "course.too_many.question")),
    (without(6), (6, "part", "course.no_question")),
    (without(8), (6, "part", "course.answers")),
    (changed({7: {"part": "错的答案"}}), (6, "part", "course.one_right")),
    (
        changed({8: {"part": "对的答案", "right_picture": "停下叫人", "wrong_picture": ""}}),
        (6, "part", "course.one_right"),
    ),
    (changed({12: {"part": "错的答案"}}), (10, "part", "course.one_right")),
    (without(9), (6, "part", "course.one_why")),
    (
        changed({5: {"right_picture": "", "wrong_picture": "停下叫人"}}),
        (5, "wrong_picture", "course.both_ways"),
    ),
    (changed({7: {"right_picture": "打120"}}), (7, "right_picture", "course.never_shown")),
    ([*GAS[:8], GAS[8], GAS[10], GAS[9], GAS[11]], (11, "part", "course.one_place")),
]


def test_what_is_wrong_with_a_course_is_told_where_it_stands(bureau: Office, tmp_path: Path) -> None:
    """One-line break: let a question have two right answers."""
    for rows, (number, column, why) in WRONG:
        plan = Table(bureau, tmp_path, "courses", rows).plan()
        assert (number, column, f"intake.{why}") in faults(plan)
        assert verdicts(plan) == {"wrong": 1}
        assert set(plan.wrong) == set(range(2, len(rows) + 2)), "all rows of it come back"


def test_everything_wrong_is_told_at_once_and_nothing_that_only_follows(
    bureau: Office, tmp_path: Path
) -> None:
    rows = changed(
        {
            4: {"en": "", "right_picture": "宇宙飞船"},
            6: {"part": "提问"},
            9: {"zh": ""},
            11: {"wrong_picture": "飞碟"},
            13: {"en": "关了就不漏"},
        }
    )
    assert sorted(faults(Table(bureau, tmp_path, "courses", rows).plan())) == [
        (4, "en", "intake.course.no_english"),
        (4, "right_picture", "intake.cell.no_picture"),
        (6, "part", "intake.cell.no_choice"),
        (9, "zh", "intake.cell.empty"),
        (11, "wrong_picture", "intake.cell.no_picture"),
        (13, "en", "intake.course.is_chinese"),
    ]


def named(name: str, rows: Rows) -> Rows:
    """Return a course each of whose rows names it."""
    return [{**cells, "course": name} for cells in rows]


@pytest.mark.parametrize("at", [0, 5, len(GAS)])
def test_no_course_is_taken_in_without_a_row_of_which_nobody_knows_whose_it_is(
    bureau: Office, tmp_path: Path, at: int
) -> None:
    """One-line break: forget that a row could not be read."""
    odd = {**GAS[3], "course": "煤气课？"}
    steam, gas = named("steam", GAS), named("gas", GAS)
    table = Table(bureau, tmp_path, "courses", [*steam[:at], odd, *steam[at:], *gas, *named("tar", GAS)])
    plan = table.take()
    is_between = at == len(GAS)
    assert faults(plan) == [(at + 2, "course", "intake.cell.no_class")], "and nothing that only follows"
    assert sorted(told(bureau)) == (["tar"] if is_between else ["gas", "tar"])
    assert len(plan.wrong) == 1 + len(GAS) * (2 if is_between else 1)


@pytest.mark.both_databases
def test_nothing_of_a_course_is_taken_in_while_a_row_of_it_is_wrong(bureau: Office, tmp_path: Path) -> None:
    """One-line break: make a course of its right rows."""
    second = [{**cells, "course": cells["course"] and "steam"} for cells in GAS]
    table = Table(bureau, tmp_path, "courses", [*changed({9: {"zh": "长" * 25}}), *second])
    plan = table.take()
    assert verdicts(plan) == {"new": 1, "wrong": 1}
    assert list(told(bureau)) == ["steam"]
    back = wrong_rows(plan, "哪里不对", lambda fault: fault.sentence.key)
    assert len(back) == 1 + len(GAS)
    assert [cells[-1] for cells in back if cells[-1]] == ["哪里不对", "intake.cell.too_long"]
    table.path.write_bytes(comma_rows(back).replace(("长" * 25).encode(), "一点火就炸".encode()))
    assert verdicts(table.take()) == {"new": 1}
    both = told(bureau)
    assert both["gas"] == both["steam"].model_copy(update={"hazard_class": "gas"})


def test_a_wrong_course_at_the_command_line_changes_nothing(
    bureau: Office, folder: Path, tmp_path: Path
) -> None:
    path = Table(bureau, tmp_path, "courses", changed({9: {"en": ""}})).path
    asked = ["bureau", "import", "courses", str(path), "--data", str(folder)]
    run = CliRunner().invoke(app, asked)
    assert (run.exit_code, "第 9 行 英文：缺英文" in run.stdout, told(bureau)) == (1, True, {})
    dry = CliRunner().invoke(app, [*asked[:3], str(FIRST_COURSES), *asked[4:], "--dry-run"])
    assert (dry.exit_code, "新 6 项" in dry.stdout, told(bureau)) == (0, True, {})
