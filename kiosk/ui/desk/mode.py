"""The admin mode: who is signed in, which page and sheet are shown, and when it locks itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.actions.commissioning import DeviceCheck
from kiosk.actions.device_health import DeviceHealth
from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.printing import PrintNews, PrintStage, SlipPrinting
from kiosk.actions.scan_readings import PartReading, SlipReading
from kiosk.actions.sign_in import PIN_DIGITS
from kiosk.actions.stick_errands import StickErrands
from kiosk.actions.two_persons import Present, second_by_badge, second_by_pin
from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.domain.duties import Act, may
from kiosk.domain.ids import SlipNumber, StaffId
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import is_slip_number
from kiosk.domain.trades import Trades
from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.desk.all_pages import ARRIVALS_PAGE, CHECK_PAGE, DOOR_PAGE, PAGES, AllPages
from kiosk.ui.desk.door_ears import DoorEars
from kiosk.ui.desk.entrance import Entrance
from kiosk.ui.desk.pages import Page, shown_to
from kiosk.ui.desk.scene import DeskScene, SecondAsked
from kiosk.ui.desk.sheets import Keys, Sheet
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import Say, spoken

LOCK_AFTER_S = 180
"""So long nobody touches the screen before it locks and the worker's first screen comes back."""
COUNTED_S = 30
"""So long before it locks the screen counts down."""
FORM_KEPT_S = 900
"""So long the page and the sheet somebody was at wait for the same person; nobody else gets to see them."""
LOOK_AGAIN_S = 5
"""So often a page is read afresh while it is only looked at."""


