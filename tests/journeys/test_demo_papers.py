"""What the demo keeps of a foreign printer's slips is what went over its wire."""

from __future__ import annotations

from pathlib import Path

from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.take_place import take_place
from kiosk.app.settings import read_settings
from kiosk.demo.devices import Devices
from kiosk.demo.papers import keep_papers
from kiosk.demo.report import Report
from kiosk.devices.emulators.scanner_control import ScannerControl
from tests.journeys.town import a_town, come_in, run_pulse_command, the_hall_of, worker_card

CHINESE_TEXT, PICTURE = b"\x1c&", b"\x1dv0"


def test_a_slow_line_gets_text_and_a_fast_one_a_picture_and_so_it_is_kept(tmp_path: Path) -> None:
    """Broken by keeping a picture's bytes whatever the line."""
    with a_town(tmp_path / "town") as town:
        data_dir = town.enrol("A", 1)
        run_pulse_command(data_dir)
        with the_hall_of(data_dir) as kiosk:
            met = come_in(kiosk.hall, worker_card(31))
            job = fitting_jobs(kiosk.hall, met, 1)[0].line.job
            slip = take_place(kiosk.hall, met, job.id, job.version).slip
    kept: dict[int, bytes] = {}
    for baud in (9600, 115200):
        url, folder = f"serial:///dev/null?baud={baud}", tmp_path / str(baud)
        devices = Devices("", url, "", None, ScannerControl(tmp_path / "none.sock"), None, tmp_path, [])
        keep_papers(devices, read_settings(data_dir, printer_url=url), folder, Report())
        assert sorted(file.name for file in folder.iterdir()) == [f"{slip}.bin", f"{slip}.png"]
        kept[baud] = (folder / f"{slip}.bin").read_bytes()
    assert CHINESE_TEXT in kept[9600]
    assert "派工单".encode("gb18030") in kept[9600]
    assert kept[115200].count(PICTURE) > kept[9600].count(PICTURE)
    assert "派工单".encode("gb18030") not in kept[115200]
