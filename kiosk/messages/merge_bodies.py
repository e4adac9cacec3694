"""What comes down of merges."""

from __future__ import annotations

from datetime import datetime

from kiosk.messages.wire import Wire


class MergeBody(Wire):
    """Topic `merge`, scope city: two registrations are one person; one that `is_undone` stays so for ever."""

    kept: str
    joined: str
    merged_at: datetime
    is_undone: bool = False
