"""The figures of a desk's ledgers and log: a year of a busy hall handed on, a million lines checked."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from kiosk.actions.read_ledger import ledger_export
from kiosk.app.table_files import table_files
from kiosk.catalogue import load
from kiosk.codes import load_trades
from kiosk.domain.periods import Period
from kiosk.domain.sights import MASKED
from kiosk.ledgers.comma_text import comma_text
from kiosk.messages.audit_chain import AuditLine, audit_hash
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.auditing import check_audit
from kiosk.storage.book_tables import book_check_in, book_person, book_placement, book_print
from kiosk.storage.tables import audit_line
from tests.halls import MORNING, SampleKiosk, open_sample_kiosk
from tools.figures.rows import Measured

DAYS, VISITS, PLACES, PEOPLE = 365, 300, 250, 2000
LINES = 1_000_000
ROUNDS = 5
_A_BITE = 20_000
YEAR = Period(date(2025, 9, 19), date(2026, 9, 18))


def measure(work: Path) -> Iterator[Measured]:
    """Yield the figures; `work` is an empty folder."""
    kiosk = open_sample_kiosk(work / "ledgers", has_rights=False, profile="desk")
    with closing(kiosk.opened):
        fill_a_year(kiosk)
        yield _ledger(kiosk)
        fill_the_log(kiosk, LINES)
        yield _audit(kiosk)


def fill_a_year(kiosk: SampleKiosk) -> None:
    """Fill the books with what a busy hall does in a year."""
    people = [
        {
            "worker": f"w{who}",
            "registered_at": MORNING,
            "method": "card",
            "kiosk": "NZ-01",
            "name": "测试甲",
            "number": f"99999919680312{who:04d}",
            "sex": "1",
            "region": "999999",
        }
        for who in range(PEOPLE)
    ]
    with kiosk.opened.database.writing() as connection:
        connection.execute(insert(book_person), people)
    for back in range(DAYS):
        with kiosk.opened.database.writing() as connection:
            connection.execute(insert(book_check_in), [_visit(back, who) for who in range(VISITS)])
            connection.execute(insert(book_placement), [_place(back, who) for who in range(PLACES)])
            connection.execute(insert(book_print), [_paper(back, who) for who in range(PLACES)])


def fill_the_log(kiosk: SampleKiosk, lines: int) -> None:
    """Let the log have so many lines, chained as they are at the desk, behind those that are there."""
    rows: list[dict[str, object]] = []
    with kiosk.opened.database.writing() as connection:
        newest = select(audit_line.c.seq, audit_line.c.hash).order_by(audit_line.c.seq.desc()).limit(1)
        there = connection.execute(newest).first()
        head, before = (0, FIRST_HASH) if there is None else (there.seq, there.hash)
        for seq in range(head + 1, lines + 1):
            line = _line(seq)
            own = audit_hash(line, before)
            rows.append({**_columns(line), "prev_hash": before, "hash": own})
            before = own
            if len(rows) == _A_BITE or seq == lines:
                connection.execute(insert(audit_line), rows)
                rows = []


def _ledger(kiosk: SampleKiosk) -> Measured:
    """Measure the longest ledger from the wish to both its files, beside writing its lines as text."""
    tr, trades = load("zh_CN"), load_trades()
    table = ledger_export(kiosk.hall, "placements", YEAR, tr, trades, MASKED).table
    taken = _seconds(lambda: table_files(ledger_export(kiosk.hall, "placements", YEAR, tr, trades, MASKED)))
    return Measured("desk.ledger", taken, _seconds(lambda: comma_text(table)))


def _audit(kiosk: SampleKiosk) -> Measured:
    """Measure the check of the whole log, beside hashing as many bytes in as many pieces."""
    told = b"x" * 200

    def hashed() -> None:
        for _ in range(LINES):
            hashlib.sha256(told).hexdigest()

    def checked() -> None:
        verdict = check_audit(kiosk.opened.database)
        assert (verdict.lines, verdict.broken_at) == (LINES, None)

    return Measured("desk.audit", _seconds(checked), _seconds(hashed))


def _seconds(do: Callable[[], object]) -> tuple[float, ...]:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return tuple(taken)


def _visit(back: int, who: int) -> dict[str, object]:
    at = MORNING - timedelta(days=back) + timedelta(seconds=10 * who)
    return {
        "worker": f"w{(who * 7 + back) % PEOPLE}",
        "day": YEAR.last - timedelta(days=back),
        "queue_number": f"A{who + 1}",
        "arrived_at": at,
        "method": "card",
        "kiosk": "NZ-01",
    }


def _place(back: int, who: int) -> dict[str, object]:
    at = MORNING - timedelta(days=back) + timedelta(seconds=10 * who)
    return {
        "id": f"p{back}-{who}",
        "worker": f"w{(who * 7 + back) % PEOPLE}",
        "taken_at": at,
        "slip": f"PG-NZ-{back:03d}-{who:03d}",
        "kind": "dispatch",
        "title": "摘辣椒",
        "starts": at + timedelta(hours=2),
        "ends": at + timedelta(hours=10),
        "employer": f"测试家庭农场{who % 40}",
        "pay_fen": 18000,
        "pay_unit": "day",
        "paper": "printed",
        "paper_at": at,
        "pay_answer": "full",
    }


def _paper(back: int, who: int) -> dict[str, object]:
    place = _place(back, who)
    told = {"copy_no": 0, "state": "printed", "reason": "", "actor": "", "kiosk": "NZ-01"}
    return {
        "stream": "s",
        "seq": back * PLACES + who + 1,
        "at": place["taken_at"],
        "slip": place["slip"],
        **told,
    }


def _line(seq: int) -> AuditLine:
    at = MORNING + timedelta(seconds=seq)
    return AuditLine(seq, at, "s1", "reprint_slip", "slip", f"PG-NZ-{seq:07d}", "纸卡住了")


def _columns(line: AuditLine) -> dict[str, object]:
    names = ("seq", "at", "actor", "act", "entity", "entity_id", "reason", "second")
    return {name: getattr(line, name) for name in names}
