"""What a stick brings from a real kiosk to a real bureau and back, trip by trip."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.sticks import UsbStick
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.messages import bundles
from tests.sticks import FailingStick
from tests.unit.bureau.rehearsal import HandClock, job
from tests.unit.sync.errands import (
    Kiosk,
    acquainted,
    enrolled,
    entries,
    is_on_board,
    keys,
    serve,
    states,
    trip,
)


def test_a_journal_the_bureau_never_heard_of_needs_a_second_trip_and_says_so(
    bureau: Office, kiosk: Kiosk, stick: UsbStick
) -> None:
    """Broken by writing from a fresh process what the bureau asked to be repeated: it would never be."""
    kiosk.note(3)
    courier = kiosk.courier
    courier.write(stick)
    assert serve(bureau, stick) == ["courier.delivered"]
    assert (keys(courier.read(stick)), entries(bureau)) == (["courier.once_more"], 0)
    courier.write(stick)
    serve(bureau, stick)
    assert keys(courier.read(stick)) == ["courier.more"]
    assert (kiosk.pending, entries(bureau)) == (0, 3)


def test_weeks_of_entries_and_all_pages_go_in_one_trip(bureau: Office, kiosk: Kiosk, stick: UsbStick) -> None:
    """Broken by answering only the first page."""
    acquainted(bureau, kiosk, stick)
    kiosk.note(1001)
    publish(bureau.database, "city", [job(f"many-{number}") for number in range(501)])
    assert trip(bureau, kiosk, stick) == ["courier.more"]
    assert (kiosk.pending, entries(bureau)) == (0, 1001)
    assert is_on_board(kiosk, "many-500")


def test_what_is_too_much_for_one_bundle_goes_with_the_next_trips(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    acquainted(bureau, kiosk, stick)
    monkeypatch.setattr(bundles, "MAX_CONTENT_BYTES", 200_000)
    kiosk.note(600)
    publish(bureau.database, "city", [job(f"many-{number}") for number in range(501)])
    assert trip(bureau, kiosk, stick) == ["courier.more"]
    assert 0 < kiosk.pending < 600
    trip(bureau, kiosk, stick)
    trip(bureau, kiosk, stick)
    assert kiosk.pending == 0


def test_a_new_bundle_takes_the_place_of_the_kiosks_own_old_one_and_of_no_other(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path, tmp_path: Path, clock: HandClock
) -> None:
    """Broken by going by the kiosk's name: entries of a machine that died may be on this stick alone."""
    successor = enrolled(bureau, bureau_dir, clock, tmp_path / "successor", 1)
    for who in (kiosk, kiosk, successor):
        who.note()
        who.courier.write(stick)
        clock.forward(timedelta(minutes=1))
    assert len([name for name in stick.names() if name.endswith("-up.bundle")]) == 2
    successor.opened.close()


class PulledOut(Exception):
    """The stick is gone."""


def pull_out() -> None:
    raise PulledOut


@pytest.mark.parametrize("left", range(6))
def test_a_stick_pulled_out_at_any_moment_only_costs_another_try(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, left: int
) -> None:
    acquainted(bureau, kiosk, stick)
    for _ in range(2):
        kiosk.note()
        for step in (
            kiosk.courier.write,
            lambda at: serve(bureau, at),
            kiosk.courier.read,
        ):
            try:
                step(FailingStick(stick, left, pull_out))
            except PulledOut:
                step(stick)
        assert kiosk.pending == 0
    assert entries(bureau) == 2
    assert states(bureau) == {kiosk.stream: "live"}
