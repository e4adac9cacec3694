"""The drill, walked through on emulated devices by an attendant who does as told, or does not."""

from __future__ import annotations

import os
import tty
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.commissioning import NOTHING, DrillInterrupted, Finding, Outcome
from kiosk.catalogue import LANGUAGES, load
from kiosk.devices.commissioning.drill import step_names
from kiosk.devices.commissioning.ports import Port, PortKind
from kiosk.devices.commissioning.suggestions import likely_readers, overrides, profile_of, settings_of
from kiosk.domain.sentences import Sentence
from kiosk.paper.commissioning import commissioning_page
from kiosk.paper.raster import render
from tests.unit.devices.commissioning_stand import QUICK_DRILL, Hands, drilled, laid_table
from tests.unit.devices.printer_stand import shows
from tests.unit.devices.reader_cards import CITIZEN

KINDS_NOT_AT_HAND = {"reader.kind.hmt_resident", "reader.kind.foreign_2017", "reader.kind.foreign_2023"}


@pytest.mark.parametrize("wire", ["tcp", "pty"])
def test_devices_that_are_well_pass_every_step_that_is_at_hand(tmp_path: Path, wire: str) -> None:
    with laid_table(tmp_path, wire) as table:
        hands = Hands(table.answers(), table.deeds())
        found = drilled(table, hands)
        assert tuple(found) == step_names()
        assert {step for step, it in found.items() if it.outcome is not Outcome.OK} == KINDS_NOT_AT_HAND
        assert found["reader.left"].measured["presentations"] == 1
        cuts = found["printer.page"].measured
        assert (cuts["cuts_before"], cuts["cuts_after"]) == (0, 1)
        drawn = render(commissioning_page("generic-80-gsh", load("zh_CN")), 576).image
        assert [shows(paper, drawn) for paper in table.printer.pictures()] == [True]
        assert CITIZEN.number not in repr(found)
        assert CITIZEN.name not in repr(found)
        assert settings_of(found) == {
            "reader_url": table.reader_url,
            "reader_profile": "generic",
            "printer_url": f"serial://{table.printer_url}?baud=115200&flow=rtscts"
            if wire == "pty"
            else table.printer_url,
            "printer_profile": "generic-80-gsh",
            "scanner_url": table.scanner_url,
            "scanner_profile": "generic",
        }
        assert overrides(found) == {}
        for language in LANGUAGES:
            tr = load(language)
            for said in hands.asked:
                assert tr(said.sentence.key, **said.sentence.args)
                assert all(tr(answer.word.key, **answer.word.args) for answer in said.answers)


def test_nothing_printable_reaches_a_port_nobody_named(tmp_path: Path) -> None:
    """Two unknown ports; a scanner is listened for at both, and found by the code it reads."""
    ends = [os.openpty() for _ in range(2)]
    for ours, theirs in ends:
        tty.setraw(theirs)
        os.set_blocking(ours, False)
    ports = tuple(Port(PortKind.SERIAL, os.ttyname(theirs)) for _, theirs in ends)
    hands = Hands({"scanner.profile": "newland", "scanner.which": "each"}, {"scanner.port": lambda: None})

    def scan() -> None:
        if hands.asked[-1].name == "scanner.port":
            os.write(ends[1][0], b"LG-TEST-SCAN\r")

    with laid_table(tmp_path) as table:
        found = drilled(table, hands, ports=ports, meanwhile=scan)
    said = b"".join(os.read(ours, 4096) for ours, _ in ends)
    for end in (end for pair in ends for end in pair):
        os.close(end)
    assert said
    assert not [byte for byte in said if byte >= 0x20]
    assert found["scanner.port"].measured == {"url": ports[1].url, "profile": "newland"}


def test_an_interrupted_drill_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        says, deeds = table.answers("printer"), table.deeds()
        kept: dict[str, Finding] = {}
        with pytest.raises(DrillInterrupted):
            drilled(table, Hands(says, deeds, leaves_at="printer.cover"), kept)
        assert tuple(kept) == step_names()[: step_names().index("printer.cover")]
        again = Hands(says, deeds)
        drilled(table, again, kept)
        assert tuple(kept) == step_names()
        assert again.asked[0].name == "printer.cover"


