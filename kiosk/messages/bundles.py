"""What a stick carries: rounds of sync in a file that is signed by its author and sealed for one reader.

| bytes | content |
| --- | --- |
| 4 | `LGB` and the version of this layout, 1 |
| 2 | length of the label |
| n | the label (JSON), which whoever carries the file may read |
| 4 | length of the sealed part |
| 32 | the author's X25519 key for this one file |
| m | ChaCha20-Poly1305 over everything before it: signature (64) and content (zlib) |

Lengths are big-endian. The key of the seal is HKDF-SHA256 of the shared secret, with both public keys as
salt. The signature (Ed25519) is over reader, label and content, so that a reader cannot hand the content on
under the author's name. A file is opened only where it is whole, genuine and meant for the one who reads it.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import AwareDatetime, Field, ValidationError

from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.messages.wire import Wire

SUFFIX = ".bundle"
MAX_BUNDLE_BYTES = 16 * 2**20
MAX_CONTENT_BYTES = 96 * 2**20
"""What a file may unfold to; a longer one is not unfolded further."""
_MARK, _VERSION = b"LGB", 1
_LABEL_BYTES = 1024
_NAME_CHARACTERS = 8
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_TAG_BYTES = 16
_MOST_AROUND_BYTES = 2048
_NONCE = bytes(12)  # each file has a key of its own, so none is used twice
_SIGNED = b"hall kiosk bundle, signed\n"
_SEALED = b"hall kiosk bundle, sealed\n"
_Kind = TypeVar("_Kind", bound=Wire)


class Fault(StrEnum):
    """Why a file is not taken; the value is the key of its sentence."""

    NO_BUNDLE = "courier.bundle.none"
    NEWER = "courier.bundle.newer"
    CUT_OFF = "courier.bundle.cut_off"
    TOO_LARGE = "courier.bundle.too_large"
    DAMAGED = "courier.bundle.damaged"
    NOT_FOR_BUREAU = "courier.bundle.not_for_bureau"
    NOT_FOR_KIOSK = "courier.bundle.not_for_kiosk"
    BAD_CARD = "courier.card.bad"


class BadBundle(ValueError):
    """A file that is not believed; nothing of it was carried out."""

    def __init__(self, fault: Fault) -> None:
        """Keep the reason."""
        super().__init__(fault.value)
        self.fault = fault


class Way(StrEnum):
    """Where a bundle goes: facts go up, state comes down."""

    UP = "up"
    DOWN = "down"


class Label(Wire):
    """What everybody may read: whose bundle it is and how far it goes. `sealed_for` names a key.

    `head` is the newest entry of `stream` that the author knows. `saved` (down) is the newest one in a
    verified backup of the bureau: up to there a bundle on its way up is needed no more.
    """

    way: Way
    kiosk: str = Field(max_length=32, pattern=r"^[0-9A-Za-z-]+$")
    letter: str = Field(max_length=4, pattern=r"^[0-9A-Za-z]*$")
    stream: str = Field(max_length=64, pattern=r"^[0-9A-Za-z-]+$")
    head: int = Field(ge=0)
    made_at: AwareDatetime
    sealed_for: str = Field(max_length=64)
    saved: int = 0

    @property
    def file_name(self) -> str:
        """Return the name under which the bundle lies on a stick; it sorts by kiosk, then by time."""
        journal = self.stream[:_NAME_CHARACTERS]  # two journals may be answered in one moment
        return f"{self.kiosk}-{self.letter}-{self.made_at:%Y%m%dT%H%M%S%f}-{journal}-{self.way}{SUFFIX}"


class Upward(Wire):
    """The content of a bundle for the bureau; the answer is to be sealed for `answer_key` (hex, X25519)."""

    answer_key: str
    requests: list[SyncRequest]


class Answer(Wire):
    """What the bureau answers to one request.

    `said` is the request without what only the bureau needs; of each entry its number is left.
    """

    said: SyncRequest
    reply: SyncReply


class Downward(Wire):
    """The content of a bundle for a kiosk, in the order in which it is to be carried out."""

    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class SealedBundle:
    """A bundle whose label was read and believed by nobody yet."""

    label: Label
    head: bytes
    key: bytes
    sealed: bytes

    def open_upward(self, reader: X25519PrivateKey, author: Ed25519PublicKey) -> Upward:
        """Return what a kiosk says. Raises BadBundle."""
        return _parsed(Upward, self._content(reader, author))

    def open_downward(self, reader: X25519PrivateKey, author: Ed25519PublicKey) -> Downward:
        """Return what the bureau answers. Raises BadBundle."""
        return _parsed(Downward, self._content(reader, author))

    def require(self, way: Way, reader: X25519PublicKey) -> None:
        """Raise BadBundle unless it goes this way and is sealed for this key."""
        if self.label.way is not way or self.label.sealed_for != name_of(reader):
            raise BadBundle(Fault.NOT_FOR_BUREAU if way is Way.UP else Fault.NOT_FOR_KIOSK)

    def _content(self, reader: X25519PrivateKey, author: Ed25519PublicKey) -> bytes:
        self.require(self.label.way, reader.public_key())
        ours = reader.public_key().public_bytes_raw()
        try:
            shared = reader.exchange(X25519PublicKey.from_public_bytes(self.key))
            box = ChaCha20Poly1305(_seal_key(shared, self.key, ours))
            plain = box.decrypt(_NONCE, self.sealed, self.head + self.key)
            signature, folded = plain[:_SIGNATURE_BYTES], plain[_SIGNATURE_BYTES:]
            author.verify(signature, _signed_text(ours, self.head + self.key, folded))
        except (InvalidTag, InvalidSignature, ValueError):
            raise BadBundle(Fault.DAMAGED) from None
        return _unfolded(folded)


def make_bundle(
    label: Label, content: Upward | Downward, reader: X25519PublicKey, author: Ed25519PrivateKey
) -> bytes:
    """Return the file that only the holder of the reader's key can open; `sealed_for` is filled in.

    Raises BadBundle for a content that no reader would take because of its size.
    """
    own = X25519PrivateKey.generate()
    key, theirs = own.public_key().public_bytes_raw(), reader.public_bytes_raw()
    plain = content.model_dump_json().encode()
    folded = zlib.compress(plain, level=6)
    if len(plain) > MAX_CONTENT_BYTES or len(folded) > MAX_BUNDLE_BYTES - _MOST_AROUND_BYTES:
        raise BadBundle(Fault.TOO_LARGE)
    text = label.model_copy(update={"sealed_for": name_of(reader)}).model_dump_json().encode()
    sealed_bytes = _SIGNATURE_BYTES + len(folded) + _TAG_BYTES
    head = _MARK + bytes([_VERSION]) + len(text).to_bytes(2) + text + sealed_bytes.to_bytes(4)
    signed = author.sign(_signed_text(theirs, head + key, folded)) + folded
    box = ChaCha20Poly1305(_seal_key(own.exchange(reader), key, theirs))
    return head + key + box.encrypt(_NONCE, signed, head + key)


def read_bundle(raw: bytes) -> SealedBundle:
    """Return a bundle with its label, still sealed. Raises BadBundle."""
    if len(raw) > MAX_BUNDLE_BYTES:
        raise BadBundle(Fault.TOO_LARGE)
    if raw[:3] != _MARK:
        raise BadBundle(Fault.NO_BUNDLE if raw else Fault.CUT_OFF)
    if raw[3:4] > bytes([_VERSION]):
        raise BadBundle(Fault.NEWER)
    label_bytes = int.from_bytes(raw[4:6])
    if label_bytes > _LABEL_BYTES:
        raise BadBundle(Fault.DAMAGED)
    label_end = 6 + label_bytes
    head_end = label_end + 4
    start = head_end + _KEY_BYTES
    size = start + int.from_bytes(raw[label_end:head_end])
    if len(raw) < start or len(raw) < size:
        raise BadBundle(Fault.CUT_OFF)
    if len(raw) > size:
        raise BadBundle(Fault.DAMAGED)
    label = _parsed(Label, raw[6:label_end])
    return SealedBundle(label, raw[:head_end], raw[head_end:start], raw[start:])


def name_of(key: X25519PublicKey) -> str:
    """Return the short name of a key, by which a file tells whom it is sealed for."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def derived(secret: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes that follow from a secret and tell nothing of it, different for each purpose."""
    return HKDF(hashes.SHA256(), length=32, salt=None, info=b"hall kiosk courier: " + purpose).derive(secret)


