"""Tables come into a real bureau: each row judged, all of it or nothing, and twice as good as once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.feeds import CITY, Changes, bodies, current_body, hall_scope
from kiosk.bureau.importing import Verdict, take_in, wrong_rows
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rulings import awaiting_review
from kiosk.catalogue import load
from kiosk.cli import app
from kiosk.domain.jobs import JobState
from kiosk.intake.blanks import blank
from kiosk.intake.courses import FIRST_COURSES
from kiosk.intake.kinds import FORMS, TOLD
from kiosk.ledgers.comma_text import comma_rows
from kiosk.messages.feed import EmployerBody, JobBody, TripBody
from kiosk.messages.fleet import DriverBody
from kiosk.sample.loader import sample_rows
from tests.unit.bureau.filled_tables import (
    DAY,
    EMPLOYER,
    GAS,
    JOB,
    TRIP,
    Table,
    faults,
    planned,
    verdicts,
)
from tests.unit.bureau.rehearsal import DAWN, HandClock, Machine, new_machine, number_of, parameters, pulse


@pytest.fixture
def desk(bureau: Office, folder: Path, tmp_path: Path) -> tuple[Office, Path]:
    """A bureau that knows the numbers of law, one employer and one coach."""
    numbers = [body.model_dump(exclude={"unit"}, mode="json") for body in parameters()]
    known = [row for row in numbers if not faults(Table(bureau, tmp_path, "parameters", [row]).plan())]
    Table(bureau, tmp_path, "parameters", known).take()
    Table(bureau, tmp_path, "employers", [EMPLOYER]).take()
    Table(bureau, tmp_path, "trips", [TRIP]).take()
    return bureau, tmp_path


def job_told(bureau: Office, of: str = "j1") -> JobBody | None:
    with bureau.database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "job", of)
    return JobBody.model_validate_json(said[1]) if said else None


def test_a_job_of_a_table_is_on_every_board_after_the_next_sync(
    desk: tuple[Office, Path], folder: Path
) -> None:
    bureau, place = desk
    plan = Table(bureau, place, "jobs", [JOB]).take()
    assert (verdicts(plan), faults(plan)) == ({"new": 1}, [])
    told = job_told(bureau)
    assert told is not None
    assert (told.state, told.trade, told.pay.fen, told.trip) == ("published", "pick_fruit", 18_000, "t1")
    assert (told.age_min, told.meeting_point, told.hazards) == (16, "3号位", ["ladder"])
    machine: Machine = new_machine(bureau, folder)
    rows = [row for page in pulse(bureau, machine).pages for row in page.rows if row.topic == "job"]
    assert [row.id for row in rows] == ["j1"]


def test_the_same_table_twice_changes_nothing_the_second_time(desk: tuple[Office, Path]) -> None:
    """One-line break: take a thing for changed by what only the bureau knows of it."""
    bureau, place = desk
    for form, row in (("employers", EMPLOYER), ("trips", TRIP), ("jobs", JOB)):
        Table(bureau, place, form, [row]).take()
        before = [scope_rows(bureau, scope) for scope in (CITY, hall_scope("NZ"))]
        assert verdicts(Table(bureau, place, form, [row]).take()) == {"same": 1}
        assert [scope_rows(bureau, scope) for scope in (CITY, hall_scope("NZ"))] == before


def scope_rows(bureau: Office, scope: str, *topics: str) -> list[str]:
    with bureau.database.reading() as connection:
        return [
            text
            for topic in topics or ("employer", "trip", "job")
            for text in bodies(connection, scope, topic)
        ]


def test_a_changed_job_is_a_new_version_with_as_many_places_more(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    Table(bureau, place, "jobs", [JOB]).take()
    plan = Table(bureau, place, "jobs", [{**JOB, "headcount": 25}]).take()
    told = job_told(bureau)
    assert verdicts(plan) == {"changed": 1}
    assert told is not None
    assert (told.version, told.headcount, told.open_places, told.state) == (2, 25, 25, "published")


@pytest.mark.parametrize(
    ("change", "column", "why"),
    [
        ({"employer": "e99"}, "employer", "intake.row.unknown_employer"),
        ({"trip": "t9"}, "trip", "intake.row.unknown_trip"),
        ({"first_day": (DAY + timedelta(days=1)).isoformat()}, "trip", "intake.row.other_coach"),
        ({"first_day": "2020-01-01", "trip": None}, "first_day", "intake.row.over"),
        ({"last_day": (DAY - timedelta(days=1)).isoformat()}, "last_day", "intake.row.ends_before"),
        ({"unit": "元/件"}, "piece_name", "intake.row.piece_needed"),
        ({"rule": "指定日结"}, "due_on", "intake.row.due_needed"),
        ({"pay": ""}, "pay", "intake.cell.empty"),
        ({"trade": "挖煤"}, "trade", "intake.cell.no_trade"),
        ({"content": "只要男的"}, "", "rules.posting.sex"),
    ],
)
def test_a_wrong_row_says_where_and_why_and_nothing_is_taken(
    desk: tuple[Office, Path], change: dict[str, object], column: str, why: str
) -> None:
    bureau, place = desk
    plan = Table(bureau, place, "jobs", [{**JOB, **change}, {**JOB, "id": "j2"}]).plan()
    assert (2, column, why) in faults(plan)
    assert verdicts(plan) == {"new": 1, "wrong": 1}
    assert job_told(bureau) is None


def test_work_may_need_a_class_that_the_bureau_teaches_itself_and_no_other(desk: tuple[Office, Path]) -> None:
    """One-line break: let any word be a class."""
    bureau, place = desk
    work = Table(bureau, place, "jobs", [{**JOB, "needs_classes": "工地安全课、gas"}])
    assert faults(work.plan()) == [(2, "needs_classes", "intake.row.untaught_class")]
    Table(bureau, place, "courses", GAS).take()
    assert verdicts(work.take()) == {"new": 1}
    told = job_told(bureau)
    assert told is not None
    assert told.needs_classes == ["gas", "site"]


def test_one_number_stands_in_a_table_once(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    plan = Table(bureau, place, "jobs", [JOB, {**JOB, "headcount": 3}]).plan()
    assert faults(plan) == [(3, "", "intake.row.twice")]


def test_what_the_rules_leave_open_waits_for_a_reviewer(desk: tuple[Office, Path]) -> None:
    """One-line break: show at once what a table brings."""
    bureau, place = desk
    plan = Table(bureau, place, "jobs", [{**JOB, "content": "摘果，联系 13911112222"}]).take()
    assert len(plan.waiting) == 1
    assert [body.id for body in awaiting_review(bureau.database)] == ["j1"]
    told = job_told(bureau)
    assert told is not None
    assert told.state == JobState.PENDING


def test_a_table_is_refused_whose_headings_are_not_known(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    with pytest.raises(Refused, match=r"head\.unknown"):
        Table(bureau, place, "employers", [{**EMPLOYER, "地趾": "x"}]).plan()
    with pytest.raises(Refused, match=r"head\.missing"):
        Table(bureau, place, "employers", [{"id": "e1"}]).plan()
    assert faults(Table(bureau, place, "employers", [{**EMPLOYER, "备注": "老客户"}]).plan()) == []


def test_what_somebody_changed_in_between_is_not_overwritten(desk: tuple[Office, Path]) -> None:
    """One-line break: take a plan in without looking again."""
    bureau, place = desk
    plan = Table(bureau, place, "employers", [{**EMPLOYER, "name": "新名"}]).plan()
    Table(bureau, place, "employers", [{**EMPLOYER, "name": "新名"}]).take()
    with pytest.raises(Refused, match="changed_meanwhile"):
        take_in(bureau.database, plan, "importer", DAWN)


def test_what_another_table_said_in_between_is_not_overwritten(desk: tuple[Office, Path]) -> None:
    """One-line break: compare whether a thing changed, and not what it was."""
    bureau, place = desk
    plan = Table(bureau, place, "employers", [{**EMPLOYER, "name": "新名"}]).plan()
    Table(bureau, place, "employers", [{**EMPLOYER, "name": "别名"}]).take()
    with pytest.raises(Refused, match="changed_meanwhile"):
        take_in(bureau.database, plan, "importer", DAWN)


def test_what_only_the_bureau_says_of_a_thing_is_that_of_the_moment_of_taking_in(
    desk: tuple[Office, Path],
) -> None:
    """One-line break: say what was planned. A driver who was named in between would be named no more."""
    bureau, place = desk
    plan = Table(bureau, place, "trips", [{**TRIP, "bay": "4"}]).plan()
    [text] = scope_rows(bureau, CITY, "trip")
    publish(bureau.database, CITY, [TripBody.model_validate_json(text).model_copy(update={"driver": "w-9"})])
    take_in(bureau.database, plan, "importer", DAWN)
    told = TripBody.model_validate_json(scope_rows(bureau, CITY, "trip")[0])
    assert (told.bay, told.driver) == ("4", "w-9")


def test_a_driver_comes_without_his_number(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    number = number_of(29, "19700101")
    row = {"station": "NZ", "number": number, "name": "司机甲", "phone": "13900000201", "licence_class": "A1"}
    plan = Table(bureau, place, "drivers", [row]).take()
    assert (verdicts(plan), faults(plan)) == ({"new": 1}, [])
    said = scope_rows(bureau, hall_scope("NZ"), "driver")
    assert len(said) == 1
    assert number not in said[0] + repr(plan.judged)
    assert DriverBody.model_validate_json(said[0]).birth_date == date(1970, 1, 1)


def test_seats_are_those_the_vehicle_has(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    vehicle = {
        "station": "NZ",
        "plate": "示A·S0001",
        "kind": "大客车",
        "approved": 20,
        "crew": 2,
        "owner": "示例",
    }
    Table(bureau, place, "vehicles", [vehicle]).take()
    plan = Table(bureau, place, "trips", [TRIP]).plan()
    assert faults(plan) == [(2, "seats", "intake.row.more_seats_than_vehicle")]


def test_everything_the_sample_publishes_comes_back_out_of_a_table(bureau: Office, tmp_path: Path) -> None:
    """One-line break: lose a column on the way."""
    now = DAWN
    sample = sample_rows(now)
    said: dict[str, Sequence[EmployerBody | TripBody | JobBody]] = {
        "employers": sample.employers,
        "trips": sample.trips,
        "jobs": sample.jobs,
    }
    for form in ("parameters", "calendar"):
        heads = [column.name for column in FORMS[form].columns]
        told = [
            row for body in sample.parameters if FORMS[form].tells(body) for row in FORMS[form].written(body)
        ]
        numbers = [dict(zip(heads, row, strict=True)) for row in told]
        assert faults(Table(bureau, tmp_path, form, numbers).take(now)) == []
    for form, published in said.items():
        heads = [column.name for column in FORMS[form].columns]
        rows = [dict(zip(heads, row, strict=True)) for body in published for row in FORMS[form].written(body)]
        plan = Table(bureau, tmp_path, form, rows).plan(now)
        assert faults(plan) == []
        left_out = {"version", "state", "open_places"}
        for item, body in zip(plan.judged, published, strict=True):
            assert item.thing.body.model_dump(exclude=left_out) == body.model_dump(exclude=left_out)
        take_in(bureau.database, plan, "importer", now)


def test_a_payday_on_a_holiday_comes_back_with_the_day_to_write(desk: tuple[Office, Path]) -> None:
    """One-line break: in `told_day`, take every day for one of work."""
    bureau, place = desk
    holiday = DAY + timedelta(days=5)
    paid = {**JOB, "rule": "指定日结", "due_on": holiday.isoformat(), "last_day": DAY + timedelta(days=3)}
    told = [{"day": DAY + timedelta(days=ahead), "is_rest": "否", "source": "通知"} for ahead in range(5)]
    assert verdicts(Table(bureau, place, "calendar", told).take()) == {"new": 5}
    assert verdicts(Table(bureau, place, "jobs", [paid]).plan()) in ({"new": 1}, {"wrong": 1})
    rest = {"day": holiday, "is_rest": "是", "source": "通知"}
    Table(bureau, place, "calendar", [rest]).take()
    plan = Table(bureau, place, "jobs", [paid]).plan()
    (fault,) = plan.faults
    assert (DAY + timedelta(days=4)).isoformat() in load("zh_CN")(fault.sentence.key, **fault.sentence.args)
    assert verdicts(Table(bureau, place, "calendar", [{**rest, "is_rest": "否"}]).take()) == {"changed": 1}
    assert verdicts(Table(bureau, place, "jobs", [paid]).plan()) == {"new": 1}
    numbers = [{"key": "calendar.2026-10-01", "value": "rest", "source": "通知", "effective_from": DAY}]
    assert faults(Table(bureau, place, "parameters", numbers).plan()) == [
        (2, "key", "intake.row.in_calendar")
    ]


def test_the_way_to_a_station_of_any_name_is_told_in_minutes(desk: tuple[Office, Path]) -> None:
    """Broken by knowing a station in a key by two letters: such a number would be unknown."""
    bureau, place = desk
    rows = [
        {"key": f"station.minutes.{way}", "value": "25", "source": "车站", "effective_from": DAY}
        for way in ("NZ.GYNZ", "GYNZ.GYN", "GYN.NZ", "NZ.GYNZX")
    ]
    assert faults(Table(bureau, place, "parameters", rows).plan()) == [
        (5, "key", "intake.row.unknown_parameter")
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_given_out_comes_in_again_and_changes_nothing(
    desk: tuple[Office, Path], folder: Path, ending: str
) -> None:
    """One-line break: leave the station out of `rows_now`."""
    bureau, place = desk
    vehicle = {"station": "NZ", "plate": "示A·S0001", "kind": "大客车", "approved": 20, "crew": 1}
    Table(bureau, place, "vehicles", [{**vehicle, "owner": "示例", "permit_to": DAY.isoformat()}]).take()
    Table(bureau, place, "calendar", [{"day": "2026-10-01", "is_rest": "是", "source": "通知"}]).take()
    Table(bureau, place, "jobs", [JOB, {**JOB, "id": "j2", "trip": "", "pay": "200.5"}]).take()
    take_in(bureau.database, planned(bureau, "courses", FIRST_COURSES), "importer", DAWN)
    path = place
    for form in TOLD:
        path = place / f"out-{form}.{ending}"
        given = CliRunner().invoke(app, ["bureau", "export", form, str(path), "--data", str(folder)])
        assert given.exit_code == 0, given.output
        plan = planned(bureau, form, path)
        assert (faults(plan), plan.count(Verdict.SAME) > 0) == ([], True)
        assert {item.verdict for item in plan.judged} == {Verdict.SAME}
    again = CliRunner().invoke(app, ["bureau", "export", "jobs", str(path), "--data", str(folder)])
    assert again.exit_code == 2, "no file is written over"


def test_wrong_rows_are_put_back_and_taken_once_they_are_right(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    table = Table(bureau, place, "jobs", [{**JOB, "pay": "很多"}, {**JOB, "id": "j2"}])
    plan = table.take()
    back = wrong_rows(plan, "哪里不对", lambda fault: fault.sentence.key)
    assert [row[-1] for row in back] == ["哪里不对", "intake.cell.no_number"]
    table.path.write_bytes(comma_rows(back).replace("很多".encode(), b"190"))
    assert verdicts(table.take()) == {"new": 1}
    assert job_told(bureau, "j1") is not None


def test_rows_of_a_workbook_come_back_as_they_can_be_read_again(desk: tuple[Office, Path]) -> None:
    """One-line break: write days and times as a program keeps them."""
    bureau, place = desk
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    names = list(JOB)
    headings = {column.name: column.heading("zh_CN") for column in FORMS["jobs"].columns}
    sheet.append([headings[name] for name in names])
    facts = {
        **JOB,
        "first_day": datetime.combine(DAY, time()),
        "starts_at": time(7),
        "ends_at": datetime.combine(date(1899, 12, 30), time(15)),
        "pay": "很多",
        "content": "-摘果、挑拣、装筐",
    }
    sheet.append([facts[name] for name in names])
    path = place / "jobs.xlsx"
    book.save(path)
    plan = planned(bureau, "jobs", path)
    assert faults(plan) == [(2, "pay", "intake.cell.no_number")]
    back = place / "back.csv"
    back.write_bytes(comma_rows(wrong_rows(plan, "哪里不对", str)).replace("很多".encode(), b"190"))
    again = planned(bureau, "jobs", back)
    assert (verdicts(again), faults(again)) == ({"new": 1}, [])
    body = again.judged[0].thing.body
    assert isinstance(body, JobBody)
    assert (body.content, body.shift.first_day, body.shift.ends_at) == ("-摘果、挑拣、装筐", DAY, time(15))


def test_a_heading_stands_in_a_table_once(desk: tuple[Office, Path]) -> None:
    bureau, place = desk
    table = Table(bureau, place, "employers", [EMPLOYER])
    table.path.write_bytes(table.path.read_bytes().replace("地址".encode(), "名称".encode()))
    with pytest.raises(Refused, match=r"head\.(twice|missing)"):
        table.plan()


def test_blank_forms_are_filled_in_and_taken_at_the_command_line(
    folder: Path, tmp_path: Path, clock: HandClock
) -> None:
    path = tmp_path / "employers.xlsx"
    path.write_bytes(blank(FORMS["employers"], "en"))
    book = load_workbook(path)
    book.worksheets[0].append(
        ["e01", "Orchard", "cooperative", "93999999MA0000001G", "Miao", "13900000101", "Liugou"]
    )
    book.save(path)
    run = CliRunner().invoke
    asked = ["bureau", "import", "employers", str(path), "--data", str(folder), "--language", "en"]
    dry = run(app, [*asked, "--dry-run"])
    assert (dry.exit_code, "1 new" in dry.stdout, "nothing was imported" in dry.stdout) == (0, True, True)
    assert "Imported" in run(app, asked).stdout
    again = run(app, asked)
    assert (again.exit_code, "1 the same" in again.stdout) == (0, True)
    assert "Imported" not in again.stdout, "the halls are told nothing"
    book.worksheets[0].cell(2, 6).value = "12"
    book.save(path)
    wrong = run(app, asked)
    assert (wrong.exit_code, "row 2, Contact's telephone" in wrong.stdout) == (1, True)
    before = path.read_bytes()
    assert run(app, [*asked, "--good-rows", str(path)]).exit_code == 2, "no file is written over"
    assert path.read_bytes() == before
