"""Tables that somebody fills in and takes to a bureau, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.bureau.importing import Plan, Verdict, plan_file, take_in
from kiosk.bureau.offices import Office
from kiosk.intake.kinds import FORMS
from kiosk.ledgers.comma_text import comma_rows
from tests.unit.bureau.rehearsal import DAWN

KEY = bytes(32)


class Table:
    """A table somebody fills in, and takes to the bureau."""

    def __init__(self, bureau: Office, folder: Path, form: str, rows: Sequence[Mapping[str, object]]) -> None:
        self.bureau, self.form = bureau, FORMS[form]
        names = list({name: None for row in rows for name in row})
        self.path = folder / f"{form}.csv"
        heads = {column.name: column.heading("zh_CN") for column in self.form.columns}
        body = [[row.get(name) for name in names] for row in rows]
        lines: list[list[object]] = [[heads.get(name, name) for name in names], *body]
        self.path.write_bytes(comma_rows(lines))

    def plan(self, now: datetime = DAWN) -> Plan:
        return planned(self.bureau, self.form.name, self.path, now)

    def take(self, now: datetime = DAWN) -> Plan:
        plan = self.plan(now)
        take_in(self.bureau.database, plan, "importer", now)
        return plan


def faults(plan: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.sentence.key) for fault in plan.faults]


def verdicts(plan: Plan) -> dict[str, int]:
    return {verdict.value: plan.count(verdict) for verdict in Verdict if plan.count(verdict)}


def planned(bureau: Office, form: str, path: Path, now: datetime = DAWN) -> Plan:
    """Read a file as one of a form, without taking anything in."""
    return plan_file(bureau.database, FORMS[form], path, KEY, now)


DAY = (DAWN + timedelta(days=1)).date()
EMPLOYER: dict[str, object] = {
    "id": "e01",
    "name": "晨禾果蔬合作社",
    "type": "合作社",
    "uscc": "93999999MA0000001G",
    "contact_name": "苗大军",
    "contact_phone": "13900000101",
    "address": "示例市柳沟镇",
    "is_verified": "是",
}
TRIP: dict[str, object] = {
    "id": "t1",
    "station": "NZ",
    "label": "南1",
    "day": DAY.isoformat(),
    "departs_at": "6:20",
    "bay": "3",
    "destination": "柳沟镇",
    "seats": 19,
    "plate": "示A·S0001",
    "phone": "0936-0000012",
}
JOB: dict[str, object] = {
    "id": "j1",
    "employer": "e01",
    "station": "NZ",
    "trade": "摘苹果",
    "content": "摘果、挑拣、装筐",
    "headcount": 20,
    "pay": "180",
    "unit": "元/天",
    "rule": "当天结",
    "way": "现金",
    "first_day": DAY.isoformat(),
    "starts_at": "7:00",
    "ends_at": "15:00",
    "break_min": 60,
    "town": "柳沟镇",
    "spot": "南沟村果园",
    "distance_m": "18",
    "travel_min": 30,
    "trip": "t1",
    "insurance": "意外险",
    "hazards": "梯子",
    "ppe": "安全帽、手套",
}

Rows = list[dict[str, object]]


def row(
    part: str, zh: str, en: str = "", right: str = "", wrong: str = "", **more: object
) -> dict[str, object]:
    return {
        "course": "",
        "part": part,
        "zh": zh,
        "en": en,
        "right_picture": right,
        "wrong_picture": wrong,
        **more,
    }


GAS: Rows = [
    row("课名", "煤气安全", "Gas", course="gas", valid_days=180),
    row("依据", "安全生产法 第二十八条"),
    row("画面", "闻到气味，停下叫人", "You smell gas? Stop, call", "停下叫人", "抽烟"),
    row("画面", "先关机器", "Switch it off", "先关机器"),
    row("问题", "闻到气味？", "You smell gas?"),
    row("对的答案", "停下叫人", "Stop and call", "停下叫人"),
    row("错的答案", "点火看看", "Light a match", wrong="抽烟"),
    row("为什么", "一点火就炸", "It explodes"),
    row("问题", "机器漏气？", "The machine leaks?"),
    row("错的答案", "脚踹", "Kick it", wrong="脚踹机器"),
    row("对的答案", "先关机器", "Switch it off", "先关机器"),
    row("为什么", "关了就不漏", "Then it leaks no more"),
]
"""A course that a bureau wrote itself; only its first row says of which class it is. Rows begin at 2."""
