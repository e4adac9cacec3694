"""Cards that were left behind and handed back. They name nobody, so nothing in them is sealed."""

from __future__ import annotations

from typing import ClassVar, Literal

from kiosk.messages.events.body import EventBody


class CardFound(EventBody):
    """A card was found in the hall and lies at the desk; whose it is stays at this kiosk."""

    type: ClassVar[str] = "card_found"
    card: str
    kind: Literal["citizen", "hmt_resident", "foreign", "driving", "bank", "other"]
    lies: Literal["drawer", "safe", "police"]
    actor: str


class CardHandedBack(EventBody):
    """A card that was found came back to its owner, who proved it so."""

    type: ClassVar[str] = "card_handed_back"
    card: str
    proof: Literal["number", "looks"]
    actor: str
