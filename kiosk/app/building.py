"""Build one hall from what is kept: store, identity, key, clocks, printer and the picture of a slip."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from kiosk import catalogue
from kiosk.actions.compose_paper import blocks_of
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.app.agreed_time import AgreedTime, take_over_heard
from kiosk.app.identity import kiosk_identity
from kiosk.app.machine import boot_id
from kiosk.app.nudges import PULSE_SOCKET, lacked_here, looked_in_vain, nudge
from kiosk.app.private_key import private_key
from kiosk.app.settings import Settings
from kiosk.app.signing import SlipKey
from kiosk.codes import load_trades, spoken_names
from kiosk.devices.printer_links import link_to
from kiosk.devices.printer_queues import QueuePrinter, queue_of
from kiosk.devices.printers import Printer, SlipPrinter
from kiosk.devices.profiles import load_profile
from kiosk.devices.scans import profiles as scans
from kiosk.devices.sdt.profiles import ReaderProfile, load_reader_profile
from kiosk.domain.jobs import Job
from kiosk.domain.sentences import Sentence
from kiosk.domain.trades import Trades
from kiosk.paper.raster import Sheet, render
from kiosk.paper.text_form import TextItem, text_form
from kiosk.storage.opening import OpenedStore, join_store, open_store
from kiosk.system_clock import SystemClock

OWN_PRINTERS = "printers"
_KEPT_SHEETS = 2
_PICTURE_BYTES_PER_S = 5760
"""A serial line of 57,600 baud: on a slower one a slip as a picture takes half a minute."""


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
    opened = open_store(
        settings.data_dir,
        clock,
        trade_names=spoken_names(trades),
        ballast_bytes=int(settings.storage_ballast_mb * 2**20),
    )
    return _hall_over(opened, clock, trades, settings)


def join_hall(settings: Settings) -> OpenHall:
    """Build the hall beside the kiosk's own screen and sync; raises WorldFault when not enrolled."""
    clock, trades = SystemClock(), load_trades()
    opened = join_store(settings.data_dir, clock, trade_names=spoken_names(trades))
    return _hall_over(opened, clock, trades, settings)


def _hall_over(opened: OpenedStore, clock: SystemClock, trades: Trades, settings: Settings) -> OpenHall:
    """Build the hall over a store, which is closed where that fails."""
    try:
        identity = kiosk_identity(opened)
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
            missed=lambda line: nudge(settings.data_dir / PULSE_SOCKET, looked_in_vain(line)),
            lacking=lambda numbers: nudge(settings.data_dir / PULSE_SOCKET, lacked_here(numbers)),
        )
    except BaseException:
        opened.close()
        raise
    return OpenHall(hall, opened, agreed)


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
        return render(blocks_of(document, chinese, english), width_dots)

    def render_in_turn(document: str) -> Sheet:
        # Whoever comes second waits for the picture that is being made instead of making it once more.
        with is_rendering:
            return rendered(document)

    is_rendering = Lock()
    return render_in_turn


def slip_words(settings: Settings, printer: Printer) -> Callable[[str], Sequence[TextItem]] | None:
    """Return what turns a slip's document into text for this printer, None where slips go as pictures."""
    is_slow = printer.bytes_per_s < _PICTURE_BYTES_PER_S
    if settings.printer_form == "picture" or (settings.printer_form == "auto" and not is_slow):
        return None
    chinese, english = catalogue.load("zh_CN"), catalogue.load("en")
    columns = printer.profile.columns
    return lambda document: text_form(blocks_of(document, chinese, english), columns)


def slip_printer(settings: Settings) -> Printer:
    """Return the printer the settings name; raises WorldFault when they name none or an unknown profile.

    A profile that commissioning made lies in the data folder, and comes before one of the program's.
    """
    own = settings.data_dir / OWN_PRINTERS
    try:
        has_own = (own / f"{settings.printer_profile}.toml").exists()
        profile = load_profile(settings.printer_profile, own if has_own else None)
        queue = queue_of(settings.printer_url)
        return QueuePrinter(queue, profile) if queue else SlipPrinter(link_to(settings.printer_url), profile)
    except (LookupError, ValueError) as error:
        raise WorldFault(Sentence("cli.bad_printer", {"cause": str(error)})) from error


def reader_profile(settings: Settings) -> ReaderProfile:
    """Return what kind of reader the settings name; raises WorldFault for one nobody knows."""
    try:
        return load_reader_profile(settings.reader_profile)
    except (LookupError, ValueError) as error:
        raise WorldFault(Sentence("cli.bad_reader", {"cause": str(error)})) from error


def scanner_profile(settings: Settings) -> scans.ScannerProfile:
    """Return what kind of scanner the settings name; raises WorldFault for one nobody knows."""
    return scanner_of_kind(settings.scanner_profile)


def scanner_of_kind(name: str) -> scans.ScannerProfile:
    """Return a kind of scanner by its name; raises WorldFault for one nobody knows."""
    try:
        return scans.load_profile(name)
    except (LookupError, ValueError) as error:
        raise WorldFault(Sentence("cli.bad_scanner", {"cause": str(error)})) from error
