"""One morning without a screen: a card on the reader, a place, a slip on paper, and the bureau knows.

Reader, printer, sync and bureau are processes of their own, spoken to over a serial line, TCP and TLS.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.compose_slip import read_document
from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.hall import Hall
from kiosk.actions.printing import PrintStage
from kiosk.actions.recognise import Acquaintance, recognise
from kiosk.actions.take_place import take_place
from kiosk.app.building import OpenHall, slip_renderer
from kiosk.app.printing import PrintMinder
from kiosk.devices.emulators.cards import card_from_values
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.devices.readers import CardPresented, CardRemoved, ReaderMinder, ReaderReady
from kiosk.domain.cards import CardKind, IdentityCard
from kiosk.domain.identity import last_four, mask_name
from kiosk.domain.slips import SlipState
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.slip_codes import decode, verify
from kiosk.storage.opening import OpenedStore
from tests.journeys.town import Town, a_town, come_in, run_pulse_command, the_hall_of, worker_card
from tests.unit.app.news import NewsBook
from tests.unit.devices.printer_stand import Stand, driven, shows, standing_printer
from tests.unit.devices.reader_rig import QUICK, Events
from tools.figures.emulated import emulated_reader

GUESTS = (
    replace(worker_card(11), name="阿卜杜热合曼江·图尔荪尼亚孜汗", is_long_term=True, valid_to=None),
    replace(worker_card(12), name="文䶮"),
    replace(worker_card(13), name="苏㛃"),
    replace(worker_card(14), name="郭𬭎"),
    card_from_values(
        {
            "kind": "hmt_resident",
            "name": "测试丙",
            "sex": "1",
            "birth_date": "1990-01-01",
            "number": "810000199001010019",
            "issuer": "深圳市公安局测试分局",
            "valid_from": "2020-01-01",
            "valid_to": "2040-01-01",
            "travel_permit_no": "H00000001",
        }
    ),
    card_from_values(
        {
            "kind": "foreign_2017",
            "name": "测试丁",
            "latin_name": "TEST, PERSON A",
            "sex": "1",
            "birth_date": "1990-03-07",
            "number": "USA320190030716",
            "issuer": "1500",
            "valid_from": "2020-01-01",
            "valid_to": "2040-01-01",
            "country_code": "USA",
        }
    ),
    card_from_values(
        {
            "kind": "foreign_2023",
            "latin_name": "TEST, PERSON B",
            "sex": "2",
            "birth_date": "1990-03-07",
            "number": "932840199003070027",
            "valid_from": "2024-01-01",
            "valid_to": "2040-01-01",
            "country_code": "USA",
        }
    ),
)
"""The four kinds of card, a name of fifteen characters with a dot, three rare characters, a card for life."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands in the hall: the store, the reader's control and events, the printer and its minder."""

    kiosk: OpenHall
    control: ReaderControl
    read: Events
    minder: PrintMinder
    news: NewsBook
    paper: Stand

    @property
    def hall(self) -> Hall:
        return self.kiosk.hall


@contextmanager
def a_desk(data_dir: Path, folder: Path) -> Iterator[Desk]:
    read, news = Events(), NewsBook()
    with (
        emulated_reader(folder) as (reader_url, control),
        the_hall_of(data_dir) as kiosk,
        standing_printer(folder) as paper,
        driven(paper.url) as printer,
    ):
        reading = ReaderMinder(reader_url, read, timing=QUICK)
        minder = PrintMinder(kiosk.hall, printer, slip_renderer(576), patience_s=20)
        minder.subscribe(news)
        minder.start()
        reading.start()
        read.wait_for(ReaderReady)
        try:
            yield Desk(kiosk, control, read, minder, news, paper)
        finally:
            assert reading.stop()
            minder.stop()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as made:
        yield made


def public_keys(opened: OpenedStore) -> dict[int, Ed25519PublicKey]:
    """Return the keys as they came down by the feed."""
    with opened.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, public_key FROM slip_key").all()
    return {
        int(row.id, 16): Ed25519PublicKey.from_public_bytes(base64.b64decode(row.public_key)) for row in rows
    }


def lay_down(desk: Desk, card: IdentityCard, times: int) -> IdentityCard:
    """Lay a card on the reader, take it away again, and return what the driver read."""
    desk.control.lay(card)
    read = desk.read.wait_for(CardPresented, times).card
    desk.control.lift()
    desk.read.wait_for(CardRemoved, times)
    return read


def test_every_card_leaves_with_a_slip_that_verifies_and_the_bureau_knows(town: Town, tmp_path: Path) -> None:
    data_dir = town.enrol("A", 1)
    run_pulse_command(data_dir)
    with a_desk(data_dir, tmp_path) as desk:
        keys = public_keys(desk.kiosk.opened)
        for times, card in enumerate(GUESTS, 1):
            read = lay_down(desk, card, times)
            assert (read.number, read.display_name, read.kind) == (card.number, card.display_name, card.kind)
            assert read.is_long_term is card.is_long_term
            assert recognise(desk.hall, read).acquaintance is Acquaintance.UNKNOWN
            met = come_in(desk.hall, read)
            job = fitting_jobs(desk.hall, met, 1)[0].line.job
            taken = take_place(desk.hall, met, job.id, job.version)
            desk.minder.submit(taken.slip)
            assert desk.news.wait_for(taken.slip, PrintStage.PRINTED).stage is PrintStage.PRINTED

            with desk.hall.store.reading() as records:
                slip = records.slips.by_number(taken.slip)
            assert slip is not None
            assert (slip.state, slip.copy_no, slip.evidence) == (SlipState.PRINTED, 0, "token")
            picture = desk.paper.pictures()[-1]
            assert shows(picture, slip_renderer(576)(slip.document).image)
            document = read_document(slip.document)
            assert document.worker_name == mask_name(card.display_name)
            assert document.card_tail == last_four(card.number)
            signed = decode(
                zxingcpp.read_barcodes(
                    picture.convert("L"), zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
                )[0].text
            )
            assert verify(signed, keys) is Verdict.GENUINE
            assert signed.code.pay_fen == job.pay.fen
        assert len(desk.paper.pictures()) == len(GUESTS)
        run_pulse_command(data_dir)
        with desk.hall.store.reading() as records:
            assert records.settings.sync_health().pending == 0
            assert records.settings.sync_health().refused_open == 0
    known = town.counts()
    assert (known["workers"], known["check_ins"], known["placements"]) == (len(GUESTS),) * 3
    assert known["dead_letters"] == 0
    assert set(town.slips().values()) == {"printed"}
    assert set(town.placements().values()) == {"slip_issued"}
    town.assert_sound()
    assert {card.kind for card in GUESTS} == set(CardKind)
    assert GUESTS[0].valid_to is None
    assert len(GUESTS[0].name) == 15
