"""Thousands of cards on one emulated reader that misbehaves at random: none lost, none doubled, none made up.

Each presentation is drawn from the seed: which card, what goes wrong on the line, in the module or at the
plug, and when the card is lifted. Time is the emulator's own. What is held against the events:

- a card that could be read is presented once, as it was laid, and not again while it lies there;
- a card that could not be read is said to be unreadable, never presented, never silently dropped;
- every card that was told of is removed before the next is sensed; lost and ready take turns;
- nothing of any card stands in a log line, a shown event or an exception's text.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from kiosk.devices.emulators.cards import card_from_values
from kiosk.devices.emulators.reader_faults import READ, Misbehaviour, Mischief
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.emulators.reader_virtual import VirtualReader
from kiosk.devices.minders import DeviceLost
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardSensed,
    CardState,
    CardUnreadable,
    CardWatch,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
    attendant_sentence,
    worker_sentence,
)
from kiosk.devices.sdt.reader import ReaderOut, SdtReader, lost
from kiosk.devices.transports import TransportLost
from kiosk.domain.cards import CardKind, IdentityCard
from tools.soaks.playing import everything_logged, played

PATIENCE_S = 60.0
"""So long, in the emulator's time, anything may take before it counts as lost."""
BACK_OFF_S = 0.5
RESUME_S = 3.0
LONGEST_READ = 1300

HARMLESS = (
    Misbehaviour.NONE,
    Misbehaviour.GARBAGE,
    Misbehaviour.SPLIT,
    Misbehaviour.SLOW,
    Misbehaviour.DUPLICATE,
    Misbehaviour.NO_PRESENCE,
    Misbehaviour.DEAF_PRESENCE,
    Misbehaviour.LOSES_SELECTION,
)
"""What a driver must read through, however long it lasts."""
ONCE = (
    Misbehaviour.WRONG_CHECKSUM,
    Misbehaviour.TRUNCATED,
    Misbehaviour.MALFORMED,
    Misbehaviour.SILENCE,
    Misbehaviour.LATE,
    Misbehaviour.COMPLAINS_CHECKSUM,
    Misbehaviour.COMPLAINS_LENGTH,
    Misbehaviour.CONFUSED,
)
"""What a driver must get over when it happens to one answer."""
REFUSALS = (
    Misbehaviour.WRONG_CARD,
    Misbehaviour.CARD_REFUSES,
    Misbehaviour.MODULE_REFUSES,
    Misbehaviour.UNVERIFIED,
    Misbehaviour.READ_FAILS,
    Misbehaviour.NO_RANDOM,
    Misbehaviour.UNHEARD_OF,
    Misbehaviour.UNKNOWN_COMMAND,
)
"""After which the card must be told unreadable."""
OUTAGES = (
    Misbehaviour.SELF_TEST,
    Misbehaviour.UNAUTHORISED,
    Misbehaviour.NOT_PERMITTED,
    Misbehaviour.SILENCE,
    Misbehaviour.MALFORMED,
)
"""With which the whole reader is out, until it is well again and reads the card that lies there."""


class Dishonest(AssertionError):
    """Something was lost, doubled or made up; the text names seed and presentation, nobody's data."""


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    presented: int = 0
    unreadable: int = 0
    moved: int = 0
    lost: int = 0
    longest_resume_s: float = 0.0


@dataclass(slots=True)
class Bench:
    """A reader, the driver on it and all it told; `turn` runs both, as the minder does."""

    line: VirtualReader
    events: list[ReaderEvent] = field(default_factory=list)
    watch: CardWatch = field(init=False)
    _reader: SdtReader | None = None
    _told: ReaderLost | None = None

    def __post_init__(self) -> None:
        """Begin to follow the cards."""
        self.watch = CardWatch(self.events.append, self.line.monotonic)

    def turn(self) -> None:
        """Open the reader, or look once, or note its loss and wait a little."""
        try:
            if self._reader is None:
                reader = SdtReader(self.line.open(), monotonic=self.line.monotonic)
                reader.detect()
                reader.set_up()
                reader.prove()
                sam_id = reader.module_number()
                self._told, self._reader = None, reader
                self.events.append(ReaderReady(sam_id))
                self.watch.begin(reader)
            self.line.pause(self.watch.poll(self._reader))
        except (DeviceLost, TransportLost) as error:
            self._reader = None
            out = lost(error) if isinstance(error, TransportLost) else error
            assert isinstance(out, ReaderOut)
            loss = ReaderLost(out.fault, out.status)
            if self._told is None or self._told.cause is not loss.cause:
                self.events.append(loss)
            self._told = loss
            self.line.pause(BACK_OFF_S)

    @property
    def is_out(self) -> bool:
        """Whether the reader was told lost and is not back yet."""
        return self._told is not None


