"""All pages of the desk by their names, and those of them that follow what happens without a touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.actions.commissioning import DeviceCheck
from kiosk.actions.scan_readings import ArrivalReading, PartReading, SlipReading
from kiosk.actions.stick_errands import StickErrands
from kiosk.domain.duties import Act
from kiosk.ui.desk.arrivals import ArrivalsPage
from kiosk.ui.desk.audit import AuditPage
from kiosk.ui.desk.commissioning import CommissioningPage
from kiosk.ui.desk.devices import DevicesPage
from kiosk.ui.desk.door import DoorPage
from kiosk.ui.desk.found import FoundPage
from kiosk.ui.desk.hiring import HiringPage
from kiosk.ui.desk.jobs import JobsPage
from kiosk.ui.desk.ledgers import LedgersPage
from kiosk.ui.desk.outing import OutingPage
from kiosk.ui.desk.pages import DeskPage
from kiosk.ui.desk.people import PeoplePage
from kiosk.ui.desk.refused import RefusedPage
from kiosk.ui.desk.returns import ReturnsPage
from kiosk.ui.desk.roll import RollPage
from kiosk.ui.desk.rules import RulesPage
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.shift import ShiftPage
from kiosk.ui.desk.slips import SlipsPage
from kiosk.ui.desk.stick import StickPage
from kiosk.ui.desk.today import TodayPage
from kiosk.ui.desk.trips import TripsPage

PAGES = ("today", "slips", "people", "jobs", "trips", "devices", "rules", "audit")
"""What stands in the desk's bar, the first page first."""
PEOPLE_PAGE, SLIPS_PAGE = "people", "slips"
"""Where a slip that is scanned finds its person, and itself."""
OUTING_PAGE, RETURNS_PAGE = "outing", "returns"
"""Reached from the people of a coach, and from what waits on the first page."""
HIRING_PAGE, SHIFT_PAGE, ROLL_PAGE = "hiring", "shift", "roll"
ARRIVALS_PAGE, REFUSED_PAGE, FOUND_PAGE = "arrivals", "refused", "found"
"""Reached from the first page, where lines, the shift, coaches, who is awaited and what was refused stand."""
LEDGERS_PAGE = "ledgers"
"""Reached from the page of what was done."""
DOOR_PAGE = "door"
"""Reached from a coach whose door this device is; it stands open though nobody touches it."""
CHECK_PAGE, STICK_PAGE = "commissioning", "stick"
"""Reached from the page of devices, and looked at afresh every second: devices do not wait for a touch."""


class AllPages:
    """The pages, made once; what is not there at this kiosk has none."""

    def __init__(self, scene: DeskScene, check: DeviceCheck | None, errands: StickErrands | None) -> None:
        """Without a `check` there is no page to check the devices, without `errands` none for sticks."""
        self._devices = DevicesPage(scene, has_check=check is not None, has_courier=errands is not None)
        self.people = PeoplePage(scene)
        self._slips, self._found = SlipsPage(scene), FoundPage(scene)
        self._shift = ShiftPage(scene, errands)
        self._trips = TripsPage(scene)
        self._outing, self.returns = OutingPage(scene), ReturnsPage(scene)
        self.arrivals = ArrivalsPage(scene)
        self._ledgers = LedgersPage(scene, errands)
        self.door = DoorPage(scene)
        self._by_name: dict[str, DeskPage] = {
            "today": TodayPage(scene),
            SLIPS_PAGE: self._slips,
            PEOPLE_PAGE: self.people,
            "jobs": JobsPage(scene),
            "trips": self._trips,
            "devices": self._devices,
            "rules": RulesPage(scene),
            "audit": AuditPage(scene),
            HIRING_PAGE: HiringPage(scene),
            SHIFT_PAGE: self._shift,
            LEDGERS_PAGE: self._ledgers,
            ROLL_PAGE: RollPage(scene),
            OUTING_PAGE: self._outing,
            RETURNS_PAGE: self.returns,
            ARRIVALS_PAGE: self.arrivals,
            REFUSED_PAGE: RefusedPage(scene),
            FOUND_PAGE: self._found,
            DOOR_PAGE: self.door,
        }
        if check is not None:
            self._by_name[CHECK_PAGE] = CommissioningPage(scene, check)
        if errands is not None:
            self._by_name[STICK_PAGE] = StickPage(scene, errands)

    def __getitem__(self, name: str) -> DeskPage:
        """Return the page of a name."""
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all pages there are at this kiosk."""
        return tuple(self._by_name)

    def but(self, name: str) -> Iterator[DeskPage]:
        """Yield every page except the one of a name."""
        return (page for each, page in self._by_name.items() if each != name)

    def ear_of(self, name: str, reading: SlipReading | PartReading) -> Callable[[], None] | None:
        """Return what a page does with what was scanned; None where it does not want it.

        The page of people finds whose it is, that of slips the slip. Where a return is counted, a slip says
        that its holder is back.
        """
        if name == PEOPLE_PAGE and not isinstance(reading, ArrivalReading):
            return lambda: self.people.hear(reading)
        if name == SLIPS_PAGE and isinstance(reading, SlipReading):
            return lambda: self._slips.hear(reading)
        if name == RETURNS_PAGE and isinstance(reading, SlipReading):
            return lambda: self.returns.hear(reading)
        return None

    def part_ear(self, reading: PartReading) -> tuple[str, Act, Callable[[], None]]:
        """Return to which page belongs what an employer signed, whose duty it is, and what hears it there."""
        if isinstance(reading, ArrivalReading):
            return OUTING_PAGE, Act.HAND_DUTY, lambda: self._outing.hear(reading)
        return ARRIVALS_PAGE, Act.RECORD_RETURN, lambda: self.arrivals.hear(reading)

    def watch(self, monotonic_s: float) -> None:
        """Let those pages look at what they wait for: the bureau's answer, a paper, a card."""
        self._devices.watch_sync(monotonic_s)
        self._devices.watch_test_page()
        self.people.watch()
        self._shift.watch()
        self._trips.watch()
        self._outing.watch()
        self.returns.watch()
        self._ledgers.watch()
        self._found.watch()
        self.door.watch(monotonic_s)

    def is_hurried(self, name: str) -> bool:
        """Return whether the page of a name, or what is shown of a person, changes from second to second."""
        if name in {CHECK_PAGE, STICK_PAGE, DOOR_PAGE} or self.people.is_showing:
            return True
        if name == LEDGERS_PAGE:
            return self._ledgers.has_news
        return name == SHIFT_PAGE and self._shift.has_news
