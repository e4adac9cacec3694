"""`kiosk bureau review`: what waits for a reviewer, a close look at it, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.catalogue import LANGUAGES, SOURCE_LANGUAGE, load
from kiosk.cli.arguments import BureauDir, Language, hall_minute

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.bureau.advertisements import Ruling
    from kiosk.bureau.databases import Database
    from kiosk.bureau.reviewing import CloseLook
    from kiosk.messages.feed import JobBody

commands = typer.Typer(no_args_is_help=True, help="Advertisements that wait for a reviewer.")
JobId = Annotated[str, typer.Argument(help="The job's number, as `list` prints it.")]
StaffId = Annotated[str, typer.Option("--as", help="Who decides: the id that `staff list` prints.")]


@commands.command("list")
def list_waiting(data: BureauDir) -> None:
    """Print what waits, the oldest first: number, version, since when, hall or table, employer, title."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.rulings import waiting_jobs

    with opened(data) as database:
        for item in waiting_jobs(database):
            origin = "table" if item.is_imported else "hall"
            job = item.body
            print(job.id, job.version, hall_minute(item.since), origin, job.employer, job.title, sep="\t")


@commands.command()
def show(data: BureauDir, job: JobId, language: Language = SOURCE_LANGUAGE) -> None:
    """Show an advertisement that waits: its words, what the rules say of it, and what was decided before."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.reviewing import look_closely
    from kiosk.system_clock import SystemClock

    with opened(data) as database:
        _print_look(look_closely(database, _waiting(database, job), SystemClock().now()), language)


@commands.command()
def approve(data: BureauDir, job: JobId, staff: StaffId) -> None:
    """Publish an advertisement that waits; every hall shows it after its next sync."""
    from kiosk.bureau.reviewing import approved

    _decide(data, job, staff, approved())


@commands.command("return")
def send_back(
    data: BureauDir,
    job: JobId,
    staff: StaffId,
    reason: Annotated[str, typer.Option(help="What has to change, in words the employer understands.")],
) -> None:
    """Send an advertisement back with a reason; nobody is shown it."""
    from kiosk.bureau.reviewing import sent_back

    if not reason.strip():
        raise typer.BadParameter("what has to change", param_hint="--reason")
    _decide(data, job, staff, sent_back(reason.strip()))


@commands.command()
def withdraw(
    data: BureauDir,
    job: JobId,
    staff: StaffId,
    reason: Annotated[str, typer.Option(help="Why nobody shall be shown it any more.")],
) -> None:
    """Take a published advertisement off every board; places already taken stay taken."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.reviewing import taken_off
    from kiosk.system_clock import SystemClock

    if not reason.strip():
        raise typer.BadParameter("why nobody shall be shown it", param_hint="--reason")
    with opened(data) as database:
        _rule_told(database, job, taken_off(reason.strip()), staff, SystemClock().now())


@commands.command()
def publish(data: BureauDir, job: JobId, staff: StaffId) -> None:
    """Publish again what `withdraw` took off the boards; the rules are asked once more."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.reviewing import published_again
    from kiosk.system_clock import SystemClock

    now = SystemClock().now()
    with opened(data) as database:
        _rule_told(database, job, published_again(database, job, now), staff, now)


def _rule_told(database: Database, job: str, decided: Ruling, staff: str, now: datetime) -> None:
    from kiosk.bureau.reviewing import reviewer
    from kiosk.bureau.rulings import rule_told
    from kiosk.domain.clock import hall_day

    by = reviewer(database, staff, typer.prompt("PIN", hide_input=True), hall_day(now))
    _print_done(rule_told(database, job, decided, by.id, now).id, decided)


def _print_done(job: str, decided: Ruling) -> None:
    for language in LANGUAGES:
        print(load(language)(f"intake.review.done.{decided.state.value}", job=job))


def _decide(data: BureauDir, job: str, staff: str, decided: Ruling) -> None:
    from kiosk.bureau.databases import opened
    from kiosk.bureau.reviewing import reviewer
    from kiosk.bureau.rulings import review_job
    from kiosk.domain.clock import hall_day
    from kiosk.system_clock import SystemClock

    now = SystemClock().now()
    with opened(data) as database:
        waiting = _waiting(database, job)
        by = reviewer(database, staff, typer.prompt("PIN", hide_input=True), hall_day(now))
        review_job(database, waiting.id, waiting.version, decided, by.id, now)
    _print_done(waiting.id, decided)


def _waiting(database: Database, job: str) -> JobBody:
    """Return the newest version of a job that waits. Raises Refused where none does."""
    from kiosk.actions.faults import Refused
    from kiosk.bureau.rulings import awaiting_review
    from kiosk.domain.sentences import Sentence

    found = [body for body in awaiting_review(database) if body.id == job]
    if not found:
        raise Refused(Sentence("intake.review.not_waiting"))
    return max(found, key=lambda body: body.version)


def _print_look(look: CloseLook, language: str) -> None:
    from kiosk.intake.work import JOBS

    say = load(language)
    print(f"{look.employer.name} ({look.employer.id})")
    print(say("intake.review.record", posted=look.posted, returned=look.returned))
    [cells] = JOBS.written(look.job)
    for column, cell in zip(JOBS.columns, cells, strict=True):
        if cell != "":
            print(f"{column.heading(language)}\t{cell}")
    for hit in look.found.hits:
        told = say(hit.sentence.key, **hit.sentence.args)
        print(hit.level.value, say(f"intake.review.field.{hit.field.value}"), told, sep="\t")
    for item in look.history:
        told = say(item.sentence.key, **item.sentence.args)
        print(item.version, item.state.value, item.decided_by, hall_minute(item.decided_at), told, sep="\t")
