"""The jobs page: what this hall has published and what waits at the bureau; post a job, withdraw one."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.actions.board_ports import BoardQuery, JobOnBoard
from kiosk.actions.job_bodies import body_of
from kiosk.actions.ports import Records
from kiosk.actions.post_job import post_job, withdraw_job
from kiosk.domain.duties import Act
from kiosk.domain.eligibility import Level
from kiosk.domain.ids import JobId, StationCode
from kiosk.domain.jobs import Job
from kiosk.domain.posting import Decision, PostingReview, review
from kiosk.paper.phrases import unit_text
from kiosk.ui.desk.asking import ask_reason
from kiosk.ui.desk.draft import Draft
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.posting import PostingForm
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import (
    day_word,
    figure,
    job_title,
    pay_figure,
    short_time,
    spoken,
)

WITHDRAW_REASONS = ("employer_cancels", "weather", "wrong", "filled")
_READ = 300
_LAMPS = {Level.BLOCK: "stop", Level.REVIEW: "warn", Level.WARN: "warn"}


class JobsPage:
    """Lists, or the form while a posting is dictated; a posting outlives a locked screen."""

    def __init__(self, scene: DeskScene) -> None:
        """Show the lists."""
        self._scene = scene
        self._draft: Draft | None = None

    def face(self) -> Page:
        """Read the lists, or what the form says so far."""
        return self._form_face(self._draft) if self._draft else self._lists_face()

    def press(self, key: str) -> None:
        """Withdraw a job, begin a posting, fill a field, or send."""
        kind, _, subject = key.partition(":")
        if kind == "post":
            self._draft = self._draft or Draft()
        elif kind == "drop":
            self._draft = None
        elif kind == "withdraw":
            self._ask_withdraw(JobId(subject))
        elif kind == "send":
            self._send()
        elif kind == "field" and self._draft:
            PostingForm(self._scene, self._draft).ask(subject)

    def forget(self) -> None:
        """Keep the posting: it names an employer and no person who looks for work."""

    def _lists_face(self) -> Page:
        say, hall = self._scene.say(), self._scene.hall
        with hall.store.reading() as records:
            lines = self._published(records)
            names = {employer.id: employer.name for employer in records.board.employers()}
            pending = records.desk.pending_jobs()
        rows = tuple(self._row(line, names.get(line.job.employer, "")) for line in lines)
        waiting = tuple(Row(lamp="waiting", head=title, note=say("desk.jobs.waits")) for _, title in pending)
        count = say("desk.jobs.count", count=len(rows))
        return Page(
            (
                Panel(say("desk.jobs.published"), count, rows, say("desk.jobs.none")),
                Panel(say("desk.jobs.pending"), "", waiting, say("desk.jobs.none_pending")),
            ),
            plates=(Plate("post", say("desk.jobs.post"), is_main=True, duty=Act.POST_JOB),),
        )

    def _published(self, records: Records) -> Sequence[JobOnBoard]:
        hall = self._scene.hall
        lines = records.board.page(BoardQuery(order="start"), hall.now(), 0, _READ)
        return [line for line in lines if line.job.station == hall.identity.station]

    def _row(self, line: JobOnBoard, employer: str) -> Row:
        say, job = self._scene.say(), line.job
        trade = self._scene.trades.by_key.get(job.trade)
        today, starts = self._scene.hall.today(), short_time(job.shift.starts_at)
        day = day_word(say, job.shift.first_day, today)
        when = starts if job.shift.first_day == today else f"{day} {starts}"
        return Row(
            key=f"withdraw:{job.id}",
            head=job_title(say, job),
            note=f"{pay_figure(job.pay)} {unit_text(job.pay, say)} · {when} · {employer}",
            aside=say("desk.jobs.open", open=line.open_places, all=job.headcount),
            act=say("desk.jobs.withdraw"),
            duty=Act.WITHDRAW_JOB,
            picture=figure(trade.pictogram) if trade else "",
            family=job.family.value,
        )

    def _form_face(self, draft: Draft) -> Page:
        say = self._scene.say()
        fields = PostingForm(self._scene, draft).rows()
        done = sum(row.lamp == "ok" for row in fields)
        job = self._job(draft)
        found = self._review(draft, job) if job else None
        told = self._hits(found) if found else ()
        is_ready = found is not None and found.decision is not Decision.RETURNED
        empty = say("desk.post.looks_good") if found else say("desk.post.fill", count=len(fields) - done)
        return Page(
            (
                Panel(say("desk.post.title"), f"{done}/{len(fields)}", fields),
                Panel(say("desk.post.review"), "", told, empty),
            ),
            plates=(
                Plate("drop", say("desk.post.drop")),
                Plate("send", say("desk.post.send"), is_main=True, is_ready=is_ready),
            ),
        )

    def _job(self, draft: Draft) -> Job | None:
        hall = self._scene.hall
        with hall.store.reading() as records:
            parameters = records.settings.parameters(hall.today())
        return draft.job(JobId(hall.fresh_id()), StationCode(hall.identity.station), parameters)

    def _review(self, draft: Draft, job: Job) -> PostingReview:
        assert draft.employer is not None, "a whole advertisement has an employer"
        hall = self._scene.hall
        with hall.store.reading() as records:
            parameters = records.settings.parameters(hall.today())
        return review(job, draft.employer, parameters)

    def _hits(self, found: PostingReview) -> tuple[Row, ...]:
        say = self._scene.say()
        return tuple(
            Row(lamp=_LAMPS[hit.level], head=spoken(say, hit.sentence), note=spoken(say, hit.hint))
            for hit in found.hits
        )

    def _send(self) -> None:
        job = self._job(self._draft) if self._draft else None
        if job is None:
            return
        post_job(self._scene.hall, body_of(job), self._scene.staff())
        self._draft = None
        say = self._scene.say()
        self._scene.tell("ok", say("desk.post.done", title=job_title(say, job)))

    def _ask_withdraw(self, job_id: JobId) -> None:
        say = self._scene.say()
        with self._scene.hall.store.reading() as records:
            line = records.board.line(job_id, self._scene.hall.now())
        if line is None:
            return
        taken = line.job.headcount - line.open_places
        ask_reason(
            self._scene,
            title=say("desk.withdraw.title", title=job_title(say, line.job)),
            consequence=say("desk.withdraw.consequence", taken=taken),
            reasons=[f"desk.withdraw.reason.{name}" for name in WITHDRAW_REASONS],
            go_word=say("desk.jobs.withdraw"),
            then=lambda reason: self._withdraw(line.job, reason),
        )

    def _withdraw(self, job: Job, reason: str) -> None:
        withdraw_job(self._scene.hall, job.id, reason, self._scene.staff())
        say = self._scene.say()
        self._scene.tell("ok", say("desk.withdraw.done", title=job_title(say, job)))
