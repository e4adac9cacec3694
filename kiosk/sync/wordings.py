"""How a kiosk words its rounds: packed, and for a while in JSON where packed words were not understood."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.messages.exchanges import Exchange
from kiosk.messages.packing import MEDIA_TYPE, Packing, PackingFault, Reason
from kiosk.messages.sync import SyncReply, SyncRequest

JSON = "application/json"
PLAIN_S = 24 * 3600.0
"""How long JSON is spoken before packed words are tried again: a bureau may have learned them meanwhile."""
_FORGOTTEN, _NOT_READ = 412, frozenset({400, 415})


class Wording:
    """The wording of one kiosk at one bureau; `packing` is None for JSON alone, `monotonic` tells seconds."""

    def __init__(self, packing: Packing | None, monotonic: Callable[[], float]) -> None:
        """Begin without a memory of anything said."""
        self._packing = packing
        self._monotonic = monotonic
        self._plain_until_s: float | None = None
        self._last: Exchange | None = None

    def worded(self, request: SyncRequest) -> tuple[str, bytes]:
        """Return the media type of a request and its bytes."""
        packing = self._spoken()
        if packing is None:
            return JSON, request.model_dump_json().encode()
        return MEDIA_TYPE, packing.pack(request, after=self._last.request if self._last else None)

    def heard(self, request: SyncRequest, media_type: str, content: bytes) -> SyncReply:
        """Return the answer to a request, and remember both. Raises ValueError for one that says nothing.

        Packed, it would say nothing again in the next round, so that one is said in JSON; but for one that
        builds upon another exchange, behind which everything is said anew.
        """
        if self._packing is None or media_type != MEDIA_TYPE:
            return SyncReply.model_validate_json(content)
        before, self._last = self._last, None
        try:
            reply = self._packing.unpack(SyncReply, content, before.reply if before else None)
        except PackingFault as fault:
            if fault.reason is not Reason.FORGOTTEN:
                self._speak_plainly()
            raise
        self._last = Exchange.of(request, reply)
        return reply

    def has_simpler(self, status: int) -> bool:
        """Return whether a request that was answered so may be said again at once in simpler words.

        A bureau that was started anew has forgotten what was said; an older one reads JSON alone, which is
        spoken for a while from then on.
        """
        if status == _FORGOTTEN and self._last is not None:
            self._last = None
            return True
        if status in _NOT_READ and self._spoken() is not None:
            self._speak_plainly()
            return True
        return False

    def try_packed_again(self) -> None:
        """Believe no longer that packed words are not understood: whoever was away may be another program."""
        self._plain_until_s = None

    def _spoken(self) -> Packing | None:
        """Return how messages are packed now, None while JSON is spoken."""
        is_plain = self._plain_until_s is not None and self._monotonic() < self._plain_until_s
        return None if is_plain else self._packing

    def _speak_plainly(self) -> None:
        self._plain_until_s = self._monotonic() + PLAIN_S
        self._last = None
