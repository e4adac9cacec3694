"""The page of the shift: open it, see what the program counts, hand it over and print the sheet."""

from __future__ import annotations

from datetime import datetime

from kiosk.actions.export_ledger import Export, shift_export
from kiosk.actions.keep_shift import close_shift, last_sheet, open_shift, shift_now
from kiosk.actions.stick_errands import StickErrands
from kiosk.domain.clock import hall_time
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import StaffId
from kiosk.domain.shifts import Shift, ShiftCounts
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.devices import device_head, faulty_devices
from kiosk.ui.desk.exporting import EXPORT, STOP, Exporting
from kiosk.ui.desk.page_watch import PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row, Stop, along
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.kept_words import retold
from kiosk.ui.presenting import calendar_day

NOTES = ("nothing", "see_slips", "see_devices")
ON_WAY = ("check_ins", "placements", "printed")
"""How far people come whose slip comes out."""
_BACK = "back"


class ShiftPage:
    """Reached from the first page; reads everything afresh."""

    def __init__(self, scene: DeskScene, sticks: StickErrands | None = None) -> None:
        """Read through this scene; without `sticks` nothing is exported."""
        self._scene = scene
        self._printing = PageWatch(scene, lambda end: f"shift.sheet.{end}")
        self._exporting = Exporting(scene, sticks) if sticks is not None else None

    def face(self) -> Page:
        """Read the shift and count."""
        say = self._scene.say()
        shift, counts = shift_now(self._scene.hall)
        faults = tuple(Row(lamp="stop", head=fault) for fault in self._faults())
        rows = (*_rows(self._scene, counts), *faults)
        left = Panel(say("shift.left"), "", rows, say("shift.nothing_left"))
        return Page((self._duty(shift), left), stops=_stops(self._scene, counts), plates=self._plates(shift))

    def press(self, key: str) -> None:
        """Open, close, print, export, or go back."""
        if key == _BACK:
            self._scene.turn_to("today", "")
        elif key == "open":
            open_shift(self._scene.hall, self._scene.staff())
            self._scene.tell("ok", self._scene.say()("shift.opened"))
        elif key == "close":
            self._ask_close()
        elif key == "print":
            self._print()
        elif key == EXPORT and self._exporting:
            self._exporting.ask(self._export)
        elif key == STOP and self._exporting:
            self._exporting.stop()

    @property
    def has_news(self) -> bool:
        """Return whether an export has come further than was told."""
        return self._exporting is not None and self._exporting.has_news

    def watch(self) -> None:
        """Look whether the sheet that was asked for has come out, and how far an export is."""
        self._printing.watch()
        if self._exporting:
            self._exporting.watch()

    def forget(self) -> None:
        """Wait for no sheet any more."""
        self._printing.forget()

    def _duty(self, shift: Shift | None) -> Panel:
        say = self._scene.say()
        if shift is None:
            return Panel(say("shift.title"), "", (), say("shift.before_the_first"))
        rows = [self._line("opened", shift.opened_at, shift.opened_by)]
        if shift.closed_at is not None and shift.closed_by is not None:
            rows = [self._said(shift.note), self._line("closed", shift.closed_at, shift.closed_by), *rows]
        exported = self._exporting.rows() if self._exporting else ()
        return Panel(say("shift.title"), "", (*exported, *rows))

    def _said(self, note: str) -> Row:
        """Return what the shift hands over; it warns only of something."""
        say, nothing = self._scene.say(), self._scene.kept_in("shift.note.nothing")
        if note in {"", nothing}:
            return Row(lamp="ok", head=say("shift.no_note"))
        return Row(lamp="warn", head=say("shift.note", note=retold(say, note)))

    def _line(self, what: str, at: datetime, by: StaffId) -> Row:
        say, local = self._scene.say(), hall_time(at)
        when = f"{calendar_day(say, local.date())} {local:%H:%M}"
        return Row(
            lamp="now" if what == "opened" else "ok",
            head=f"{say(f'shift.line.{what}')}  {mask_name(self._name(by))}",
            aside=when,
        )

    def _name(self, of: StaffId) -> str:
        with self._scene.hall.store.reading() as records:
            member = records.desk.member(of)
        return member.name if member else self._scene.say()("desk.audit.former")

    def _plates(self, shift: Shift | None) -> tuple[Plate, ...]:
        say = self._scene.say()
        back = Plate(_BACK, say("shift.back"))
        if shift is not None and shift.closed_at is None:
            return (back, Plate("close", say("shift.close"), is_main=True, duty=Act.CLOSE_SHIFT))
        begin = Plate("open", say("shift.open"), is_main=True, duty=Act.OPEN_SHIFT)
        if shift is None:
            return (back, begin)
        is_ready = self._scene.health.device(Device.PRINTER).may_be_used and not self._printing.is_waiting
        again = Plate("print", say("shift.print"), is_ready=is_ready, duty=Act.PRINT_SHIFT)
        export = (self._exporting.plate(),) if self._exporting else ()
        return (back, *export, again, begin)

    def _faults(self) -> list[str]:
        return [device_head(self._scene, *faulty) for faulty in faulty_devices(self._scene)]

    def _ask_close(self) -> None:
        say = self._scene.say()
        ask_reason(
            self._scene,
            title=say("shift.close"),
            consequence=say("shift.consequence"),
            reasons=[f"shift.note.{name}" for name in NOTES],
            go_word=say("shift.close"),
            then=self._close,
        )

    def _close(self, note: str) -> None:
        close_shift(self._scene.hall, note, self._faults(), self._scene.staff())
        say = self._scene.say()
        if self._scene.health.device(Device.PRINTER).may_be_used:
            self._print()
        else:
            self._scene.tell("warn", say("shift.closed_unprinted"))

    def _print(self) -> None:
        sheet = last_sheet(self._scene.hall, self._scene.kept_in("desk.audit.former"))
        if sheet is not None:
            self._printing.begin(self._scene.health.print_shift(sheet, self._scene.staff()))

    def _export(self) -> Export | None:
        """Return the sheet as files in the language spoken now."""
        say = self._scene.say()
        sheet = last_sheet(self._scene.hall, say("desk.audit.former"))
        return None if sheet is None else shift_export(sheet, say, self._scene.sights)


def _stops(scene: DeskScene, counts: ShiftCounts | None) -> tuple[Stop, ...]:
    """Return how far people came in this shift, nothing before the first; other ends of slips stand apart."""
    if counts is None:
        return ()
    told = {
        "check_ins": counts.check_ins,
        "placements": counts.placements,
        "printed": counts.printed,
        "queued": counts.waiting,
        "uncertain": counts.uncertain,
        "void": counts.void,
    }
    say = scene.say()
    return along(
        [Stop(say(f"desk.stop.{name}"), str(count), is_on_way=name in ON_WAY) for name, count in told.items()]
    )


def _rows(scene: DeskScene, counts: ShiftCounts | None) -> tuple[Row, ...]:
    if counts is None:
        return ()
    say = scene.say()
    told = {"returned": counts.returned, "unsynced": counts.unsynced, "refused": counts.refused}
    return tuple(Row(head=say(f"shift.count.{name}"), aside=str(count)) for name, count in told.items())
