"""A week of a hall ends with every loop closed or listed, no seat over, every ledger as the journals say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.week.days import SHORT, play
from tests.week.hall import Sunday, a_week, sunday

ONCE_BROKEN = json.loads((Path(__file__).parent / "seeds.json").read_text(encoding="utf-8"))
CHOSEN = 7


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Sunday:
    return sunday(tmp_path_factory.mktemp("sunday"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [CHOSEN, *ONCE_BROKEN["short"]])
def test_a_week_ends_with_every_loop_closed_or_listed(before: Sunday, tmp_path: Path, seed: int) -> None:
    """Broken by a list that leaves somebody out, a door that lets in whoever comes, a ledger that forgets.

    A line of the audit log that hangs on no other breaks it, too, and an entry that the bureau takes twice.
    """
    with a_week(before, tmp_path / "hall", seed, SHORT.people) as week:
        losses = play(week, SHORT)
        assert losses == []
