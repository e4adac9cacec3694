"""Messages in few bytes: the same values as their JSON, put into columns, in msgpack, compressed by zstd.

| byte | meaning |
| --- | --- |
| 0 | the form: 1 columns, 2 the JSON text (for numbers that no column holds), 3 columns after an exchange |
| 1 | the dictionary that compressed it, 1 to 255 |
| 2-9 | form 3 only: which exchange is built upon |
| 10… or 2… | one zstd frame without its magic number; it tells how long its content is |

Form 3 leaves out what stands in an earlier message just as it does here, and names ids by their place in it.

There is one schema, that of the models: whatever is unpacked is validated by them, and a packed message says
exactly what its JSON says. What cannot be read raises PackingFault and nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

import msgpack
import zstandard

from kiosk.messages.columns import Pool, Room, TooMuch
from kiosk.messages.entries import entries_in, packed_entries, packed_rows, rows_in
from kiosk.messages.exchanges import NAME_BYTES, Told, changed, completed, fields_told
from kiosk.messages.plain import extension, released, squeezed
from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.messages.wire import Wire

MEDIA_TYPE = "application/vnd.hall-kiosk"
LARGEST_BYTES = 16 * 1024 * 1024
"""Nothing unpacks to more than this; the largest round of 500 full entries is a tenth of it."""
_COLUMNS, _TEXT, _AFTER = 1, 2, 3
_HEAD_BYTES = 2
_LEVEL = 6
_FORMAT = zstandard.FORMAT_ZSTD1_MAGICLESS
_Message = TypeVar("_Message", bound=Wire)


class Reason(Enum):
    """Why something was not unpacked."""

    STRANGE = "strange"
    """Its form or its dictionary is not known here."""
    FORGOTTEN = "forgotten"
    """It builds upon an exchange that is not remembered here."""
    TOO_LARGE = "too large"
    """It would become larger than is allowed."""
    MALFORMED = "malformed"
    """It says nothing, or no message of this kind."""


class PackingFault(ValueError):
    """Something that cannot be unpacked; `reason` says why, and never repeats what was said."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        super().__init__(reason.value)
        self.reason = reason