def answer_key(key: Ed25519PrivateKey) -> X25519PrivateKey:
    """Return the key for which a kiosk's answers are sealed; it follows from the key that signs."""
    return X25519PrivateKey.from_private_bytes(derived(key.private_bytes_raw(), b"answers"))


def public_key(text: str) -> X25519PublicKey:
    """Return the key of a hex text. Raises BadBundle."""
    try:
        return X25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        raise BadBundle(Fault.DAMAGED) from None


def _seal_key(shared: bytes, author: bytes, reader: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=author + reader, info=_SEALED).derive(shared)


def _signed_text(reader: bytes, before: bytes, folded: bytes) -> bytes:
    return _SIGNED + reader + before + folded


def _unfolded(folded: bytes) -> bytes:
    unfolding = zlib.decompressobj()
    try:
        content = unfolding.decompress(folded, MAX_CONTENT_BYTES)
    except zlib.error:
        raise BadBundle(Fault.DAMAGED) from None
    if not unfolding.eof:
        raise BadBundle(Fault.TOO_LARGE if len(content) == MAX_CONTENT_BYTES else Fault.DAMAGED)
    return content


def _parsed(kind: type[_Kind], text: bytes) -> _Kind:
    try:
        return kind.model_validate_json(text)
    except ValidationError:
        raise BadBundle(Fault.DAMAGED) from None
