"""Bundles that are broken, somebody else's or nobody's are told and do nothing, by stick and by wire."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.app.sticks import FOLDER, UsbStick
from kiosk.bureau.couriers import serve_stick
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office
from kiosk.messages.courier_cards import read_card
from kiosk.messages.signing import sign_request
from tests.unit.bureau.rehearsal import HandClock, new_machine, on_the_wire
from tests.unit.sync.errands import Kiosk, acquainted, enrolled, keys, serve, states


def test_what_is_not_for_this_kiosk_not_whole_or_not_genuine_is_told_and_not_applied(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, bureau_dir: Path, clock: HandClock
) -> None:
    acquainted(bureau, kiosk, stick)
    kiosk.note()
    kiosk.courier.write(stick)
    serve(bureau, stick)
    folder = tmp_path / "stick" / FOLDER
    [down] = folder.glob("*-down.bundle")
    good = down.read_bytes()
    middle = len(good) // 2
    for wrong, key in (
        (good[:-1], "courier.bundle.cut_off"),
        (b"", "courier.bundle.cut_off"),
        (good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :], "courier.bundle.damaged"),
        (good + b"!", "courier.bundle.damaged"),
        (b"GIF89a", "courier.bundle.none"),
        (b"LGB\x02" + good[4:], "courier.bundle.newer"),
        (bytes(17 * 2**20), "courier.bundle.too_large"),
    ):
        down.write_bytes(wrong)
        [outcome] = kiosk.courier.read(stick)
        assert (outcome.sentence.key, outcome.is_well, kiosk.pending) == (key, False, 1)
    other_machine = replace(kiosk.courier, author=replace(kiosk.author, key=Ed25519PrivateKey.generate()))
    down.write_bytes(good)
    assert keys(other_machine.read(stick)) == ["courier.bundle.not_for_kiosk"]
    neighbour = enrolled(bureau, bureau_dir, clock, tmp_path / "neighbour", 2)
    assert neighbour.courier.read(stick) == [], "somebody else's is nobody's trouble"
    neighbour.opened.close()
    assert keys(kiosk.courier.read(stick)) == ["courier.read"]
    assert kiosk.pending == 0


def test_another_bureau_takes_nothing_in(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, tmp_path: Path, clock: HandClock
) -> None:
    kiosk.note()
    kiosk.courier.write(stick)
    init_bureau(tmp_path / "stranger", "另一个局")
    assert keys(serve_stick(tmp_path / "stranger", stick, clock)) == ["courier.bundle.not_for_bureau"]


def test_a_kiosk_that_nobody_enrolled_or_that_was_replaced_is_not_heard(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path
) -> None:
    """Broken by not asking whether the kiosk itself signed."""
    kiosk.note()
    stranger = replace(kiosk.courier, author=replace(kiosk.author, kiosk="NZ-77"))
    stranger.write(stick)
    assert serve(bureau, stick) == ["bureau.problem.unknown_kiosk"]
    new_machine(bureau, bureau_dir, no=1)
    kiosk.courier.write(stick)
    assert sorted(serve(bureau, stick)) == ["bureau.problem.unknown_kiosk", "courier.bundle.damaged"]
    assert states(bureau) == {}


def test_on_the_wire_only_an_enrolled_kiosk_may_bring_a_bundle_and_anybody_may_have_the_card(
    bureau: Office, kiosk: Kiosk, stick: UsbStick, bureau_dir: Path, clock: HandClock
) -> None:
    """Broken by not asking who brings it: anybody could make the bureau open sixteen megabytes."""
    kiosk.note()
    name = kiosk.courier.write(stick).file
    bundle = stick.read(name)
    with on_the_wire(bureau_dir, clock) as wire:
        card = wire.get("/courier").text
        known = read_card(card, BureauFolder(bureau_dir).ca_certificate.read_bytes())
        assert known.sealing.public_bytes_raw() == bureau.courier.sealing.public_key().public_bytes_raw()
        assert wire.post("/courier", content=bundle).status_code == 401
        assert brought(wire, kiosk, bundle[:-1]).json()["key"] == "courier.bundle.cut_off"
        answer = brought(wire, kiosk, bundle)
        assert (answer.status_code, answer.content[:3]) == (200, b"LGB")


def brought(wire: httpx.Client, carrier: Kiosk, bundle: bytes) -> httpx.Response:
    token = f"token-{len(bundle)}"
    headers = sign_request(carrier.author.key, "POST", "/courier", carrier.author.kiosk, token, bundle)
    return wire.post("/courier", content=bundle, headers=headers)
