"""The slips of the demo beside its report, as PNG and as bytes: the emulator's paper, or what was sent."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.app.building import open_hall, slip_printer, slip_renderer, slip_words
from kiosk.app.print_jobs import PrintJobs
from kiosk.app.settings import Settings
from kiosk.demo.devices import Devices
from kiosk.demo.hand import LIST, PRACTICE
from kiosk.demo.report import Report


def keep_papers(devices: Devices, settings: Settings, folder: Path, report: Report) -> None:
    """Fill the folder with every slip and check that as many papers came out as slips say `printed`.

    Papers of practice and lists of teams are there by names of their own and vouch for no slip. A slip
    that was never sent is a failure, unless another is uncertain: a printer that never answers is out of
    order after a few, and the next ones lawfully wait for whoever clears it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    waiting = [slip["number"] for slip in report.slips if slip["state"] == "queued"]
    if waiting:
        is_lawful = bool(report.uncertain)
        report.add(f"never sent to the printer: {', '.join(waiting)}", 0.0, ok=is_lawful)
    if devices.printer is None:
        _keep_what_was_sent(settings, folder)
        return
    for paper in sorted(devices.paper_dir.glob("slip-*")):
        begins = PRACTICE if paper.stem in report.practised else LIST if paper.stem in report.lists else ""
        shutil.copyfile(paper, folder / f"{begins}{paper.name}")
    papers = len(list(folder.glob("slip-*.png")))
    is_whole = papers >= report.printed_now
    report.add(f"{papers} papers for {report.printed_now} printed slips", 0.0, ok=is_whole)


def _keep_what_was_sent(settings: Settings, folder: Path) -> None:
    """Make the slips again from the print journal: a foreign printer's paper lies in its own tray.

    The bytes are those that went to it, as text where its line is slow; the picture is the preview's.
    """
    printer = slip_printer(settings)
    render = slip_renderer(printer.profile.width_dots)
    jobs = PrintJobs(printer.profile, render, slip_words(settings, printer))
    kiosk = open_hall(settings)
    try:
        with kiosk.hall.store.reading() as records:
            slips = list(records.slips.all())
    finally:
        kiosk.close()
    for slip in slips:
        render(slip.document).image.save(folder / f"{slip.number}.png")
        sent, _ = jobs.of_document(slip.document, slip.token)
        (folder / f"{slip.number}.bin").write_bytes(sent)
