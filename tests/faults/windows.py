"""The real window killed in the middle of what somebody does before it: reader, screen, sync, printer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.settings import write_settings
from kiosk.demo.children import Child
from kiosk.demo.door import Door, DoorError
from kiosk.demo.hand import TOUCHES
from kiosk.demo.sockets import socket_path
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.ui.journeys import Step
from tests.faults.bad_days import BadDay, Post
from tests.journeys.town import worker_card
from tests.patience import wait_until
from tools.figures.emulated import emulated_reader

MOMENTS = (
    Step.READING,
    Step.NOTICE,
    Step.GREETING,
    Step.DETAIL,
    Step.CONFIRM,
    Step.PRINTING,
    Step.PRINTING,
    Step.TAKE_SLIP,
)
"""Behind one of these steps the window is killed; where paper moves more often than elsewhere."""
ENDS = {Step.GOODBYE, Step.BLOCKED, Step.TURNED_AWAY, Step.UNCERTAIN, Step.UNREADABLE, Step.TROUBLE}
LONGEST_MOMENT_S = 0.4
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@dataclass(slots=True)
class Window:
    """One kiosk's window with a reader; what its screen knew of slips counts as told."""

    day: BadDay
    post: Post
    folder: Path
    reader: ReaderControl

    def play_round(self) -> None:
        """Start the window, lay a card down, touch what a person would, and kill it on the way."""
        door_path = socket_path(self.folder / "door")
        stage = ["--data", str(self.post.data_dir), "--door", str(door_path)]
        screen = Child("screen", stage, self.folder, module="kiosk.demo.stage", environment=OFFSCREEN)
        screen.announcement()
        self.day.came += 1
        moment, steps = self.day.dice.choice(MOMENTS), set[Step]()
        hand = threading.Thread(target=self._touch, args=(Door(door_path), steps), name="hand")
        try:
            self.reader.lay(worker_card(self.day.came))
            hand.start()
            wait_until(lambda: bool(steps & {moment, *ENDS}), f"the step {moment.value}, behind {steps}")
            threading.Event().wait(self.day.dice.uniform(0, LONGEST_MOMENT_S))
        finally:
            screen.kill()
            screen.stop()
            hand.join()
            self.reader.lift()
        self.day.kills["window"] += 1
        self.day.rounds += 1

    def _touch(self, door: Door, steps: set[Step]) -> None:
        """Touch the yellow plate's way until the window is gone."""
        with suppress(DoorError):
            while True:
                seen = door.look()
                steps.add(Step(seen["step"]))
                self.day.confirmed |= {slip["number"] for slip in seen["slips"]}
                for name in TOUCHES.get(Step(seen["step"]), ()):
                    door.tap(name)


@contextmanager
def a_window(day: BadDay) -> Iterator[Window]:
    """Put a reader before one of a bad day's kiosks, whose sync is the window's own from now on."""
    post = day.dice.choice(day.posts)
    if post.pulse is not None:
        post.pulse.kill()
        post.pulse = None
    folder = day.town.folder / "window"
    folder.mkdir()
    with emulated_reader(folder) as (reader_url, control):
        write_settings(post.data_dir, {"reader_url": reader_url, "sync_interval_s": 1.0})
        yield Window(day, post, folder, control)
