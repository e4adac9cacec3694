"""What the attendants keep: staff, help calls, the tray of refused entries, the audit log, plain counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.ports import HelpCall, RefusedEntry, RefusedSubject, Staff
from kiosk.domain.ids import JobId, StaffId, WorkerId
from kiosk.domain.jobs import JobState
from kiosk.messages.audit_chain import AuditLine, ChainedLine, audit_hash
from kiosk.messages.events import FIRST_HASH
from kiosk.storage.feed_tables import job
from kiosk.storage.refused_entries import subject_of
from kiosk.storage.tables import audit_line, day_count, help_call, posted_job, refused_entry, staff_member

LOCAL_SCOPE = "local"
"""The scope of rows made at this kiosk, which no feed may forget."""

_STAFF = select(staff_member).order_by(staff_member.c.id)
_MEMBER = select(staff_member).where(staff_member.c.id == bindparam("id"))
_WAITING = select(help_call).where(text("answered_at IS NULL")).order_by(help_call.c.called_at)
_CALL = select(help_call).where(help_call.c.id == bindparam("id"))
_REFUSED = select(refused_entry).where(text("settled_at IS NULL")).order_by(refused_entry.c.refused_at)
_LAST_SEQ = select(func.max(audit_line.c.seq)).scalar_subquery()
_LAST_LINE = select(audit_line.c.seq, audit_line.c.hash).where(audit_line.c.seq == _LAST_SEQ)
_LINES = (
    select(audit_line)
    .where(audit_line.c.seq > _LAST_SEQ - bindparam("limit"))
    .order_by(audit_line.c.seq.desc())
)
_PENDING_JOBS = (
    select(posted_job.c.id, posted_job.c.title)
    .outerjoin(job, job.c.id == posted_job.c.id)
    .where(or_(job.c.id.is_(None), job.c.state == JobState.PENDING.value))
    .order_by(posted_job.c.posted_at)
)


class SqlDesk:
    """The desk of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def staff(self) -> Sequence[Staff]:
        """Return everyone who works or worked at the desk."""
        return [_member(row) for row in self._connection.execute(_STAFF)]

    def member(self, staff: StaffId) -> Staff | None:
        """Return somebody of this hall's list, also one who has left; None for a stranger."""
        row = self._connection.execute(_MEMBER, {"id": staff}).one_or_none()
        return None if row is None else _member(row)

    def add_staff(self, staff: Staff) -> None:
        """Keep a member of staff made here, such as the first administrator."""
        self._connection.execute(
            insert(staff_member).values(
                id=staff.id,
                scope=LOCAL_SCOPE,
                pos=0,
                name=staff.name,
                role=staff.role,
                pin_hash=staff.pin_hash,
                is_active=staff.is_active,
                valid_until=staff.valid_until,
                badge_serial=staff.badge_serial,
            )
        )

    def open_calls(self) -> Sequence[HelpCall]:
        """Return who is waiting, the longest first."""
        return [
            HelpCall(row.id, row.screen, _worker_or_none(row.worker), row.called_at, row.answered_at)
            for row in self._connection.execute(_WAITING)
        ]

    def add_call(self, call: HelpCall) -> None:
        """Keep a call for help."""
        self._connection.execute(
            insert(help_call).values(
                id=call.id,
                screen=call.screen,
                worker=call.worker,
                called_at=call.called_at,
                answered_at=call.answered_at,
            )
        )

    def answer_call(self, call: str, at: datetime) -> HelpCall | None:
        """Mark a call as answered; None when there is no such call or somebody came already."""
        answered = update(help_call).where(help_call.c.id == call, help_call.c.answered_at.is_(None))
        if self._connection.execute(answered.values(answered_at=at)).rowcount != 1:
            return None
        row = self._connection.execute(_CALL, {"id": call}).one()
        return HelpCall(row.id, row.screen, _worker_or_none(row.worker), row.called_at, at)

    def refused(self) -> Sequence[RefusedEntry]:
        """Return the entries in the tray, the oldest refusal first."""
        return [
            RefusedEntry(
                row.seq, row.type, row.reason, row.refused_at, row.newest_reason or "", row.newest_at
            )
            for row in self._connection.execute(_REFUSED)
        ]

    def refused_about(self, seq: int) -> RefusedSubject:
        """Return what an entry of the tray spoke of, as far as its words are still kept."""
        return subject_of(self._connection, seq)

    def settle_refused(self, seq: int, at: datetime, actor: str) -> None:
        """Take an entry out of the tray; the row stays, with who settled it."""
        open_ones = refused_entry.c.settled_at.is_(None)
        settled = update(refused_entry).where(refused_entry.c.seq == seq, open_ones)
        self._connection.execute(settled.values(settled_at=at, settled_by=actor))

    def audit(
        self, at: datetime, actor: str, act: str, entity: str, entity_id: str, reason: str, second: str = ""
    ) -> ChainedLine:
        """Write one line; each is chained to the one before, so none can be changed or taken out unseen."""
        last = self._connection.execute(_LAST_LINE).one_or_none()
        seq, prev_hash = (last.seq + 1, last.hash) if last else (1, FIRST_HASH)
        line = AuditLine(seq, at, actor, act, entity, entity_id, reason, second)
        chained = ChainedLine(line, prev_hash, audit_hash(line, prev_hash))
        self._connection.execute(
            insert(audit_line).values(**asdict(line), prev_hash=chained.prev_hash, hash=chained.hash)
        )
        return chained

    def audit_lines(self, limit: int) -> Sequence[AuditLine]:
        """Return the newest lines first."""
        return [line_of(row) for row in self._connection.execute(_LINES, {"limit": limit})]

    def add_count(self, day: date, kind: str) -> int:
        """Add one to an anonymous count and return the new total; nothing else is kept."""
        statement = upsert(day_count).values(day=day, kind=kind, total=1)
        added = statement.on_conflict_do_update(
            index_elements=["day", "kind"], set_={"total": day_count.c.total + 1}
        )
        total: int = self._connection.execute(added.returning(day_count.c.total)).scalar_one()
        return total

    def add_pending_job(self, job_id: JobId, title: str, at: datetime) -> None:
        """Remember a job posted here until the bureau's feed brings it or its refusal."""
        self._connection.execute(insert(posted_job), {"id": job_id, "title": title, "posted_at": at})

    def pending_jobs(self) -> Sequence[tuple[JobId, str]]:
        """Return (job, title) of what was posted here and is not decided yet, the oldest first."""
        return [(JobId(row.id), row.title) for row in self._connection.execute(_PENDING_JOBS)]


def line_of(row: Row[Any]) -> AuditLine:
    """Return what a row of the audit log says."""
    return AuditLine(row.seq, row.at, row.actor, row.act, row.entity, row.entity_id, row.reason, row.second)


def _member(row: Row[Any]) -> Staff:
    return Staff(
        StaffId(row.id), row.name, row.role, row.pin_hash, row.is_active, row.valid_until, row.badge_serial
    )


def _worker_or_none(worker: str | None) -> WorkerId | None:
    return None if worker is None else WorkerId(worker)
