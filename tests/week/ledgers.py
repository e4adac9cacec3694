"""What the ledgers of a desk must say of a week, counted from what the journals said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from kiosk.actions.read_ledger import ledger_counts, ledger_table
from kiosk.catalogue import load
from kiosk.codes import load_trades
from kiosk.domain.clock import hall_day
from kiosk.domain.periods import Period
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.sights import MASKED
from kiosk.ledgers.tables import Cell, Table
from kiosk.messages import events
from tests.week.hall import MONDAY, Week
from tests.week.loops import Loop

_SAY = load("zh_CN")


def ledgers_off(week: Week, loops: dict[str, Loop]) -> Iterator[str]:
    """Yield the ledgers of the desk whose rows and sums are not what the journals say."""
    bodies = [item.body for item in week.said]
    visits = {(body.worker, body.hall_day) for body in bodies if isinstance(body, events.CheckedIn)}
    known = {body.worker for body in bodies if isinstance(body, events.WorkerRegistered)}
    papers = [body for body in bodies if isinstance(body, events.SlipStateChanged) and body.state != "queued"]
    classes = [body for body in bodies if isinstance(body, events.ClassHeld)]
    left = [body for body in bodies if isinstance(body, events.TripDeparted)]
    seen = [body for body in bodies if isinstance(body, events.VehicleRecorded | events.DriverRecorded)]
    riders = {slip for body in left for slip in body.aboard}
    sent = [loop for loop in loops.values() if not loop.is_given_back or loop.taken.slip in riders]
    counted = {
        "seekers": len(known),
        "visits": len(visits),
        "placements": len(loops),
        "classes": len(classes),
        "prints": len(papers),
        "safety": len(sent),
        "trips": len(left),
        "fleet": len(seen),
    }
    hall = week.desk.hall
    period = Period(hall_day(MONDAY), hall_day(MONDAY) + timedelta(days=30))
    shown = ledger_counts(hall, period)
    yield from (
        f"ledger {name} has {shown[name]} rows, the journals {counted[name]}"
        for name in counted
        if shown[name] != counted[name]
    )
    tr, trades = load("zh_CN"), load_trades()
    tables = {name: ledger_table(hall, name, period, tr, trades, MASKED) for name in SERVICE_LEDGERS}
    yield from (
        f"ledger {name} shows {len(table.rows)} rows of {counted[name]}"
        for name, table in tables.items()
        if len(table.rows) != counted[name]
    )
    yield from _coaches_off(week, tables, left)
    places = tables["placements"]
    column = {key: places.header.index(tr(f"ledger.column.{key}")) for key in ("slip", "pay", "standing")}
    told = {
        (str(row[column["slip"]]), row[column["standing"]] == tr("ledger.code.placed.given_back"))
        for row in places.rows
    }
    said = {(loop.taken.slip, loop.is_given_back) for loop in loops.values()}
    if told != said:
        yield f"ledger of places: {sorted(told ^ said)[:6]} differ"
    money = sum(round(float(str(row[column["pay"]])) * 100) for row in places.rows)
    promised = sum(week.jobs[loop.taken.job].pay.fen for loop in loops.values())
    if money != promised:
        yield f"ledger of places promises {money} fen, the jobs {promised}"


def _coaches_off(
    week: Week, tables: Mapping[str, Table], left: Sequence[events.TripDeparted]
) -> Iterator[str]:
    """Yield where the ledgers of coaches and of safety count other people than the journals."""
    homes = {
        (item.body.trip, slip): item.body.where
        for item in week.said
        if isinstance(item.body, events.ReturnNoted)
        for slip in item.body.slips
    }
    rode = [(body.trip, slip) for body in left for slip in body.aboard]
    week.tally["riders in ledgers"] += len(rode)
    said = {"boarded": len(rode), "listed": sum(body.listed for body in left)}
    where = Counter(homes.get(each, "") for each in rode)
    said |= {name: where[name] for name in ("back", "stayed", "missing")}
    for name, count in said.items():
        shown = sum(int(str(each)) for each in _column(tables["trips"], name))
        if shown != count:
            yield f"ledger of coaches counts {shown} {name}, the journals {count}"
    aboard = sorted(
        str(slip)
        for slip, word in zip(*(_column(tables["safety"], name) for name in ("slip", "aboard")), strict=True)
        if word == _SAY("ledger.code.coach.yes")
    )
    if aboard != sorted(slip for _, slip in rode):
        yield f"ledger of safety has {len(aboard)} aboard, the manifests {len(rode)}"


def _column(table: Table, name: str) -> list[Cell]:
    at = table.header.index(_SAY(f"ledger.column.{name}"))
    return [row[at] for row in table.rows]
