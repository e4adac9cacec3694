"""Who speaks in a round, as it is enrolled."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bureau.feeds import CITY, hall_scope


@dataclass(frozen=True, slots=True)
class Speaker:
    """The kiosk that speaks; `station` names its hall."""

    kiosk: str
    station: str
    profile: str

    @property
    def scopes(self) -> tuple[str, str]:
        """The feeds this kiosk reads."""
        return (CITY, hall_scope(self.station))
