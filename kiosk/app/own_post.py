"""What this kiosk keeps of its own name and keys, for the sync process that hears of changes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.ports import KioskIdentity
from kiosk.app.identity import kiosk_identity
from kiosk.app.private_key import PRIVATE_KEY, private_key
from kiosk.messages.sync import PostReply
from kiosk.storage.opening import OpenedStore

_NEXT_KEY = "kiosk.next_key"


@dataclass(frozen=True, slots=True)
class KeptPost:
    """The port `kiosk.sync.posting.OwnPost` over the kiosk's settings; each method is one transaction."""

    opened: OpenedStore

    def identity(self) -> KioskIdentity:
        """Return who this kiosk believes to be."""
        return kiosk_identity(self.opened)

    def key(self) -> Ed25519PrivateKey:
        """Return the key that it signs with."""
        return private_key(self.opened)

    def offered(self) -> Ed25519PrivateKey | None:
        """Return the new key that it has made and does not use yet."""
        with self.opened.store.reading() as records:
            kept = records.settings.get(_NEXT_KEY)
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept)) if kept else None

    def offer(self, key: Ed25519PrivateKey) -> None:
        """Keep a new key before anybody hears of it."""
        with self.opened.store.writing() as records:
            records.settings.put(_NEXT_KEY, _text(key))

    def adopt(self, told: PostReply, key: Ed25519PrivateKey | None) -> None:
        """Be called as the bureau says; with `key`, sign with it from now on and forget the old one."""
        known = self.identity()
        named = replace(known, station_name=told.station_name, letter=told.letter)
        if key is not None:
            named = replace(named, key_id=told.key_id)
        if key is None and named == known:
            return
        with self.opened.store.writing() as records:
            records.settings.adopt(named)
            if key is not None:
                records.settings.put(PRIVATE_KEY, _text(key))
                records.settings.put(_NEXT_KEY, "")


def _text(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.private_bytes_raw()).decode()
