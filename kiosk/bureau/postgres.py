"""PostgreSQL under the bureau: a dialect that stores what SQLite stores, and engines for a URL.

SQLite keeps integers of 64 bits and texts of any length, ordered by their bytes, whatever a column says. So
that both databases hold the same and sort the same, every integer is BIGINT here and every text is TEXT
COLLATE "C". A password stands in the URL alone; no sentence of ours repeats one.
"""

from __future__ import annotations

import select
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Column, Connection, Engine, Text, create_engine, event, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool
from sqlalchemy.types import String

from kiosk.actions.faults import Refused, StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.statements import UNSENT, Bound, driver_of, send_unsent

NAME = "postgresql"
MOST_SESSIONS = 4
"""So many of a server write at the same moment; with more of them each only waits longer for the others."""
_READERS_KEPT, _MOST_READERS = 4, 40
_CONNECT_S, _LOCK_MS = 10, 10_000
_NEAR = "random_page_cost=1.1"
"""Its own is that of a disk that turns: it would read some thousand rows rather than look for one."""
_CONTENDED = {"40001", "40P01"}
"""What it says of a transaction that came between others: it could not be serialized, or dead-locked."""
_WRITERS = 5_210_001
"""The number of the advisory lock that writers share and whoever must be alone takes whole."""


_SEALING, _PRESENT = 5_210_002, 5_210_003
"""The numbers of the locks of whoever seals, and of all servers, which whoever restores takes whole."""
_MOST_GATHERED = 256
_STATEMENTS_PREPARED = 512
"""More than a round has kinds of statements, so that none of them is planned again and again."""
_NUL, _FOR_NUL = "\0", "\N{SYMBOL FOR NULL}"
"""The server keeps no NUL in a text."""


class Gathered:
    """What a transaction writes and asks until somebody reads an answer: all of it goes in one journey."""

    def __init__(self, driver: Any) -> None:  # noqa: ANN401 - the driver's own connection
        """Keep writes for a connection of psycopg."""
        self._driver = driver
        self._waiting: list[tuple[str, Bound, Any]] = []
        self._foreseen: dict[tuple[str, Bound], Any] = {}

    def add(self, sql: str, bound: Bound = ()) -> None:
        """Keep a statement that nobody waits for."""
        self.forget()
        self._waiting.append((sql, bound, None))
        if len(self._waiting) >= _MOST_GATHERED:
            self.send()

    def send(self) -> None:
        """Send what is kept, in its order; the first fault of any of it is raised."""
        waiting, self._waiting = self._waiting, []
        if len(waiting) == 1:
            [(sql, bound, cursor)] = waiting
            (cursor or self._driver).execute(sql, bound)
        elif waiting:
            with self._driver.pipeline(), self._driver.cursor() as writing:
                for (sql, cursor), alike in groupby(waiting, key=itemgetter(0, 2)):
                    if cursor is None:
                        writing.executemany(sql, [bound for _, bound, _ in alike])
                    else:
                        [(_, bound, _)] = alike
                        cursor.execute(sql, bound)

    def ask(self, sql: str, bound: Bound) -> Any:  # noqa: ANN401 - as above
        """Keep a question, too; return the driver's cursor, which has the answer when all is sent."""
        foreseen = self._foreseen.pop((sql, bound), None)
        if foreseen is not None:
            return foreseen
        cursor = self._driver.cursor()
        self._waiting.append((sql, bound, cursor))
        return cursor

    def foresee(self, sql: str, bound: Bound) -> None:
        """Keep a question that will be asked with these words; the answer waits for it, once."""
        self._foreseen[sql, bound] = self.ask(sql, bound)

    def forget(self) -> None:
        """Ask anew what was foreseen: something is written that may change it."""
        self._foreseen.clear()

    def undo(self, first: str) -> bool:
        """Forget what is kept; return whether `first`, which began it, was among that and never sent."""
        waiting, self._waiting = self._waiting, []
        return any(sql == first for sql, _, _ in waiting)


