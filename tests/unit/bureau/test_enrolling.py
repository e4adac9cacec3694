"""A machine enrols with nothing but a ticket; whatever is wrong is a sentence that says what to do next."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.faults import Refused, WorldFault
from kiosk.app.enrolling import enrol_by_ticket, ticket_in
from kiosk.app.pulse import ca_file, run_pulse
from kiosk.app.settings import read_settings, write_setting
from kiosk.bureau.counting import counts
from kiosk.bureau.enrol import Post
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.ticketing import make_ticket
from kiosk.catalogue import load
from kiosk.messages.tickets import Ticket
from tests.unit.bureau.rehearsal import DAWN, HandClock, on_the_wire

POST = Post("NZ", "南站", 1, "A", "worker")


@pytest.fixture
def url(folder: Path, clock: HandClock) -> Iterator[str]:
    with on_the_wire(folder, clock) as client:
        yield str(client.base_url)


def told(data_dir: Path, ticket: Ticket) -> str:
    """Enrol in vain and return the sentence's key, which both languages know."""
    with pytest.raises((WorldFault, Refused)) as fault:
        enrol_by_ticket(data_dir, ticket)
    assert isinstance(fault.value, WorldFault | Refused)
    sentence = fault.value.sentence
    assert all(load(language)(sentence.key, **sentence.args) for language in ("zh_CN", "en"))
    return sentence.key


def test_a_ticket_is_all_a_machine_needs(folder: Path, url: str, tmp_path: Path) -> None:
    ticket = ticket_in(make_ticket(folder, url, POST, DAWN).text())
    identity = enrol_by_ticket(tmp_path / "kiosk", ticket)
    assert (identity.kiosk, identity.letter, identity.profile) == ("NZ-01", "A", "worker")
    assert ca_file(tmp_path / "kiosk").read_text() == BureauFolder(folder).ca_certificate.read_text()
    run_pulse(read_settings(tmp_path / "kiosk"), is_once=True)
    assert counts(folder)["kiosks"] == 1
    assert told(tmp_path / "kiosk", ticket) == "cli.enrol.already"
    assert told(tmp_path / "second", ticket) == "bureau.problem.code_used"


def test_a_ticket_may_come_as_a_file(folder: Path, tmp_path: Path) -> None:
    ticket = make_ticket(folder, "https://127.0.0.1:8443", POST, DAWN)
    paper = tmp_path / "ticket.txt"
    paper.write_text(f"{ticket.text()[:40]}\n{ticket.text()[40:]}\n")
    assert ticket_in(str(paper)) == ticket_in(ticket.text().lower()) == ticket


def test_what_is_no_ticket_is_told_from_one_that_was_miscopied(folder: Path, tmp_path: Path) -> None:
    text = make_ticket(folder, "https://127.0.0.1:8443", POST, DAWN).text()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    for said, key in (
        (str(tmp_path / "none.txt"), "no_ticket"),
        (str(tmp_path / "picture.png"), "no_ticket"),
        (str(tmp_path), "no_ticket"),
        ("x" * 5000, "no_ticket"),
        ("x\0y", "no_ticket"),
        (text[:-1], "bad_ticket"),
        (text[:20] + ("A" if text[20] != "A" else "B") + text[21:], "bad_ticket"),
    ):
        with pytest.raises(WorldFault, match=rf"cli\.enrol\.{key}"):
            ticket_in(said)


def test_a_bureau_that_is_away_costs_no_ticket(folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    ticket = make_ticket(folder, f"https://127.0.0.1:{port}", POST, DAWN)
    assert told(tmp_path / "kiosk", ticket) == "cli.enrol.unreachable"
    with on_the_wire(folder, HandClock()) as client:
        there = replace(ticket, url=str(client.base_url))
        assert enrol_by_ticket(tmp_path / "kiosk", there).kiosk == "NZ-01"


def test_whoever_is_not_the_tickets_bureau_is_told_nothing(folder: Path, url: str, tmp_path: Path) -> None:
    """Broken by comparing no fingerprint, `if False:`: the code would go to whoever answers."""
    ticket = make_ticket(folder, url, POST, DAWN)
    other = init_bureau(tmp_path / "other", "另一家")
    with on_the_wire(other.root, HandClock()) as client:
        caught = replace(ticket, url=str(client.base_url))
        assert told(tmp_path / "kiosk", caught) == "cli.enrol.not_our_bureau"
    assert counts(other.root)["kiosks"] == 0
    assert not ca_file(tmp_path / "kiosk").exists()
    assert enrol_by_ticket(tmp_path / "kiosk", ticket).kiosk == "NZ-01"


def test_an_address_that_the_certificate_does_not_name_is_not_spoken_to(
    folder: Path, url: str, tmp_path: Path
) -> None:
    ticket = make_ticket(folder, url, POST, DAWN)
    elsewhere = replace(ticket, url=url.replace("127.0.0.1", "127.1"))
    assert told(tmp_path / "kiosk", elsewhere) == "cli.enrol.not_named"
    assert counts(folder)["kiosks"] == 0


def test_a_wrong_and_a_late_code_are_told_apart(
    folder: Path, url: str, clock: HandClock, tmp_path: Path
) -> None:
    ticket = make_ticket(folder, url, POST, DAWN)
    guessed = replace(ticket, code="23456789ABCDEFGH")
    assert told(tmp_path / "kiosk", guessed) == "bureau.problem.code_unknown"
    clock.forward(timedelta(hours=24))
    assert told(tmp_path / "kiosk", ticket) == "bureau.problem.code_expired"


def test_a_kiosk_whose_clock_died_enrols_all_the_same(
    folder: Path, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Certificates begin in 2020; this bureau's clock stands years away from the machine's own."""
    ticket = make_ticket(folder, url, POST, DAWN)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert enrol_by_ticket(tmp_path / "kiosk", ticket).kiosk == "NZ-01"


def test_a_kiosk_without_its_pinned_certificate_speaks_to_nobody(
    folder: Path, url: str, tmp_path: Path
) -> None:
    data_dir = tmp_path / "kiosk"
    enrol_by_ticket(data_dir, make_ticket(folder, url, POST, DAWN))
    for spoil in (lambda: ca_file(data_dir).write_text("junk"), lambda: ca_file(data_dir).unlink()):
        spoil()
        with pytest.raises(WorldFault, match=r"sync\.bad_ca_file"):
            run_pulse(read_settings(data_dir), is_once=True)
    assert counts(folder)["events"] == 0


def test_nothing_is_ever_said_in_the_clear(folder: Path, url: str, tmp_path: Path) -> None:
    data_dir = tmp_path / "kiosk"
    enrol_by_ticket(data_dir, make_ticket(folder, url, POST, DAWN))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        write_setting(data_dir, "bureau_url", f"http://127.0.0.1:{listening.getsockname()[1]}")
        run_pulse(read_settings(data_dir), is_once=True)
        with pytest.raises(BlockingIOError):
            listening.accept()
