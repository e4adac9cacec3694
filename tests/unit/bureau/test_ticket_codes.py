"""A ticket as a code: drawn for a printer, shown on a terminal, and read by a kiosk's own scanner."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner

from kiosk.actions.faults import WorldFault
from kiosk.app.identity import kiosk_identity
from kiosk.app.scanned_ticket import scan_ticket
from kiosk.bureau.enrol import Post
from kiosk.bureau.ticket_pictures import lines_to_type, ticket_on_terminal, ticket_picture
from kiosk.bureau.ticketing import make_ticket
from kiosk.cli import app
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.messages.tickets import Ticket, parse_ticket
from kiosk.storage.opening import join_store
from kiosk.system_clock import SystemClock
from tests.unit.bureau.rehearsal import DAWN, HandClock, on_the_wire
from tests.unit.devices.scanner_rig import emulated

POST = Post("NZ", "汽车南站零工驿站", 1, "A", "worker")
URL = "https://bureau.a-long-name-of-a-city.example:8443"
TICKET = Ticket(URL, "23456789ABCDEFGH", bytes(range(32)))
PATIENCE_S = 60.0


@contextmanager
def holding(scanner: ScannerEmulator, text: str) -> Iterator[None]:
    """Hold a code before a scanner, as somebody does who waits for the beep."""
    is_over = threading.Event()

    def hold() -> None:
        while text and not is_over.wait(0.2):
            scanner.show(Showing(text))

    hand = threading.Thread(target=hold)
    hand.start()
    try:
        yield
    finally:
        is_over.set()
        hand.join()


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("profile", ["worker", "desk", "door", "board"])
def test_the_paper_of_a_ticket_carries_it_as_a_code(profile: str) -> None:
    post = Post("NZ", "汽车南站零工驿站", 12, "A", profile)  # type: ignore[arg-type]  # one of the four
    picture = ticket_picture(TICKET, post, DAWN)
    assert read(picture) == [TICKET.text()]
    if folder := os.environ.get("PICTURES"):
        picture.save(f"{folder}/ticket-{profile}.png")


def test_what_is_typed_from_the_paper_is_the_ticket() -> None:
    assert parse_ticket("\n".join(lines_to_type(TICKET.text())).lower()) == TICKET


def test_a_terminal_shows_the_code_dark_on_light() -> None:
    """Broken by swapping the halves of a line of text."""
    lines = ticket_on_terminal(TICKET).splitlines()
    is_light = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}
    rows = [[is_light[sign][half] for sign in line] for line in lines for half in (0, 1)]
    shown = Image.new("L", (len(rows[0]), len(rows)))
    shown.putdata([255 if light else 0 for row in rows for light in row])
    assert read(shown.resize((shown.width * 6, shown.height * 6), Image.Resampling.NEAREST)) == [
        TICKET.text()
    ]


def test_the_command_line_draws_a_ticket_that_nobody_else_can_read(folder: Path, tmp_path: Path) -> None:
    post = ["--station", "NZ", "--station-name", "南站", "--number", "1", "--letter", "A"]
    make = ["bureau", "tickets", "make", "--data", str(folder), "--url", "https://127.0.0.1:8443", *post]
    drawn = tmp_path / "ticket.png"
    said = CliRunner().invoke(app, [*make, "--qr", "--out", str(drawn)])
    text = said.stdout.splitlines()[0]
    assert read(Image.open(drawn)) == [text]
    assert drawn.stat().st_mode & 0o777 == 0o600
    assert ticket_on_terminal(parse_ticket(text)) in said.stdout
    assert CliRunner().invoke(app, [*make, "--out", str(tmp_path / "nowhere" / "x.png")]).exit_code == 2


def test_a_machine_becomes_a_kiosk_by_a_ticket_before_its_scanner(
    folder: Path, clock: HandClock, tmp_path: Path
) -> None:
    with on_the_wire(folder, clock) as client, emulated(tmp_path) as (scanner, address):
        ticket = make_ticket(folder, str(client.base_url), POST, DAWN)
        made = tmp_path / "kiosk"
        with holding(scanner, ticket.text()):
            said = CliRunner().invoke(app, ["enrol", "--data", str(made), "--scanner", address])
        assert said.exit_code == 0, said.output
    opened = join_store(made, SystemClock(), trade_names={})
    assert kiosk_identity(opened).kiosk == "NZ-01"
    opened.close()


@pytest.mark.parametrize(
    ("held", "key"),
    [
        ("LG1:0000", "cli.enrol.not_a_ticket"),
        (TICKET.text()[:-1], "cli.enrol.not_a_ticket"),
        ("", "cli.enrol.nothing_scanned"),
    ],
)
def test_what_is_no_ticket_before_the_scanner_is_said(tmp_path: Path, held: str, key: str) -> None:
    with (
        emulated(tmp_path) as (scanner, address),
        holding(scanner, held),
        pytest.raises(WorldFault) as fault,
    ):
        scan_ticket(address, "generic", PATIENCE_S if held else 0.3)
    assert fault.value.sentence.key == key


def test_a_scanner_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldFault, match=r"devices\.scanner\."):
        scan_ticket(str(tmp_path / "none"), "generic", PATIENCE_S)
    with pytest.raises(WorldFault, match=r"cli\.bad_scanner"):
        scan_ticket(str(tmp_path / "none"), "unheard of", PATIENCE_S)