class Packing:
    """Packs and unpacks with the dictionaries of one side; threads may share it."""

    def __init__(self, dictionaries: Mapping[int, bytes]) -> None:
        """Know these dictionaries by their numbers; the highest one is the newest."""
        if not dictionaries or not all(0 < number < 256 for number in dictionaries):
            raise ValueError("dictionaries are numbered from 1 to 255")
        self._known = {number: zstandard.ZstdCompressionDict(raw) for number, raw in dictionaries.items()}
        self._prepared: set[int] = set()
        self._preparing = threading.Lock()
        self.newest = max(dictionaries)
        self._own = threading.local()  # a compressor belongs to one thread

    def pack(self, message: Wire, dictionary: int | None = None, after: Told | None = None) -> bytes:
        """Return a message in few bytes, with the newest dictionary or the one that the other side knows.

        `after` is an earlier message of this kind, of an exchange that the other side remembers as well.
        """
        form, plain = plain_of(message, after)
        number = dictionary or self.newest
        name = after.exchange if after is not None and form == _AFTER else b""
        return bytes((form, number)) + name + self._compressor(number).compress(plain)

    def unpack(self, kind: type[_Message], content: bytes, after: Told | None = None) -> _Message:
        """Return the message of a kind; `after` is what it builds upon. Raises PackingFault."""
        form, number = self._head(content)
        begins = _HEAD_BYTES
        if form == _AFTER:
            begins += NAME_BYTES
            if after is None or content[_HEAD_BYTES:begins] != after.exchange:
                raise PackingFault(Reason.FORGOTTEN)
        plain = self._decompressed(number, content[begins:])
        try:
            if form == _TEXT:
                return kind.model_validate_json(plain)
            return kind.model_validate(_fields_of(kind, plain, after if form == _AFTER else None))
        except TooMuch:
            raise PackingFault(Reason.TOO_LARGE) from None
        except _WRONG:
            raise PackingFault(Reason.MALFORMED) from None

    def dictionary_of(self, content: bytes) -> int:
        """Return the dictionary that a packed message names; its answer may use it. Raises PackingFault."""
        return self._head(content)[1]

    def builds_upon(self, content: bytes) -> bool:
        """Return whether a packed message builds upon an earlier exchange. Raises PackingFault."""
        return self._head(content)[0] == _AFTER

    def _head(self, content: bytes) -> tuple[int, int]:
        if len(content) < _HEAD_BYTES:
            raise PackingFault(Reason.MALFORMED)
        form, number = content[:_HEAD_BYTES]
        if form not in {_COLUMNS, _TEXT, _AFTER} or number not in self._known:
            raise PackingFault(Reason.STRANGE)
        return form, number

    def _decompressed(self, number: int, frame: bytes) -> bytes:
        try:
            told = zstandard.get_frame_parameters(frame, format=_FORMAT).content_size
            if told in {zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR}:
                raise PackingFault(Reason.MALFORMED)
            if told > LARGEST_BYTES:
                raise PackingFault(Reason.TOO_LARGE)
            return self._decompressor(number).decompress(frame, allow_extra_data=False)
        except zstandard.ZstdError:
            raise PackingFault(Reason.MALFORMED) from None

    def _compressor(self, number: int) -> zstandard.ZstdCompressor:
        own: dict[int, zstandard.ZstdCompressor] = self._own.__dict__.setdefault("compressors", {})
        if number not in own:
            settings = zstandard.ZstdCompressionParameters.from_level(
                _LEVEL, format=_FORMAT, write_content_size=1, write_checksum=0, write_dict_id=0
            )
            known = self._prepared_to_compress(number)
            own[number] = zstandard.ZstdCompressor(dict_data=known, compression_params=settings)
        return own[number]

    def _prepared_to_compress(self, number: int) -> zstandard.ZstdCompressionDict:
        """Return a dictionary with its tables: half a megabyte each, of which a kiosk asks for one."""
        with self._preparing:
            if number not in self._prepared:
                self._known[number].precompute_compress(level=_LEVEL)
                self._prepared.add(number)
        return self._known[number]

    def _decompressor(self, number: int) -> zstandard.ZstdDecompressor:
        own: dict[int, zstandard.ZstdDecompressor] = self._own.__dict__.setdefault("decompressors", {})
        if number not in own:
            own[number] = zstandard.ZstdDecompressor(dict_data=self._known[number], format=_FORMAT)
        return own[number]


def plain_of(message: Wire, after: Told | None = None) -> tuple[int, bytes]:
    """Return the form of a message and its bytes before they are compressed: what dictionaries learn from."""
    try:
        return _COLUMNS if after is None else _AFTER, msgpack.packb(_packed(message, after))
    except OverflowError:
        return _TEXT, message.model_dump_json().encode()


def _packed(message: Wire, after: Told | None) -> list[Any]:
    fields: Any = fields_told(message)
    pool = Pool()
    if after is not None:
        pool.places.update({name: place for place, name in enumerate(after.names)})
        fields = changed(after.fields, fields)
    told = squeezed(fields, pool)
    if isinstance(message, SyncRequest) and message.events:
        events, begins = message.events, (message.stream, message.first, message.prev_hash)
        return [told, packed_entries(events, *begins, pool)]
    if isinstance(message, SyncReply) and any(page.rows for page in message.pages):
        return [told, [packed_rows(page.rows, pool) for page in message.pages]]
    return [told]


def _fields_of(kind: type[Wire], plain: bytes, after: Told | None) -> Any:  # noqa: ANN401 - the model judges
    pool, room = Pool(), Room(LARGEST_BYTES)
    told, *behind = msgpack.unpackb(plain, ext_hook=extension)
    packed = behind[0] if behind else None
    if after is None:
        fields = released(told, pool, room)
    else:
        pool.values.extend(after.names)
        fields = completed(after.fields, *released(told, pool, room))
    if kind is SyncRequest:
        begins = fields["stream"], fields["first"], fields["prev_hash"]
        return {**fields, "events": entries_in(packed or [], *begins, pool, room)}
    if kind is SyncReply:
        rows = [[] for _ in fields["pages"]] if packed is None else packed
        pages = zip(fields["pages"], rows, strict=True)
        return {**fields, "pages": [{**page, "rows": rows_in(its, pool, room)} for page, its in pages]}
    return fields


_WRONG = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    StopIteration,
    msgpack.exceptions.UnpackException,
)
"""Whatever reading strange values raises; models raise a ValueError."""
