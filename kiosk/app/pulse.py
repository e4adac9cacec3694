"""The sync process: opens the same database, speaks with the bureau, and tells the screen to look again."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import threading
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.faults import WorldFault
from kiosk.app.agreed_time import AgreedTime, HeardTime, keep_heard, take_over_heard
from kiosk.app.identity import kiosk_identity
from kiosk.app.logs import begin_log
from kiosk.app.machine import boot_id
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, NudgeMinder, nudge
from kiosk.app.own_post import KeptPost
from kiosk.app.private_key import private_key
from kiosk.app.settings import Settings, read_settings
from kiosk.codes import load_dictionaries, load_trades, spoken_names
from kiosk.domain.sentences import Sentence
from kiosk.messages.packing import Packing
from kiosk.storage.demand import Looks
from kiosk.storage.opening import OpenedStore, join_store
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.pulse import Pulse
from kiosk.sync.rounds import Attempt, Schedule
from kiosk.system_clock import SystemClock

CA_FILE = "bureau-ca.pem"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def start_pulse(data_dir: Path, parent: int | None = None, *, is_once: bool = False) -> None:
    """Run as a process of its own, and end with `parent`, the process id of the screen, if one is told.

    Raises as `run_pulse`.
    """
    if parent is not None:
        die_with_parent(parent)
    begin_log()
    logging.getLogger("kiosk.sync").setLevel(logging.INFO)
    gc.freeze()  # what is loaded is no garbage, and looking for some in it takes as long as many rows
    run_pulse(read_settings(data_dir), is_once=is_once)


def run_pulse(settings: Settings, *, is_once: bool = False) -> None:
    """Run until SIGTERM, or for one beat. The screen process has migrated the database before.

    Raises WorldFault when this kiosk was never enrolled, or its bureau's certificate is gone.
    """
    clock = AgreedTime(SystemClock())
    opened = join_store(settings.data_dir, clock, trade_names=spoken_names(load_trades()))
    try:
        take_over_heard(clock, opened.store, boot_id())
        key = private_key(opened)
        with pinned_bureau(settings) as bureau:
            pulse = _pulse(settings, opened, key, bureau, clock)
            if is_once:
                pulse.beat()
            else:
                _run_until_told(pulse, settings.data_dir / PULSE_SOCKET, opened.sync_book.looks)
    finally:
        opened.close()


def die_with_parent(parent: int) -> None:
    """End this process when the screen that started it is gone: a killed screen leaves no sync behind.

    `parent` is the screen's process id. The kernel sends SIGTERM when the starting thread ends; a screen
    that died before this call is found by the process id.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(0)


def ca_file(data_dir: Path) -> Path:
    """Return where the pinned certificate of the bureau's CA lies."""
    return data_dir / CA_FILE


def pinned_bureau(settings: Settings) -> HttpBureau:
    """Return the one bureau this kiosk trusts; raises WorldFault when its certificate is gone."""
    pinned = ca_file(settings.data_dir)
    packing = Packing(load_dictionaries()) if settings.sync_encoding == "packed" else None
    try:
        return HttpBureau(settings.bureau_url, pinned, packing)
    except OSError as error:  # the file is missing, or holds no certificate
        raise WorldFault(Sentence("sync.bad_ca_file", {"path": str(pinned)})) from error


def _run_until_told(pulse: Pulse, socket_path: Path, looks: Looks) -> None:
    _stop_when_told(pulse)  # before anybody can hear that this process is there
    ears = NudgeMinder(socket_path, pulse.nudge, looks.hear)
    ears.start()
    try:
        pulse.run()
    finally:
        ears.stop()


def _stop_when_told(pulse: Pulse) -> None:
    """Let a thread wait for SIGTERM and SIGINT, in place of handlers.

    A handler runs in the middle of whatever the main thread does. A dying screen sends SIGTERM once for each
    of its threads, and a second one inside `Event.set` would wait for ever for the lock of the first.
    """
    told = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, told)

    def wait() -> None:
        signal.sigwait(told)
        pulse.stop()

    threading.Thread(target=wait, name="told-to-stop", daemon=True).start()


def _pulse(
    settings: Settings, opened: OpenedStore, key: Ed25519PrivateKey, bureau: HttpBureau, clock: AgreedTime
) -> Pulse:
    boot = boot_id()

    def tell(attempt: Attempt) -> None:
        """Keep the bureau's time, and have the screen look at what came down or at why nothing does."""
        if attempt.heard is not None:
            said, at_s = attempt.heard
            clock.hear(said, at_s)
            keep_heard(opened.store, HeardTime(boot=boot, server_time=said, at_monotonic_s=at_s))
        nudge(settings.data_dir / SCREEN_SOCKET)

    return Pulse(
        book=opened.sync_book,
        bureau=bureau,
        kiosk=kiosk_identity(opened).kiosk,
        key=key,
        clock=clock,
        schedule=Schedule(settings.sync_interval_s, settings.sync_jitter),
        boot=boot,
        on_round=tell,
        own=KeptPost(opened),
    )
