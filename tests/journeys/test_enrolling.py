"""A machine becomes a kiosk: with the right code once, with a clear sentence otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.faults import Refused, WorldFault
from kiosk.app.building import open_hall
from kiosk.app.enrolling import enrol_kiosk
from kiosk.app.settings import read_settings
from kiosk.bureau.enrol import Post, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.system_clock import SystemClock
from tests.journeys.actors import beat
from tests.journeys.town import a_town, the_hall_of


def test_a_machine_becomes_a_kiosk_and_a_lost_reply_costs_no_code(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        ca = BureauFolder(town.bureau_dir).ca_certificate
        url, data_dir = f"https://127.0.0.1:{town.port}", tmp_path / "kiosk"
        code = issue_code(town.bureau_dir, Post("NZ", "南站", 1, "A", "worker"), SystemClock().now())

        with pytest.raises(WorldFault, match=r"sync\.bad_ca_file"):
            enrol_kiosk(data_dir, url, tmp_path / "none.pem", code)
        with pytest.raises(Refused, match=r"bureau\.problem\.code_unknown"):
            enrol_kiosk(data_dir, url, ca, "23456789ABCDEFGH")
        with pytest.raises(WorldFault, match=r"cli\.not_enrolled"):
            open_hall(read_settings(data_dir))

        # A reply that was lost on the way, seen from here: the code is used, and nothing of it was kept.
        copy = tmp_path / "copy"
        copy.mkdir()
        for kept in data_dir.iterdir():
            (copy / kept.name).write_bytes(kept.read_bytes())
        first = enrol_kiosk(data_dir, url, ca, code)
        again = enrol_kiosk(copy, url, ca, code)
        assert again == first
        with pytest.raises(Refused, match=r"bureau\.problem\.code_used"):
            enrol_kiosk(tmp_path / "other", url, ca, code)

        beat(data_dir)
        with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
            assert records.settings.identity() == first
            assert records.settings.sync_health().last_problem == ""
            assert records.board.families(kiosk.hall.now())
            assert all(
                line.open_here > 0 for line in records.board.page(BoardQuery(), kiosk.hall.now(), 0, 20)
            )
        assert town.counts()["kiosks"] == 1
