"""A person with a stick at a kiosk: what it has to say is written, answers are read, bundles are carried."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kiosk import catalogue
from kiosk.actions.carry_bundles import Outcome, Stick, carry_bundles
from kiosk.actions.faults import Refused, WorldFault
from kiosk.app.agreed_time import AgreedTime, hear_by_letter, take_over_heard
from kiosk.app.identity import kiosk_identity
from kiosk.app.machine import boot_id
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, nudge
from kiosk.app.private_key import private_key
from kiosk.app.pulse import ca_file, pinned_bureau
from kiosk.app.settings import Settings
from kiosk.app.sticks import UsbStick
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.sentences import Sentence
from kiosk.messages.bundles import BadBundle
from kiosk.messages.courier_cards import CARD_FILE, Card, read_card
from kiosk.storage.opening import OpenedStore, join_store
from kiosk.sync.courier import Author, Courier
from kiosk.sync.http_bureau import BureauRefusedError, BureauUnreachableError
from kiosk.system_clock import SystemClock

COURIER_CARD = "courier_card"
_NOTHING = Outcome("", Sentence("courier.nothing"))


def write_stick(settings: Settings, stick: Stick) -> list[Outcome]:
    """Put on a stick what this kiosk has to say; screen and sync may be running. Raises WorldFault."""
    with _courier(settings, stick) as courier:
        return [courier.write(stick)]


def read_stick(settings: Settings, stick: Stick) -> list[Outcome]:
    """Carry out the answers for this kiosk, then put what it has to say now on the stick for the next trip.

    It is written by whoever read: what a new journal must repeat to the bureau is kept nowhere else.
    """
    with _courier(settings, stick) as courier:
        read = courier.read(stick)
        for socket in (SCREEN_SOCKET, PULSE_SOCKET):
            nudge(settings.data_dir / socket)
        return [*(read or [_NOTHING]), courier.write(stick)]


def carry_stick(settings: Settings, stick: Stick) -> list[Outcome]:
    """Bring every kiosk's bundles to the bureau over this kiosk's network, and its answers to the stick.

    This kiosk can open neither. Raises WorldFault when the bureau is out of reach; the stick stays good.
    """
    with _joined(settings) as (opened, _), pinned_bureau(settings) as bureau:
        kiosk, key = kiosk_identity(opened).kiosk, private_key(opened)

        def deliver(bundle: bytes) -> bytes:
            try:
                return bureau.carry(bundle, kiosk, key)
            except BureauRefusedError as error:
                raise Refused(Sentence(error.problem.key)) from error

        try:
            stick.put(CARD_FILE, bureau.courier_card())
            return carry_bundles(stick, deliver) or [_NOTHING]
        except BureauUnreachableError as error:
            raise WorldFault(Sentence("courier.unreachable")) from error
        except BureauRefusedError as error:
            raise WorldFault(Sentence(error.problem.key)) from error


ERRANDS: Mapping[str, Callable[[Settings, Stick], list[Outcome]]] = {
    "write": write_stick,
    "read": read_stick,
    "carry": carry_stick,
}


def serve_stick_at_bureau(data_dir: Path, mounted_at: Path) -> list[Outcome]:
    """Take in what lies on a stick at the bureau itself, whose server may be running. Raises WorldFault."""
    from kiosk.bureau.couriers import serve_stick  # a kiosk needs nothing of the bureau's server

    return serve_stick(data_dir, UsbStick(mounted_at), SystemClock()) or [_NOTHING]


def tell(outcomes: list[Outcome]) -> int:
    """Print every sentence in both languages; return 1 when something was not taken."""
    for language in catalogue.LANGUAGES:
        words = catalogue.load(language)
        for item in outcomes:
            said = words(item.sentence.key, **item.sentence.args)
            sys.stdout.write((f"{_plain(item.file)}: {said}" if item.file else said) + "\n")
    return 0 if all(item.is_well for item in outcomes) else 1


def _plain(name: str) -> str:
    """Return the name of a file of a stranger's stick without what would move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


@contextmanager
def _courier(settings: Settings, stick: Stick) -> Iterator[Courier]:
    with _joined(settings) as (opened, clock):
        identity = kiosk_identity(opened)
        author = Author(identity.kiosk, identity.letter, private_key(opened), boot_id())
        card = _card(opened, stick, _authority(settings.data_dir))
        heard = partial(hear_by_letter, clock, opened.store, author.boot)
        yield Courier(opened.sync_book, author, clock, card, heard)


@contextmanager
def _joined(settings: Settings) -> Iterator[tuple[OpenedStore, AgreedTime]]:
    """Join the kiosk's store, by its agreed clock: a wall clock that died keeps nobody from places."""
    clock = AgreedTime(SystemClock())
    opened = join_store(settings.data_dir, clock, trade_names=spoken_names(load_trades()))
    try:
        take_over_heard(clock, opened.store, boot_id())
        yield opened, clock
    finally:
        opened.close()


def _authority(data_dir: Path) -> bytes:
    pinned = ca_file(data_dir)
    try:
        return pinned.read_bytes()
    except OSError as error:
        raise WorldFault(Sentence("sync.bad_ca_file", {"path": str(pinned)})) from error


def _card(opened: OpenedStore, stick: Stick, authority: bytes) -> Card:
    """Return the bureau's card: the one on the stick when it is genuine, else the one kept here."""
    on_stick = stick.read(CARD_FILE).decode(errors="replace") if CARD_FILE in stick.names() else ""
    with opened.store.reading() as records:
        kept = records.settings.get(COURIER_CARD) or ""
    for text in (on_stick, kept):
        try:
            card = read_card(text, authority)
        except BadBundle:
            continue
        if text != kept:
            with opened.store.writing() as records:
                records.settings.put(COURIER_CARD, text)
        return card
    raise WorldFault(Sentence("courier.card.bad" if on_stick else "courier.card.none"))
