"""The keeper of the sync process, where no process is needed to see it."""

from __future__ import annotations

from pathlib import Path

from kiosk.app.pulse_keeper import PulseKeeper


def test_a_keeper_that_never_started_stops_and_starts_nothing_afterwards(tmp_path: Path) -> None:
    keeper = PulseKeeper(tmp_path, {"sync_interval_s": "60"})
    keeper.stop()
    keeper.start()
    keeper.stop()
    assert keeper.pid is None
