"""What both sides remember of their last exchange, so that the next one need not say it again.

An exchange is called by a digest of what a side understood of it. Two sides that understood it differently,
such as two versions, call it by different names and so never build upon each other's memory.
"""

from __future__ import annotations

import hashlib
import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgpack

from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.messages.wire import Wire

NAME_BYTES = 8
_QUICKLY = 1
_Kept = TypeVar("_Kept")
_NAMES = re.compile(r"[0-9a-f]{16,}")
_APART: Mapping[type[Wire], Any] = {
    SyncRequest: {"events"},
    SyncReply: {"pages": {"__all__": {"rows"}}},
}
_BARE: Mapping[type[Wire], Mapping[str, Any]] = {
    SyncRequest: {"events": [], "keys": []},
    SyncReply: {"pages": []},
}
_NOT_REMEMBERED: Mapping[type[Wire], dict[str, Any]] = {SyncRequest: {"keys": []}, SyncReply: {}}
"""Keys of people lie in their stores, and nowhere else longer than a request takes."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is remembered of a message: its fields as JSON values, and the ids in them."""

    exchange: bytes
    fields: Mapping[str, Any]
    names: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the answer to it, as both sides remember them."""

    name: bytes
    request: Told
    reply: Told

    @classmethod
    def of(cls, request: SyncRequest, reply: SyncReply) -> Exchange:
        """Remember an exchange, without the entries and rows that it carried."""
        texts = [_bare(message).model_dump_json() for message in (request, reply)]
        name = hashlib.sha256("\n".join(texts).encode()).digest()[:NAME_BYTES]
        told = [
            Told(name, fields_told(message) | _NOT_REMEMBERED[type(message)], _names_in(text))
            for message, text in zip((request, reply), texts, strict=True)
        ]
        return cls(name, *told)

    @classmethod
    def unpacked(cls, kept: bytes) -> Exchange:
        """Return what was packed."""
        name, *told = msgpack.unpackb(zlib.decompress(kept))
        return cls(name, *(Told(name, fields, tuple(names)) for fields, names in told))

    def packed(self) -> bytes:
        """Return it in few bytes, for whoever remembers thousands.

        Raises OverflowError where a number is so large that no message builds upon it.
        """
        told = [[told.fields, told.names] for told in (self.request, self.reply)]
        return zlib.compress(msgpack.packb([self.name, *told]), _QUICKLY)


class Memory(Generic[_Kept]):
    """The last thing of each of those who speak, the least recent ones forgotten first; for many threads."""

    def __init__(self, most: int, weigh: Callable[[_Kept], int] = lambda _: 1) -> None:
        """Remember nobody yet, and in the end as many as weigh so much together, without `weigh` so many."""
        self._most, self._weigh, self._weight = most, weigh, 0
        self._last: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, who: str) -> _Kept | None:
        """Return the last thing of somebody."""
        with self._lock:
            return self._last.get(who)

    def take(self, who: str) -> _Kept | None:
        """Return the last thing of somebody, and forget it."""
        with self._lock:
            return self._taken(who)

    def keep(self, who: str, last: _Kept) -> None:
        """Remember something in place of the one before."""
        with self._lock:
            self._taken(who)
            self._last[who] = last
            self._weight += self._weigh(last)
            while self._weight > self._most:
                self._taken(next(iter(self._last)))

    def _taken(self, who: str) -> _Kept | None:
        if who not in self._last:
            return None
        last = self._last.pop(who)
        self._weight -= self._weigh(last)
        return last


def fields_told(message: Wire) -> dict[str, Any]:
    """Return the fields of a message as JSON values, without entries and rows, which go in columns."""
    return message.model_dump(mode="json", exclude=_APART.get(type(message)))


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fields that are not as before, then the parts of those in which a part is as before."""
    whole: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for name, value in now.items():
        was = before.get(name)
        if name in before and was == value:
            continue
        if isinstance(value, dict) and isinstance(was, dict) and list(was) == list(value):
            parts[name] = {part: it for part, it in value.items() if it != was[part]}
        else:
            whole[name] = value
    return [whole, parts]


def completed(
    before: Mapping[str, Any], whole: Mapping[str, Any], parts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return all fields, of those before and what `changed` told of them."""
    return {**before, **whole, **{name: before[name] | changes for name, changes in parts.items()}}


def _bare(message: Wire) -> Wire:
    return message.model_copy(update=_BARE[type(message)])


def _names_in(text: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(name) for name in dict.fromkeys(_NAMES.findall(text)) if len(name) % 2 == 0)
