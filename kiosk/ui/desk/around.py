"""What lies around the day, each in one plain sentence that leads to its page: devices, sync, the shift."""

from __future__ import annotations

from kiosk.actions.ports import SyncHealth
from kiosk.domain.devices import Device, Phase
from kiosk.domain.shifts import Shift
from kiosk.ui.desk.devices import faulty_devices
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene


def around_rows(scene: DeskScene, sync: SyncHealth, shift: Shift | None) -> tuple[Row, ...]:
    """Return the sentences of the first page's foot."""
    return (_devices(scene), _sync(scene, sync), _shift(scene, shift))


def _devices(scene: DeskScene) -> Row:
    say, key = scene.say(), "devices:"
    faulty = [say(f"desk.device.name.{device.value}") for device, _ in faulty_devices(scene)]
    if faulty:
        return Row(key, "stop", say("desk.around.faulty", devices=say("desk.comma").join(faulty)))
    states = [scene.health.device(device) for device in Device]
    if any(state.is_working is None for state in states):
        return Row(key, "unknown", say("desk.around.starting"))
    if scene.health.printer().is_near_end:
        return Row(key, "warn", say("desk.device.near_end"))
    fitted = [state for state in states if state.phase is not Phase.NOT_FITTED]
    if any(state.phase is Phase.WARNING for state in fitted):
        return Row(key, "warn", say("desk.around.warning"))
    return Row(key, "ok", say("desk.around.working"))


def _sync(scene: DeskScene, sync: SyncHealth) -> Row:
    say, key, last = scene.say(), "sync:", sync.last_success_at
    if last is None:
        return Row(key, "unknown", say("desk.around.never_sent", count=sync.pending))
    # Rounds are noted by the machine's own clock, which may be years from the hall's agreed time.
    age = scene.age(last, scene.hall.clock.now())
    word = "pending" if sync.pending else "sent"
    lamp = "warn" if sync.last_problem else "ok"
    return Row(key, lamp, say(f"desk.around.{word}", count=sync.pending, age=age))


def _shift(scene: DeskScene, shift: Shift | None) -> Row:
    say, key = scene.say(), "shift:"
    if shift is None or shift.closed_at is not None:
        return Row(key, "waiting", say("shift.nobody"))
    return Row(key, "ok", say("shift.lasts", at=scene.at(shift.opened_at)))
