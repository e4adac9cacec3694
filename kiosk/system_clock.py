"""The machine's own clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Reads the wall clock and the monotonic clock of this machine."""

    def now(self) -> datetime:
        """Return the instant now, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards while this machine stays on."""
        return time.monotonic()
