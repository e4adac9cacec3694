"""What every action is handed: this hall's store, clocks and identity, and the ways out to paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.ports import KioskIdentity, Store
from kiosk.domain.clock import Clock, hall_day
from kiosk.domain.ids import QuotaId
from kiosk.domain.jobs import Job
from kiosk.messages.boarding_codes import BoardingCode
from kiosk.messages.slip_codes import SlipCode


class SlipSigner(Protocol):
    """Makes the signed code of a slip; the private key stays behind it."""

    @property
    def key_id(self) -> int:
        """Return the number under which every kiosk finds the public key."""
        ...

    def sign(self, code: SlipCode) -> str:
        """Return the text that goes into the slip's QR code."""
        ...

    def sign_boarding(self, code: BoardingCode) -> str:
        """Return the text that goes into the QR code of a boarding pass."""
        ...


def nobody_hears(_told: object) -> None:
    """Tell nobody: a hall without a sync process has nobody to ask."""


@dataclass(frozen=True, slots=True)
class Hall:
    """One kiosk in one hall.

    `agreed_now` is the agreed clock of the order of the day; `clock` is the machine's own, for measuring;
    `fresh_id` returns a new random identifier; `picture_of` names the pictogram of a job. `missed` hears of a
    job somebody looked at that still has places, though none here, so that sync can ask for one; `lacking`
    hears how many numbers of each quota would serve all of a team or of a line.
    """

    store: Store
    clock: Clock
    identity: KioskIdentity
    agreed_now: Callable[[], datetime]
    fresh_id: Callable[[], str]
    signer: SlipSigner
    picture_of: Callable[[Job], str]
    missed: Callable[[JobOnBoard], None] = nobody_hears
    lacking: Callable[[Mapping[QuotaId, int]], None] = nobody_hears

    def now(self) -> datetime:
        """Return the instant now, by the agreed clock: a hand on the wall clock moves no one and no slip."""
        return self.agreed_now()

    def today(self) -> date:
        """Return the hall's day now."""
        return hall_day(self.now())