log = logging.getLogger(__name__)


class Presentations:
    """One seeded run of cards, the reader they are laid on, and what was told of them."""

    def __init__(self, seed: int) -> None:
        """Plug a reader in, strict or lenient as the seed draws it, and wait until it is ready."""
        self._seed = seed
        self.secrets: set[str] = set()
        self._dice = random.Random(seed)
        self._bench = Bench(VirtualReader(SecurityModule(is_lenient=self._dice.random() < 0.5)))
        self._line = self._bench.line
        self._number = 0
        self.tally = Tally()
        self._until(lambda: bool(self._told(ReaderReady)), "the reader is ready")

    def present(self, number: int) -> None:
        """Lay one card with one thing going wrong, lift it, and hold the events against what was done."""
        self._number = number
        self._bench.events.clear()
        card = drawn_card(self._dice)
        self.secrets |= {card.name, card.number, *filter(None, [card.address])}
        kinds = (self._harmless, self._once, self._refused, self._out, self._moved, self._unplugged)
        self._dice.choices(kinds, weights=(8, 8, 4, 1, 2, 2))[0](card)
        self._line.mischief = Mischief()
        self._line.module.lift()
        self._until(lambda: self._bench.watch.state is CardState.NO_CARD, "the lifted card is removed")
        self._require_order(card)
        for event in self._bench.events:
            log.info("%s", _said(event))

    # --- what may happen to a card ----------------------------------------------------------------

    def _harmless(self, card: IdentityCard) -> None:
        self._line.mischief = Mischief(self._dice.choice(HARMLESS))
        self._lay(card)
        self._expect_presented()
        self._dwell()

    def _once(self, card: IdentityCard) -> None:
        how = self._dice.choice(ONCE)
        self._line.mischief = Mischief(
            how,
            on=READ if self._dice.random() < 0.5 else None,
            times=1,
            late_s=self._dice.uniform(0.5, 8.0),
            at=self._dice.randrange(LONGEST_READ) if how is Misbehaviour.TRUNCATED else None,
        )
        self._lay(card)
        self._expect_presented()
        self._dwell()

    def _refused(self, card: IdentityCard) -> None:
        self._line.mischief = Mischief(self._dice.choice(REFUSALS))
        self._lay(card)
        self._until(lambda: bool(self._told(CardUnreadable)), "the card is told unreadable")
        self._dwell()
        self._require(not self._told(CardPresented), "a refused card is never presented")
        self.tally.unreadable += 1

    def _out(self, card: IdentityCard) -> None:
        self._line.mischief = Mischief(self._dice.choice(OUTAGES))
        self._lay(card)
        self._until(lambda: bool(self._told(ReaderLost)), "the reader is told lost")
        self._line.mischief = Mischief()
        self._until(lambda: bool(self._told(ReaderReady)), "the reader is ready again")
        self._expect_presented()
        self.tally.lost += 1

    def _moved(self, card: IdentityCard) -> None:
        """Lift the card at any byte of its answer, or at any moment around it."""
        if self._dice.random() < 0.5:
            at = self._dice.randrange(LONGEST_READ)
            self._line.mischief = Mischief(Misbehaviour.LIFT_AT, times=1, at=at)
        self._lay(card)
        self._line.after(self._dice.uniform(0.0, 2.5), self._line.module.lift)
        for _ in range(20):
            self._bench.turn()
        self.tally.moved += 1

    def _unplugged(self, card: IdentityCard) -> None:
        """Pull the plug at any moment, and put it back with the card still there."""
        if self._dice.random() < 0.5:
            self._line.mischief = Mischief(
                Misbehaviour.UNPLUG_AT, times=1, at=self._dice.randrange(LONGEST_READ)
            )
        else:
            self._line.after(self._dice.uniform(0.0, 2.5), self._line.plug_out)
        self._lay(card)
        self._until(lambda: self._bench.is_out, "the pulled plug is noticed")
        self._line.pause(self._dice.uniform(0.0, 2.0))
        self._line.plug_in()
        since = self._line.monotonic()
        self._until(lambda: not self._bench.is_out, "the reader is ready again")
        took = self._line.monotonic() - since
        self.tally.longest_resume_s = max(self.tally.longest_resume_s, took)
        self._require(took <= RESUME_S, "a reader plugged in again is ready within three seconds")
        self._expect_presented()
        self.tally.lost += 1

    # --- steps and judgement ----------------------------------------------------------------------

    def _lay(self, card: IdentityCard) -> None:
        self._line.module.lay(card)

    def _expect_presented(self) -> None:
        self._until(lambda: bool(self._told(CardPresented)), "the card is presented")
        self.tally.presented += 1

    def _dwell(self) -> None:
        for _ in range(self._dice.randrange(8)):
            self._bench.turn()

    def _told(self, kind: type[ReaderEvent]) -> list[ReaderEvent]:
        return [event for event in self._bench.events if isinstance(event, kind)]

    def _until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = self._line.monotonic() + PATIENCE_S
        while not is_so():
            self._require(self._line.monotonic() < deadline, what)
            self._bench.turn()

    def _require_order(self, card: IdentityCard) -> None:
        """Hold one presentation's events against the only orders that are true."""
        presented = [event.card for event in self._bench.events if isinstance(event, CardPresented)]
        self._require(len(presented) <= 1, "no card is presented twice")
        self._require(presented in ([], [card]), "a card is presented as it was laid")
        before: type[ReaderEvent] = CardRemoved
        for kind in map(type, self._bench.events):
            if kind in {ReaderReady, ReaderLost}:
                continue
            self._require(before in MAY_FOLLOW[kind], f"{kind.__name__} does not follow {before.__name__}")
            before = kind
        told = any(isinstance(event, CardPresented | CardUnreadable) for event in self._bench.events)
        removed = bool(self._told(CardRemoved))
        self._require(not told or removed, "a card that was told of is removed")

    def _require(self, is_so: bool, what: str) -> None:
        if not is_so:
            kinds = [_said(event) for event in self._bench.events]
            how = self._line.mischief.how
            raise Dishonest(f"seed {self._seed}, card {self._number}, {how}: not so: {what}; told: {kinds}")


