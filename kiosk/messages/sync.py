"""One round of sync: what a kiosk says to POST /sync and what the bureau answers; safe to repeat."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from kiosk.messages.events import Event
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sealing import WorkerKey
from kiosk.messages.wire import PROTOCOL, Wire

Ranges = list[tuple[int, int]]
"""Ranges of numbers, both ends included."""

MAX_EVENTS_A_ROUND = 500
MAX_ROWS_A_PAGE = 500
MAX_KEYS_A_ROUND = 4 * MAX_EVENTS_A_ROUND
"""An entry needs one key; of a worker whose fields were erased and given anew there may be several."""


class RightView(Wire):
    """A kiosk's own view of one right: what it was given, gave back, and how many numbers it spent."""

    quota: str
    granted: Ranges
    returned: Ranges
    spent: int


class Want(Wire):
    """A kiosk asks for `count` more numbers of a quota; `waiting` people stand there now and find none."""

    quota: str
    count: int = Field(ge=1)
    waiting: int = Field(default=0, ge=0)


class OldStream(Wire):
    """A stream that a machine gave up, and every number it was ever given there: some may be spent."""

    stream: str
    rights: list[RightView]


class ClockView(Wire):
    """The kiosk's clocks at sending, for re-timing entries after a dead battery."""

    wall: datetime
    boot: str
    boottime_ms: int


class SyncRequest(Wire):
    """What a kiosk says. `first` is the seq of events[0]; `head` the newest seq of the stream.

    `is_old` tells that this stream was given up: the kiosk began another one, only its entries are still to
    be brought, and it never takes the place of the present one however late it is first heard. `floor` is the
    newest seq that cannot be told again. `older` tells all streams before the present one when the bureau
    asked for them, else None. `hello` repeats what the bureau answered to a stream it had never heard of.
    `machine` is a digest that differs between two machines, so that a copy is told from its original.
    `keys` open the personal fields of these entries: they travel beside them and are no part of the log.
    """

    protocol: int = PROTOCOL
    kiosk: str
    stream: str
    generation: str
    head: int
    first: int
    prev_hash: str
    events: list[Event] = Field(max_length=MAX_EVENTS_A_ROUND)
    rights: list[RightView]
    wants: list[Want]
    cursors: list[Cursor]
    clock: ClockView
    backlog: int
    refused_open: int = 0
    is_old: bool = False
    floor: int = 0
    older: list[OldStream] | None = None
    hello: str = ""
    machine: str = ""
    keys: list[WorkerKey] = Field(default_factory=list, max_length=MAX_KEYS_A_ROUND)


class RightGrant(Wire):
    """All numbers ever given to this stream for one quota; absolute, so a lost reply costs nothing."""

    quota: str
    granted: Ranges


class Recall(Wire):
    """The bureau asks for free numbers of a quota back, all but `keep`; the return entry frees them."""

    quota: str
    keep: int = Field(ge=0)


class Refusal(Wire):
    """An entry the bureau keeps but could not apply: it goes to the tray that only a person empties.

    `stream` names an older stream of the kiosk that is spoken to; empty is the stream that speaks.
    """

    seq: int
    reason: str
    stream: str = ""


class SyncReply(Wire):
    """What the bureau answers. A kiosk ignores a reply of an older generation or of another stream.

    `asks_older` asks for every stream before the present one. `hello` is to be repeated by a stream that the
    bureau has never heard of, so that a request that lay about on the way takes nobody's place.
    `is_superseded` tells that another machine speaks as this kiosk, `is_forked` that the stream contradicts
    what it told before and gets nothing any more: a kiosk then begins another one. `is_revoked` tells that
    this machine is no kiosk any more: its entries are taken in, and nothing else is said. `calls_in` asks the
    kiosk to come to POST /post, where it hears how it is called by now.
    """

    protocol: int = PROTOCOL
    stream: str
    generation: str
    server_time: datetime
    acked: int
    prune_ok: int
    need_from: int | None = None
    rights: list[RightGrant]
    refusals: list[Refusal]
    pages: list[FeedPage]
    open_places: dict[str, int] = Field(default_factory=dict)
    retry_after_s: float | None = None
    recalls: list[Recall] = Field(default_factory=list)
    asks_older: bool = False
    hello: str = ""
    is_superseded: bool = False
    is_forked: bool = False
    is_revoked: bool = False
    calls_in: bool = False


class EnrolRequest(Wire):
    """A kiosk that holds a one-time code offers its public key (base64, Ed25519, raw 32 bytes)."""

    code: str
    public_key: str
    device: str


class EnrolReply(Wire):
    """Who the kiosk is from now on. `city_key` (base64) opens capsules together with a card's number.

    `courier_card` tells for whom bundles are sealed that go by stick; a bureau without a courier has none.
    """

    kiosk: str
    kiosk_no: int
    letter: str
    station: str
    station_name: str
    profile: str
    key_id: str
    city_key: str
    scopes: list[str]
    generation: str
    courier_card: str = ""


class PostRequest(Wire):
    """What a kiosk believes to be called, to POST /post, signed by its present key.

    `new_key` (base64, Ed25519) is offered where the bureau asked for one; `proof` (base64) is that key's own
    signature over both keys, so that nobody offers a key that he does not hold.
    """

    kiosk: str
    station_name: str
    letter: str
    key_id: str
    new_key: str = ""
    proof: str = ""


class PostReply(Wire):
    """How a kiosk is called by now, and by which key it is known; `asks_key`: it shall make a new one."""

    station_name: str
    letter: str
    key_id: str
    asks_key: bool = False


class Problem(Wire):
    """An error as the bureau says it: a catalogue key, and nothing of its inside."""

    key: str
    detail: str = ""
