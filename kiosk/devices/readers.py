"""Cards laid on the reader: what happened, told in events, one presentation for as long as a card lies there.

    NO_CARD --20 01/9F-------------> FOUND       CardSensed
    FOUND --20 02/90---------------> SELECTED
    SELECTED --30 01/90------------> READ        CardPresented
    FOUND, SELECTED --not readable-> REFUSED     CardUnreadable
    READ, REFUSED --missed twice---> NO_CARD     CardRemoved

Every card that is sensed is presented or unreadable, unless the reader is lost meanwhile, and then removed.
A card that was read stays selected and is no longer found, so its presence is asked by its newest address,
which most cards do not have: the answer "none" is as good as any. Readers that find a selected card again,
that lose the selection, or that do not know this question are told apart from a second presentation by
reading once more and comparing the number.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from kiosk.devices.minders import DeviceLost, Minder, Watch, serial_turn
from kiosk.devices.reader_events import (
    CardPresented,
    CardRemoved,
    CardSensed,
    CardUnreadable,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
)
from kiosk.devices.reader_words import attendant_sentence, worker_sentence
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.commands import ReaderFault
from kiosk.devices.sdt.profiles import GENERIC, ReaderProfile
from kiosk.devices.sdt.reader import CardFault, ReaderOut, SdtReader, lost
from kiosk.devices.transports import Transport
from kiosk.domain.cards import IdentityCard

__all__ = [
    "CardPresented",
    "CardRemoved",
    "CardSensed",
    "CardState",
    "CardUnreadable",
    "CardWatch",
    "ReaderEvent",
    "ReaderFault",
    "ReaderLost",
    "ReaderMinder",
    "ReaderReady",
    "Timing",
    "attendant_sentence",
    "worker_sentence",
]

OF_THE_MODULE = frozenset({ReaderFault.SELF_TEST, ReaderFault.UNAUTHORISED})
"""Faults of the security module: no other card and no other plug helps."""
_MISSES = 2
_RESUME_S = 5.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How often to look for a card, for its removal, and again at one that could not be read.

    Makers ask for at least 300 ms between two searches. `patience` stretches the waits for an answer, for
    bridges slower than a cable.
    """

    search_s: float = 0.3
    presence_s: float = 0.2
    retry_s: float = 1.0
    patience: float = 1.0


class CardState(StrEnum):
    """How far the card on a reader has come."""

    NO_CARD = "no_card"
    FOUND = "found"
    SELECTED = "selected"
    READ = "read"
    REFUSED = "refused"
    """It lies there and could not be read."""


class CardWatch:
    """Follows the cards on one reader, poll by poll, and across short losses of the reader."""

    def __init__(
        self,
        report: Callable[[ReaderEvent], None],
        monotonic: Callable[[], float] = time.monotonic,
        timing: Timing = Timing(),
    ) -> None:
        """Report events to `report`, in the thread that polls."""
        self._report = report
        self._timing = timing
        self._monotonic = monotonic
        self._state = CardState.NO_CARD
        self._number: str | None = None
        self._misses = 0
        self._last_poll = 0.0
        self._finds_selected = False
        self._retry_at = inf

    @property
    def state(self) -> CardState:
        """How far the card on the reader has come."""
        return self._state

    def begin(self, reader: SdtReader) -> None:
        """Look at a reader that has just been opened: a card may lie there since before."""
        self._finds_selected = False
        self._misses = 0
        is_recent = self._monotonic() - self._last_poll <= _RESUME_S
        if self._state is CardState.READ and is_recent and self._continues(reader):
            return
        if self._state is not CardState.NO_CARD:
            self._remove()
        began = self._monotonic()
        if not reader.finds_card():
            card = _reread(reader)
            if card is not None:
                self._report(CardSensed())
                self._present(card, began)

    def poll(self, reader: SdtReader) -> float:
        """Take one look and return after how many seconds to take the next."""
        match self._state:
            case CardState.READ:
                self._check_read(reader)
            case CardState.REFUSED:
                self._check_refused(reader)
            case _:
                self._search(reader)
        self._last_poll = self._monotonic()
        return self._timing.search_s if self._state is CardState.NO_CARD else self._timing.presence_s

    def _search(self, reader: SdtReader) -> None:
        if not reader.finds_card():
            return
        began = self._monotonic()
        self._state = CardState.FOUND
        self._report(CardSensed())
        try:
            card = self._take_patiently(reader)
        except CardFault as fault:
            self._state = CardState.REFUSED
            self._misses = 0
            self._retry_at = self._monotonic() + self._timing.retry_s if _may_pass(fault) else inf
            self._report(CardUnreadable(fault.fault, fault.status))
        else:
            self._present(card, began)

    def _take_patiently(self, reader: SdtReader) -> IdentityCard:
        """Read a card that was found; a card still on its way down gets a second try."""
        try:
            return self._take(reader)
        except CardFault as fault:
            may_pass = _may_pass(fault)
            if fault.status is None or not (may_pass or fault.fault is ReaderFault.UNREADABLE):
                raise
            if reader.finds_card():
                if may_pass:
                    return self._take(reader)
                raise
            if reader.senses_selected() is False:
                raise CardFault(ReaderFault.MOVED, fault.status) from fault
            raise

    def _take(self, reader: SdtReader) -> IdentityCard:
        reader.select_card()
        self._state = CardState.SELECTED
        return reader.read_selected()

    def _check_refused(self, reader: SdtReader) -> None:
        """Someone may push the card into place instead of lifting it, so try again, but quietly."""
        is_found = reader.finds_card()
        is_there = is_found or bool(reader.senses_selected())
        began = self._monotonic()
        if is_there and began >= self._retry_at:
            # A card whose answer was lost on the line stays selected, and is not found any more.
            card = _found_again(reader) if is_found else _reread(reader)
            if card is not None:
                self._present(card, began)
                return
            self._retry_at = self._monotonic() + self._timing.retry_s
        self._count(is_there)

    def _check_read(self, reader: SdtReader) -> None:
        senses = reader.senses_selected()
        if senses is None:
            senses = self._senses_by_search(reader)
        self._count(senses, reader)

    def _count(self, is_there: bool, reader: SdtReader | None = None) -> None:
        """Count misses; before a read card is given up, look whether it only lost its selection."""
        self._misses = 0 if is_there else self._misses + 1
        if self._misses < _MISSES:
            return
        if reader is None or not self._continues(reader):
            self._remove()

    def _senses_by_search(self, reader: SdtReader) -> bool:
        """Tell presence on a reader that does not know the newest address.

        Whether it finds a selected card again shows at the first look. If it does, finding is presence; if it
        does not, only reading again tells.
        """
        if reader.finds_card():
            is_same = self._finds_selected or self._is_number(_found_again(reader))
            self._finds_selected = is_same
            return is_same
        return not self._finds_selected and self._is_number(_reread(reader))

    def _continues(self, reader: SdtReader) -> bool:
        """Return whether the card still lies there after all; another one in its place is presented."""
        began = self._monotonic()
        card = _reread(reader) or (_found_again(reader) if reader.finds_card() else None)
        if card is None:
            return False
        self._misses = 0
        if not self._is_number(card):
            self._remove()
            self._report(CardSensed())
            self._present(card, began)
        return True

    def _is_number(self, card: IdentityCard | None) -> bool:
        return card is not None and card.number == self._number

    def _present(self, card: IdentityCard, began: float) -> None:
        self._state = CardState.READ
        self._number = card.number
        self._misses = 0
        now = self._monotonic()
        self._report(CardPresented(card, presented_at=now, read_s=now - began))

    def _remove(self) -> None:
        self._state = CardState.NO_CARD
        self._number = None
        self._misses = 0
        self._finds_selected = False
        self._report(CardRemoved())


