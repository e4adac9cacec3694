"""A kiosk comes to POST /post: it hears how it is called by now, and makes itself a new key where asked.

The new key is kept before it is offered, and used only once the bureau knows it. When the answer that says
so is lost, the bureau refuses the old key, and the kiosk finds out by coming once more under the new one.
"""

from __future__ import annotations

import base64
import logging
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.ports import KioskIdentity
from kiosk.messages.signing import prove_key
from kiosk.messages.sync import PostReply, PostRequest
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, HttpBureau

log = logging.getLogger(__name__)


class OwnPost(Protocol):
    """What this kiosk keeps of itself."""

    def identity(self) -> KioskIdentity:
        """Return who this kiosk believes to be."""
        ...

    def key(self) -> Ed25519PrivateKey:
        """Return the key that it signs with."""
        ...

    def offered(self) -> Ed25519PrivateKey | None:
        """Return the new key that it has made and does not use yet."""
        ...

    def offer(self, key: Ed25519PrivateKey) -> None:
        """Keep a new key, durably, before anybody hears of it."""
        ...

    def adopt(self, told: PostReply, key: Ed25519PrivateKey | None) -> None:
        """Be called as the bureau says; with `key`, sign with it from now on."""
        ...


def come(bureau: HttpBureau, own: OwnPost) -> None:
    """Hear how this kiosk is called by now, and offer a new key where one is asked for.

    Raises as the bureau's other requests do; what was heard until then is kept.
    """
    told = _ask(bureau, own, own.key(), None)
    own.adopt(told, None)
    if not told.asks_key:
        return
    new = own.offered()
    if new is None:
        new = Ed25519PrivateKey.generate()
        own.offer(new)
    told = _ask(bureau, own, own.key(), new)
    if not told.asks_key:
        own.adopt(told, new)


def come_with_offered_key(bureau: HttpBureau, own: OwnPost) -> bool:
    """Come under the key that was offered; return whether the bureau knows it, and then use it."""
    new = own.offered()
    if new is None:
        return False
    try:
        told = _ask(bureau, own, new, None)
    except (BureauRefusedError, BureauUnreachableError) as error:
        log.warning("the new key is not known either: %s", error)
        return False
    own.adopt(told, new)
    return True


def _ask(
    bureau: HttpBureau, own: OwnPost, key: Ed25519PrivateKey, new: Ed25519PrivateKey | None
) -> PostReply:
    me = own.identity()
    offered = _public(new) if new is not None else ""
    proof = prove_key(new, me.kiosk, _public(key), offered) if new is not None else ""
    request = PostRequest(
        kiosk=me.kiosk,
        station_name=me.station_name,
        letter=me.letter,
        key_id=me.key_id,
        new_key=offered,
        proof=proof,
    )
    return bureau.post(request, key)


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
