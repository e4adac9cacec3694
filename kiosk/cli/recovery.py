"""The bureau's commands for its worst days: backups, putting one back, and what nobody will tell again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.cli.arguments import BureauDir, Language, hall_minute

commands = typer.Typer()
BackupDir = Annotated[Path, typer.Argument(help="A backup, or a folder of them: then its newest.")]


@commands.command()
def backup(
    data: BureauDir,
    into: Annotated[Path, typer.Argument(help="The folder of backups, best on another disk.")],
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest to keep.")] = 14,
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Copy the bureau, running or not, into a new folder, and read it again. It holds the bureau's keys.

    Kiosks forget what they told only when such a copy holds it.
    """
    from kiosk.bureau.backups import back_up
    from kiosk.cli.bars import bars
    from kiosk.system_clock import SystemClock

    with bars(language) as tell:
        made = back_up(data, into, SystemClock().now(), keep, tell)
    print(made)


@commands.command()
def restore(data: BureauDir, folder: BackupDir, language: Language = SOURCE_LANGUAGE) -> None:
    """Put a backup back while no server runs; what was there is kept beside it.

    Every kiosk then tells everything again, and nobody gets a place before all have. Prints who is awaited.
    """
    from kiosk.bureau.restores import restore as put_back
    from kiosk.cli.bars import bars
    from kiosk.system_clock import SystemClock

    with bars(language) as tell:
        waiting = put_back(data, folder, SystemClock().now(), tell)
    for item in waiting:
        print(item.kiosk, item.machine, *item.streams, sep="\t")


@commands.command("rehearse-restore")
def rehearse_restore(data: BureauDir, folder: BackupDir, language: Language = SOURCE_LANGUAGE) -> None:
    """Try a backup aside: what is wrong with it, what only kiosks could tell again, whom it would await."""
    from kiosk.bureau.restores import rehearse
    from kiosk.cli.bars import bars
    from kiosk.system_clock import SystemClock

    with bars(language) as tell:
        tried = rehearse(data, folder, SystemClock().now(), tell)
    print("backup", tried.backup, hall_minute(tried.made_at), sep="\t")
    for name, count in tried.forgotten.items():
        print("forgotten", name, count, sep="\t")
    for lost in tried.published:
        print("published", lost.what, lost.scope, lost.topic, lost.id, sep="\t")
    for item in tried.awaited:
        print("awaited", item.kiosk, item.machine, *item.streams, sep="\t")
    for line in tried.problems:
        print("wrong", line, sep="\t")
    raise typer.Exit(1 if tried.problems else 0)


@commands.command("count-copy")
def count_copy(
    data: BureauDir,
    database: Annotated[str, typer.Argument(help="Where it runs now: postgresql://user@host/name.")],
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Let a backup that PostgreSQL made of itself count, once it runs somewhere: every rule is read there.

    Only then kiosks forget what it holds. Prints until when somebody was heard, and what it does not hold.
    """
    from kiosk.bureau.server_backups import count_copy as count
    from kiosk.cli.bars import bars

    with bars(language) as tell:
        counted = count(data, database, tell)
    print("copy", hall_minute(counted.heard_until), counted.entries, sep="\t")
    for name, later in counted.beyond.items():
        print("forgotten", name, later, sep="\t")


@commands.command()
def awaited(data: BureauDir) -> None:
    """Print the machines a restored bureau still waits for: kiosk, machine, streams. Nothing: it grants."""
    from kiosk.bureau.write_offs import awaited_machines

    for item in awaited_machines(data):
        print(item.kiosk, item.machine, *item.streams, sep="\t")


@commands.command("published-since")
def published_since(
    data: BureauDir,
    again: Annotated[bool, typer.Option("--again", help="Publish it as it was said last.")] = False,
) -> None:
    """Print what was published after the backup that was put back: new, changed or taken_back, and which.

    `held` names jobs and coaches that nobody here knows and of which kiosks say they hold numbers.
    """
    from kiosk.bureau.republishing import publish_again, still_lost, unpublished

    for item in publish_again(data) if again else still_lost(data):
        print(item.what, item.scope, item.topic, item.id, sep="\t")
    for held in unpublished(data):
        print("held", held.quota, held.committed, sep="\t")


@commands.command("write-off")
def write_off(
    data: BureauDir,
    stream: Annotated[str, typer.Argument(help="The stream, as `awaited` or `check` names it.")],
    reason: Annotated[str, typer.Option(help="Who counted, and how.")],
    quota: Annotated[str | None, typer.Option(help="Such as places:JOB or seats:TRIP.")] = None,
    count: Annotated[int | None, typer.Option(min=0, help="How many of its numbers are used up.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All not yet counted, as if used up.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="It is in use, but will never come back.")] = False,
) -> None:
    """Settle by count a stream that nobody will hear of again. First quota by quota, then --all."""
    from kiosk.bureau.write_offs import Count, write_off_stream
    from kiosk.domain.ids import QuotaId
    from kiosk.system_clock import SystemClock

    if everything == (quota is not None) or (quota is None) != (count is None):
        raise typer.BadParameter("--quota with --count, or --all", param_hint="--quota")
    counted = None if quota is None or count is None else Count(QuotaId(quota), count)
    write_off_stream(data, stream, counted, reason, SystemClock().now(), is_gone=gone)
