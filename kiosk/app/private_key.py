"""This kiosk's own key, kept in its encrypted database since it was enrolled."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import WorldFault
from kiosk.domain.sentences import Sentence
from kiosk.storage.opening import OpenedStore

PRIVATE_KEY = "kiosk.private_key"


def private_key(opened: OpenedStore) -> Ed25519PrivateKey:
    """Return this kiosk's own key; raises WorldFault when it was never enrolled."""
    with opened.store.reading() as records:
        kept = records.settings.get(PRIVATE_KEY)
    if kept is None:
        raise WorldFault(Sentence("cli.not_enrolled"))
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))
