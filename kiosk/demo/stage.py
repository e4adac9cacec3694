"""The demo's screen process: the same kiosk as in a hall, with a door for the hand that plays the morning."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.demo.door import Answer, DoorServer
from kiosk.ui.hands import Hands
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import OpenLesson

BOARD_ROWS = 500
"""More than the sample hall has; a hand that looks for one job pages to it like a person."""


class Stage:
    """Answers the door of one screen process."""

    def __init__(self, kiosk: KioskScreen) -> None:
        """Use this kiosk's window."""
        self._kiosk = kiosk
        self._hands = Hands(kiosk.screen)

    def answer(self, request: Mapping[str, Any]) -> Answer:
        """Do what a request asks; runs on the screen's thread."""
        match request["do"]:
            case "look":
                return self._look()
            case "tap":
                return {"done": self._hands.tap(str(request["name"]))}
            case "sign":
                return {"done": self._hands.cross(str(request["name"]))}
            case "grab":
                self._hands.grab(Path(request["path"]))
                return {}
            case "read":
                item = self._kiosk.screen.find(str(request["name"]))
                return {"text": str(item.property("text")) if item is not None else ""}
            case "quit":
                self._kiosk.screen.leave()
                return {}
        raise ValueError(f"unknown request {request['do']!r}")

    def _look(self) -> Answer:
        visit = self._kiosk.screen.visit
        hall = self._kiosk.open.hall
        with hall.store.reading() as records:
            slips = [{"number": slip.number, "state": slip.state.value} for slip in records.slips.all()]
            placements = records.placements.count()
            check_ins = records.check_ins.count_all()
            health = records.settings.sync_health()
            jobs = sum(family.jobs for family in records.board.families(hall.now()))
            board: list[str] = []
            if visit.step is Step.BOARD:
                query = visit.session.query
                board = [line.job.id for line in records.board.page(query, hall.now(), 0, BOARD_ROWS)]
        return {
            "step": visit.step.value,
            "is_practice": visit.is_practice,
            "said": visit.session.sentence.key if visit.session.sentence else "",
            "slips": slips,
            "placements": placements,
            "check_ins": check_ins,
            "pending": health.pending,
            "jobs": jobs,
            "board": board,
            "team": len(visit.session.team.members) if visit.session.team else 0,
            "right": _right_answer(visit.session.lesson) if visit.step is Step.QUIZ else None,
        }


def _right_answer(opened: OpenLesson | None) -> int | None:
    """Return the place of the right answer to the question on the screen, None while it is being told."""
    if opened is None or opened.is_told:
        return None
    return next(place for place, each in enumerate(opened.answers) if each.is_right)


def main(arguments: list[str] | None = None) -> int:
    """Run one kiosk with a door until it is left; return the exit code."""
    parser = argparse.ArgumentParser(prog="kiosk.demo.stage")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--door", type=Path, required=True)
    options = parser.parse_args(arguments)
    kiosk = KioskScreen(read_settings(options.data))
    door = DoorServer(options.door, Stage(kiosk).answer, kiosk.screen.bridge.post)
    door.start()
    try:
        return kiosk.run(on_ready=lambda: print(json.dumps({"door": str(options.door)}), flush=True))
    finally:
        door.close()


if __name__ == "__main__":
    sys.exit(main())
