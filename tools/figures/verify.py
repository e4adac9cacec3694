"""The figure of verification: a slip before the scanner of any kiosk, until what it is can be said."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.actions.check_in import check_in
from kiosk.actions.compose_slip import read_document
from kiosk.actions.hall import Hall
from kiosk.actions.read_scan import read_scan
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_ports import CodeKeys
from kiosk.actions.scan_readings import SlipReading, Standing
from kiosk.actions.take_place import take_place
from kiosk.app.building import OpenHall
from kiosk.app.private_key import private_key
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages import slip_codes
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.feed import FeedPage, FeedRow, KeyBody
from kiosk.messages.slip_codes import SlipCode
from kiosk.sample.loader import sample_rows
from kiosk.storage.code_keys import SqlCodeKeys
from kiosk.system_clock import SystemClock
from tools.figures.halls import IDENTITY, everybody, free_job, furnish, open_bench_hall
from tools.figures.rows import Measured

JOBS = 10_000
SLIPS = 200
"""Of each sort: given out here, and by another kiosk of the city."""
Done = TypeVar("Done")
THEIR_KEY_ID = 0x0000D7
KIOSKS = 50


def verify_rows(work: Path) -> Iterator[Measured]:
    """Scan slips of this kiosk and of another, each beside the bare check of its signature."""
    folder = work / "verify"
    furnish(folder, jobs=JOBS, people=SLIPS)
    opened = open_bench_hall(folder)
    try:
        theirs = Ed25519PrivateKey.generate()
        ours = private_key(opened.opened).public_key()
        _tell_keys(opened, ours, theirs.public_key())
        keys = SqlCodeKeys(opened.opened.database)
        scanned = [(text, ours, Standing.OPEN) for text in _given_out_here(opened)]
        scanned += [(text, theirs.public_key(), Standing.UNKNOWN) for text in _given_out_there(theirs)]
        yield _beside_bare(opened.hall, keys, scanned)
    finally:
        opened.close()


def _beside_bare(
    hall: Hall, keys: CodeKeys, scanned: Sequence[tuple[str, Ed25519PublicKey, Standing]]
) -> Measured:
    ours_ms, bare_ms = [], []
    for text, key, standing in scanned:
        took_ms, reading = _timed_ms(lambda text=text: read_scan(hall, keys, text))  # type: ignore[misc]
        assert isinstance(reading, SlipReading)
        assert (reading.verdict, reading.standing) == (Verdict.GENUINE, standing)
        ours_ms.append(took_ms)
        sealed = slip_codes.ENVELOPE.open(text)
        bare_ms.append(_timed_ms(lambda s=sealed, k=key: k.verify(s.signature, s.body))[0])  # type: ignore[misc]
    return Measured("worker.verify", tuple(ours_ms), tuple(bare_ms))


def _given_out_here(opened: OpenHall) -> list[str]:
    """Let everybody take a place, and return the codes of their slips."""
    hall, job = opened.hall, free_job(opened, sample_rows(SystemClock().now()))
    texts = []
    for card in everybody(SLIPS):
        met = recognise(hall, card)
        check_in(hall, met)
        taken = take_place(hall, met, job, 1)
        with hall.store.reading() as records:
            record = records.slips.by_number(taken.slip)
        assert record is not None
        texts.append(read_document(record.document).code)
    return texts


def _given_out_there(key: Ed25519PrivateKey) -> list[str]:
    day = date(2026, 9, 18)
    promise = slip_codes.promise_digest(("another kiosk",))
    codes = (
        SlipCode(
            THEIR_KEY_ID,
            SlipKind.DISPATCH,
            day,
            number,
            18_000,
            PayUnit.DAY,
            day + timedelta(1),
            3,
            3,
            promise,
        )
        for number in range(1, SLIPS + 1)
    )
    return [slip_codes.encode(code, key) for code in codes]


def _tell_keys(opened: OpenHall, ours: Ed25519PublicKey, theirs: Ed25519PublicKey) -> None:
    """Tell the kiosk the keys of a whole city, as they come down."""
    known = {int(IDENTITY.key_id, 16): (IDENTITY.kiosk, ours), THEIR_KEY_ID: ("DZ-03", theirs)}
    for number in range(KIOSKS):
        known[0x100000 + number] = (f"DZ-{number % 90 + 10}", Ed25519PrivateKey.generate().public_key())
    rows = [
        FeedRow(topic="key", id=f"{key_id:06x}", pos=pos, body=_key(key_id, kiosk, key).model_dump_json())
        for pos, (key_id, (kiosk, key)) in enumerate(known.items(), 1)
    ]
    page = FeedPage(scope="keys", feed_gen="verify", rows=rows, pos=len(rows), has_more=False)
    opened.opened.sync_book.apply_page(page)


def _key(key_id: int, kiosk: str, key: Ed25519PublicKey) -> KeyBody:
    public_key = base64.b64encode(key.public_bytes_raw()).decode()
    station = kiosk.partition("-")[0].upper()
    return KeyBody(key_id=f"{key_id:06x}", kiosk=kiosk, station=station, public_key=public_key)


def _timed_ms(act: Callable[[], Done]) -> tuple[float, Done]:
    began = time.perf_counter()
    done = act()
    return (time.perf_counter() - began) * 1000, done