class _Types(PGTypeCompiler):
    """Types as wide as SQLite's."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: ANN401, N802 - as SQLAlchemy calls it
        """Keep 64 bits."""
        return "BIGINT"

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: ANN401, N802 - as above
        """Keep a text however long it is."""
        return "TEXT"


class _Tables(PGDDLCompiler):
    """Columns that sort as SQLite's do."""

    def get_column_specification(self, column: Column[Any], **kw: Any) -> str:  # noqa: ANN401 - as above
        """Return what stands for a column in CREATE TABLE."""
        said: str = super().get_column_specification(column, **kw)  # type: ignore[no-untyped-call]
        said = said.replace(" SERIAL", " BIGSERIAL", 1)
        kept = column.type.dialect_impl(self.dialect)
        is_text = isinstance(getattr(kept, "impl", kept), String | Text)
        return said.replace(" TEXT", ' TEXT COLLATE "C"', 1) if is_text else said


class BureauDialect(PGDialect_psycopg):
    """psycopg's dialect with the types above; values go by their places, as `statements` gives them."""

    supports_statement_cache = True
    type_compiler_cls = _Types
    ddl_compiler = _Tables


registry.register("postgresql.bureau", __name__, BureauDialect.__name__)


def checked_url(text: str) -> str:
    """Return the URL of a PostgreSQL database, such as `postgresql://user@host/name`. Raises Refused."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise Refused(Sentence("bureau.fault.bad_url")) from None
    if url.drivername not in {"postgresql", "postgres"} or not url.database:
        raise Refused(Sentence("bureau.fault.bad_url"))
    return url.render_as_string(hide_password=False)


def kept_url(path: Path) -> str:
    """Return the URL that a bureau's folder keeps."""
    return checked_url(path.read_text(encoding="utf-8").strip())


def shown(url: str) -> str:
    """Return a URL that may be printed: without its password."""
    return make_url(url).set(password=None).set(query={}).render_as_string()


