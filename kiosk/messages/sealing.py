"""Personal fields of an entry, sealed under a key of their worker: who destroys the key erases the fields.

    a body of version 2:  {"worker": "w-…", …, "sealed": "hex of the sealed fields"}

The hash of an entry is over the sealed form, so a destroyed key breaks no chain. Sealed are the fields'
values in few bytes, by ChaCha20-Poly1305 under a key that secret, stream and seq make together: no two
entries share one, so the nonce is always nought. Nothing is padded: the length tells about how long a
name is. An entry names no key; whoever has several of one worker tries them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from kiosk.messages.events import EVENT_TYPES, Event, EventBody
from kiosk.messages.personal import Kind, packed, unpacked
from kiosk.messages.wire import Wire

_SECRET_BYTES = 16
_NONCE = bytes(12)
_Body = TypeVar("_Body", bound=EventBody)


class WorkerKey(Wire):
    """One key of a worker: hex of 16 random bytes, and for which of his fields.

    `epoch` counts the erasures of that kind that its maker knew of: a key of an earlier one came too late.
    """

    worker: str
    kind: str
    secret: str
    epoch: int = Field(default=0, ge=0)

    @model_serializer(mode="wrap")
    def _told(self, whole: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave the first epoch out: next to all keys are of it."""
        told: dict[str, object] = whole(self)
        return told if self.epoch else {name: value for name, value in told.items() if name != "epoch"}


def new_key(worker: str, kind: Kind, epoch: int) -> WorkerKey:
    """Return a fresh random key."""
    return WorkerKey(worker=worker, kind=kind.value, secret=secrets.token_hex(_SECRET_BYTES), epoch=epoch)


def key_id(secret: str) -> str:
    """Return by what a destroyed key is known again, which tells nothing of it (hex)."""
    return hashlib.sha256(b"key:" + secret.encode()).hexdigest()[:32]


def worker_in(event: Event) -> tuple[str, Kind] | None:
    """Return whose key a sealed entry needs, and of which kind; None for an entry that needs none."""
    body_class = EVENT_TYPES.get(event.type)
    if body_class is None or body_class.sealing is None or '"sealed":"' not in event.body:
        return None
    body = event.parsed()
    if body is None or not body.sealed_text:
        return None
    return body.sealed_worker, body_class.sealing.kind


def needed_by(events: Iterable[Event], keys: Iterable[WorkerKey]) -> tuple[WorkerKey, ...]:
    """Return those of some keys that these entries need."""
    needed = {need for need in map(worker_in, events) if need is not None}
    return tuple(key for key in keys if (key.worker, key.kind) in needed)


def sealed_json(body: EventBody, secret: str, stream: str, seq: int) -> str:
    """Return an entry's text with its personal fields sealed; fields that say nothing are left out."""
    sealing = body.sealing
    assert sealing is not None
    blank = body.model_copy(update=body.blanks())
    if blank == body:
        return body.model_dump_json(exclude=set(sealing.fields))
    box = _box(body.sealed_worker, sealing.kind, secret, stream, seq)
    told = blank.model_copy(update={"sealed": box.encrypt(_NONCE, packed(body), _about(body)).hex()})
    return told.model_dump_json(exclude=set(sealing.fields))


def opened(body: _Body, found: Iterable[str], stream: str, seq: int) -> _Body | None:
    """Return a body with its personal fields, None when none of these secrets opens it.

    A body that has nothing sealed is as it is. Raises ValueError where what was sealed makes no sense.
    """
    sealing = body.sealing
    if sealing is None or not body.sealed_text:
        return body
    raw = bytes.fromhex(body.sealed_text)
    for secret in found:
        box = _box(body.sealed_worker, sealing.kind, secret, stream, seq)
        try:
            plain = box.decrypt(_NONCE, raw, _about(body))
        except InvalidTag:
            continue
        return type(body).model_validate(body.model_dump() | unpacked(type(body), plain))
    return None


def _box(worker: str, kind: Kind, secret: str, stream: str, seq: int) -> ChaCha20Poly1305:
    text = "\n".join(("seal", worker, kind.value, secret, stream, str(seq)))
    return ChaCha20Poly1305(hashlib.sha256(text.encode()).digest())


def _about(body: EventBody) -> bytes:
    return f"{body.type}\n{body.v}".encode()