@dataclass(frozen=True, slots=True)
class _Left:
    """What somebody was at when the screen locked, for the same person alone."""

    staff: StaffId
    page: str
    sheet: Sheet | None
    at_s: float


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
        # Nobody is signed in any more, and the door of a coach stands open all the same.
        self.is_standing = self._is_asked = False
        self.entrance = Entrance(hall, lambda: self.say, self._enter, on_change)
        self.locks_in_s = 0
        self.page = PAGES[0]
        self.sheet: Sheet | None = None
        self._left: _Left | None = None
        self._is_by_pin = False
        self._second: tuple[SecondAsked, Sheet] | None = None
        self.told = ""
        self.told_lamp = ""
        self._hall = hall
        self._on_change = on_change
        self._touched_s = 0.0
        self._looked_s = 0.0
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
            ask_second=self._ask_second,
        )
        self._pages = AllPages(scene, check, errands)
        self.ears = DoorEars(self._pages.door, lambda: self.say, self._tell, on_change)

    # --- getting in and out ---------------------------------------------------------------------

    def open(self) -> None:
        """The hidden corner was touched: ask for the PIN."""
        self.is_open = True
        self._touched_s = self._hall.clock.monotonic()
        self._on_change()

    def lock(self) -> None:
        """Forget who is signed in and every person shown, and give the screen back to the workers."""
        self._forget_pages()
        self._close()

    def press_lock(self) -> None:
        """Lock; at a door that stands open, ask who wants something else, and touched again go back."""
        if self.is_standing:
            self._is_asked = not self._is_asked
            self.entrance.forget()
            self._on_change()
        else:
            self.lock()

    def _lock_idle(self) -> None:
        """Lock because nobody is there; what was begun waits a while for whoever began it.

        The door of a coach goes on letting people in: only its keys are gone until somebody signs in.
        """
        if self._is_at_open_door:
            self._leave_standing()
            return
        if self.staff is not None and self.page != CHECK_PAGE:
            sheet = None if self.sheet is None or self.sheet.is_secret else self.sheet
            self._left = _Left(self.staff.id, self.page, sheet, self._hall.clock.monotonic())
        self._forget_pages(but=self._left.page if self._left else "")
        self._close()

    def _leave_standing(self) -> None:
        self._forget_pages(but=DOOR_PAGE)
        self.staff, self.sheet, self._second, self.locks_in_s = None, None, None, 0
        self.is_standing, self._is_asked = True, False
        self._hush()
        self.entrance.forget()
        self._on_change()

    def _forget_pages(self, but: str = "") -> None:
        for page in self._pages.but(but):
            page.forget()

    def _close(self) -> None:
        self.is_open, self.staff, self.sheet = False, None, None
        self._second, self.locks_in_s = None, 0
        self.is_standing = self._is_asked = False
        self.told = self.told_lamp = ""
        self.page = PAGES[0]
        self.entrance.forget()
        self._on_change()

    def hear_badge(self, badge: ProvenBadge) -> None:
        """A badge was shown: it lets in where nobody is in yet, or confirms what a second one is asked."""
        self._touched_s = self._hall.clock.monotonic()
        if self.staff is None:
            self.entrance.hear_badge(badge)
        elif self._second is not None and self.sheet is self._second[1]:
            asked, self.sheet = self._second[0], None
            self._guard(lambda: asked.then(second_by_badge(self._hall, self._present(), badge, asked.act)))

    def hear_slip(self, reading: SlipReading | PartReading) -> bool:
        """A slip or an employer's part was scanned; return False where nobody is signed in or wants it."""
        ear = self._pages.ear_of(self.page, reading)
        if self.staff is None or self.sheet is not None or ear is None:
            return isinstance(reading, PartReading) and self.hear_part(reading)
        self._touched_s = self._hall.clock.monotonic()
        self._hush()
        self._guard(ear)
        return True

    def hear_part(self, reading: PartReading) -> bool:
        """An employer's part was scanned: it goes to its page; return False where nobody is signed in."""
        if self.staff is None:
            return False
        self._touched_s = self._hall.clock.monotonic()
        page, duty, ear = self._pages.part_ear(reading)
        if self.sheet is not None and not self.page == page == ARRIVALS_PAGE:
            self._guard(lambda: self._tell("warn", self.say("outcomes.sheet_first")))
            return True
        self.turn(page)
        self._guard(lambda: self._hear_part(self._signed_in(), duty, ear))
        return True

    def _hear_part(self, staff: Staff, duty: Act, ear: Callable[[], None]) -> None:
        if not may(staff.role, duty):
            raise Refused(Sentence("actions.duty.not_yours"))
        ear()

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
        if self.staff is None and not self.shows_page:
            return Page(())
        try:
            if self.staff is None:
                return self._pages.door.standing_face()
            return shown_to(self.staff.role, self._pages[self.page].face())
        except WorldFault as fault:
            self.told, self.told_lamp = spoken(self.say, fault.sentence), "stop"
            return Page(())

    @property
    def shows_page(self) -> bool:
        """Return whether a page stands on the screen and no PIN is asked for."""
        return self.staff is not None or (self.is_standing and not self._is_asked)

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

    @property
    def is_at_door(self) -> bool:
        """Return whether papers and cards are for the door of a coach now."""
        return self.is_standing or self._is_at_open_door

    @property
    def _is_at_open_door(self) -> bool:
        return self.staff is not None and self.page == DOOR_PAGE and self._pages.door.is_standing

    # --- time and news --------------------------------------------------------------------------

    def tick(self, monotonic_s: float) -> None:
        """Count the time: lock when nobody is there, let the wait run down, read the page afresh."""
        if self._left is not None and monotonic_s - self._left.at_s >= FORM_KEPT_S:
            self._drop_left()
        if not self.is_open:
            return
        if self.is_standing:
            self._tick_standing(monotonic_s)
            return
        left_s = LOCK_AFTER_S - int(monotonic_s - self._touched_s)
        self.locks_in_s = left_s if self.staff is not None and left_s <= COUNTED_S else 0
        if left_s <= 0:
            self._lock_idle()
        elif self.locks_in_s:
            self._on_change()
        elif self.entrance.is_waited_at:
            self.entrance.count_down(monotonic_s)
            self._on_change()
        elif monotonic_s - self._looked_s >= self._look_again_s:
            self._looked_s = monotonic_s
            self._pages.watch(monotonic_s)
            self._on_change()

    def _tick_standing(self, monotonic_s: float) -> None:
        """Let the door go on until its coach has left; whoever asked for the PIN and went away, went away."""
        if not self._pages.door.is_standing:
            self.lock()
            return
        if self._is_asked and monotonic_s - self._touched_s >= COUNTED_S:
            self.press_lock()
        if self.entrance.is_waited_at:
            self.entrance.count_down(monotonic_s)
        self._pages.watch(monotonic_s)
        self._on_change()

    @property
    def _look_again_s(self) -> int:
        return 1 if self._pages.is_hurried(self.page) else LOOK_AGAIN_S

    def touched(self, monotonic_s: float) -> None:
        """Somebody is there."""
        self._touched_s = monotonic_s
        self.locks_in_s = 0

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

    def _enter(self, staff: Staff, is_by_pin: bool) -> None:
        """Go on where this very person was; what another one left is dropped."""
        self.staff, self._is_by_pin = staff, is_by_pin
        self.is_standing = self._is_asked = False
        left = self._left
        if left is not None and left.staff == staff.id:
            self._left, self.page, self.sheet = None, left.page, left.sheet
        else:
            self._drop_left()

    def _drop_left(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            self._pages[left.page].forget()

    def _present(self) -> Present:
        return Present(self._signed_in(), self._is_by_pin)

    def _ask_second(self, asked: SecondAsked) -> None:
        """Ask for the PIN of somebody else; a badge shown meanwhile is as good."""
        sheet = Sheet(
            title=asked.title,
            sentence=asked.sentence,
            go_word=self.say("desk.second.go"),
            keys=Keys.DIGITS,
            longest=PIN_DIGITS,
            is_secret=True,
            is_whole=lambda text: len(text) == PIN_DIGITS,
            done=lambda answered: asked.then(
                second_by_pin(self._hall, self._present(), answered.typed, asked.act)
            ),
        )
        self.sheet, self._second = sheet, (asked, sheet)

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
