"""The agreed clock of the order of the day: the bureau's last word plus monotonic seconds.

The sync process hears the bureau, the screen process orders the day, and both live by this clock. What was
heard is kept as one setting, with the boot it belongs to: both processes of one boot share the monotonic
clock, and no other boot does. To another boot it only says how late it is at least: a battery that died
starts a machine in 1970, or in any other year.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import ValidationError

from kiosk.actions.ports import Store
from kiosk.domain.clock import Clock
from kiosk.domain.orders import AgreedClock
from kiosk.messages.wire import Wire

WIRE_JITTER = timedelta(seconds=2)
"""A correction back by less than this is the wire's doing: taking it could let one overtake another."""
LONGEST_OFF = timedelta(days=366)
"""A wall clock this far ahead of all that is known is wrong: no kiosk was away for so long."""
_SETTING = "agreed_time"


class HeardTime(Wire):
    """What the bureau's clock said at a monotonic second of one boot of this machine."""

    boot: str
    server_time: datetime
    at_monotonic_s: float


class AgreedTime:
    """Starts from the wall clock and is set right by the bureau; a hand on the wall clock changes nothing."""

    def __init__(self, clock: Clock) -> None:
        """Anchor the agreed time at the wall clock's word now."""
        self._clock = clock
        self._anchor = AgreedClock(clock.now(), clock.monotonic())

    def now(self) -> datetime:
        """Return the agreed instant now."""
        return self._anchor.at(self._clock.monotonic())

    def monotonic(self) -> float:
        """Return the machine's monotonic second: the agreed clock can stand wherever a clock is asked for."""
        return self._clock.monotonic()

    def begin_behind(self, known: datetime) -> None:
        """Go on from an instant that is past for certain, unless the wall clock says one that may well be."""
        now = self.now()
        if _believed(now, known) != now:
            self._anchor = AgreedClock(known, self._clock.monotonic())

    def hear(self, server_time: datetime, heard_at_monotonic_s: float) -> None:
        """Take over what the bureau said at a monotonic second of this machine."""
        heard = AgreedClock(server_time, heard_at_monotonic_s)
        now_s = self._clock.monotonic()
        if not timedelta(0) < self._anchor.at(now_s) - heard.at(now_s) < WIRE_JITTER:
            self._anchor = heard


def keep_heard(store: Store, heard: HeardTime) -> None:
    """Keep what the bureau's clock said, for the screen process and for a restart within this boot."""
    with store.writing() as records:
        records.settings.put(_SETTING, heard.model_dump_json())


def take_over_heard(agreed: AgreedTime, store: Store, boot: str) -> None:
    """Set the agreed time by what was kept.

    A word of another boot says nothing about this one's seconds, but it was said before; so was every entry.
    """
    with store.reading() as records:
        heard = _heard_in(records.settings.get(_SETTING))
        written_at = records.journal.newest_at()
    if heard is not None and heard.boot == boot:
        agreed.hear(heard.server_time, heard.at_monotonic_s)
        return
    known = heard.server_time if heard is not None else written_at
    if known is not None:
        agreed.begin_behind(_believed(written_at or known, known))


def hear_by_letter(agreed: AgreedTime, store: Store, boot: str, server_time: datetime) -> None:
    """Learn from an answer on a stick how late it is at least; an older one tells nothing."""
    with store.reading() as records:
        kept = _heard_in(records.settings.get(_SETTING))
    if kept is None or kept.server_time < server_time:
        agreed.begin_behind(server_time)
        now = HeardTime(boot=boot, server_time=agreed.now(), at_monotonic_s=agreed.monotonic())
        keep_heard(store, now)


def _heard_in(kept: str | None) -> HeardTime | None:
    try:
        return HeardTime.model_validate_json(kept or "")
    except ValidationError:
        return None


def _believed(instant: datetime, known: datetime) -> datetime:
    """Return an instant, or the known one where it lies before that or implausibly far behind it."""
    return instant if known <= instant < known + LONGEST_OFF else known
