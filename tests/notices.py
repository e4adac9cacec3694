"""A newer notice, as the bureau publishes it: its version, and what is new in it."""

from __future__ import annotations

from kiosk.messages.feed import FeedRow, ParameterBody
from tests import answers
from tests.halls import SampleKiosk


def tell_notice(kiosk: SampleKiosk, version: int, changes: str = "") -> None:
    """Let the bureau put a notice of this version in force today."""
    values = {"notice.version": str(version), "notice.changes": changes}
    rows: list[FeedRow] = []
    for key, value in values.items():
        body = ParameterBody(
            key=key, value=value, unit="", source="示例：告知书（演示用）", effective_from=kiosk.hall.today()
        )
        row_id = f"{key}@{body.effective_from}"
        pos = 40_000 + 10 * version + len(rows)
        rows.append(FeedRow(topic="parameter", id=row_id, pos=pos, body=body.model_dump_json()))
    answers.tell(kiosk.opened, rows, rows[-1].pos, feed_gen="g")
