"""Compose the receipt of a found card that its owner has back; nothing on it says who he is."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.domain.clock import hall_time
from kiosk.domain.found_cards import FoundCard, Proof
from kiosk.paper.found_papers import FoundReceipt


def found_receipt(hall: Hall, card: FoundCard, proof: Proof, staff: Staff) -> FoundReceipt:
    """Return the receipt of a card that was handed back just now."""
    who, handed_at = hall.identity, hall_time(hall.now())
    return FoundReceipt(
        number=f"YL-{who.station}-{handed_at:%m%d}-{who.kiosk_no:02d}-{handed_at:%H%M%S}",
        station=who.station_name,
        kiosk_letter=who.letter,
        kind=card.kind,
        lay=card.lies,
        found_at=hall_time(card.found_at),
        handed_at=handed_at,
        proof=proof,
        attendant=staff.name,
    )
