"""What is kept at a kiosk of what people asked about their own data, and what the bureau made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.ids import WorkerId
from kiosk.domain.restrictions import Restriction
from kiosk.messages.personal import Kind


@dataclass(frozen=True, slots=True)
class KnownErasure:
    """What is known here of the erasure of one kind of a person's fields.

    `epoch` counts erasures, also those asked here and not answered yet; nothing of before `void` can be read
    any more. `asked_at` is when somebody asked here, None once the bureau has answered. A `law` holds what is
    restricted until the day `held_until`; without a law the bureau looks at it until then. `is_given_anew`:
    such fields were given at this kiosk since.
    """

    kind: Kind
    epoch: int
    void: int
    asked_at: datetime | None
    law: str
    held_until: date | None
    is_given_anew: bool


class Erasures(Protocol):
    """The erasures that one transaction sees and asks for."""

    def of(self, worker: WorkerId, kind: Kind) -> KnownErasure | None:
        """Return what was asked last of a person's fields of one kind; None where nobody ever asked."""
        ...

    def ask(self, worker: WorkerId, kind: Kind, at: datetime) -> int:
        """Note a wish, forget such fields here, and return how many erasures were known of before it."""
        ...


class Restrictions(Protocol):
    """What people said about the use of what their consent allowed."""

    def of(self, worker: WorkerId) -> Restriction:
        """Return what a person said last; nothing is restricted where he said nothing."""
        ...

    def keep(self, worker: WorkerId, said: Restriction) -> None:
        """Keep what a person who is kept here said."""
        ...
