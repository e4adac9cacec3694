"""Entries of a hall's two kiosks as its desk is told of them, in whichever order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete

from kiosk.domain.periods import Period
from kiosk.messages.desk_feed import TOLD, JobSaid, ToldBody
from kiosk.messages.events import EventBody, PlaceTaken
from kiosk.messages.feed import FeedRow
from kiosk.storage.all_tables import METADATA
from tests import answers
from tests.halls import MORNING, SampleKiosk

DAY = date(2026, 9, 18)
ALWAYS = Period(DAY - timedelta(days=365), DAY + timedelta(days=365))
PAY_FEN = 18050
AD = JobSaid(
    employer="测试家庭农场", fen=PAY_FEN, unit="day", hazards=["height"], ppe=["helmet"], is_dangerous=True
)


def tell(desk: SampleKiosk, said: Sequence[tuple[int, EventBody]], order: Sequence[int]) -> None:
    """Empty the books and tell them all, each kiosk's in its order, the kiosks mixed; and all again."""
    tables = [table for table in METADATA.sorted_tables if table.name.startswith("book_")]
    with desk.opened.database.writing() as connection:
        for table in tables:
            connection.execute(delete(table))
    streams = [[body for kiosk, body in said if kiosk == each] for each in (0, 1)]
    rows: list[FeedRow] = []
    turns = [*order, *[0] * len(said), *[1] * len(said)]
    at = [0, 0]
    for turn in turns:
        if at[turn] < len(streams[turn]):
            rows.append(_row(turn, at[turn] + 1, streams[turn][at[turn]], len(rows) + 1))
            at[turn] += 1
    for life in ("first", "second"):
        gen = f"{life}{id(rows)}"
        answers.tell(desk.opened, rows, len(rows), scope="desk:NZ", feed_gen=gen, is_snapshot=True)


def _row(kiosk: int, seq: int, body: EventBody, pos: int) -> FeedRow:
    job = AD if isinstance(body, PlaceTaken) else None
    told = ToldBody(
        stream=f"s{kiosk}",
        seq=seq,
        kiosk=f"kiosk-{kiosk}",
        type=body.type,
        v=body.v,
        at=MORNING + timedelta(seconds=2 * seq + kiosk),
        body=body.model_dump_json(),
        person=body.sealed_worker,
        job=job,
    )
    return FeedRow(topic=TOLD, id=f"s{kiosk}/{seq}", pos=pos, body=told.model_dump_json())
