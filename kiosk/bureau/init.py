"""A new bureau: its folder, its authority and keys, its empty database; doing it again changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.actions.faults import Refused
from kiosk.bureau.authority import (
    authority_certificate,
    certificate_pem,
    hosts_named,
    key_pem,
    load_key,
    new_key,
    server_certificate,
)
from kiosk.bureau.databases import opened
from kiosk.bureau.folders import BureauFolder, write_private
from kiosk.bureau.kept_beside import keep_beside
from kiosk.bureau.postgres import checked_url
from kiosk.bureau.tables import meta
from kiosk.domain.sentences import Sentence
from kiosk.protocol.generations import NONE_YET, following
from kiosk.statements import Statement

_CITY_KEY_BYTES = 32
_META = Statement(select(meta.c.value).where(meta.c.key == bindparam("key")))


def init_bureau(
    data_dir: Path,
    name: str,
    hosts: Sequence[str] = (),
    database: str | None = None,
    keys: str | None = None,
) -> BureauFolder:
    """Make a bureau under `data_dir`, or complete the one that is there; keys once made are never replaced.

    `database` is the URL of a PostgreSQL database that is there and empty, or this bureau's own; without one
    the database is a file of the folder. Raises Refused for a URL that is none, or beside such a file.

    `keys` is that of another one, where several servers share the keys of workers and the registry.

    `hosts` are names or addresses by which kiosks reach it, besides loopback; a host that the server's
    certificate does not name yet gets a new certificate from the same authority, so pinned kiosks stay.
    """
    folder = BureauFolder(data_dir)
    folder.create()
    if database is not None:
        keep_url(folder, database)
    _make_authority(folder, name)
    _make_server(folder, hosts)
    if not folder.city_key.exists():
        write_private(folder.city_key, secrets.token_bytes(_CITY_KEY_BYTES))
    _make_database(folder, name)
    if keys is not None:
        keep_beside(folder, keys)
    return folder


def keep_url(folder: BureauFolder, database: str) -> None:
    """Keep where a bureau's PostgreSQL database is, from now on. Raises Refused as `init_bureau` does."""
    url = checked_url(database)
    if folder.database.exists():
        raise Refused(Sentence("bureau.fault.has_file", {"folder": str(folder.root)}))
    write_private(folder.database_url, url.encode())


def meta_value(connection: Connection, key: str) -> str:
    """Return a fact about the bureau itself, such as `generation` or `name`."""
    [(value,)] = _META.all(connection, {"key": key})
    return str(value)


def foresee_meta(connection: Connection, key: str) -> None:
    """Ask ahead for such a fact."""
    _META.foresee(connection, {"key": key})


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Change a fact about the bureau itself."""
    connection.execute(update(meta).where(meta.c.key == key).values(value=value))


def _make_authority(folder: BureauFolder, name: str) -> None:
    if folder.ca_certificate.exists():
        return
    key = new_key()
    # The key first: a certificate without its key would be taken for a finished authority.
    write_private(folder.ca_key, key_pem(key))
    write_private(folder.ca_certificate, certificate_pem(authority_certificate(name, key)))


def _make_server(folder: BureauFolder, hosts: Sequence[str]) -> None:
    known: set[str] = set()
    if folder.server_certificate.exists():
        known = hosts_named(folder.server_certificate.read_bytes())
        if known.issuperset(hosts):
            return
    if not folder.server_key.exists():
        write_private(folder.server_key, key_pem(new_key()))
    certificate = server_certificate(
        sorted(known | set(hosts)),
        load_key(folder.server_key.read_bytes()),
        x509.load_pem_x509_certificate(folder.ca_certificate.read_bytes()),
        load_key(folder.ca_key.read_bytes()),
    )
    write_private(folder.server_certificate, certificate_pem(certificate))


def _make_database(folder: BureauFolder, name: str) -> None:
    if not folder.database_url.exists():
        folder.database.touch(mode=0o600)
    with opened(folder.root) as database, database.writing() as connection:
        present = set(connection.scalars(select(meta.c.key)))
        first = following(NONE_YET, secrets.token_hex(16))
        facts = {"name": name, "generation": first, "capsules_swept_on": ""}
        for key in facts.keys() - present:
            connection.execute(insert(meta).values(key=key, value=facts[key]))