class ReaderMinder:
    """Owns one reader: opens it, finds its speed, follows its cards, comes back after a loss."""

    def __init__(
        self,
        url: str,
        report: Callable[[ReaderEvent], None],
        *,
        profile: ReaderProfile = GENERIC,
        on_photo: Callable[[bytes], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        timing: Timing | None = None,
    ) -> None:
        """Mind the reader at `url` (`/dev/…` or a pyserial URL); events come in the minder's own thread.

        Without a `timing` the profile's own holds. Photos go to `on_photo` in that thread, too; without one
        they are dropped unread.
        """
        self._url = url
        self._report = report
        self._profile = profile
        self._on_photo = on_photo
        self._monotonic = monotonic
        self._timing = timing or Timing(profile.search_s, profile.presence_s)
        self._cards = CardWatch(report, monotonic, self._timing)
        self._baud = profile.bauds[0]
        self._told: ReaderFault | None = None
        self._minder = Minder("reader", self._turn, self._tell)

    def start(self) -> None:
        """Begin to mind; returns at once, with or without a reader."""
        self._minder.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Close the reader and end the thread; return whether it ended in time."""
        return self._minder.stop(timeout_s)

    def _turn(self, watch: Watch) -> None:
        with serial_turn(self._url, self._baud, watch, self._monotonic, lost) as transport:
            self._mind(transport, watch)

    def _mind(self, transport: Transport, watch: Watch) -> None:
        reader = SdtReader(
            transport,
            monotonic=self._monotonic,
            patience=self._timing.patience,
            profile=self._profile,
            on_photo=self._on_photo,
        )
        self._baud = reader.detect(self._baud)
        reader.set_up()
        reader.prove()
        number = reader.module_number()
        watch.settle()
        self._told = None
        self._report(ReaderReady(number))
        self._cards.begin(reader)
        while not watch.is_stopping():
            watch.pause(self._cards.poll(reader))

    def _tell(self, loss: DeviceLost) -> None:
        """Report a loss once; a fault of the module itself at every try, for whoever counts them."""
        fault = loss.fault if isinstance(loss, ReaderOut) else ReaderFault.MISSING
        status = loss.status if isinstance(loss, ReaderOut) else None
        if fault is not self._told or fault in OF_THE_MODULE:
            self._told = fault
            self._report(ReaderLost(fault, status))


def _may_pass(fault: CardFault) -> bool:
    """Return whether the same card may still be read; where nothing sound was answered, it was the line."""
    return fault.status is None or commands.may_pass(fault.status)


def _reread(reader: SdtReader) -> IdentityCard | None:
    try:
        return reader.read_selected()
    except CardFault:
        return None


def _found_again(reader: SdtReader) -> IdentityCard | None:
    try:
        return reader.take_card()
    except CardFault:
        return None
