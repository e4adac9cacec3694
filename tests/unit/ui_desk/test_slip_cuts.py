"""What the cutter's count says of a slip is said only where it can be said of that slip alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.actions.ports import SlipRecord
from kiosk.catalogue import load
from kiosk.domain.ids import PlacementId, SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.ui.desk.slips import counted_cuts


def slip(state: SlipState, before: int | None, after: int | None) -> SlipRecord:
    number = SlipNumber("PG-NZ-0918-02-0037")
    at = datetime(2026, 9, 18, tzinfo=UTC)
    return SlipRecord(number, PlacementId("p"), state, 0, "{}", "0" * 8, "restart", at, before, after)


@pytest.mark.parametrize(
    ("state", "before", "after", "said"),
    [
        (SlipState.UNCERTAIN, 1203, 1204, "cut"),
        (SlipState.UNCERTAIN, 1203, 1203, "not_cut"),
        (SlipState.UNCERTAIN, 1203, 1205, "unclear"),
        (SlipState.UNCERTAIN, 1203, 0, "unclear"),
        (SlipState.UNCERTAIN, 1203, None, None),
        (SlipState.UNCERTAIN, None, 1204, None),
        (SlipState.PRINTED, 1203, 1204, None),
    ],
)
def test_a_count_speaks_for_an_uncertain_slip_and_never_for_more_than_it_shows(
    state: SlipState, before: int | None, after: int | None, said: str | None
) -> None:
    assert counted_cuts(slip(state, before, after)) == said


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_desk_reads_both_counts(language: str) -> None:
    told = load(language)("printers.cuts.cut", before=1203, after=1204)
    assert "1203 → 1204" in told
