"""Where the keys of workers and the registry lie: files of the folder, or a database for several servers."""

from __future__ import annotations

import secrets
from contextlib import closing

from kiosk.actions.faults import Refused, StorageFault
from kiosk.bureau import key_statements as statements
from kiosk.bureau.folders import BureauFolder, write_private
from kiosk.bureau.key_databases import COVER_BYTES, KeyDatabase
from kiosk.bureau.key_files import KeyFile
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.postgres import checked_url, kept_url
from kiosk.bureau.registries import Registry
from kiosk.bureau.registry_rows import KINDS, RegistryFile
from kiosk.bureau.serving_locks import held
from kiosk.domain.sentences import Sentence


def keys_of(folder: BureauFolder) -> KeyStore:
    """Return the keys of a bureau's workers; close it in the end. Raises StorageFault without their cover."""
    return KeyStore(_database(folder, is_lasting=True) or folder.worker_keys)


def registry_of(folder: BureauFolder) -> Registry:
    """Return a bureau's registry. Raises StorageFault as `keys_of` does."""
    return Registry(_database(folder, is_lasting=False) or _file(folder))


def keep_beside(folder: BureauFolder, database: str) -> None:
    """Keep keys and registry in a PostgreSQL database from now on; what lay in files moves there.

    The database is there and empty, or this bureau's own: then only its address is new. The file of keys is
    overwritten and gone in the end. Raises Refused while a server runs, and where the bureau itself lies in a
    file: then one process serves it.
    """
    url = checked_url(database)
    if not folder.database_url.exists():
        raise Refused(Sentence("bureau.fault.keys_alone", {"folder": str(folder.root)}))
    if kept_url(folder.database_url) == url:
        raise Refused(Sentence("bureau.fault.keys_same", {}))
    with held(folder, is_alone=True):
        if not folder.keys_cover.exists():
            write_private(folder.keys_cover, secrets.token_bytes(COVER_BYTES))
        file = KeyFile(folder.worker_keys)
        with closing(KeyDatabase(url, folder.keys_cover.read_bytes())) as room, closing(file):
            found = {table: file.rows(asked) for table, asked in statements.ALL.items()}
            lies = _file(folder)
            Registry(lies).read()  # what lies there in one piece is in rows, and nothing of it is spoilt
            with lies.looked_into() as rows:
                registry = [(kind, name, body) for kind in KINDS for name, body in rows.all(kind).items()]
            room.fill(found, registry, is_known=folder.keys_url.exists())
            write_private(folder.keys_url, url.encode())
            room.begin()
            Registry(room).read()  # whatever is not this bureau's is told before the files are gone
            file.shred()
            lies.drop()


def _file(folder: BureauFolder) -> RegistryFile:
    return RegistryFile(folder.registry, folder.registry_copy)


def _database(folder: BureauFolder, *, is_lasting: bool) -> KeyDatabase | None:
    if not folder.keys_url.exists():
        return None
    try:
        cover = folder.keys_cover.read_bytes()
    except FileNotFoundError:
        raise StorageFault(Sentence("bureau.fault.key_store", {"file": str(folder.keys_cover)})) from None
    return KeyDatabase(kept_url(folder.keys_url), cover, is_lasting=is_lasting)
