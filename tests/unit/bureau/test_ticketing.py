"""Tickets as the bureau's staff make and list them."""

from __future__ import annotations

import hashlib
import ssl
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.enrol import CODE_LASTS, Post
from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.ticketing import issued_tickets, make_ticket
from kiosk.bureau.trusting import enrolled_kiosks
from kiosk.cli import app
from kiosk.messages.tickets import parse_ticket
from tests.unit.bureau.rehearsal import DAWN, HandClock, enrol_request

POST = Post("NZ", "南站", 1, "A", "worker")
DESK = Post("NZ", "南站", 2, "A", "desk")
URL = "https://127.0.0.1:8443"


def use(bureau: Office, code: str) -> None:
    bureau.enrol(enrol_request(code, Ed25519PrivateKey.generate()).model_dump_json().encode())


def test_a_ticket_leads_to_an_authority_with_the_fingerprint_it_names(
    wire: httpx.Client, folder: Path
) -> None:
    made = make_ticket(folder, str(wire.base_url), POST, DAWN)
    ticket = parse_ticket(made.text())
    pem = wire.get("/ca.pem").text
    assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest() == ticket.ca_sha256
    assert (ticket.url, ticket.code) == (str(wire.base_url), made.code)


def test_the_list_tells_what_became_of_every_ticket(bureau: Office, folder: Path, clock: HandClock) -> None:
    late = Post("DZ", "东站", 1, "B", "worker")
    make_ticket(folder, URL, late, DAWN - timedelta(hours=23))
    use(bureau, make_ticket(folder, URL, POST, DAWN - timedelta(hours=1)).code)
    make_ticket(folder, URL, DESK, DAWN)
    clock.forward(timedelta(hours=2))
    listed = issued_tickets(folder, clock.now())
    assert [(item.kiosk, item.profile, item.state) for item in listed] == [
        ("DZ-01", "worker", "expired"),
        ("NZ-01", "worker", "used"),
        ("NZ-02", "desk", "open"),
    ]
    assert listed[2].expires_at == DAWN + CODE_LASTS
    assert [(item.kiosk, item.device, item.seen_at) for item in enrolled_kiosks(folder)] == [
        ("NZ-01", "bench", DAWN)
    ]


def test_a_new_ticket_for_a_post_ends_the_one_that_was_lost(bureau: Office, folder: Path) -> None:
    lost = make_ticket(folder, URL, POST, DAWN)
    found = make_ticket(folder, URL, POST, DAWN)
    with pytest.raises(RequestRefused, match=r"bureau\.problem\.code_unknown"):
        use(bureau, lost.code)
    use(bureau, found.code)
    assert [item.state for item in issued_tickets(folder, DAWN)] == ["used"]


@pytest.mark.parametrize("is_used", [True, False])
def test_two_kiosks_of_a_hall_do_not_print_one_letter(bureau: Office, folder: Path, is_used: bool) -> None:
    first = make_ticket(folder, URL, POST, DAWN)
    if is_used:
        use(bureau, first.code)
    with pytest.raises(Refused) as refused:
        make_ticket(folder, URL, Post("NZ", "南站", 3, "A", "worker"), DAWN)
    assert refused.value.sentence.key == "bureau.ticket.letter_taken"
    assert refused.value.sentence.args == {"letter": "A", "kiosk": "NZ-01"}
    make_ticket(folder, URL, DESK, DAWN)
    make_ticket(folder, URL, Post("DZ", "东站", 3, "A", "worker"), DAWN)
    make_ticket(folder, URL, POST, DAWN)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:8443", "not_https"),
        ("https://", "not_https"),
        ("https://[bad", "not_https"),
        ("https://人社局:8443", "not_https"),
        ("127.0.0.1:8443", "not_https"),
        ("https://bureau.example:8443", "not_named"),
    ],
)
def test_an_address_that_no_kiosk_would_trust_gets_no_ticket(folder: Path, url: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        make_ticket(folder, url, POST, DAWN)
    assert refused.value.sentence.key == f"bureau.ticket.{key}"
    assert issued_tickets(folder, DAWN) == []


def test_an_address_named_later_gets_a_ticket(folder: Path) -> None:
    init_bureau(folder, "x", hosts=["bureau.example"])
    assert make_ticket(folder, "https://bureau.example:8443", POST, DAWN).url == "https://bureau.example:8443"


def test_the_command_line_makes_a_ticket_and_lists_what_became_of_it(folder: Path) -> None:
    run = CliRunner()
    post = ["--station", "NZ", "--station-name", "南站", "--number", "1", "--letter", "A"]
    made = run.invoke(app, ["bureau", "tickets", "make", "--data", str(folder), "--url", URL, *post])
    assert parse_ticket(made.stdout).url == URL
    listed = run.invoke(app, ["bureau", "tickets", "list", "--data", str(folder)])
    assert listed.stdout.split("\t")[:4] == ["NZ-01", "A", "worker", "open"]
    longer = run.invoke(
        app, ["bureau", "tickets", "make", "--data", str(folder), "--url", URL, *post, "--station", "GYNZ"]
    )
    assert parse_ticket(longer.stdout).url == URL
    assert "GYNZ-01\t" in run.invoke(app, ["bureau", "tickets", "list", "--data", str(folder)]).stdout
    assert run.invoke(app, ["bureau", "kiosks", "--data", str(folder)]).stdout == ""
    for wrong in (["--station", "nz1"], ["--letter", "AB"], ["--number", "0"], ["--profile", "guest"]):
        arguments = ["bureau", "tickets", "make", "--data", str(folder), "--url", URL, *post, *wrong]
        assert run.invoke(app, arguments).exit_code == 2
