"""The page of ledgers: which there are with their lines of a period, the first of one masked, its export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from kiosk.actions.export_ledger import Export
from kiosk.actions.read_ledger import keeps_books, ledger_counts, ledger_export, ledger_table, may_be_whole
from kiosk.actions.stick_errands import StickErrands
from kiosk.domain.ledgers import Brief, Ledger
from kiosk.domain.periods import Period, day_of, month_of, week_of
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.sights import Sights
from kiosk.ledgers.tables import Cell
from kiosk.ui.desk.asking import day_keyed
from kiosk.ui.desk.exporting import EXPORT, STOP, Exporting
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Choice, Keys, Sheet
from kiosk.ui.presenting import dated

SHOWN = 20
_SHIFT, _BACK, _DAYS, _OTHER = "shift", "back", "days", "other"
_PERIODS: Mapping[str, Callable[[date], Period]] = {"day": day_of, "week": week_of, "month": month_of}
_HEAD_COLUMNS = 3
"""So many columns of a ledger tell in large which line it is."""


class LedgersPage:
    """Reached from the page of what was done; reads everything afresh."""

    def __init__(self, scene: DeskScene, sticks: StickErrands | None = None) -> None:
        """Show the ledgers of today; without `sticks` nothing is exported."""
        self._scene = scene
        self._exporting = Exporting(scene, sticks) if sticks is not None else None
        self._kind, self._own, self._name = "day", day_of(date.min), ""

    def face(self) -> Page:
        """Count the ledgers of the period, and read the first lines of the one chosen."""
        say = self._scene.say()
        back = Plate(_BACK, say("desk.ledgers.back"))
        if not keeps_books(self._scene.hall):
            panel = Panel(say("desk.page.ledgers"), "", (), say("desk.ledgers.shift_only"))
            return Page((panel,), plates=(back, Plate(_SHIFT, say("desk.ledgers.to_shift"), is_main=True)))
        period = self._period()
        counts = ledger_counts(self._scene.hall, period)
        export = self._exporting.plate() if self._exporting and counts.get(self._name) else None
        days = Plate(_DAYS, say("desk.ledgers.other_days"))
        return Page(
            (self._ledgers(period, counts), self._preview(period, counts)),
            plates=(back, days) if export is None else (back, days, export),
        )

    def press(self, key: str) -> None:
        """Choose a period or a ledger, export it, or go elsewhere."""
        kind, _, subject = key.partition(":")
        if kind == _DAYS:
            self._ask_period()
        elif kind == "ledger":
            self._name = subject
        elif kind == STOP and self._exporting:
            self._exporting.stop()
        elif kind == EXPORT and self._exporting and self._name:
            ledger = self._scene.say()(SERVICE_LEDGERS[self._name].title)
            title = self._scene.say()("ledger.export.list_title", ledger=ledger)
            name, period = self._name, self._period()  # what was on the page when it was asked
            self._ask_export(self._exporting, lambda sights: self._export(name, period, sights), title)
        else:
            self._scene.turn_to("audit" if kind == _BACK else kind, "")

    @property
    def has_news(self) -> bool:
        """Return whether an export has come further than was told."""
        return self._exporting is not None and self._exporting.has_news

    def watch(self) -> None:
        """Look how far an export is."""
        if self._exporting:
            self._exporting.watch()

    def forget(self) -> None:
        """Show no lines any more."""
        self._kind, self._name = "day", ""

    def _period(self) -> Period:
        if self._kind == _OTHER:
            return self._own
        return _PERIODS[self._kind](self._scene.hall.today())

    def _ask_period(self) -> None:
        say = self._scene.say()
        choices = [Choice(kind, say(f"desk.ledgers.period.{kind}")) for kind in (*_PERIODS, _OTHER)]
        self._scene.ask(
            Sheet(
                title=say("desk.ledgers.days"),
                go_word=say("desk.next"),
                choices=choices,
                done=lambda sheet: self._choose(sheet.choice),
            )
        )

    def _choose(self, kind: str) -> None:
        if kind == _OTHER:
            self._ask_first()
        else:
            self._kind = kind

    def _ledgers(self, period: Period, counts: Mapping[str, int]) -> Panel:
        say = self._scene.say()
        rows = tuple(
            Row(
                f"ledger:{name}",
                head=say(ledger.title),
                aside=say("desk.ledgers.lines", count=counts[name]),
                is_chosen=name == self._name,
            )
            for name, ledger in SERVICE_LEDGERS.items()
        )
        exported = self._exporting.rows() if self._exporting else ()
        return Panel(say("desk.page.ledgers"), self._days(period), (*exported, *rows))

    def _preview(self, period: Period, counts: Mapping[str, int]) -> Panel:
        say = self._scene.say()
        if not self._name:
            return Panel(say("desk.ledgers.lines_of"), "", (), say("desk.ledgers.preview"))
        trades = self._scene.trades
        table = ledger_table(self._scene.hall, self._name, period, say, trades, self._scene.sights, SHOWN)
        ledger = SERVICE_LEDGERS[self._name]
        rows = tuple(_row(ledger, table.header, row) for row in table.rows)
        shown = say("desk.ledgers.shown", shown=len(rows), count=counts[self._name]) if rows else ""
        return Panel(table.title, shown, rows, say("desk.ledgers.none"))

    def _days(self, period: Period) -> str:
        say = self._scene.say()
        first = dated(say, period.first)
        return first if period.first == period.last else f"{first} – {dated(say, period.last)}"

    def _ask_export(self, exporting: Exporting, export: Callable[[Sights], Export], title: str) -> None:
        if may_be_whole(self._name):
            exporting.ask_how_much(export, title)
        else:
            exporting.ask(lambda: export(self._scene.sights), title)

    def _export(self, name: str, period: Period, sights: Sights) -> Export:
        say = self._scene.say()
        return ledger_export(self._scene.hall, name, period, say, self._scene.trades, sights)

    def _ask_first(self) -> None:
        self._ask_day("first", date.min, self._ask_last)

    def _ask_last(self, first: date) -> None:
        def keep(last: date) -> None:
            self._kind, self._own = _OTHER, Period(first, last)

        self._ask_day("last", first, keep)

    def _ask_day(self, which: str, least: date, then: Callable[[date], None]) -> None:
        say = self._scene.say()

        def keyed(text: str) -> date | None:
            day = day_keyed(text)
            latest = self._scene.hall.today() + timedelta(days=1)
            return day if day is not None and least <= day < latest else None

        def hint(text: str) -> str:
            day = keyed(text)
            if day is not None:
                return say("desk.day.full", year=day.year, day=dated(say, day))
            return say("desk.day.no_such") if len(text) == 8 else say("desk.day.example")

        def done(sheet: Sheet) -> None:
            day = keyed(sheet.typed)
            assert day is not None, "a sheet is done with what is whole"
            then(day)

        self._scene.ask(
            Sheet(
                title=say(f"desk.ledgers.{which}"),
                sentence=say(f"desk.ledgers.{which}_how"),
                go_word=say("desk.next"),
                keys=Keys.DIGITS,
                longest=8,
                hint=hint,
                is_whole=lambda text: keyed(text) is not None,
                done=done,
            )
        )


def _row(ledger: Ledger, header: tuple[str, ...], cells: tuple[Cell, ...]) -> Row:
    """Return a line of a ledger: what it is in large, below what else is told in brief."""
    texts = [f"{cell:%m-%d\u00a0%H:%M}" if isinstance(cell, datetime) else str(cell) for cell in cells]
    columns = zip(ledger.columns, header, texts, strict=True)
    rest = [
        f"{head}\u00a0{text}" if column.brief is Brief.WITH_HEAD else text
        for column, head, text in islice(columns, _HEAD_COLUMNS, None)
        if text and column.brief is not Brief.LEFT_OUT
    ]
    parted = "\u00a0· ".join(rest)  # no line begins with the dot
    return Row(head="  ".join(texts[:_HEAD_COLUMNS]), note=parted)
