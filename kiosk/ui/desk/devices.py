"""The page of devices and sync: what works, what is out of order, what the bureau has not heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.device_ports import TestPage
from kiosk.actions.leave_kiosk import LeavingWay, leave_kiosk
from kiosk.actions.mend_device import MEND_REASONS
from kiosk.actions.ports import SyncHealth
from kiosk.domain.devices import Device, DeviceState, Phase
from kiosk.domain.duties import Act
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.page_watch import PAPER_LAMPS, PageWatch
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.refused import ask_settle, entry_words, newest_words, reason_words
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Sheet
from kiosk.ui.presenting import spoken

SYNC_PATIENCE_S = 30
"""So long the page waits for word of a round it asked for."""
OVERDUE_MIN = 3
"""So long after its time a round is not under way any more: nobody is there to begin it."""
LOW_DISK_BYTES = 500_000_000
_LAMPS = {
    Phase.NOT_FITTED: "unknown",
    Phase.STARTING: "unknown",
    Phase.WORKING: "ok",
    Phase.WARNING: "warn",
    Phase.WAITING: "stop",
    Phase.SILENT: "stop",
    Phase.OUT_OF_ORDER: "stop",
}
_GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A round that was asked for: when, and what was known then."""

    at_s: float
    last_success_at: datetime | None
    next_try_at: datetime | None


