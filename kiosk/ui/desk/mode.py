"""The admin mode: who is signed in, which page and sheet are shown, and when it locks itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from kiosk.actions.commissioning import DeviceCheck
from kiosk.actions.device_health import DeviceHealth
from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.printing import PrintNews, PrintStage, SlipPrinting
from kiosk.actions.sign_in import PIN_DIGITS, sign_in, sign_in_by_badge
from kiosk.actions.stick_errands import StickErrands
from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.domain.ids import SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import is_slip_number
from kiosk.domain.trades import Trades
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.desk.audit import AuditPage
from kiosk.ui.desk.commissioning import CommissioningPage
from kiosk.ui.desk.devices import DevicesPage
from kiosk.ui.desk.hiring import HiringPage
from kiosk.ui.desk.jobs import JobsPage
from kiosk.ui.desk.pages import DeskPage, Page, shown_to
from kiosk.ui.desk.people import PeoplePage
from kiosk.ui.desk.rules import RulesPage
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Sheet
from kiosk.ui.desk.slips import SlipsPage, slip_tail
from kiosk.ui.desk.stick import StickPage
from kiosk.ui.desk.today import TodayPage
from kiosk.ui.presenting import Say, spoken

LOCK_AFTER_S = 180
"""So long nobody touches the screen before it locks and the worker's first screen comes back."""
LOOK_AGAIN_S = 5
"""So often a page is read afresh while it is only looked at."""
HIRING_PAGE = "hiring"
"""Reached from the first page, where the lines of the day stand."""
CHECK_PAGE, STICK_PAGE = "commissioning", "stick"
"""Reached from the page of devices, and looked at afresh every second: devices do not wait for a touch."""
PAGES = ("today", "slips", "people", "jobs", "devices", "rules", "audit")


