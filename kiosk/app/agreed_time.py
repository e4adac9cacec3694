"""The agreed clock of the order of the day: the bureau's last word plus monotonic seconds.

The sync process hears the bureau, the screen process orders the day. What was heard is kept as one setting,
with the boot it belongs to: both processes of one boot share the monotonic clock, and no other boot does.
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
    """Set the agreed time by what was kept; a word of another boot says nothing about this one's seconds."""
    with store.reading() as records:
        kept = records.settings.get(_SETTING)
    try:
        heard = HeardTime.model_validate_json(kept or "")
    except ValidationError:
        return
    if heard.boot == boot:
        agreed.hear(heard.server_time, heard.at_monotonic_s)
