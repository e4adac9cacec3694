"""A kiosk knows its own key from its enrolment, long before the bureau's first feed tells it to everybody."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.ports import KioskIdentity
from kiosk.actions.scan_ports import CodeKeys, KioskKey
from kiosk.domain.ids import StationCode


class OwnKeyKnown:
    """Looks among the keys that came down, and knows this kiosk's own before it did."""

    def __init__(self, identity: KioskIdentity, public_key: Ed25519PublicKey, others: CodeKeys) -> None:
        """Keep who this kiosk is; `public_key` belongs to the key that signs its slips."""
        self._key_id = int(identity.key_id, 16)
        self._own = KioskKey(public_key, StationCode(identity.station), identity.kiosk_no)
        self._others = others

    def kiosk(self, key_id: int) -> KioskKey | None:
        """Return the key of a kiosk of this city, None when it is not known here."""
        told = self._others.kiosk(key_id)  # the bureau's word comes first: it may have retired our own
        return self._own if told is None and key_id == self._key_id else told

    def bureau(self, key_id: int) -> Ed25519PublicKey | None:
        """Return the bureau's own key of that id; a kiosk's key is never one."""
        return None if key_id == self._key_id else self._others.bureau(key_id)
