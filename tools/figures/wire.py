"""What rounds weigh on the wire and cost in time, packed and as JSON, on a morning the dictionary never saw.

Bytes are those of whole requests, head and body, as the kiosk's own client writes them; what TLS adds (22
bytes a record) is not counted. The work has other words and other ids than what the dictionary learned from,
and the kiosk holds numbers of every job and coach of the sample.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.wires import Wires
from kiosk.codes import load_dictionaries
from kiosk.messages.packing import Packing
from kiosk.messages.sync import SyncRequest
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.lines import Answer, head
from tools.figures.mornings import Morning, a_morning
from tools.figures.rows import Measured

SEED = 7
OTHER_WORDS = 9
ENTRIES = 760
LARGE, SMALL = 500, 10
STARTS = range(1, 261, 40)
REPEATS = 7
_ADDRESS = "https://bureau.example:8443"


@dataclass(frozen=True, slots=True)
class Weight:
    """The bytes of one round: the whole request and the whole answer."""

    up: int
    down: int


class Scales(HttpBureau):
    """A connection that weighs what would pass over it, and is answered by the bureau's own wires."""

    def __init__(self, ca_file: Path, morning: Morning, packing: Packing | None) -> None:
        """Weigh for a kiosk that packs, or for one that speaks JSON."""
        super().__init__(_ADDRESS, ca_file, packing)
        self._morning = morning
        self._wires = Wires(packing or Packing(load_dictionaries()))
        self._key = Ed25519PrivateKey.from_private_bytes(bytes(32))
        self._weight = Weight(0, 0)

    def weight_of(self, said: SyncRequest) -> Weight:
        """Do a round and return what it weighed."""
        reply = self.sync(said, self._key)
        assert reply == self._morning.reply(said), "the answer arrives as it was given"
        return self._weight

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], read_s: float = 0.0
    ) -> Answer:
        told = {name.lower(): value for name, value in headers.items()}
        said = self._wires.request(told["kiosk-id"], told, body)
        content, media_type = self._wires.answer(told, body, self._morning.reply(said))
        up = len(head(method, _ADDRESS, path, len(body), headers)) + len(body)
        down = _answer_head_bytes(media_type, len(content)) + len(content)
        self._weight = Weight(up, down)
        return Answer(200, media_type, content)


def measure(work: Path) -> Iterator[Measured]:
    """Yield bytes and microseconds an entry."""
    init_bureau(work / "bureau", "示例市人力资源和社会保障局")
    morning = a_morning(work / "kiosk", SEED, ENTRIES, words=OTHER_WORDS)
    yield from weights(work, morning)
    yield from costs(morning)


def weights(work: Path, morning: Morning) -> Iterator[Measured]:
    """Yield the bytes of large rounds, small rounds and rounds without news."""
    packed, plain = _scales(work, morning, is_packed=True), _scales(work, morning, is_packed=False)
    with packed, plain:
        large = [morning.request(first, LARGE) for first in STARTS]
        yield _measured("sync.bytes_500", packed, plain, large, LARGE)
        small = [morning.request(first, SMALL) for first in range(1, ENTRIES - SMALL, SMALL)]
        yield _measured("sync.bytes_10", packed, plain, small, SMALL)
        quiet = [later(morning.request(ENTRIES, 0), number) for number in range(1, 12)]
        packed.weight_of(quiet[0])
        yield _measured("sync.bytes_noop", packed, plain, quiet[1:], 1)


def costs(morning: Morning) -> Iterator[Measured]:
    """Yield the microseconds of one core that an entry of a large round costs at either end."""
    packing = Packing(load_dictionaries())
    said = morning.request(1, LARGE)
    packed, text = packing.pack(said), said.model_dump_json()
    yield Measured(
        "sync.pack_us",
        _us_an_entry(lambda: packing.pack(said)),
        _us_an_entry(lambda: said.model_dump_json().encode()),
    )
    yield Measured(
        "sync.unpack_us",
        _us_an_entry(lambda: packing.unpack(SyncRequest, packed)),
        _us_an_entry(lambda: SyncRequest.model_validate_json(text)),
    )


def later(said: SyncRequest, rounds: int) -> SyncRequest:
    """Return a request as it is said so many minutes later."""
    clock = said.clock.model_copy(update={"boottime_ms": said.clock.boottime_ms + rounds * 60_017})
    return said.model_copy(update={"clock": clock})


def _scales(work: Path, morning: Morning, *, is_packed: bool) -> Scales:
    packing = Packing(load_dictionaries()) if is_packed else None
    return Scales(BureauFolder(work / "bureau").ca_certificate, morning, packing)


def _measured(name: str, packed: Scales, plain: Scales, rounds: list[SyncRequest], share: int) -> Measured:
    told = [tuple(scales.weight_of(said).up / share for said in rounds) for scales in (packed, plain)]
    return Measured(name, *told)


def _answer_head_bytes(media_type: str, length: int) -> int:
    """Return how long the head of an answer is, which says no more than this."""
    lines = ("HTTP/1.1 200 OK", f"content-length: {length}", f"content-type: {media_type}", "")
    return sum(len(line) + 2 for line in lines)


def _us_an_entry(act: Callable[[], object]) -> tuple[float, ...]:
    act()
    return tuple(_once_us(act) / LARGE for _ in range(REPEATS))


def _once_us(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1e6
