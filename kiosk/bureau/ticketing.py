"""Enrolment tickets as the bureau's staff see them: made for one post, listed, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from kiosk.actions.faults import Refused
from kiosk.bureau.authority import fingerprint, hosts_named
from kiosk.bureau.databases import opened
from kiosk.bureau.enrol import Post, issue_code, kiosk_id
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.tables import enrolment_code, kiosk
from kiosk.domain.sentences import Sentence
from kiosk.messages.tickets import Ticket

TicketState = Literal["open", "used", "expired"]


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A ticket that was made; the code itself is not known any more."""

    kiosk: str
    letter: str
    profile: str
    station_name: str
    expires_at: datetime
    state: TicketState


def make_ticket(data_dir: Path, url: str, post: Post, now: datetime) -> Ticket:
    """Return a ticket for one post, good once and for 24 hours: the address, the authority, the code.

    Raises Refused for an address that the server's certificate does not name, since no kiosk would speak to
    it, and for a letter that another worker kiosk of the hall prints on its queue numbers.
    """
    folder = BureauFolder(data_dir)
    with opened(data_dir) as database, database.reading() as connection:
        check_letter(connection, post, now)
    _check_address(folder, url)
    code = issue_code(data_dir, post, now)
    return Ticket(url, code, fingerprint(folder.ca_certificate.read_bytes()))


def issued_tickets(data_dir: Path, now: datetime) -> list[IssuedTicket]:
    """Return every ticket, the one that ends first in front."""
    with opened(data_dir) as database, database.reading() as connection:
        rows = connection.execute(select(enrolment_code).order_by(enrolment_code.c.expires_at)).all()
    return [
        IssuedTicket(
            kiosk=kiosk_id(row.station, row.kiosk_no),
            letter=row.letter,
            profile=row.profile,
            station_name=row.station_name,
            expires_at=row.expires_at,
            state="used" if row.used_by else "open" if row.expires_at > now else "expired",
        )
        for row in rows
    ]


def _check_address(folder: BureauFolder, url: str) -> None:
    host = _host_of(url)
    if host is None:
        raise Refused(Sentence("bureau.ticket.not_https", {"url": url}))
    if host not in hosts_named(folder.server_certificate.read_bytes()):
        raise Refused(Sentence("bureau.ticket.not_named", {"host": host}))


def _host_of(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.hostname if parts.scheme == "https" and url.isascii() else None


def check_letter(connection: Connection, post: Post, now: datetime) -> None:
    """Raise Refused for a letter of another worker kiosk of the hall: no two print the same queue number."""
    if post.profile != "worker":
        return
    enrolled = select(kiosk.c.kiosk_no).where(
        kiosk.c.station == post.station,
        kiosk.c.letter == post.letter,
        kiosk.c.profile == "worker",
        kiosk.c.kiosk_no != post.kiosk_no,
    )
    coming = select(enrolment_code.c.kiosk_no).where(
        enrolment_code.c.station == post.station,
        enrolment_code.c.letter == post.letter,
        enrolment_code.c.profile == "worker",
        enrolment_code.c.kiosk_no != post.kiosk_no,
        enrolment_code.c.used_by.is_(None),
        enrolment_code.c.expires_at > now,
    )
    other = connection.execute(enrolled.union(coming).limit(1)).scalar_one_or_none()
    if other is not None:
        taken = {"letter": post.letter, "kiosk": kiosk_id(post.station, other)}
        raise Refused(Sentence("bureau.ticket.letter_taken", taken))