MAY_FOLLOW: dict[type[ReaderEvent], set[type[ReaderEvent]]] = {
    CardSensed: {CardRemoved},
    CardPresented: {CardSensed, CardUnreadable},
    CardUnreadable: {CardSensed},
    CardRemoved: {CardSensed, CardPresented, CardUnreadable},
}
"""What may stand right before an event of a card, losses of the reader left aside."""


_SURNAMES, _NAMES = "赵钱孙李周吴郑王", "甲乙丙丁戊己庚辛壬癸䶮㛃"


def drawn_card(dice: random.Random) -> IdentityCard:
    """Return a card of nobody, of any of the four kinds."""
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(20_000))
    stem = f"999999{born:%Y%m%d}{dice.randrange(1000):03d}"
    values: dict[str, object] = {
        "name": dice.choice(_SURNAMES) + "".join(dice.choices(_NAMES, k=dice.randint(1, 14))),
        "sex": dice.choice("12"),
        "birth_date": born.isoformat(),
        "number": stem + mod_11_2.calc_check_digit(stem),
        "issuer": "测试公安局",
        "valid_from": "2020-01-01",
        "valid_to": dice.choice(("2040-01-01", "长期")),
    }
    kind = dice.choice(tuple(CardKind))
    match kind:
        case CardKind.CITIZEN:
            values |= {"nation_code": dice.choice(("01", "56", "97")), "address": _address(dice)}
        case CardKind.HMT_RESIDENT:
            values |= {"travel_permit_no": f"H{dice.randrange(10**8):08d}", "address": _address(dice)}
        case CardKind.FOREIGN_2017:
            values |= {"number": f"USA3201{born:%y%m%d}16", "latin_name": "TEST, PERSON A", "issuer": "1500"}
            values |= {"country_code": "USA"}
        case CardKind.FOREIGN_2023:
            values |= {"latin_name": "TEST, PERSON WITH A NAME OF SOME LENGTH B", "country_code": "USA"}
    return card_from_values({**values, "kind": kind.value})


def run(count: int, seed: int) -> Tally:
    """Present `count` cards; raises `Dishonest`, naming seed and card, when anything told is not so."""
    with everything_logged() as logged:
        presentations = Presentations(seed)
        for number in range(count):
            presentations.present(number)
    said = logged.getvalue()
    if any(secret in said for secret in presentations.secrets):
        raise Dishonest(f"seed {seed}: a card stands in what was logged or shown")
    return presentations.tally


def _address(dice: random.Random) -> str:
    return f"北京市东城区测试街道{dice.randrange(10**6)}号"


def _said(event: ReaderEvent) -> str:
    """Return what a log line would say of an event."""
    code = ""
    if isinstance(event, CardUnreadable | ReaderLost):
        code = f" {attendant_sentence(event).args['code']} {worker_sentence(event).key}"
    return f"{event!r}{code}"


if __name__ == "__main__":
    raise SystemExit(played(run))