class DevicesPage:
    """Lamps of three values, the state of sync, the tray of refused entries, and the ways out."""

    def __init__(self, scene: DeskScene, *, has_check: bool = False, has_courier: bool = False) -> None:
        """Read through this scene; rows lead to the check of the devices and to the courier's sticks."""
        self._scene = scene
        self._has_check = has_check
        self._has_courier = has_courier
        self._asked: Asked | None = None
        self._test_page = PageWatch(scene, lambda end: f"desk.test_page.{end}")

    def face(self) -> Page:
        """Read every lamp."""
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            sync = records.settings.sync_health()
            refused = records.desk.refused()
            page = records.devices.last_test_page()
        tray = tuple(
            Row(
                key=f"settle:{entry.seq}",
                lamp="warn",
                head=newest_words(self._scene, entry),
                note=f"{entry_words(self._scene, entry)} · {entry.seq} · {self._scene.age(entry.refused_at)}",
                act=say("desk.refused.settle"),
                duty=Act.SETTLE_REFUSED,
            )
            for entry in refused
        )
        devices = (
            *device_rows(self._scene, can_mend=True),
            *self._printer_rows(),
            *self._page_rows(page),
            *self._storage_rows(),
            *self._check_rows(),
        )
        return Page(
            (
                Panel(say("desk.devices.title"), "", devices),
                Panel(say("desk.sync.title"), "", self._sync_rows(sync)),
                Panel(
                    say("desk.refused.title"),
                    say("desk.today.things", count=len(tray)),
                    tray,
                    say("desk.refused.none"),
                ),
            ),
            plates=self._plates(),
        )

    def press(self, key: str) -> None:
        """Try a round now, print a test page, mend a device, settle a refused entry, or leave the kiosk."""
        kind, _, subject = key.partition(":")
        if kind == "try":
            self._try_now()
        elif kind == "test_page":
            self._print_test_page()
        elif kind == "check":
            self._scene.turn_to("commissioning", "")
        elif kind == "stick":
            self._scene.turn_to("stick", "")
        elif kind == "mend":
            self._ask_mend(Device(subject))
        elif kind == "settle":
            ask_settle(self._scene, int(subject), lambda: None)
        elif kind == Act.LEAVE_FULL_SCREEN.value:
            self._ask_leave(Act.LEAVE_FULL_SCREEN)
        elif kind == Act.END_PROGRAM.value:
            self._ask_leave(Act.END_PROGRAM)

    def forget(self) -> None:
        """Wait for no round and no test page any more."""
        self._asked = None
        self._test_page.forget()

    def watch_sync(self, monotonic_s: float) -> None:
        """Look whether the round that was asked for has ended, and say how."""
        asked = self._asked
        if asked is None:
            return
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            now = records.settings.sync_health()
        if now.last_success_at != asked.last_success_at:
            self._asked = None
            self._scene.tell("ok", say("desk.sync.went_well", count=now.pending))
        elif now.next_try_at != asked.next_try_at:
            self._asked = None
            self._scene.tell("warn", say("desk.sync.failed", why=reason_words(self._scene, now.last_problem)))
        elif monotonic_s - asked.at_s > SYNC_PATIENCE_S:
            self._asked = None
            self._scene.tell("unknown", say("desk.sync.no_word"))

    def watch_test_page(self) -> None:
        """Look whether the test page that was asked for has ended, and say how."""
        self._test_page.watch()

    def _print_test_page(self) -> None:
        self._test_page.begin(self._scene.health.print_test_page(self._scene.staff()))

    def _ask_mend(self, device: Device) -> None:
        say = self._scene.say()
        name = say(f"desk.device.name.{device.value}")
        ask_reason(
            self._scene,
            title=say("desk.mend.ask", device=name),
            consequence=say("desk.mend.consequence"),
            reasons=[f"desk.mend.reason.{reason}" for reason in MEND_REASONS],
            go_word=say("desk.mend.act"),
            then=lambda reason: self._mend(device, reason),
        )

    def _mend(self, device: Device, reason: str) -> None:
        self._scene.health.mend(device, reason, self._scene.staff())
        self._scene.tell("ok", self._scene.say()("desk.mend.done"))

    def _page_rows(self, page: TestPage | None) -> tuple[Row, ...]:
        if page is None:
            return ()
        words = self._scene.say()(f"desk.test_page.{page.state.value}")
        return (Row(lamp=PAPER_LAMPS[page.state], head=words, note=self._scene.age(page.changed_at)),)

    def _check_rows(self) -> tuple[Row, ...]:
        say = self._scene.say()
        row = Row(
            key="check",
            head=say("commissioning.page.lead"),
            act=say("commissioning.page.open"),
            duty=Act.CHECK_DEVICES,
        )
        return (row,) if self._has_check else ()

    def _try_now(self) -> None:
        with self._scene.hall.store.reading() as records:
            sync = records.settings.sync_health()
        self._asked = Asked(self._scene.hall.clock.monotonic(), sync.last_success_at, sync.next_try_at)
        self._scene.health.try_sync_now()
        self._scene.tell("now", self._scene.say()("desk.sync.trying"))

    def _ask_leave(self, way: LeavingWay) -> None:
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say(f"desk.leave.{way.value}"),
                sentence=say(f"desk.leave.{way.value}.consequence"),
                go_word=say(f"desk.leave.{way.value}"),
                done=lambda sheet: self._leave(way),
            )
        )

    def _leave(self, way: LeavingWay) -> None:
        leave_kiosk(self._scene.hall, way, self._scene.staff())
        self._scene.leave(way.value)

    def _plates(self) -> tuple[Plate, ...]:
        say = self._scene.say()
        ways = (Act.END_PROGRAM, Act.LEAVE_FULL_SCREEN)
        leaving = tuple(Plate(way.value, say(f"desk.leave.{way.value}"), duty=way) for way in ways)
        test = Plate(
            "test_page",
            say("desk.test_page.print"),
            is_ready=self._scene.health.device(Device.PRINTER).may_be_used and not self._test_page.is_waiting,
            duty=Act.PRINT_TEST_PAGE,
        )
        return (
            *leaving,
            test,
            Plate("try", say("desk.sync.try"), is_main=True, is_ready=self._asked is None),
        )

    def _printer_rows(self) -> tuple[Row, ...]:
        say = self._scene.say()
        printer = self._scene.health.printer()
        told = {
            "online": printer.is_online,
            "paper": printer.has_paper,
            "near_end": _unless(printer.is_near_end),
            "cover": _unless(printer.is_cover_open),
            "cutter": _unless(printer.has_cutter_fault),
        }
        return tuple(
            Row(lamp=_lamp(good, "warn" if name == "near_end" else "stop"), head=say(_part(name, good)))
            for name, good in told.items()
        )

    def _storage_rows(self) -> tuple[Row, ...]:
        say = self._scene.say()
        storage = self._scene.health.storage()
        free = f"{storage.free_bytes / _GIGABYTE:.1f}"
        return (
            Row(
                lamp="ok" if storage.free_bytes >= LOW_DISK_BYTES else "stop",
                head=say("desk.device.disk", free=free),
                note="" if storage.has_reserve else say("desk.device.reserve_gone"),
            ),
            Row(
                lamp="ok" if storage.is_key_in_hardware else "warn",
                head=say("desk.device.key"),
                note=spoken(say, storage.key),
            ),
        )

    def _sync_rows(self, sync: SyncHealth) -> tuple[Row, ...]:
        say = self._scene.say()
        oldest, last, then = sync.oldest_pending_at, sync.last_success_at, sync.next_try_at
        waits = say("desk.sync.oldest", age=self._scene.age(oldest)) if oldest else say("desk.sync.all_sent")
        # Rounds are noted by the machine's own clock, which may be years from the hall's agreed time.
        own = self._scene.hall.clock.now()
        success = say("desk.sync.last", age=self._scene.age(last, own)) if last else say("desk.sync.never")
        is_overdue = then is not None and self._scene.minutes_since(then, own) >= OVERDUE_MIN
        word = "next" if not is_overdue else "overdue"
        planned = say(f"desk.sync.{word}", at=self._scene.at(then)) if then else say("desk.sync.no_plan")
        usual = "not_begun" if then is None else "stands_still" if is_overdue else "regular"
        why = reason_words(self._scene, sync.last_problem) if sync.last_problem else say(f"desk.sync.{usual}")
        return (
            Row(
                lamp="ok" if not sync.pending else "waiting",
                head=say("desk.sync.pending", count=sync.pending),
                note=waits,
            ),
            Row(lamp="unknown" if last is None else "warn" if sync.last_problem else "ok", head=success),
            Row(
                key="stick" if self._has_courier else "",
                lamp="warn" if is_overdue else "unknown" if then is None else "waiting",
                head=planned,
                note=why,
                act=say("courier.desk.open") if self._has_courier else "",
            ),
        )