def engines(url: str, *, is_server: bool = False) -> tuple[Engine, Engine]:
    """Return engines that write and that read; nothing is opened before it is first used.

    Each session that writes for a server says that it is there: whoever restores finds out, on every machine,
    and when the database has moved to another one the next session says it anew.

    Writers see what is committed at each statement and wait for each other's rows. A reader sees one moment
    and can change nothing.
    """
    place = make_url(url).set(drivername="postgresql+bureau")
    writer = _engine(place, pool_size=MOST_SESSIONS, max_overflow=0, application_name="bureau writer")
    reader = _engine(
        place,
        pool_size=_READERS_KEPT,
        max_overflow=_MOST_READERS - _READERS_KEPT,
        application_name="bureau reader",
    )

    @event.listens_for(writer, "connect")
    def prepare_writer(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - driver's own
        connection.prepared_max = _STATEMENTS_PREPARED

    @event.listens_for(writer, "before_cursor_execute")
    def keep_order(connection: Connection, cursor: Any, *_: object) -> None:  # noqa: ANN401 - as above
        if cursor is not None:  # those of `statements` have none, and keep the order themselves
            send_unsent(connection)

    if is_server:

        @event.listens_for(writer, "connect")
        def be_present(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - driver's own
            connection.execute(f"SELECT pg_advisory_lock_shared({_PRESENT})")
            connection.commit()

        @event.listens_for(writer, "close")
        def be_gone(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - driver's own
            # PostgreSQL notices the end of a session a moment later, and a restore may come within it.
            with suppress(psycopg.Error):
                connection.execute(f"SELECT pg_advisory_unlock_shared({_PRESENT})")
                connection.commit()

    @event.listens_for(reader, "connect")
    def prepare_reader(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - driver's own
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True

    return writer, reader


def engine_beside(url: str, *, is_lasting: bool) -> Engine:
    """Return an engine for what lies beside the bureau's database; without `is_lasting` no session stays."""
    place = make_url(url).set(drivername="postgresql+bureau")
    if not is_lasting:
        return create_engine(place, poolclass=NullPool, **_options("bureau registry"))
    return _engine(place, pool_size=MOST_SESSIONS, max_overflow=_MOST_READERS, application_name="bureau keys")


def take_place(connection: Connection, *, is_alone: bool) -> None:
    """Stand beside other writers until the transaction ends, or wait for all of them and keep others out.

    PostgreSQL lets nobody overtake whoever waits to be alone. Beside others it goes with the first question.
    """
    connection.info["is_alone"] = is_alone
    if is_alone:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
    else:
        connection.info[UNSENT].add(f"SELECT pg_advisory_xact_lock_shared({_WRITERS})")


@contextmanager
def gathering(connection: Connection) -> Iterator[None]:
    """Keep writes that nobody waits for together; when the block ends, all of them are sent."""
    info, gathered = connection.info, Gathered(driver_of(connection))
    info[UNSENT] = gathered
    try:
        yield
        gathered.send()
    finally:
        info.pop(UNSENT, None)


def is_first_to_seal(connection: Connection) -> bool:
    """Return whether no other process seals until this transaction ends, of whatever machine it is."""
    asked = f"SELECT pg_try_advisory_xact_lock({_SEALING})"
    return bool(connection.exec_driver_sql(asked).scalar_one())


@contextmanager
def without_servers(url: str) -> Iterator[bool]:
    """Keep servers of every machine out for as long as the block lasts; yield whether none is there."""
    with psycopg.connect(url, autocommit=True, connect_timeout=_CONNECT_S) as connection:
        row = connection.execute(f"SELECT pg_try_advisory_lock({_PRESENT})".encode()).fetchone()
        yield row == (True,)


def is_alone(connection: Connection) -> bool:
    """Return whether nobody else can write until this transaction ends."""
    return bool(connection.info.get("is_alone"))


def is_beside(connection: Connection) -> bool:
    """Return whether others write at the same time, so that rows must be locked before they are read."""
    return connection.dialect.name == NAME and not is_alone(connection)


def is_contended(fault: BaseException) -> bool:
    """Return whether a transaction only came between others, so that it may be done again."""
    told = getattr(fault, "orig", None) or fault
    return getattr(told, "sqlstate", None) in _CONTENDED


def copy_in(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Bound]) -> None:
    """Append rows as the server takes them fastest; a NUL within a text becomes a sign for it."""
    send_unsent(connection)
    names = ", ".join(f'"{name}"' for name in columns)
    with (
        driver_of(connection).cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(
                [
                    item.replace(_NUL, _FOR_NUL) if isinstance(item, str) and _NUL in item else item
                    for item in row
                ]
            )


def truncate(connection: Connection, tables: Iterable[str]) -> None:
    """Empty tables; whoever reads them waits until this transaction has ended."""
    names = ", ".join(f'"{name}"' for name in tables)
    connection.exec_driver_sql(f"TRUNCATE {names}")


def last_drawn(connection: Connection, table: str, column: str) -> int:
    """Return the last number that was drawn for a column, 0 before the first."""
    asked = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)"
    return int(connection.exec_driver_sql(asked, (table, column)).scalar() or 0)


def count_from(connection: Connection, table: str, column: str, last: int) -> None:
    """Let the next number that is drawn for a column be the one behind `last`."""
    connection.exec_driver_sql(
        "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", (table, column, last + 1)
    )


def check_encoding(connection: Connection) -> None:
    """Raise StorageFault for a database that cannot keep every name."""
    found = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if found != "UTF8":
        raise StorageFault(Sentence("bureau.fault.encoding", {"encoding": str(found)}))


def _engine(place: URL, *, pool_size: int, max_overflow: int, application_name: str) -> Engine:
    engine = create_engine(
        place,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=_CONNECT_S,
        **_options(application_name),
    )

    @event.listens_for(engine, "checkout")
    def be_connected(connection: Any, _entry: object, _lent: object) -> None:  # noqa: ANN401 - driver's own
        # Whoever restarts the server ends what lies in the pool. An idle session is sent nothing but that
        # end, so a look at its socket tells, and nobody is asked.
        if connection.closed or _is_readable(connection.fileno()):
            raise DisconnectionError

    return engine


def _is_readable(socket: int) -> bool:
    look = select.poll()
    look.register(socket, select.POLLIN)
    return bool(look.poll(0))


def _options(application_name: str) -> dict[str, Any]:
    return {
        "paramstyle": "format",
        "hide_parameters": True,  # an error's text must never carry a person
        "connect_args": {
            "application_name": application_name,
            "connect_timeout": _CONNECT_S,
            "options": f"-c lock_timeout={_LOCK_MS} -c timezone=UTC -c client_encoding=UTF8 -c {_NEAR}",
        },
    }
