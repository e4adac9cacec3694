"""Ten entries go up and one cannot be applied: nine are, one waits for a person, none blocks."""

from __future__ import annotations

from pathlib import Path

from kiosk.actions.hall import Hall
from kiosk.actions.ports import RefusedEntry
from kiosk.messages.events import CountsChanged, HelpAnswered
from tests.journeys.actors import beat
from tests.journeys.town import a_town, the_hall_of

ENTRIES = 10


def journal_ten(hall: Hall) -> int:
    """Journal nine counts and, in the middle, the answer to a call nobody made; return that entry's seq."""
    wrong = 0
    with hall.store.writing() as records:
        for number in range(ENTRIES):
            if number == ENTRIES // 2:
                body = HelpAnswered(call="never-made", actor="staff", waited_s=1)
                wrong = records.journal.append(body, hall.now())
            else:
                count = CountsChanged(hall_day=hall.today(), kind=f"kind-{number}", count=1)
                records.journal.append(count, hall.now())
    return wrong


def tray(data_dir: Path) -> list[RefusedEntry]:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        health = records.settings.sync_health()
        entries = list(records.desk.refused())
        assert (health.pending, health.refused_open) == (0, len(entries))
        return entries


def test_one_refused_entry_of_ten_waits_in_the_tray_until_a_person_takes_it_out(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        data_dir = town.enrol("A", 1)
        beat(data_dir)
        with the_hall_of(data_dir) as kiosk:
            wrong = journal_ten(kiosk.hall)
        beat(data_dir)
        assert town.heard("counts_changed", "help_answered") == ENTRIES
        assert town.counts()["dead_letters"] == 1

        for _ in range(2):
            [entry] = tray(data_dir)
            assert (entry.seq, entry.type, entry.reason) == (
                wrong,
                "help_answered",
                "bureau.refused.unknown_call",
            )
            beat(data_dir)
        with the_hall_of(data_dir) as kiosk, kiosk.hall.store.writing() as records:
            records.desk.settle_refused(wrong, kiosk.hall.now(), "staff")
        beat(data_dir)
        assert tray(data_dir) == []
        town.assert_sound()