def device_rows(scene: DeskScene, *, can_mend: bool = False) -> tuple[Row, ...]:
    """Return every device as one lamp with what is wrong and what to do; what is mended, a person says."""
    return tuple(_device_row(scene, device, can_mend=can_mend) for device in Device)


def faulty_devices(scene: DeskScene) -> Iterator[tuple[Device, DeviceState]]:
    """Yield what was fitted and does not work now."""
    for device in Device:
        state = scene.health.device(device)
        if state.is_working is False and state.phase is not Phase.NOT_FITTED:
            yield device, state


def _device_row(scene: DeskScene, device: Device, *, can_mend: bool) -> Row:
    say, state = scene.say(), scene.health.device(device)
    is_out = state.phase is Phase.OUT_OF_ORDER and can_mend
    return Row(
        key=f"mend:{device.value}" if is_out else "",
        lamp=_LAMPS[state.phase],
        head=device_head(scene, device, state),
        note=spoken(say, state.why) or _gap(scene, device, state),
        act=say("desk.mend.act") if is_out else "",
        duty=Act.MEND_DEVICE if is_out else None,
    )


def device_head(scene: DeskScene, device: Device, state: DeviceState) -> str:
    """Return a device and how it is, in one line."""
    say = scene.say()
    phase = say(f"desk.device.phase.{state.phase.value}", seconds=round(state.retry_s or 0))
    return say("desk.device.head", device=say(f"desk.device.name.{device.value}"), phase=phase)


def _gap(scene: DeskScene, device: Device, state: DeviceState) -> str:
    """Return what is done instead where a kiosk has no reader."""
    is_gap = device is Device.READER and state.phase is Phase.NOT_FITTED
    return scene.say()("desk.device.by_hand") if is_gap else ""


def _lamp(good: bool | None, bad: str) -> str:
    return {True: "ok", False: bad, None: "unknown"}[good]


def _part(name: str, good: bool | None) -> str:
    word = {True: "ok", False: "bad", None: "unknown"}[good]
    return f"desk.part.{name}.{word}"


def _unless(trouble: bool | None) -> bool | None:
    return None if trouble is None else not trouble