class AdminMode:
    """Everything behind the hidden corner, on the screen's own thread.

    `on_change` is called after each change. Nothing here reads a clock of its own: `tick` brings the time.
    """

    def __init__(
        self,
        hall: Hall,
        printing: SlipPrinting,
        health: DeviceHealth,
        trades: Trades,
        say: Say,
        on_change: Callable[[], None],
        leave: Callable[[str], None],
        open_class: Callable[[str, Staff], None],
        practise: Callable[[], None],
        check: DeviceCheck | None = None,
        errands: StickErrands | None = None,
    ) -> None:
        """Start closed. `leave` hides the full screen or ends the program, whichever it is told.

        `open_class` gives the screen to people who are taught together, `practise` to somebody who tries it.
        Without a `check` there is no page to check the devices, without `errands` none for sticks.
        """
        self.say = say
        self.is_open = False
        self.staff: Staff | None = None
        self.digits = ""
        self.wait_s = 0
        self.page = PAGES[0]
        self.sheet: Sheet | None = None
        self.told = ""
        self.told_lamp = ""
        self._refusal = ""
        self._hall = hall
        self._on_change = on_change
        self._touched_s = 0.0
        self._looked_s = 0.0
        self._refused_s = 0.0
        scene = DeskScene(
            hall=hall,
            printing=printing,
            health=health,
            trades=trades,
            say=lambda: self.say,
            ask=self._ask,
            tell=self._tell,
            turn_to=self._turn_to,
            staff=self._signed_in,
            leave=leave,
            kept_in=load(SOURCE_LANGUAGE),
            open_class=open_class,
            practise=practise,
        )
        self.devices = DevicesPage(scene, has_check=check is not None, has_courier=errands is not None)
        self.people = PeoplePage(scene)
        self._pages: dict[str, DeskPage] = {
            "today": TodayPage(scene),
            "slips": SlipsPage(scene),
            "people": self.people,
            "jobs": JobsPage(scene),
            "devices": self.devices,
            "rules": RulesPage(scene),
            "audit": AuditPage(scene),
            HIRING_PAGE: HiringPage(scene),
        }
        if check is not None:
            self._pages[CHECK_PAGE] = CommissioningPage(scene, check)
        if errands is not None:
            self._pages[STICK_PAGE] = StickPage(scene, errands)

    # --- getting in and out ---------------------------------------------------------------------

    def open(self) -> None:
        """The hidden corner was touched: ask for the PIN."""
        self.is_open = True
        self._touched_s = self._hall.clock.monotonic()
        self._on_change()

    def lock(self) -> None:
        """Forget who is signed in and every person shown, and give the screen back to the workers."""
        for page in self._pages.values():
            page.forget()
        self.is_open, self.staff, self.sheet = False, None, None
        self.digits = self.told = self.told_lamp = self._refusal = ""
        self.wait_s, self.page = 0, PAGES[0]
        self._on_change()

    def press_digit(self, digit: str) -> None:
        """A key of the PIN pad; the sixth digit tries to sign in."""
        if self.wait_s or len(self.digits) >= PIN_DIGITS:
            return
        self.digits += digit
        self._refusal = ""
        if len(self.digits) == PIN_DIGITS:
            self._sign_in()
        self._on_change()

    def hear_badge(self, badge: ProvenBadge) -> None:
        """A badge was shown: it lets in, where nobody is in yet."""
        self._touched_s = self._hall.clock.monotonic()
        if self.staff is None:
            self._let_in(lambda: sign_in_by_badge(self._hall, badge))
        self._on_change()

    def erase_digit(self) -> None:
        """Take the last digit back."""
        self.digits = self.digits[:-1]
        self._on_change()

    def clear_digits(self) -> None:
        """Begin the PIN again."""
        self.digits = ""
        self._on_change()

    @property
    def refusal(self) -> str:
        """Return why the PIN let nobody in, with the seconds that are left to wait."""
        if self.wait_s:
            return self.say("actions.sign_in.wait", seconds=self.wait_s)
        return self._refusal

    @property
    def now(self) -> datetime:
        """Return the instant now, for the sign."""
        return self._hall.now()

    @property
    def today(self) -> date:
        """Return the hall's day, for the sign."""
        return self._hall.today()

    # --- pages and sheets -----------------------------------------------------------------------

    def face(self) -> Page:
        """Return what the page shows; a store that cannot be read is told as a sentence."""
        if self.staff is None:
            return Page(())
        try:
            return shown_to(self.staff.role, self._pages[self.page].face())
        except WorldFault as fault:
            self.told, self.told_lamp = spoken(self.say, fault.sentence), "stop"
            return Page(())

    def turn(self, page: str) -> None:
        """Show another page."""
        self._pages[self.page].forget()
        self.page, self.sheet = page, None
        self._hush()
        self._on_change()

    def press(self, key: str) -> None:
        """Touch a row or plate of the page."""
        self._hush()
        self._guard(lambda: self._pages[self.page].press(key))

    def answer(self) -> None:
        """The yellow plate of the sheet; the next sheet, if any, is asked by what is done."""
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        if not sheet.is_ready:
            self.sheet = sheet
            return
        self._guard(lambda: sheet.done(sheet))

    def cancel(self) -> None:
        """Put the sheet away unanswered."""
        self.sheet = None
        self._on_change()

    def typed(self) -> None:
        """The sheet was touched; show it again."""
        self._on_change()

    # --- time and news --------------------------------------------------------------------------

    def tick(self, monotonic_s: float) -> None:
        """Count the time: lock when nobody is there, let the wait run down, read the page afresh."""
        if not self.is_open:
            return
        if monotonic_s - self._touched_s >= LOCK_AFTER_S:
            self.lock()
        elif self.wait_s:
            self.wait_s = max(0, self.wait_s - max(0, int(monotonic_s) - int(self._refused_s)))
            self._refused_s = monotonic_s
            self._on_change()
        elif monotonic_s - self._looked_s >= (1 if self.page in {CHECK_PAGE, STICK_PAGE} else LOOK_AGAIN_S):
            self._looked_s = monotonic_s
            self.devices.watch_sync(monotonic_s)
            self.devices.watch_test_page()
            self.people.watch()
            self._on_change()

    def touched(self, monotonic_s: float) -> None:
        """Somebody is there."""
        self._touched_s = monotonic_s

    def hear_printer(self, news: PrintNews) -> None:
        """Say what became of a slip that goes to paper while the desk looks on."""
        if self.staff is None:
            return
        told = {PrintStage.PRINTED: "ok", PrintStage.UNCERTAIN: "warn", PrintStage.NOT_SENT: "stop"}
        lamp = told.get(news.stage)
        if lamp and is_slip_number(news.slip):
            why, tail = spoken(self.say, news.sentence), slip_tail(SlipNumber(news.slip))
            self._tell(lamp, self.say(f"desk.print.{news.stage.value}", tail=tail, why=why))
        self._on_change()

    # --- inside ---------------------------------------------------------------------------------

    def _sign_in(self) -> None:
        self._let_in(lambda: sign_in(self._hall, self.digits))

    def _let_in(self, who: Callable[[], Staff]) -> None:
        try:
            self.staff = who()
        except Refused as refusal:
            self.wait_s = int(str(refusal.sentence.args.get("seconds", 0)))
            self._refusal = "" if self.wait_s else spoken(self.say, refusal.sentence)
            self._refused_s = self._hall.clock.monotonic()
        except WorldFault as fault:
            self._refusal = spoken(self.say, fault.sentence)
        self.digits = ""

    def _signed_in(self) -> Staff:
        if self.staff is None:
            raise Refused(Sentence("desk.nobody"))
        return self.staff

    def _guard(self, act: Callable[[], None]) -> None:
        """Run an act of the signed-in member of staff; what is refused or fails becomes a sentence."""
        try:
            self._signed_in()
            act()
        except (Refused, WorldFault) as fault:
            self._tell("stop", spoken(self.say, fault.sentence))
        self._on_change()

    def _ask(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def _tell(self, lamp: str, sentence: str) -> None:
        self.told, self.told_lamp = sentence, lamp

    def _hush(self) -> None:
        self.told = self.told_lamp = ""

    def _turn_to(self, page: str, key: str) -> None:
        self.turn(page)
        if key:
            self._pages[page].press(key)
