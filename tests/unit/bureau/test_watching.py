"""Whoever watches over the bureau sees figures and whether it is ready, and nothing of anybody."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from kiosk.bureau import watching
from kiosk.bureau.backups import back_up
from kiosk.bureau.describing import DESCRIBED, openapi
from kiosk.bureau.offices import Office, office
from kiosk.bureau.server import create_app
from tests.unit.bureau.rehearsal import (
    HandClock,
    checked_in,
    new_machine,
    number_of,
    on_the_wire,
    pulse,
    registered,
)
from tests.unit.bureau.test_limits import Speak, ask_from
from tests.unit.bureau.test_wire import enrolled, greeted, sync

ELSEWHERE = "203.0.113.9"


def figures(text: str) -> dict[str, float]:
    return {
        sample.name + "".join(sorted(f"|{value}" for value in sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.both_databases
def test_the_figures_count_what_happened_and_tell_of_nobody(
    folder: Path, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken by a label that is taken from what was said."""
    with on_the_wire(folder, clock) as client:
        machine = enrolled(client, folder)
        greeted(client, machine)
        machine.do(registered("w1"))
        machine.do(checked_in("w1"))
        assert sync(client, machine).status_code == 200
        token = "once-only-token"
        statuses = [sync(client, machine, token).status_code for _ in range(2)]
        assert statuses == [200, 409]
        client.post("/enrol", content="测试甲")
        client.get("/测试甲")
        clock.forward(timedelta(hours=2))
        text = client.get("/metrics").text
    told = figures(text)
    assert told["bureau_rounds_total|worker"] == 3
    assert told["bureau_entries_total"] >= 2
    assert told["bureau_requests_refused_total|token_used"] == 1
    assert told["bureau_requests_refused_total|malformed"] == 1
    assert told["bureau_request_seconds_count|/sync"] == 4
    assert (told["bureau_kiosks"], told["bureau_kiosks_silent"]) == (1, 1)
    assert told["bureau_backup_age_seconds"] == -1
    written = text + "".join(capsys.readouterr())
    for secret in (
        "测试甲",
        number_of(1),
        "999999",
        token,
        machine.reply.city_key,
        machine.reply.station_name,
    ):
        assert secret not in written
    assert not re.search(r"NZ-0\d|/dev/shm|w1", text)


@pytest.mark.parametrize(("watchers", "status"), [((), 404), ((ELSEWHERE,), 200)])
def test_figures_are_for_this_machine_and_whoever_was_named(
    folder: Path, clock: HandClock, watchers: tuple[str, ...], status: int
) -> None:
    """Broken by telling them to whoever asks."""

    async def talk(speak: Speak) -> None:
        for path in ("/metrics", "/readyz"):
            assert (await speak(ELSEWHERE, "GET", path)).status_code == status
            assert (await speak("127.0.0.1", "GET", path)).status_code == 200
        assert (await speak(ELSEWHERE, "GET", "/healthz")).status_code == 200

    ask_from(create_app(folder, clock, watchers=watchers), talk)


@pytest.mark.both_databases
def test_a_bureau_is_ready_while_it_can_write_and_has_room(
    bureau: Office, folder: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = watching.readiness(bureau.database, folder, clock.now())
    assert (ready.is_ready, ready.told["backup"], ready.told["backup_age_h"]) == (True, "none", -1)
    monkeypatch.setattr(watching, "LOW_DISK_BYTES", 2**62)
    low = watching.readiness(bureau.database, folder, clock.now())
    assert (low.is_ready, low.told["disk"]) == (False, "low")
    monkeypatch.undo()
    with bureau.database.writing() as connection:
        watching.note_backup(connection, clock.now() - timedelta(hours=40))
    late = watching.readiness(bureau.database, folder, clock.now())
    assert (late.is_ready, late.told["backup"], late.told["backup_age_h"]) == (True, "late", 40)


def test_a_bureau_whose_database_cannot_be_written_is_not_ready(
    bureau: Office, folder: Path, clock: HandClock
) -> None:
    """Broken by asking for something that can be read."""
    with bureau.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    told = watching.readiness(bureau.database, folder, clock.now()).told
    assert (told["state"], told["database"]) == ("not_ready", "not_writable")


def test_a_verified_backup_is_seen(folder: Path, clock: HandClock, tmp_path: Path) -> None:
    with office(folder, clock) as bureau:
        pulse(bureau, new_machine(bureau, folder))
    (tmp_path / "backups").mkdir()
    back_up(folder, tmp_path / "backups", clock.now())
    clock.forward(timedelta(hours=3))
    with office(folder, clock) as bureau:
        told = watching.readiness(bureau.database, folder, clock.now()).told
    assert (told["backup"], told["backup_age_h"]) == ("ok", 3)


def test_the_document_names_every_route_and_every_problem_has_words(wire: httpx.Client) -> None:
    """Broken by a route that nobody describes."""
    document = wire.get("/openapi.json").json()
    assert document == openapi()
    served = {(path, method) for path, item in document["paths"].items() for method in item}
    assert served == {(item.path, item.method.lower()) for item in DESCRIBED}
    app = create_app(Path("nowhere"), HandClock())
    routed = {(route.path, method.lower()) for route in app.routes for method in route.methods}  # type: ignore[attr-defined]
    assert served == {(path, method) for path, method in routed if method != "head"}
    for item in document["paths"].values():
        for operation in item.values():
            assert operation["summary"]
            assert all(answer["description"] for answer in operation["responses"].values())
