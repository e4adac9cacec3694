"""One round of sync: what a kiosk says to POST /sync and what the bureau answers; safe to repeat."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from kiosk.messages.events import Event
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.wire import PROTOCOL, Wire

Ranges = list[tuple[int, int]]
"""Ranges of numbers, both ends included."""

MAX_EVENTS_A_ROUND = 500
MAX_ROWS_A_PAGE = 500


class RightView(Wire):
    """A kiosk's own view of one right: what it was given, gave back, and how many numbers it spent."""

    quota: str
    granted: Ranges
    returned: Ranges
    spent: int


class Want(Wire):
    """A kiosk asks for `count` more numbers of a quota."""

    quota: str
    count: int = Field(ge=1)


class ClockView(Wire):
    """The kiosk's clocks at sending, for re-timing entries after a dead battery."""

    wall: datetime
    boot: str
    boottime_ms: int


class SyncRequest(Wire):
    """What a kiosk says. `first` is the seq of events[0]; `head` the newest seq of the stream.

    `is_old` tells that this stream was given up: the kiosk began another one, only its entries are still to
    be brought, and it never takes the place of the present one however late it is first heard.
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


class RightGrant(Wire):
    """All numbers ever given to this stream for one quota; absolute, so a lost reply costs nothing."""

    quota: str
    granted: Ranges


class Refusal(Wire):
    """An entry the bureau keeps but could not apply: it goes to the tray that only a person empties."""

    seq: int
    reason: str


class SyncReply(Wire):
    """What the bureau answers. A kiosk ignores a reply of an older generation or of another stream."""

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


class EnrolRequest(Wire):
    """A kiosk that holds a one-time code offers its public key (base64, Ed25519, raw 32 bytes)."""

    code: str
    public_key: str
    device: str


class EnrolReply(Wire):
    """Who the kiosk is from now on. `city_key` (base64) opens capsules together with a card's number."""

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


class Problem(Wire):
    """An error as the bureau says it: a catalogue key, and nothing of its inside."""

    key: str
    detail: str = ""
