"""The first page: how far the day has come, and what waits for the desk, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.actions.call_help import answer_help
from kiosk.actions.day_ports import CoachOfDay, OpenSlip
from kiosk.actions.ports import HelpCall, Records
from kiosk.domain.devices import Device
from kiosk.domain.duties import Act
from kiosk.domain.ids import SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.ui.desk.around import around_rows
from kiosk.ui.desk.arrivals import follow_rows
from kiosk.ui.desk.coaches import coaches_panel, not_come_rows, own_coaches
from kiosk.ui.desk.day_line import day_stops
from kiosk.ui.desk.devices import device_head, faulty_devices
from kiosk.ui.desk.found import found_rows
from kiosk.ui.desk.hiring import line_rows
from kiosk.ui.desk.on_the_way import incident_rows, not_back_rows
from kiosk.ui.desk.pages import Page, Panel, Row
from kiosk.ui.desk.refused import refused_rows
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import spoken

SYNC_SILENT_MIN = 10
"""From here on the desk is told that the bureau does not hear of what happens here."""


class TodayPage:
    """The day at a glance."""

    def __init__(self, scene: DeskScene) -> None:
        """Read through this scene."""
        self._scene = scene

    def face(self) -> Page:
        """Count the day and gather what waits."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            stops = day_stops(self._scene, records.days.counts(self._scene.hall.today()))
            coaches = own_coaches(self._scene, records)
            waiting = list(self._waiting(records, coaches))
            foot = around_rows(self._scene, records.settings.sync_health(), records.shifts.newest())
        waiting[:1] = [replace(row, is_main=True) for row in waiting[:1]]
        to_do = Panel(
            say("desk.today.to_do"),
            say("desk.today.things", count=len(waiting)),
            tuple(waiting),
            say("desk.today.nothing"),
        )
        return Page((coaches_panel(self._scene, coaches), to_do), stops=stops, foot=foot)

    def press(self, key: str) -> None:
        """The button of a row: go and help, send a slip, or open the page where it is settled."""
        kind, _, subject = key.partition(":")
        if kind == "help":
            answer_help(self._scene.hall, subject, self._scene.staff())
            self._scene.tell("ok", self._scene.say()("desk.help.answered"))
        elif kind == "print":
            self._scene.printing.submit(SlipNumber(subject))
            tail = slip_tail(SlipNumber(subject))
            self._scene.tell("now", self._scene.say()("desk.print.submitted", tail=tail))
        else:
            self._scene.turn_to("devices" if kind == "sync" else kind, subject)

    def forget(self) -> None:
        """This page keeps nobody in mind."""

    def _waiting(self, records: Records, coaches: Sequence[CoachOfDay]) -> Iterator[Row]:
        slips = records.days.open_slips()
        yield from self._calls(records)
        yield from incident_rows(self._scene, records)
        yield from not_back_rows(self._scene, records)
        yield from (self._slip(slip) for slip in slips if slip.state is SlipState.UNCERTAIN)
        yield from not_come_rows(self._scene, coaches)
        yield from (replace(row, key=f"hiring:{row.key}") for row in line_rows(self._scene, records))
        yield from self._faults()
        yield from (self._slip(slip) for slip in slips if slip.state is SlipState.QUEUED)
        yield from follow_rows(self._scene, records)
        yield from found_rows(self._scene, records)
        yield from self._counted(records)

    def _calls(self, records: Records) -> Iterator[Row]:
        calls = records.desk.open_calls()
        callers = [call.worker for call in calls if call.worker]
        numbers = records.days.queue_numbers(callers, self._scene.hall.today())
        for call in calls:
            yield self._call(call, numbers.get(call.worker, "") if call.worker else "")

    def _call(self, call: HelpCall, number: str) -> Row:
        say = self._scene.say()
        head = say("desk.help.number", number=number) if number else say("desk.help.somebody")
        note = say("desk.help.waited", age=self._scene.age(call.called_at))
        return Row(f"help:{call.id}", "warn", head, note, act=say("desk.help.go"), duty=Act.ANSWER_HELP)

    def _slip(self, slip: OpenSlip) -> Row:
        say = self._scene.say()
        is_queued = slip.state is SlipState.QUEUED
        person = self._scene.named(slip.name, slip.number_tail)
        return Row(
            key=f"{'print' if is_queued else 'slips'}:{slip.number}",
            lamp="waiting" if is_queued else "unknown",
            head=say(f"desk.to_do.{slip.state.value}", tail=slip_tail(slip.number)),
            note=f"{person} · {self._scene.age(slip.changed_at)}",
            act=say("desk.to_do.print" if is_queued else "desk.to_do.settle"),
        )

    def _faults(self) -> Iterator[Row]:
        say = self._scene.say()
        for device, state in faulty_devices(self._scene):
            head, note = device_head(self._scene, device, state), spoken(say, state.why)
            yield Row("devices:", "stop", head, note, act=say("desk.to_do.look"))
        is_working = self._scene.health.device(Device.PRINTER).is_working is not False
        if self._scene.health.printer().is_near_end and is_working:
            note = say("desk.device.change_soon")
            yield Row("devices:", "warn", say("desk.device.near_end"), note, act=say("desk.to_do.look"))

    def _counted(self, records: Records) -> Iterator[Row]:
        say = self._scene.say()
        sync = records.settings.sync_health()
        silent = sync.oldest_pending_at
        if silent and self._scene.minutes_since(silent) >= SYNC_SILENT_MIN:
            head = say("desk.to_do.sync", age=self._scene.age(silent))
            note = say("desk.to_do.pending", count=sync.pending)
            yield Row("devices:", "unknown", head, note, act=say("desk.to_do.look"))
        yield from refused_rows(self._scene, records, sync)
        jobs = records.desk.pending_jobs()
        if jobs:
            head = say("desk.to_do.jobs", count=len(jobs))
            yield Row("jobs:", "waiting", head, jobs[0][1], act=say("desk.to_do.look"))
