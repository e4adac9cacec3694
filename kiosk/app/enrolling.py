"""Make this machine a kiosk of a bureau: pin the CA, offer the one-time code, keep who we are."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.ports import KioskIdentity
from kiosk.actions.sign_in import make_first_administrator
from kiosk.app.building import open_hall
from kiosk.app.machine import device_name
from kiosk.app.private_key import PRIVATE_KEY
from kiosk.app.pulse import ca_file
from kiosk.app.settings import read_settings, write_setting
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import EnrolReply
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.sync.enrolment import Enrolled, enrol
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError
from kiosk.system_clock import SystemClock

_OFFERED_KEY = "kiosk.offered_key"

ADMINISTRATOR = "管理员"
"""The name on the acts of the first administrator, until the bureau sends the hall's staff."""


def enrol_kiosk(data_dir: Path, url: str, ca: Path, code: str) -> KioskIdentity:
    """Enrol and keep everything a kiosk needs; a code works once.

    The CA's certificate is copied into the data folder and is the only one trusted from then on. The key is
    kept before it is offered: when the reply is lost, the same code is offered again with the same key.
    Raises WorldFault when the bureau cannot be reached or the certificate is unusable, Refused when the
    bureau does not take the code.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    opened = open_store(data_dir, SystemClock())
    try:
        enrolled = _enrolled(url, ca, code, _key_to_offer(opened))
        identity = _identity(enrolled.reply)
        shutil.copyfile(ca, ca_file(data_dir))
        with opened.store.writing() as records:
            records.settings.put(PRIVATE_KEY, _text(enrolled.key))
            records.settings.put(_OFFERED_KEY, "")
            records.settings.adopt(identity)
        write_setting(data_dir, "bureau_url", url)
    finally:
        opened.close()
    return identity


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
        raise WorldFault(Sentence(error.problem)) from error
    except BureauRefusedError as error:
        raise Refused(Sentence(error.problem.key)) from error
    except OSError as error:  # the file is missing, or holds no certificate
        raise WorldFault(Sentence("sync.bad_ca_file", {"path": str(ca)})) from error


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
