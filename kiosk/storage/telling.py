"""Whose fault is a database error? The disk's (a sentence for a person) or ours (a defect)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import IntegrityError as ConstraintError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlcipher3 import dbapi2

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.sentences import Sentence

_SENTENCES = {
    dbapi2.SQLITE_FULL: "storage.disk_full",
    dbapi2.SQLITE_IOERR: "storage.disk_failing",
    dbapi2.SQLITE_READONLY: "storage.read_only",
    dbapi2.SQLITE_PERM: "storage.read_only",
    dbapi2.SQLITE_CANTOPEN: "storage.cannot_open",
    dbapi2.SQLITE_BUSY: "storage.locked",
    dbapi2.SQLITE_LOCKED: "storage.locked",
    dbapi2.SQLITE_CORRUPT: "storage.damaged",
    dbapi2.SQLITE_NOTADB: "storage.wrong_key_or_damaged",
}
"""By SQLite's primary result code, the low byte of what is told."""


@contextmanager
def telling_faults() -> Iterator[None]:
    """Turn what the database raises into StorageFault (the world) or IntegrityFault (we are wrong)."""
    try:
        yield
    except ConstraintError as error:
        raise IntegrityFault(str(error.orig)) from error
    except dbapi2.IntegrityError as error:
        raise IntegrityFault(str(error)) from error
    except PoolTimeout as error:
        raise StorageFault(Sentence("storage.locked")) from error
    except DBAPIError as error:
        sentence = sentence_of(error.orig)
        if sentence is None:
            raise
        raise StorageFault(sentence) from error
    except dbapi2.Error as error:  # a statement compiled once is run by the driver itself
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise StorageFault(sentence) from error


def sentence_of(error: BaseException | None) -> Sentence | None:
    """Return the sentence for a driver's error, or None when the world is not to blame."""
    code = getattr(error, "sqlite_errorcode", None)
    key = _SENTENCES.get(code & 0xFF) if isinstance(code, int) else None
    return None if key is None else Sentence(key)
