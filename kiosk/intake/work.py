"""The forms of work: employers, jobs and the numbers of law and locality."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from kiosk.codes import any_station, load_trades
from kiosk.domain.clock import instant_of
from kiosk.domain.courses import HAZARD_CLASSES
from kiosk.domain.dangers import DANGEROUS, classes_of
from kiosk.domain.hardships import Hardship
from kiosk.domain.jobs import (
    Certificate,
    EmployerType,
    Hazard,
    Insurance,
    JobState,
    PayRule,
    PayUnit,
    PayWay,
    Ppe,
)
from kiosk.domain.parameters import MissingParameter
from kiosk.domain.posting.contents import WITHOUT_CODE
from kiosk.domain.rest_days import is_told_day
from kiosk.domain.skills import Grade
from kiosk.intake.cells import (
    CODE,
    KILOMETRES,
    STATION,
    YUAN,
    Choice,
    Choices,
    CreditCode,
    Day,
    Minute,
    Phone,
    Text,
    Whole,
    YesNo,
)
from kiosk.intake.course_cells import ClassName
from kiosk.intake.forms import BadRow, Column, Filled, Form, Known, Thing
from kiosk.intake.trade_cells import TradeName
from kiosk.messages.feed import (
    EmployerBody,
    JobBody,
    ParameterBody,
    PayBody,
    PlaceBody,
    ShiftBody,
    StrainBody,
)


def _values(of: type[Any]) -> tuple[str, ...]:
    return tuple(item.value for item in of)


_TYPE = Choice(_values(EmployerType), lambda code: f"paper.employer_type.{code}")
_UNIT = Choice(_values(PayUnit), lambda code: f"ledger.code.unit.{code}")
_RULE = Choice(_values(PayRule), lambda code: f"intake.rule.{code}")
_WAY = Choice(_values(PayWay), lambda code: f"intake.way.{code}")
_INSURANCE = Choice(_values(Insurance), lambda code: f"intake.insurance.{code}")
_CERTIFICATE = Choice(_values(Certificate), lambda code: f"rules.certificate.{code}")
_HAZARD = Choice(_values(Hazard), lambda code: f"ui.hazard_short.{code}")
_PPE = Choice(_values(Ppe), lambda code: f"ui.ppe.{code}")
_GRADE = Choice(_values(Grade), lambda code: f"desk.grade.{code}")
_HARDSHIP = Choice(_values(Hardship), lambda code: f"desk.hardship.{code}")


def _employer(said: Filled, known: Known) -> Thing:
    if "uscc" not in said and said["type"] not in WITHOUT_CODE:
        raise BadRow("uscc", "intake.row.uscc_needed")
    body = EmployerBody(
        id=said["id"],
        name=said["name"],
        type=said["type"],
        uscc=said.get("uscc"),
        contact_name=said["contact_name"],
        contact_phone=said["contact_phone"],
        address=said["address"],
        is_verified=said.get("is_verified", False),
    )
    known.employers[body.id] = body
    return Thing("", "employer", body.id, body)


EMPLOYERS = Form(
    "employers",
    (
        Column("id", CODE, "e01", is_required=True),
        Column("name", Text(40), "晨禾果蔬合作社", is_required=True),
        Column(
            "type",
            _TYPE,
            "合作社",
            is_required=True,
        ),
        Column("uscc", CreditCode(), "93999999MA0000001G"),
        Column("contact_name", Text(20), "苗大军", is_required=True),
        Column("contact_phone", Phone(), "13900000101", is_required=True),
        Column("address", Text(80), "示例市柳沟镇南沟村", is_required=True),
        Column("is_verified", YesNo(), "是"),
    ),
    _employer,
    lambda body: body.model_dump(),
)


def _parameter(said: Filled, known: Known) -> Thing:
    key, value = said["key"], said["value"]
    if is_told_day(key):
        raise BadRow("key", "intake.row.in_calendar")
    unit = known.units.get(any_station(key))
    if unit is None:
        raise BadRow("key", "intake.row.unknown_parameter")
    if not _VALUES.get(unit, bool)(value):
        raise BadRow("value", f"intake.row.value.{unit}" if unit in _SAID else "intake.row.value.whole")
    body = ParameterBody(
        key=key, value=value, unit=unit, source=said["source"], effective_from=said["effective_from"]
    )
    return Thing("", "parameter", f"{key}@{body.effective_from.isoformat()}", body)


def _is_whole(value: str) -> bool:
    return re.fullmatch(r"\d{1,9}", value) is not None


def _is_flag(value: str) -> bool:
    return value in {"0", "1"}


def _is_hazards(value: str) -> bool:
    return set(value.split(",")) <= set(_values(Hazard))


_WORDS = frozenset({"contact", "name", "phone"})
_SAID = frozenset({"flag", "hazards"})
_VALUES: Mapping[str, Callable[[str], bool]] = {
    "flag": _is_flag,
    "hazards": _is_hazards,
    **dict.fromkeys(
        ("days", "fen", "grade", "h", "kg", "min", "months", "times", "version", "years", "℃"), _is_whole
    ),
}

PARAMETERS = Form(
    "parameters",
    (
        Column("key", CODE, "age.minimum_years", is_required=True),
        Column("value", Text(200), "16", is_required=True),
        Column("source", Text(200), "劳动法 第十五条", is_required=True),
        Column("effective_from", Day(), date(2025, 1, 1), is_required=True),
    ),
    _parameter,
    lambda body: body.model_dump(),
    tells=lambda body: not is_told_day(body.key),
)


def _job(said: Filled, known: Known) -> Thing:
    employer = known.employers.get(said["employer"])
    if employer is None:
        raise BadRow("employer", "intake.row.unknown_employer")
    trip = known.trips.get(said["trip"]) if "trip" in said else None
    if "trip" in said and trip is None:
        raise BadRow("trip", "intake.row.unknown_trip")
    if trip is not None and (trip.station, trip.day) != (said["station"], said["first_day"]):
        raise BadRow("trip", "intake.row.other_coach")
    trade = known.trades.by_key[said["trade"]]
    hazards = said.get("hazards", [])
    dangers = {Hazard(item) for item in hazards}
    is_dangerous = said.get("is_dangerous", bool(DANGEROUS & dangers))
    shift = _shift(said)
    leaves_at = trip.departs_at if trip else shift.starts_at
    classes = said.get("needs_classes", sorted(classes_of(dangers)))
    if untaught := sorted(set(classes) - known.courses - set(HAZARD_CLASSES)):
        raise BadRow("needs_classes", "intake.row.untaught_class", said=untaught[0])
    body = JobBody(
        id=said["id"],
        version=1,
        employer=employer.id,
        station=said["station"],
        trade=trade.key,
        family=trade.family.value,
        title=said.get("title", trade.zh),
        title_en=said.get("title_en", trade.en),
        content=said["content"],
        content_en=said.get("content_en", ""),
        headcount=said["headcount"],
        pay=_pay(said, employer),
        shift=shift,
        place=PlaceBody(
            town=said["town"],
            spot=said["spot"],
            distance_m=said["distance_m"],
            travel_min=said["travel_min"],
        ),
        trip=trip.id if trip else None,
        has_meal=said.get("has_meal", False),
        has_lodging=said.get("has_lodging", False),
        hazards=hazards,
        ppe=said.get("ppe", []),
        certificates=said.get("certificates", []),
        insurance=said["insurance"],
        age_min=said.get("age_min", _lowest_age(known, is_dangerous=is_dangerous)),
        is_instant=said.get("is_instant", True),
        is_talked_over=said.get("is_talked_over", False),
        is_dangerous=is_dangerous,
        needs_education=min(classes, default=None),
        needs_classes=sorted(classes),
        meeting_point=f"{trip.bay}号位" if trip and trip.bay else said["spot"],
        valid_until=instant_of(shift.first_day, leaves_at),
        state=JobState.PUBLISHED.value,
        open_places=said["headcount"],
        dawn_percent=said.get("dawn_percent"),
        grade=said.get("grade", ""),
        welcomes=said.get("welcomes", []),
        strain=_strain(said),
    )
    if body.valid_until <= known.now:
        raise BadRow("first_day", "intake.row.over")
    return Thing("", "job", body.id, body)


def _shift(said: Filled) -> ShiftBody:
    last = said.get("last_day", said["first_day"])
    if last < said["first_day"]:
        raise BadRow("last_day", "intake.row.ends_before")
    return ShiftBody(
        first_day=said["first_day"],
        last_day=last,
        starts_at=said["starts_at"],
        ends_at=said["ends_at"],
        break_min=said.get("break_min", 0),
    )


def _pay(said: Filled, employer: EmployerBody) -> PayBody:
    if said["unit"] == PayUnit.PIECE and "piece_name" not in said:
        raise BadRow("piece_name", "intake.row.piece_needed")
    if said["rule"] == PayRule.ON_DATE and "due_on" not in said:
        raise BadRow("due_on", "intake.row.due_needed")
    return PayBody(
        fen=said["pay"],
        unit=said["unit"],
        rule=said["rule"],
        way=said["way"],
        payer=employer.name,
        piece_name=said.get("piece_name", ""),
        due_on=said.get("due_on"),
        due_at=said.get("due_at"),
    )


def _strain(said: Filled) -> StrainBody | None:
    told = {name: said[name] for name in ("lift_kg", "lifts_an_hour", "labour_grade") if name in said}
    if said.get("is_underground"):
        told["is_underground"] = True
    return StrainBody(**told) if told else None


def _lowest_age(known: Known, *, is_dangerous: bool) -> int:
    try:
        return known.parameters.whole("age.adult_years" if is_dangerous else "age.minimum_years")
    except MissingParameter:
        raise BadRow("age_min", "intake.row.no_ages") from None


def _job_row(body: JobBody) -> Filled:
    """Return the columns of a job; what follows from its dangers is written out."""
    pay, shift, place = body.pay.model_dump(), body.shift.model_dump(), body.place.model_dump()
    strain = body.strain.model_dump() if body.strain else {}
    told = {name: value for name, value in strain.items() if value}
    whole = body.model_dump(exclude={"pay", "shift", "place", "strain"})
    return {**whole, **pay, **shift, **place, **told, "pay": body.pay.fen, "grade": body.grade or None}


JOBS = Form(
    "jobs",
    (
        Column("id", CODE, "NZ-0701-01", is_required=True),
        Column("employer", CODE, "e01", is_required=True),
        Column("station", STATION, "NZ", is_required=True),
        Column("trade", TradeName(load_trades()), "摘果子", is_required=True),
        Column("title", Text(12), "摘苹果"),
        Column("title_en", Text(40), "Apple picking"),
        Column("content", Text(80), "摘果、挑拣、装筐，梯子有人扶", is_required=True),
        Column("content_en", Text(160), "Pick, sort and crate apples"),
        Column("headcount", Whole(1, 2000), 20, is_required=True),
        Column("pay", YUAN, 180, is_required=True),
        Column(
            "unit",
            _UNIT,
            "元/天",
            is_required=True,
        ),
        Column("piece_name", Text(6)),
        Column("rule", _RULE, "当天结", is_required=True),
        Column("due_on", Day()),
        Column("due_at", Minute(), time(17, 30)),
        Column("way", _WAY, "现金", is_required=True),
        Column("first_day", Day(), date(2027, 7, 1), is_required=True),
        Column("last_day", Day()),
        Column("starts_at", Minute(), time(7, 0), is_required=True),
        Column("ends_at", Minute(), time(17, 0), is_required=True),
        Column("break_min", Whole(0, 600), 90),
        Column("town", Text(20), "柳沟镇", is_required=True),
        Column("spot", Text(40), "南沟村果园", is_required=True),
        Column("distance_m", KILOMETRES, 18, is_required=True),
        Column("travel_min", Whole(0, 1440), 30, is_required=True),
        Column("trip", CODE, "NZ-0701-1"),
        Column("has_meal", YesNo(), "是"),
        Column("has_lodging", YesNo(), "否"),
        Column("hazards", Choices(_HAZARD), "梯子"),
        Column("ppe", Choices(_PPE), "安全帽、手套"),
        Column("certificates", Choices(_CERTIFICATE)),
        Column(
            "insurance",
            _INSURANCE,
            "意外险",
            is_required=True,
        ),
        Column("age_min", Whole(16, 99)),
        Column("is_instant", YesNo(), "是"),
        Column("is_talked_over", YesNo(), "否"),
        Column("is_dangerous", YesNo(), "否"),
        Column("needs_classes", Choices(ClassName())),
        Column("grade", _GRADE),
        Column("welcomes", Choices(_HARDSHIP)),
        Column("lift_kg", Whole(1, 500)),
        Column("lifts_an_hour", Whole(1, 3600)),
        Column("labour_grade", Whole(1, 4)),
        Column("is_underground", YesNo()),
        Column("dawn_percent", Whole(0, 100)),
    ),
    _job,
    _job_row,
)
