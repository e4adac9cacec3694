"""What is kept of devices: what is out of order, the roll of paper, test pages, and how they were set up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.devices import Device, Tally
from kiosk.domain.ids import StaffId
from kiosk.domain.slips import SlipState


@dataclass(frozen=True, slots=True)
class DeviceLatch:
    """A device that was given up: the catalogue key of why, the code to read out, and since when."""

    device: Device
    cause: str
    code: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PaperLow:
    """The printer has said since then that its roll is near its end; so much has been printed since."""

    near_end_since: datetime
    printed_mm_since: int


@dataclass(frozen=True, slots=True)
class TestPage:
    """One page in the print journal that is no slip; it has states like a slip's.

    `record` is the number of the class record that it is, empty for a test page.
    """

    __test__ = False  # a page, not a test

    id: str
    state: SlipState
    asked_at: datetime
    asked_by: StaffId
    evidence: str
    changed_at: datetime
    record: str = ""


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """How a device was set up: its settings as JSON, and where the report of it lies."""

    id: str
    device: str
    settings: str
    report: str
    made_at: datetime
    made_by: str


class Devices(Protocol):
    """What one transaction can see and change of devices."""

    def latches(self) -> Sequence[DeviceLatch]: ...
    def latch(self, latch: DeviceLatch) -> None:
        """Give a device up; one that is given up already keeps its first cause."""
        ...

    def clear_latch(self, device: Device, at: datetime, actor: str) -> DeviceLatch | None:
        """Let a device be used again and return what had held it; None when nothing had."""
        ...

    def tallies(self) -> Mapping[Device, Tally]:
        """Return what has come in a row at each device that has a count."""
        ...

    def keep_tally(self, device: Device, tally: Tally) -> None: ...
    def paper_low(self) -> PaperLow | None: ...
    def keep_paper_low(self, low: PaperLow | None) -> None:
        """Keep how far the roll is, or None when a new one is in."""
        ...

    def test_page(self, page: str) -> TestPage | None: ...
    def last_test_page(self) -> TestPage | None: ...
    def test_pages_in(self, *states: SlipState) -> Sequence[TestPage]: ...
    def put_test_page(self, page: TestPage) -> None:
        """Keep a test page, new or changed."""
        ...

    def profile(self, device: str) -> DeviceProfile | None:
        """Return how a device was set up last."""
        ...

    def add_profile(self, profile: DeviceProfile) -> None: ...
