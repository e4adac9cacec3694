"""How a kiosk words its rounds: packed, and in JSON where the bureau reads nothing else."""

from __future__ import annotations

from kiosk.messages.exchanges import Exchange
from kiosk.messages.packing import MEDIA_TYPE, Packing
from kiosk.messages.sync import SyncReply, SyncRequest

JSON = "application/json"
_FORGOTTEN, _NOT_READ = 412, frozenset({400, 415})


class Wording:
    """The wording of one kiosk at one bureau; `packing` is None for JSON alone."""

    def __init__(self, packing: Packing | None) -> None:
        """Begin without a memory of anything said."""
        self._packing = packing
        self._last: Exchange | None = None

    def worded(self, request: SyncRequest) -> tuple[str, bytes]:
        """Return the media type of a request and its bytes."""
        if self._packing is None:
            return JSON, request.model_dump_json().encode()
        return MEDIA_TYPE, self._packing.pack(request, after=self._last.request if self._last else None)

    def heard(self, request: SyncRequest, media_type: str, content: bytes) -> SyncReply:
        """Return the answer to a request, and remember both. Raises ValueError for one that says nothing."""
        if self._packing is None or media_type != MEDIA_TYPE:
            return SyncReply.model_validate_json(content)
        before, self._last = self._last, None
        reply = self._packing.unpack(SyncReply, content, before.reply if before else None)
        self._last = Exchange.of(request, reply)
        return reply

    def has_simpler(self, status: int) -> bool:
        """Return whether a request that was answered so may be said again at once in simpler words.

        A bureau that was started anew has forgotten what was said; an older one reads JSON alone, which is
        spoken from then on.
        """
        if status == _FORGOTTEN and self._last is not None:
            self._last = None
            return True
        if status in _NOT_READ and self._packing is not None:
            self._packing = self._last = None
            return True
        return False
