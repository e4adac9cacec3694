"""A device is noted once, not at every start."""

from __future__ import annotations

from kiosk.actions.note_device import note_device
from tests.halls import SampleKiosk


def test_a_reader_is_noted_when_it_is_another_one_or_of_another_kind(kiosk: SampleKiosk) -> None:
    hall = kiosk.hall
    noted = [
        note_device(hall, "reader", device, profile)
        for device, profile in (
            ("05.01-1", "generic"),
            ("05.01-1", "generic"),
            ("05.01-2", "generic"),
            ("05.01-2", "routon"),
            ("05.01-2", "routon"),
            ("05.01-1", "generic"),
        )
    ]

    assert noted == [True, False, True, True, False, True]


def test_a_reader_that_tells_no_number_is_nobody_new(kiosk: SampleKiosk) -> None:
    assert not note_device(kiosk.hall, "reader", "", "generic")
