"""Make this machine a kiosk of a bureau: pin the CA, offer the one-time code, keep who we are."""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.ports import KioskIdentity
from kiosk.actions.sign_in import make_first_administrator
from kiosk.app.building import open_hall
from kiosk.app.courier import COURIER_CARD
from kiosk.app.machine import device_name
from kiosk.app.private_key import PRIVATE_KEY
from kiosk.app.pulse import ca_file
from kiosk.app.settings import read_settings, write_setting
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import EnrolReply
from kiosk.messages.tickets import MARK, BadTicket, Ticket, parse_ticket
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.sync.enrolment import Enrolled, enrol
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError, fetch_authority
from kiosk.system_clock import SystemClock

_OFFERED_KEY = "kiosk.offered_key"

ADMINISTRATOR = "管理员"
"""The name on the acts of the first administrator, until the bureau sends the hall's staff."""


def ticket_in(said: str) -> Ticket:
    """Return the ticket of a pasted text or of the file that it names; raises WorldFault for neither."""
    text = said
    if not said.strip().upper().startswith(MARK):
        try:
            text = Path(said).read_text(encoding="utf-8")
        except (OSError, ValueError):  # ValueError: no text, or no name a file can have
            raise WorldFault(Sentence("cli.enrol.no_ticket")) from None
    try:
        return parse_ticket(text)
    except BadTicket:
        raise WorldFault(Sentence("cli.enrol.bad_ticket")) from None


def enrol_by_ticket(data_dir: Path, ticket: Ticket) -> KioskIdentity:
    """Enrol with nothing but a ticket: the authority is fetched, compared with it, and pinned.

    Raises as `enrol_kiosk`, and WorldFault when somebody else answers at the ticket's address.
    """
    try:
        authority = fetch_authority(ticket.url, ticket.ca_sha256)
    except BureauUnreachableError as error:
        raise _world_fault(error, ticket.url) from error
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(authority)
        file.flush()
        return enrol_kiosk(data_dir, ticket.url, Path(file.name), ticket.code)


def enrol_kiosk(data_dir: Path, url: str, ca: Path, code: str) -> KioskIdentity:
    """Enrol and keep everything a kiosk needs; a code works once.

    The CA's certificate is copied into the data folder and is the only one trusted from then on. The key is
    kept before it is offered: when the reply is lost, the same code is offered again with the same key.
    Raises WorldFault when the bureau cannot be reached or the certificate is unusable, Refused when the
    bureau does not take the code, or when the folder is a kiosk already.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    opened = open_store(data_dir, SystemClock())
    try:
        _refuse_a_kiosk(opened)
        enrolled = _enrolled(url, ca, code, _key_to_offer(opened))
        identity = _identity(enrolled.reply)
        shutil.copyfile(ca, ca_file(data_dir))
        with opened.store.writing() as records:
            records.settings.put(PRIVATE_KEY, _text(enrolled.key))
            records.settings.put(_OFFERED_KEY, "")
            records.settings.put(COURIER_CARD, enrolled.reply.courier_card)
            records.settings.adopt(identity)
        write_setting(data_dir, "bureau_url", url)
    finally:
        opened.close()
    return identity


def _refuse_a_kiosk(opened: OpenedStore) -> None:
    """A journal belongs to one kiosk: what it holds would not be believed from another one."""
    with opened.store.reading() as records:
        identity = records.settings.identity()
    if identity is not None:
        raise Refused(Sentence("cli.enrol.already", {"kiosk": identity.kiosk}))


def _key_to_offer(opened: OpenedStore) -> Ed25519PrivateKey:
    with opened.store.writing() as records:
        kept = records.settings.get(_OFFERED_KEY)
        if kept:
            return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))
        key = Ed25519PrivateKey.generate()
        records.settings.put(_OFFERED_KEY, _text(key))
    return key


def _enrolled(url: str, ca: Path, code: str, key: Ed25519PrivateKey) -> Enrolled:
    try:
        return enrol(url, ca, code, device_name(), key)
    except BureauUnreachableError as error:
        raise _world_fault(error, url) from error
    except BureauRefusedError as error:
        raise Refused(Sentence(error.problem.key)) from error
    except OSError as error:  # the file is missing, or holds no certificate
        raise WorldFault(Sentence("sync.bad_ca_file", {"path": str(ca)})) from error


def _world_fault(error: BureauUnreachableError, url: str) -> WorldFault:
    """Return the sentence for somebody at a command line, where nothing is tried again by itself."""
    return WorldFault(Sentence(f"cli.enrol.{error.problem.removeprefix('sync.')}", {"url": url}))


def _text(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.private_bytes_raw()).decode()


def _identity(reply: EnrolReply) -> KioskIdentity:
    return KioskIdentity(
        kiosk=reply.kiosk,
        kiosk_no=reply.kiosk_no,
        letter=reply.letter,
        station=reply.station,
        station_name=reply.station_name,
        profile=reply.profile,
        key_id=reply.key_id,
        city_key=base64.b64decode(reply.city_key),
        scopes=tuple(reply.scopes),
    )


def first_administrator(data_dir: Path) -> str | None:
    """Make the first administrator and return the PIN, which is told once; None where there is staff."""
    opened = open_hall(read_settings(data_dir))
    try:
        made = make_first_administrator(opened.hall, ADMINISTRATOR)
    finally:
        opened.close()
    return made[1] if made else None
