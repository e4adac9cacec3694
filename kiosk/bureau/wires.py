"""How a round travels: JSON for whoever speaks JSON, packed for whoever packs, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from kiosk.bureau.problems import RequestRefused
from kiosk.messages.exchanges import Exchange, Memory, Told
from kiosk.messages.packing import MEDIA_TYPE, Packing, PackingFault, Reason
from kiosk.messages.sync import SyncReply, SyncRequest

JSON = "application/json"
MOST_TOLD_BYTES = 16 * 1024 * 1024
"""An exchange of a kiosk with numbers of twenty jobs takes 1.8 kB: 5,000 of them are 9 MB."""
_MOST_AT_ONCE = 64
"""More than a server has threads."""
_PROBLEMS = {
    Reason.STRANGE: (415, "bureau.problem.strange_encoding"),
    Reason.FORGOTTEN: (412, "bureau.problem.forgotten"),
    Reason.TOO_LARGE: (413, "bureau.problem.too_large"),
    Reason.MALFORMED: (400, "bureau.problem.malformed"),
}


@dataclass(frozen=True, slots=True)
class _Heard:
    """A packed request that is being answered: its bytes, what it said, and the answer it builds upon."""

    body: bytes
    request: SyncRequest
    after: Told | None


class Wires:
    """Reads requests that were proven genuine, and words the answers; many threads may use it."""

    def __init__(self, packing: Packing, most_bytes: int = MOST_TOLD_BYTES) -> None:
        """Remember exchanges of so many bytes in all, those of the most recent speakers."""
        self.packing = packing
        self._told: Memory[bytes] = Memory(most_bytes, len)
        self._heard: Memory[_Heard] = Memory(_MOST_AT_ONCE)

    def request(self, kiosk: str, headers: Mapping[str, str], body: bytes) -> SyncRequest:
        """Return what a kiosk says. Raises RequestRefused."""
        if not _is_packed(headers):
            try:
                return SyncRequest.model_validate_json(body)
            except ValidationError:
                raise RequestRefused(400, "bureau.problem.malformed") from None
        try:
            kept = self._told.of(kiosk)
            told = Exchange.unpacked(kept) if kept and self.packing.builds_upon(body) else None
            request = self.packing.unpack(SyncRequest, body, told.request if told else None)
        except PackingFault as fault:
            raise RequestRefused(*_PROBLEMS[fault.reason]) from None
        if request.kiosk == kiosk:
            self._heard.keep(kiosk, _Heard(body, request, told.reply if told else None))
        return request

    def answer(self, headers: Mapping[str, str], body: bytes, reply: SyncReply) -> tuple[bytes, str]:
        """Return an answer as the kiosk that sent this body reads it, and its media type."""
        kiosk = headers.get("kiosk-id", "")
        heard = self._heard.take(kiosk)
        if not _is_packed(headers) or heard is None or heard.body is not body:
            return reply.model_dump_json().encode(), JSON
        try:
            self._told.keep(kiosk, Exchange.of(heard.request, reply).packed())
        except OverflowError:
            self._told.take(kiosk)
        return self.packing.pack(reply, self.packing.dictionary_of(body), heard.after), MEDIA_TYPE

    def forget(self, headers: Mapping[str, str], body: bytes) -> None:
        """Let a request go that was answered, or that nobody will answer."""
        kiosk = headers.get("kiosk-id", "")
        heard = self._heard.of(kiosk)
        if heard is not None and heard.body is body:
            self._heard.take(kiosk)


def _is_packed(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "") == MEDIA_TYPE
