"""A usual slip, the sentences of both languages and the bundled type."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.catalogue import Catalogue, load
from kiosk.domain.clock import HALL_ZONE
from kiosk.domain.jobs import EmployerType, Hazard, Insurance, PayRule, PayUnit, PayWay, Ppe
from kiosk.domain.slips import SlipKind
from kiosk.domain.workers import EducationState
from kiosk.messages import return_codes
from kiosk.messages.return_codes import ReturnCode
from kiosk.messages.slip_codes import SlipCode, encode, promise_digest
from kiosk.paper.lettering import Lettering, bundled_lettering
from kiosk.paper.slips import CopyMark, Hours, Payment, Ride, SafetyParty, SlipDocument

DAY = date(2025, 9, 18)


@pytest.fixture(scope="session")
def chinese() -> Catalogue:
    return load("zh_CN")


@pytest.fixture(scope="session")
def english() -> Catalogue:
    return load("en")


@pytest.fixture(scope="session")
def lettering() -> Lettering:
    return bundled_lettering()


@pytest.fixture(scope="session")
def signed_code() -> str:
    promise = promise_digest(("晨禾果蔬专业合作社", "沙井镇南沟村三社", "17:30"))
    code = SlipCode(7, SlipKind.DISPATCH, DAY, 37, 18000, PayUnit.DAY, DAY, 3, 3, promise)
    return encode(code, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.fixture(scope="session")
def return_code() -> str:
    return return_codes.encode(ReturnCode(7, SlipKind.DISPATCH, DAY, 37), bytes(32))


@pytest.fixture(scope="session")
def usual_slip(signed_code: str, return_code: str) -> SlipDocument:
    return SlipDocument(
        kind=SlipKind.DISPATCH,
        number="PG-NZ-0918-02-0037",
        check_code="7K3F6Q2M",
        code=signed_code,
        copy=CopyMark(),
        station="甘州汽车南站零工驿站",
        printed_at=datetime(2025, 9, 18, 5, 17, tzinfo=HALL_ZONE),
        worker_name="张*强",
        card_tail="101X",
        trade_title="摘苹果",
        trade_title_en="Apple picking",
        trade_picture="pick",
        employer_name="晨禾果蔬专业合作社",
        employer_type=EmployerType.COOPERATIVE,
        pay=Payment(
            18000,
            PayUnit.DAY,
            PayRule.SAME_DAY,
            PayWay.CASH,
            "合作社",
            estimate_fen=18000,
            at=time(17, 30),
        ),
        hours=Hours(DAY, DAY, time(7), time(17), 90),
        place="沙井镇南沟村三社",
        distance_m=18_000,
        has_meal=True,
        has_lodging=False,
        ride=Ride("NZ03", time(6, 20), "3", 12, time(17, 40)),
        meeting_point="北门2号桌",
        contact_name="王*军",
        contact_phone="0936-0000018",
        safety=(
            SafetyParty("hall", "0936-0000012"),
            SafetyParty("coach", "0936-0000015"),
            SafetyParty("site", "139 0000 0001"),
        ),
        hazards=(Hazard.LADDER,),
        ppe=(Ppe.HELMET, Ppe.GLOVES),
        education=EducationState.HELD,
        educated_on=DAY,
        insurance=Insurance.ACCIDENT,
        valid_until=None,
        rights_hotline="12333",
        complaint_phone="12345",
        attendant="李*芳",
        kiosk_letter="B",
        rules_version="2025.09",
        return_station="汽车南站",
        return_code=return_code,
    )
