"""Records what this version says on the wire, for every later one to understand: all entries, all topics.

`python -m tests.faults.recording v2` writes a new folder beside this file's vectors; one that is there stays
as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.codes import load_dictionaries
from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.exchanges import Exchange
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.packing import Packing
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, sealed_json
from kiosk.messages.sync import (
    ClockView,
    OldStream,
    Recall,
    Refusal,
    RightGrant,
    RightView,
    SyncReply,
    SyncRequest,
    Want,
)
from tests.faults.vocabulary import NOW, WORKER, bodies, rows

VECTORS = Path(__file__).parent / "vectors"
STREAM, OLDER, MACHINE = "0123456789abcdef" * 2, "fedcba9876543210" * 2, "ab" * 32
SECRETS = {Kind.STATUTORY: "ab" * 16, Kind.OPTIONAL: "cd" * 16}


def request() -> SyncRequest:
    """Return the first word of a kiosk, with every entry."""
    entries, before = list[Event](), FIRST_HASH
    for seq, body in enumerate(bodies(), 1):
        text = body.model_dump_json()
        if body.sealing is not None:
            text = sealed_json(body, SECRETS[body.sealing.kind], STREAM, seq)
        digest = chain_hash(STREAM, seq, body.type, body.v, before, text)
        entry = Event(
            seq=seq,
            type=body.type,
            v=body.v,
            at=NOW,
            boot="boot-1",
            boottime_ms=1000 * seq,
            prev_hash=before,
            hash=digest,
            body=text,
        )
        entries.append(entry)
        before = digest
    held = RightView(quota="places:j1", granted=[(1, 9), (11, 11)], returned=[(8, 9)], spent=1)
    return SyncRequest(
        kiosk="NZ-01",
        stream=STREAM,
        generation="",
        head=len(entries),
        first=1,
        prev_hash=FIRST_HASH,
        events=entries,
        rights=[held],
        wants=[Want(quota="places:j1", count=4, waiting=2)],
        cursors=[Cursor(scope="city", feed_gen="0011223344556677", pos=12)],
        clock=ClockView(wall=NOW, boot="boot-1", boottime_ms=90_000),
        backlog=len(entries),
        refused_open=1,
        older=[OldStream(stream=OLDER, rights=[held.model_copy(update={"quota": "places:j0"})])],
        machine=MACHINE,
        keys=[WorkerKey(worker=WORKER, kind=kind, secret=secret) for kind, secret in SECRETS.items()],
    )


def reply() -> SyncReply:
    """Return the answer to it, with a row of every topic."""
    told = [
        FeedRow(topic=topic, id=row_id, pos=pos, body=body.model_dump_json())
        for pos, (topic, row_id, body) in enumerate(rows(), 1)
    ]
    told.append(FeedRow(topic="job", id="gone", pos=len(told) + 1, is_deleted=True))
    return SyncReply(
        stream=STREAM,
        generation="1-0123456789abcdef0123456789abcdef",
        server_time=NOW,
        acked=len(bodies()),
        prune_ok=4,
        rights=[RightGrant(quota="places:j1", granted=[(1, 9), (11, 12)])],
        refusals=[Refusal(seq=5, reason="bureau.refused.malformed")],
        pages=[
            FeedPage(
                scope="city", feed_gen="0011223344556677", rows=told, pos=20, has_more=False, is_snapshot=True
            ),
            FeedPage(scope="hall:NZ", feed_gen="8899aabbccddeeff", rows=[], pos=3, has_more=False),
        ],
        open_places={"places:j1": 11, "seats:t1": 0, "places:j2": 4, "places:j3": 1},
        recalls=[Recall(quota="places:j2", keep=1)],
    )


def main(name: str) -> int:
    """Record all of it in a new folder."""
    folder, packing = VECTORS / name, Packing(load_dictionaries())
    folder.mkdir(parents=True)
    said, answered = request(), reply()
    exchange = Exchange.of(said, answered)
    next_said = said.model_copy(
        update={"first": said.head + 1, "events": [], "generation": answered.generation}
    )
    next_answered = answered.model_copy(update={"pages": [], "refusals": []})
    for title, message, after in (
        ("request", said, None),
        ("reply", answered, None),
        ("next-request", next_said, exchange.request),
        ("next-reply", next_answered, exchange.reply),
    ):
        (folder / f"{title}.json").write_text(message.model_dump_json() + "\n", encoding="utf-8")
        (folder / f"{title}.packed").write_bytes(packing.pack(message, after=after))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
