"""A thousand slips with random trouble, replayed from a seed: none lost, doubled or called what it is not."""

from __future__ import annotations

import logging
import random

import pytest

from kiosk.devices import printers
from kiosk.devices.printers import Evidence, PrintOutcome, PrintResult, SlipPrinter
from tools.figures.halls import everybody
from tools.soaks.slips import TROUBLES, Dishonest, run


def test_a_thousand_slips_with_random_trouble_are_called_what_their_paper_says() -> None:
    tally = run(1000, random.getrandbits(32))

    assert tally.states.total() == 1000
    assert set(tally.states) == {"printed", "uncertain"}
    assert tally.states["printed"] > 400
    assert 0 < tally.came_out_unsure < tally.states["uncertain"]
    assert set(tally.troubles) == set(TROUBLES)


def test_the_same_seed_is_the_same_run() -> None:
    assert run(60, 7) == run(60, 7)


def test_a_driver_that_takes_sent_for_printed_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SlipPrinter, "_proof", lambda *_: Evidence.TOKEN)
    with pytest.raises(Dishonest, match="never cut off"):
        run(300, 1)


def test_a_driver_that_sends_again_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    once = SlipPrinter.print

    def again(printer: SlipPrinter, *told: object) -> PrintOutcome:
        outcome = once(printer, *told)  # type: ignore[arg-type]
        return outcome if outcome.result is PrintResult.PRINTED else once(printer, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(SlipPrinter, "print", again)
    with pytest.raises(Dishonest, match="came out 2 times"):
        run(150, 1)


def test_a_worker_in_a_log_line_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    [card] = everybody(1)

    def shown(job: bytes, *_: object) -> bytes:
        logging.getLogger("kiosk").warning("printing for %s", card.name)
        return job

    monkeypatch.setattr(printers, "job_length_dots", lambda job: len(shown(job)))
    with pytest.raises(Dishonest, match="logged"):
        run(3, 1)
