"""Frames of the SDT protocol, and finding them in whatever a serial line delivers.

| offset | length | content                                                                  |
| ------ | ------ | ------------------------------------------------------------------------ |
| 0      | 5      | preamble AA AA AA 96 69                                                   |
| 5      | 2      | length of all that follows it, checksum included; high byte first         |
| 7      | n      | request: command, parameter, data; reply: SW1, SW2, SW3, data             |
| last   | 1      | XOR of everything from offset 5 on                                        |

SW1 and SW2 are the card's own status, forwarded; SW3 is the reader's word and the only one to decide on.
"""

from __future__ import annotations

from dataclasses import dataclass

PREAMBLE = bytes.fromhex("AA AA AA 96 69")
SHORTEST_REQUEST = 3
SHORTEST_REPLY = 4
LONGEST_BODY = 4096

_HEAD = len(PREAMBLE) + 2


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """One reply: the card's status words, the reader's status (SW3), and the data."""

    sw1: int
    sw2: int
    status: int
    data: bytes

    def __repr__(self) -> str:
        """Show status and size; the data may be a person's card."""
        return f"Reply(SW3={self.status:02X}, {len(self.data)} bytes)"


def checksum(content: bytes) -> int:
    """Return the XOR of all bytes: the content as one number, folded onto itself until a byte is left."""
    size = 1 << max(0, len(content) - 1).bit_length()
    folded = int.from_bytes(content, "big")
    while size > 1:
        size //= 2
        folded = (folded >> 8 * size) ^ (folded & ((1 << 8 * size) - 1))
    return folded


def encode_frame(body: bytes) -> bytes:
    """Return a whole frame around a body without checksum."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def encode_request(command: int, parameter: int, data: bytes = b"") -> bytes:
    """Return the frame of a command."""
    return encode_frame(bytes([command, parameter]) + data)


def encode_reply(status: int, data: bytes = b"", *, sw1: int = 0, sw2: int = 0) -> bytes:
    """Return the frame of a reply."""
    return encode_frame(bytes([sw1, sw2, status]) + data)


def decode_reply(body: bytes) -> Reply:
    """Take a body of at least three bytes apart."""
    return Reply(body[0], body[1], body[2], body[3:])


class FrameScanner:
    """Collects bytes and gives back the bodies of sound frames, whatever stands before or between them."""

    def __init__(self, shortest: int = SHORTEST_REPLY) -> None:
        """Refuse lengths below `shortest`, which differs between requests and replies."""
        self._shortest = shortest
        self._pending = bytearray()
        self._damaged = 0

    @property
    def damaged(self) -> int:
        """How many frames had a wrong length or checksum so far."""
        return self._damaged

    @property
    def has_begun(self) -> bool:
        """Whether a frame has begun that is not complete yet."""
        return self._pending.startswith(PREAMBLE)

    def feed(self, arrived: bytes) -> None:
        """Add bytes as they came."""
        self._pending += arrived

    def take(self) -> bytes | None:
        """Return the body of the next sound frame without checksum, or None when more bytes are needed."""
        while self._seek_preamble():
            length = int.from_bytes(self._pending[len(PREAMBLE) : _HEAD], "big")
            if not self._shortest <= length <= LONGEST_BODY:
                self._skip_damaged()
                continue
            end = _HEAD + length
            if len(self._pending) < end:
                return None
            counted = bytes(self._pending[len(PREAMBLE) : end])
            if checksum(counted) != 0:
                self._skip_damaged()
                continue
            del self._pending[:end]
            return counted[2:-1]
        return None

    def salvage(self) -> bytes | None:
        """Give up the unfinished frame at the front and return a sound one behind it, if there is any.

        Noise can look like the head of a long frame and swallow the real one.
        """
        while self._seek_preamble():
            self._skip_damaged()
            body = self.take()
            if body is not None:
                return body
        self._pending.clear()
        return None

    def _seek_preamble(self) -> bool:
        """Drop everything before the first preamble; return whether its length bytes have arrived too."""
        start = self._pending.find(PREAMBLE)
        if start < 0:
            # The tail may be the beginning of a preamble, and AA AA AA AA 96 69 holds one at its second byte.
            del self._pending[: max(0, len(self._pending) - len(PREAMBLE) + 1)]
            return False
        del self._pending[:start]
        return len(self._pending) >= _HEAD

    def _skip_damaged(self) -> None:
        self._damaged += 1
        del self._pending[: len(PREAMBLE)]
