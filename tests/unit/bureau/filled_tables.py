"""Tables that somebody fills in and takes to a bureau, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
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
    return plan_file(bureau.database, FORMS[form], path, KEY, now, lambda _: None)
