"""What is kept of devices, in one transaction; a latch outlives the program, and its row the clearing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.device_ports import DeviceLatch, DeviceProfile, PaperLow, TestPage
from kiosk.domain.devices import Device, Tally
from kiosk.domain.ids import StaffId
from kiosk.domain.slips import SlipState
from kiosk.statements import Row, Statement
from kiosk.storage.device_tables import (
    device_latch,
    device_profile,
    device_tally,
    printer_paper,
    test_page,
)
from kiosk.storage.print_journals import asked_for, in_states

_LATCHES = Statement(
    select(device_latch).where(device_latch.c.cleared_at.is_(None)).order_by(device_latch.c.device)
)
_CLEAR = update(device_latch).where(
    device_latch.c.device == bindparam("of"), device_latch.c.cleared_at.is_(None)
)
_TALLIES = Statement(select(device_tally))
_PAPER = Statement(select(printer_paper))
_PAGE = Statement(select(test_page).where(test_page.c.id == bindparam("id")))
_LAST_PAGE = Statement(
    select(test_page)
    .where(test_page.c.record == "")
    .order_by(test_page.c.asked_at.desc(), test_page.c.id)
    .limit(1)
)
_PAGES_IN = in_states(test_page, "asked_at")
_PROFILE = Statement(
    select(device_profile)
    .where(device_profile.c.device == bindparam("device"))
    .order_by(device_profile.c.made_at.desc(), device_profile.c.id)
    .limit(1)
)


class SqlDevices:
    """The devices of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def latches(self) -> Sequence[DeviceLatch]:
        """Return what is out of order now."""
        found = _LATCHES.all(self._connection)
        return [DeviceLatch(Device(row.device), row.cause, row.code, row.since) for row in found]

    def latch(self, latch: DeviceLatch) -> None:
        """Give a device up; one that is given up already keeps its first cause."""
        kept = {
            "cause": latch.cause,
            "code": latch.code,
            "since": latch.since,
            "cleared_at": None,
            "cleared_by": None,
        }
        statement = upsert(device_latch).values(device=latch.device.value, **kept)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["device"], set_=kept, where=device_latch.c.cleared_at.is_not(None)
            )
        )

    def clear_latch(self, device: Device, at: datetime, actor: str) -> DeviceLatch | None:
        """Let a device be used again and return what had held it; None when nothing had."""
        held = next((latch for latch in self.latches() if latch.device is device), None)
        if held is not None:
            cleared = _CLEAR.values(cleared_at=at, cleared_by=actor)
            self._connection.execute(cleared, {"of": device.value})
        return held

    def tallies(self) -> Mapping[Device, Tally]:
        """Return what has come in a row at each device that has a count."""
        found = _TALLIES.all(self._connection)
        return {Device(row.device): Tally(row.faults, row.uncertain, row.jams) for row in found}

    def keep_tally(self, device: Device, tally: Tally) -> None:
        """Keep what has come in a row at a device; a count of nothing is no row."""
        self._connection.execute(delete(device_tally).where(device_tally.c.device == device.value))
        if tally != Tally():
            self._connection.execute(insert(device_tally).values(device=device.value, **asdict(tally)))

    def paper_low(self) -> PaperLow | None:
        """Return how far the roll is behind its near-end mark; None before it."""
        row = _PAPER.first(self._connection)
        return PaperLow(row.near_end_since, row.printed_mm_since) if row is not None else None

    def keep_paper_low(self, low: PaperLow | None) -> None:
        """Keep how far the roll is, or None when a new one is in."""
        self._connection.execute(delete(printer_paper))
        if low is not None:
            self._connection.execute(
                insert(printer_paper).values(
                    only=1, near_end_since=low.near_end_since, printed_mm_since=low.printed_mm_since
                )
            )

    def test_page(self, page: str) -> TestPage | None:
        """Return one test page."""
        return next(iter(_pages(_PAGE.all(self._connection, {"id": page}))), None)

    def last_test_page(self) -> TestPage | None:
        """Return the test page that was asked for last."""
        return next(iter(_pages(_LAST_PAGE.all(self._connection))), None)

    def test_pages_in(self, *states: SlipState) -> Sequence[TestPage]:
        """Return the test pages in any of the states, the oldest first."""
        return _pages(self._connection.execute(_PAGES_IN, asked_for(states)))

    def put_test_page(self, page: TestPage) -> None:
        """Keep a test page, new or changed."""
        values = {
            "state": page.state.value,
            "asked_at": page.asked_at,
            "asked_by": page.asked_by,
            "evidence": page.evidence,
            "changed_at": page.changed_at,
            "record": page.record,
        }
        statement = upsert(test_page).values(id=page.id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def profile(self, device: str) -> DeviceProfile | None:
        """Return how a device was set up last."""
        row = _PROFILE.first(self._connection, {"device": device})
        return DeviceProfile(*row) if row is not None else None

    def add_profile(self, profile: DeviceProfile) -> None:
        """Keep how a device was set up, beside how it was before."""
        self._connection.execute(
            insert(device_profile).values(
                id=profile.id,
                device=profile.device,
                settings=profile.settings,
                report=profile.report,
                made_at=profile.made_at,
                made_by=profile.made_by,
            )
        )


def _pages(rows: Iterable[Row]) -> list[TestPage]:
    return [
        TestPage(
            row.id,
            SlipState(row.state),
            row.asked_at,
            StaffId(row.asked_by),
            row.evidence,
            row.changed_at,
            row.record,
        )
        for row in rows
    ]
