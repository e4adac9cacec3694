"""The bureau's commands for tables: blank forms, and taking a filled one in."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.catalogue import SOURCE_LANGUAGE, load
from kiosk.cli.arguments import BureauDir, Language

if TYPE_CHECKING:
    from kiosk.bureau.importing import Plan
    from kiosk.intake.forms import Fault


def write_forms(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where the files shall be written.")],
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Write a blank form of each kind, to be filled in with any table program."""
    from kiosk.intake.blanks import blank
    from kiosk.intake.kinds import FORMS

    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS.values():
        path = folder / f"{form.name}.xlsx"
        path.write_bytes(blank(form, language))
        print(load(language)("intake.told.form", path=path))


def import_table(
    data: BureauDir,
    form: Annotated[
        str,
        typer.Argument(help="parameters, calendar, courses, employers, vehicles, drivers, trips or jobs."),
    ],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An XLSX or CSV file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, only say what would.")] = False,
    good_rows: Annotated[
        Path | None, typer.Option(help="Take the right rows in, and write the wrong ones to this CSV file.")
    ] = None,
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Take a filled form in: all of it, or nothing where a row is wrong. Twice is as good as once."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.folders import BureauFolder
    from kiosk.bureau.importing import Verdict, plan_file, take_in
    from kiosk.cli.bars import bars
    from kiosk.intake.kinds import FORMS
    from kiosk.system_clock import SystemClock

    if form not in FORMS:
        raise typer.BadParameter(", ".join(FORMS), param_hint="FORM")
    if good_rows is not None and good_rows.exists():
        raise typer.BadParameter(load(language)("intake.told.file_is_there"), param_hint="--good-rows")
    say, now = load(language), SystemClock().now()
    with opened(data) as database:
        city_key = BureauFolder(data).city_key.read_bytes()
        with bars(language) as tell:
            plan = plan_file(database, FORMS[form], file, city_key, now, tell)
        _tell(plan, language)
        if dry_run or (plan.wrong and good_rows is None):
            print(say("intake.told.dry" if dry_run else "intake.told.nothing"))
            raise typer.Exit(1 if plan.wrong else 0)
        # The wrong rows first: once the right ones are taken in, nobody could write them down any more.
        if plan.wrong and good_rows is not None:
            _put_back(plan, good_rows, language)
        try:
            with bars(language) as tell:
                take_in(database, plan, getpass.getuser(), now, tell)
        except BaseException:
            if plan.wrong and good_rows is not None:
                good_rows.unlink()
            raise
    is_told = plan.count(Verdict.NEW) or plan.count(Verdict.CHANGED)
    print(say("intake.told.done" if is_told else "intake.told.as_before"))
    if plan.wrong:
        print(say("intake.told.wrong_rows", path=good_rows))
        raise typer.Exit(1)


def export_table(
    data: BureauDir,
    form: Annotated[
        str, typer.Argument(help="parameters, calendar, courses, employers, vehicles, trips or jobs.")
    ],
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The new file: NAME.xlsx or NAME.csv.")],
    language: Language = SOURCE_LANGUAGE,
) -> None:
    """Write what the halls are told now into a table that can be changed and taken in again."""
    from kiosk.bureau.databases import opened
    from kiosk.bureau.exporting import rows_now
    from kiosk.bureau.progress import Step
    from kiosk.cli.bars import bars
    from kiosk.intake.blanks import filled
    from kiosk.intake.kinds import FORMS, TOLD
    from kiosk.ledgers.comma_text import comma_rows

    if form not in TOLD:
        raise typer.BadParameter(", ".join(TOLD), param_hint="FORM")
    if file.suffix not in {".xlsx", ".csv"} or file.exists():
        key = "intake.told.file_is_there" if file.exists() else "intake.told.no_such_kind"
        raise typer.BadParameter(load(language)(key), param_hint="FILE")
    kind = FORMS[form]
    with bars(language) as tell:
        with opened(data) as database:
            rows = rows_now(database, kind, tell)
        tell(Step.WRITE, 0, None)
        head = [column.heading(language) for column in kind.columns]
        content = filled(kind, language, rows) if file.suffix == ".xlsx" else comma_rows([head, *rows])
        with file.open("xb") as out:
            out.write(content)
    print(load(language)("intake.told.exported", count=len(rows), path=file))


def _tell(plan: Plan, language: str) -> None:
    from kiosk.bureau.importing import Verdict

    say = load(language)
    for fault in plan.faults:
        print(_told(plan, fault, language))
    print(say("intake.told.counts", **{verdict.value: plan.count(verdict) for verdict in Verdict}))
    if plan.waiting:
        print(say("intake.told.waiting", count=len(plan.waiting)))


def _told(plan: Plan, fault: Fault, language: str) -> str:
    from kiosk.intake.saying import said

    say = load(language)
    columns = {column.name: column.heading(language) for column in plan.form.columns}
    where = columns.get(fault.column, say("intake.told.row"))
    why = said(fault.sentence, language)
    return say("intake.told.fault", row=fault.row, column=where, why=why)


def _put_back(plan: Plan, path: Path, language: str) -> None:
    from kiosk.bureau.importing import wrong_rows
    from kiosk.ledgers.comma_text import comma_rows

    say = load(language)
    rows = wrong_rows(plan, say("intake.column.faults"), lambda fault: _told(plan, fault, language))
    with path.open("xb") as file:
        file.write(comma_rows(rows))
