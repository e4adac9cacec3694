"""Build one hall from what is kept: store, identity, key, clocks, printer and the picture of a slip."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from kiosk import catalogue
from kiosk.actions.compose_slip import read_document
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import KioskIdentity
from kiosk.app.agreed_time import AgreedTime, take_over_heard
from kiosk.app.machine import boot_id
from kiosk.app.private_key import private_key
from kiosk.app.settings import Settings
from kiosk.app.signing import SlipKey
from kiosk.codes import load_trades, spoken_names
from kiosk.devices.printer_links import link_to
from kiosk.devices.printers import SlipPrinter
from kiosk.devices.profiles import load_profile
from kiosk.domain.jobs import Job
from kiosk.domain.sentences import Sentence
from kiosk.domain.trades import Trades
from kiosk.paper.raster import Sheet, render
from kiosk.paper.slip_blocks import slip_blocks
from kiosk.storage.opening import OpenedStore, open_store
from kiosk.system_clock import SystemClock

_KEPT_SHEETS = 2


@dataclass(frozen=True, slots=True)
class OpenHall:
    """A hall with its database open; `close` comes last."""

    hall: Hall
    opened: OpenedStore
    agreed: AgreedTime

    def hear_pulse(self) -> None:
        """Set the agreed time by what the sync process heard last; call it on every nudge."""
        take_over_heard(self.agreed, self.opened.store, boot_id())

    def close(self) -> None:
        """Close the database."""
        self.opened.close()


def open_hall(settings: Settings) -> OpenHall:
    """Open the database (migrating it first) and build the hall; raises WorldFault when not enrolled."""
    clock = SystemClock()
    trades = load_trades()
    opened = open_store(settings.data_dir, clock, trade_names=spoken_names(trades))
    try:
        identity = _identity(opened)
        agreed = AgreedTime(clock)
        take_over_heard(agreed, opened.store, boot_id())
        hall = Hall(
            store=opened.store,
            clock=clock,
            identity=identity,
            agreed_now=agreed.now,
            fresh_id=lambda: uuid.uuid4().hex,
            signer=SlipKey(private_key(opened), int(identity.key_id, 16)),
            picture_of=lambda job: _picture(trades, job),
        )
    except BaseException:
        opened.close()
        raise
    return OpenHall(hall, opened, agreed)


def _identity(opened: OpenedStore) -> KioskIdentity:
    with opened.store.reading() as records:
        identity = records.settings.identity()
    if identity is None:
        raise WorldFault(Sentence("cli.not_enrolled"))
    return identity


def _picture(trades: Trades, job: Job) -> str:
    """Return the pictogram of a job's trade; a trade newer than this program borrows its family's first."""
    trade = trades.by_key.get(job.trade) or trades.of_family(job.family)[0]
    return trade.pictogram


def slip_renderer(width_dots: int) -> Callable[[str], Sheet]:
    """Return the one function that makes a slip's picture, for the preview and the printer alike.

    Both ask for the same few slips within a minute, from two threads, so the last pictures are kept.
    """
    chinese = catalogue.load("zh_CN")
    english = catalogue.load("en")

    @lru_cache(maxsize=_KEPT_SHEETS)
    def rendered(document: str) -> Sheet:
        return render(slip_blocks(read_document(document), chinese, english), width_dots)

    def render_in_turn(document: str) -> Sheet:
        # Whoever comes second waits for the picture that is being made instead of making it once more.
        with is_rendering:
            return rendered(document)

    is_rendering = Lock()
    return render_in_turn


def slip_printer(settings: Settings) -> SlipPrinter:
    """Return the printer the settings name; raises WorldFault when they name none or an unknown profile."""
    try:
        profile = load_profile(settings.printer_profile)
        return SlipPrinter(link_to(settings.printer_url), profile)
    except (LookupError, ValueError) as error:
        raise WorldFault(Sentence("cli.bad_printer", {"cause": str(error)})) from error
