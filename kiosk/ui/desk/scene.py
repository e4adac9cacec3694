"""What every admin page is handed: the hall, its devices, and the ways to ask and tell the attendant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.device_health import DeviceHealth
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, SlipRecord, Staff
from kiosk.actions.printing import SlipPrinting
from kiosk.actions.two_persons import Pair
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.duties import Act
from kiosk.domain.identity import last_four
from kiosk.domain.ids import WorkerId
from kiosk.domain.sights import Mask, Sights, seen, sights_of
from kiosk.domain.trades import Trades
from kiosk.ui.desk.sheets import Sheet
from kiosk.ui.presenting import Say, is_chinese


@dataclass(frozen=True, slots=True)
class SecondAsked:
    """An act that a second person has to confirm, what it is and what follows, and how it is done then."""

    act: Act
    title: str
    sentence: str
    then: Callable[[Pair], None]


@dataclass(frozen=True, slots=True)
class DeskScene:
    """`say` gives the catalogue spoken now; `ask` lays a sheet over the page, `tell` says how an act went.

    `turn_to` shows another page and presses something there; `staff` is who is signed in. `leave` hides the
    full screen or ends the program, `open_class` gives the screen to people who are taught together and
    `practise` to somebody who wants to try it first. `ask_second` asks for the PIN or badge of somebody else.
    `kept_in` is the language reasons are kept and printed in, whatever is spoken now.
    """

    hall: Hall
    printing: SlipPrinting
    health: DeviceHealth
    trades: Trades
    say: Callable[[], Say]
    ask: Callable[[Sheet], None]
    tell: Callable[[str, str], None]
    turn_to: Callable[[str, str], None]
    staff: Callable[[], Staff]
    leave: Callable[[str], None]
    kept_in: Say
    open_class: Callable[[str, Staff], None]
    practise: Callable[[], None]
    ask_second: Callable[[SecondAsked], None]

    def minutes_since(self, instant: datetime, now: datetime | None = None) -> int:
        """Return the whole minutes since an instant; a clock set back counts as none.

        `now` is the hall's time, unless the instant was told by another clock.
        """
        return max(0, int(((now or self.hall.now()) - instant).total_seconds()) // 60)

    def age(self, instant: datetime, now: datetime | None = None) -> str:
        """Return how long ago an instant was, in minutes, hours or days."""
        minutes = self.minutes_since(instant, now)
        if minutes < 1:
            return self.say()("desk.age.now")
        if minutes < 120:
            return self.say()("desk.age.minutes", count=minutes)
        if minutes < 48 * 60:
            return self.say()("desk.age.hours", count=minutes // 60)
        return self.say()("desk.age.days", count=minutes // (24 * 60))

    def at(self, instant: datetime) -> str:
        """Return the hall's time of day of an instant."""
        return clock_text(hall_time(instant).time())

    @property
    def sights(self) -> Sights:
        """What whoever is signed in is shown of a person."""
        return sights_of(self.staff().role)

    def shown(self, mask: Mask, text: str) -> str:
        """Return a personal value as whoever is signed in is shown it."""
        return seen(mask, text, self.sights)

    def person(self, records: Records, worker: WorkerId) -> str:
        """Return a person as the desk may see one."""
        known = records.workers.by_id(worker)
        return self.named(known.name, last_four(known.number)) if known else self.named("", "")

    def named(self, name: str, number_tail: str) -> str:
        """Return the masked name and the last four characters of the number; empty where he was forgotten."""
        if not number_tail:
            return self.say()("desk.person.forgotten")
        return f"{self.shown(Mask.NAME, name)} {number_tail}"

    def person_of(self, records: Records, slip: SlipRecord) -> str:
        """Return whose slip it is."""
        placement = records.placements.by_id(slip.placement)
        return self.person(records, placement.worker) if placement else self.named("", "")

    def trade_word(self, key: str) -> str:
        """Return what a trade is called in the language spoken now."""
        trade = self.trades.by_key[key]
        return trade.zh if is_chinese(self.say()) else trade.en