def test_a_card_that_seems_to_move_fails_the_card_left_lying(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        hands = Hands(table.answers("reader"), table.deeds())

        looks: list[int] = []

        def shake_once_read() -> None:
            """Only a card that was read is looked for by its newest address."""
            asked = table.reader.status()["asked"]
            assert isinstance(asked, dict)
            if hands.asked[-1].name == "reader.left":
                looks.append(asked["30 03"])
                if looks[-1] > looks[0]:
                    table.reader.lift()

        patient = replace(QUICK_DRILL, hold_s=20.0)
        found = drilled(table, hands, times=patient, meanwhile=shake_once_read)
        assert found["reader.left"].reason == Sentence("commissioning.failed.card_not_steady")


def test_a_device_that_does_nothing_fails_by_the_attendants_word(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        deeds = table.deeds()
        del deeds["printer.cover"]
        found = drilled(table, Hands(table.answers("printer") | {"printer.cover": NOTHING}, deeds))
        assert found["printer.cover"].outcome is Outcome.FAILED
        assert found["printer.paper_out"].outcome is Outcome.OK


def test_a_narrower_head_and_a_turned_sensor_become_the_kiosks_own_profile(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        do = table.printer.control.do

        def close_and_be_full() -> None:
            do("cover_close")
            do("paper_low")

        turned = {
            "printer.cover_closed": close_and_be_full,
            "printer.near_end": lambda: do("reload"),
            "printer.near_end.full": lambda: do("paper_low"),
        }
        found = drilled(
            table, Hands(table.answers("printer") | {"printer.ruler": "64"}, table.deeds() | turned)
        )
        assert overrides(found) == {"is_near_end_inverted": True, "width_dots": 512, "columns": 42}
        assert settings_of(found)["printer_profile"] == "commissioned"
        assert profile_of(found).width_dots == 512


def test_a_printer_that_gives_no_token_back_is_not_counted_on_to_do_so(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        found = drilled(table, Hands(table.answers("printer"), {}))
        port = found["printer.port"]
        poorer = replace(port, measured={**port.measured, "answers_token": False})
        assert overrides(found | {"printer.port": poorer}) == {"has_token_reply": False}


def test_without_a_scanner_the_attendant_says_which_codes_read(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        by_eye = {"codes.4.by_eye": "no", "codes.6.by_eye": "yes", "codes.8.by_eye": "yes"}
        ports = (table.ports[0], table.ports[2])
        found = drilled(table, Hands(table.answers("printer") | by_eye, {}), ports=ports)
        assert found["scanner.port"].outcome is Outcome.SKIPPED
        outcomes = [found[f"codes.{dots}"].outcome for dots in (4, 6, 8)]
        assert outcomes == [Outcome.FAILED, Outcome.OK, Outcome.OK]


def test_a_printer_that_says_nothing_can_be_named_by_hand(tmp_path: Path) -> None:
    with laid_table(tmp_path, "pty") as table:
        table.printer.control.do("mute")
        says = {"printer.port": table.printer_url, "printer.speed": "9600"}
        found = drilled(table, Hands(says, {}), ports=(table.ports[2],))
        assert settings_of(found) == {"printer_url": f"serial://{table.printer_url}?baud=9600&flow=rtscts"}


def test_a_scanner_at_the_only_port_left_need_not_be_named(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        says = {"scanner.profile": "generic", "scanner.which": "each"}
        found = drilled(table, Hands(says, table.deeds()), ports=(table.ports[1],))
        assert settings_of(found) == {"scanner_url": table.scanner_url, "scanner_profile": "generic"}


def test_a_reader_whose_module_knows_one_way_of_reading_is_read_by_its_own_profile(tmp_path: Path) -> None:
    with laid_table(tmp_path) as table:
        says = table.answers("reader") | {"reader.profile": "with-fingers"}
        found = drilled(table, Hands(says, table.deeds()), ports=table.ports[:1])
        assert found["reader.card"].outcome is Outcome.OK
        asked = table.reader.status()["asked"]
        assert isinstance(asked, dict)
        assert asked["30 10"] > 0
        assert "30 01" not in asked
        assert settings_of(found)["reader_profile"] == "with-fingers"


def test_the_kind_of_reader_that_the_system_names_is_suggested_first_and_else_any() -> None:
    assert likely_readers("Synjones SDR-100 Serial")[0] == "synjones"
    assert likely_readers("USB-Serial Controller")[0] == likely_readers("")[0] == "generic"
    assert sorted(likely_readers("")) == sorted(likely_readers("ROUTON"))
