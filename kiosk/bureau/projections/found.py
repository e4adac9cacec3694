"""Cards that were left behind: found, and handed back."""

from __future__ import annotations

from kiosk.bureau.found_tables import found_card
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.rows import changed, put
from kiosk.messages.events import CardFound, CardHandedBack


def note_found(ground: Ground, body: CardFound) -> None:
    """Note that a card lies at a desk."""
    facts = {"kind": body.kind, "lies": body.lies, "found_by": body.actor, "found_at": ground.source.at}
    empty = {"station": ground.source.station, "handed_by": "", "proof": ""}
    put(ground.connection, found_card, {"id": body.card}, {**facts, **empty})


def note_handed_back(ground: Ground, body: CardHandedBack) -> None:
    """Note that it came back to its owner. Raises NotApplicable for a card that nobody found."""
    facts = {"handed_at": ground.source.at, "handed_by": body.actor, "proof": body.proof}
    if changed(ground.connection, found_card, {"id": body.card}, facts) == 0:
        raise NotApplicable("bureau.refused.contradiction")
