"""The one command: `kiosk run`, `kiosk demo`, `kiosk bureau …`; heavy parts are imported only when used.

A kiosk's own commands stand in `hall`, the bureau's in `bureau`, for tables in `intake` and, for its worst
days, in `recovery`.
"""

from __future__ import annotations

import sys

import typer

from kiosk.app.telling import told
from kiosk.cli import bureau, districts, hall, intake, kiosks, recovery, review, staff

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The kiosk of a labour hall: check in by ID card, take a place, leave with a slip.",
)
bureau.commands.add_typer(recovery.commands)
bureau.commands.command("forms")(intake.write_forms)
bureau.commands.command("import")(intake.import_table)
bureau.commands.command("export")(intake.export_table)
bureau.commands.add_typer(staff.commands, name="staff")
bureau.commands.add_typer(review.commands, name="review")
bureau.commands.add_typer(kiosks.commands, name="kiosks")
bureau.commands.add_typer(districts.commands, name="districts")
app.add_typer(hall.commands)
app.add_typer(bureau.commands, name="bureau")


def main() -> None:
    """Run the command line; a failing world ends with one sentence instead of a traceback."""
    sys.exit(told(app))
